/** A row of `res` under an alias, as the parts of a statement speak of it. */
import type { Condition } from '../condition.ts';
import { isContained } from '../contained/type.ts';
import type { Statistics } from '../plan/statistics.ts';
import { type Bind, bigints } from '../sql.ts';

export interface Building {
  /** Schema of the tenant, checked. */
  readonly schema: string;
  readonly bind: Bind;
  readonly typeCodes: ReadonlyMap<string, number>;
  readonly statistics: Statistics;
  /** `from … where …` of the rows on which conditions hold (driver.ts), for tests that gather them. */
  readonly sourceSql: (conditions: readonly Condition[], row: Row) => string;
  /** An alias that no other part of the statement has. */
  readonly fresh: (letter: string) => string;
}

export interface Row extends Building {
  readonly alias: string;
  readonly types: readonly string[];
  /** Rows that are likely to be tested under this alias. */
  readonly tested: number;
}

export const rowOf = (building: Building, types: readonly string[], tested = 1): Row => ({
  ...building,
  alias: building.fresh('r'),
  types,
  tested,
});

/** A type without a code has no resources: no row has the code -1. */
export const codesOf = ({ typeCodes }: Building, types: readonly string[]): readonly number[] =>
  types.map((type) => typeCodes.get(type) ?? -1);

/** `r.tc = 5`; with `hidden` the planner cannot take an index on the type for it. */
export function typeSql(row: Row, hidden: boolean, types: readonly string[] = row.types): string {
  const column = hidden ? `${row.alias}.tc + 0` : `${row.alias}.tc`;
  const codes = codesOf(row, types);
  return codes.length === 1 ? `${column} = ${codes[0]}` : `${column} = any(${row.bind(`{${codes.join(',')}}`)}::smallint[])`;
}

/** `n.key = $1`, or one of several. */
export const keySql = (column: string, keys: readonly string[], bind: Bind): string =>
  keys.length === 1 ? `${column} = ${bind(keys[0])}::bigint` : `${column} = any(${bind(bigints(keys))}::bigint[])`;

/** Contained resources are told apart by their row numbers; of all others those are there that are not deleted. */
export function isThere({ alias, types }: Pick<Row, 'alias' | 'types'>): string {
  if (!types.some(isContained)) return `not ${alias}.del`;
  return types.every(isContained) ? `${alias}.rid < 0` : `(${alias}.rid < 0 or not ${alias}.del)`;
}
