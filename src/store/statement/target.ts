/** A resource by its type code and id. */
export interface Target {
  readonly typeCode: number;
  readonly id: string;
}
