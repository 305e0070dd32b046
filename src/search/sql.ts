/** SQL as data in the making: text that names its parameters, and their values. */

/** Adds a value and answers its place, such as `$3`. */
export type Bind = (value: unknown) => string;

export interface Values {
  readonly bind: Bind;
  readonly list: unknown[];
}

/** `offset` parameters stand before the first one. */
export function values(offset = 0): Values {
  const list: unknown[] = [];
  return { list, bind: (value) => `$${list.push(value) + offset}` };
}

/** Numbers in decimal text as a PostgreSQL array. */
export const bigints = (list: readonly (string | number)[]): string => `{${list.join(',')}}`;

/** The name of a schema as SQL: nothing that would need quoting is let through. */
export function schemaSql(name: string): string {
  if (/^[a-z_][a-z0-9_]{0,62}$/.test(name)) return name;
  throw new Error(`"${name}" is not a plain SQL identifier`);
}
