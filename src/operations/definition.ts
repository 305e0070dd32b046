/** An operation as data: what clients may ask of it. https://hl7.org/fhir/R4/operationdefinition.html */

export interface OperationParameter {
  readonly name: string;
  readonly min: number;
  /** Number.POSITIVE_INFINITY for `*`. */
  readonly max: number;
  /** FHIR type of the value, such as `date`. */
  readonly type: string;
  readonly documentation: string;
}

/** The part of an OperationDefinition that the server needs. */
export interface OperationDefinition {
  /** Without the `$`. */
  readonly code: string;
  /** Canonical URL of the OperationDefinition. */
  readonly url: string;
  /** Canonical URLs of further definitions that it fulfils, under the same name. */
  readonly alsoKnownAs?: readonly string[];
  /** Where it is another one for a type. */
  readonly urls?: Readonly<Record<string, string>>;
  readonly documentation: string;
  readonly system: boolean;
  readonly type: boolean;
  readonly instance: boolean;
  /** Resource types it is defined for; absent = all. */
  readonly resource?: readonly string[];
  /** Those of them that it can be called on as a whole, where `type` is set; absent = all. */
  readonly whole?: readonly string[];
  /** True = POST only. */
  readonly affectsState: boolean;
  /** What goes in; anything else is refused. */
  readonly parameter: readonly OperationParameter[];
}
