/** SQL as data: every statement is made by a pure function and run in `database.ts`, the one place. */

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Prepared under this name; only for statements whose plan never depends on the values. */
  readonly name?: string;
  /** `COPY … FROM STDIN`: its rows, each with its line end. */
  readonly copied?: readonly string[];
}

/** A schema or column name as SQL: lower-case letters, digits and underscores only, so that it never needs quoting. */
export function identifier(name: string): string {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(name)) throw new Error(`"${name}" is not a plain SQL identifier`);
  return name;
}
