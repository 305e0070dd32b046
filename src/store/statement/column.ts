/** Columns of many rows as parameters: arrays that one `unnest` turns into a set. */

/** Stands between texts that are sent as one parameter: no JSON text can hold it unescaped. */
const separator = '\u0001';

/** SQL that splits a parameter made by `texts`. */
export const split = (parameter: number): string => `string_to_array($${parameter}, E'\\x01', E'\\x02')`;

/** Texts without any escaping; null travels as a mark of its own. An empty list cannot be told from one empty text: never send none. */
export const texts = (values: readonly (string | null)[]): string => values.map((value) => value ?? '\u0002').join(separator);

/** Numbers and plain identifiers, which need no quoting, as a PostgreSQL array. */
export const plain = (values: readonly (string | number | boolean)[]): string => `{${values.join(',')}}`;

/** Instants or numbers of which some may be absent. */
export const nullable = (values: readonly (string | number | null)[]): string =>
  `{${values.map((value) => (value === null ? 'null' : `"${value}"`)).join(',')}}`;
