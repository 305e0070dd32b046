/** The order of a result and the position to go on from. Missing values come last; the row number breaks ties. https://hl7.org/fhir/R4/search.html#sort */

import type { Row } from './compile/row.ts';
import { keySql, typeSql } from './compile/row.ts';
import { updatedOf } from './compile/test.ts';
import { scoreSql } from './compile/words.ts';
import type { Condition } from './condition.ts';
import type { Query, SortKey, SortPath } from './query.ts';
import type { Bind } from './sql.ts';
import { ranking } from './text/ranking.ts';

export interface OrderColumn {
  readonly kind: SortKey['column']['kind'];
  /** The value of a row. */
  readonly expression: (row: Row) => string;
  readonly type: 'timestamptz' | 'float8' | 'float4' | 'text';
  readonly descending: boolean;
  readonly nullable: boolean;
}

/** Values of the order columns of the last row, as text, then its row number. */
export interface Position {
  readonly values: readonly (string | null)[];
  readonly rid: string;
}

/** Newest first, when nothing else is asked for. */
const newestFirst: OrderColumn = {
  kind: 'date',
  expression: ({ alias }) => `${alias}.lo`,
  type: 'timestamptz',
  descending: true,
  nullable: true,
};

export function columnsOf({ sort, conditions }: Query): readonly OrderColumn[] {
  if (sort.length > 0) return sort.map((key) => (key.column.kind === 'score' ? bestFirst(conditions) : columnOf(key, key.column)));
  return ranking(conditions).length > 0 ? [bestFirst(conditions), newestFirst] : [newestFirst];
}

const bestFirst = (conditions: readonly Condition[]): OrderColumn => ({
  kind: 'score',
  expression: (row) => scoreSql(ranking(conditions), row),
  type: 'float4',
  descending: true,
  nullable: false,
});

function columnOf({ descending }: SortKey, column: Exclude<SortKey['column'], { readonly kind: 'score' }>): OrderColumn {
  const { kind } = column;
  switch (column.kind) {
    case 'date':
      return { ...newestFirst, descending };
    case 'updated':
      return { kind, expression: updatedOf, type: 'timestamptz', descending, nullable: false };
    case 'id':
      return { kind, expression: ({ alias }) => `${alias}.id`, type: 'text', descending, nullable: false };
    case 'number':
      return { kind, expression: extreme('num', 'lo', column.keys, descending), type: 'float8', descending, nullable: true };
    case 'string':
      return { kind, expression: extreme('str', 'val', column.keys, descending), type: 'text', descending, nullable: true };
    case 'path':
      return { kind, expression: extremeAt(column.paths, descending), type: 'text', descending, nullable: true };
  }
}

/**
 * Of several values the one that comes first counts. `offset 0` keeps the planner from walking the values of all resources in their
 * order until it meets one of this resource.
 */
const extreme =
  (table: 'num' | 'str', value: string, keys: readonly string[], descending: boolean) =>
  ({ alias, schema, bind }: Row): string =>
    `(select ${descending ? 'max' : 'min'}(y.${value}) from (select x.${value} from ${schema}.${table} x where x.rid = ${alias}.rid and x.sk = ${alias}.sk and ${keySql('x.key', keys, bind)} offset 0) y)`;

/** The stored text begins behind `meta.lastUpdated`: what stands here before it makes it JSON again. */
const head = `'{"meta":{"versionId":"0"'`;

/** Of a longer value the beginning is compared: it also stands in the links to further pages. */
const longestCompared = 600;

/** Read from the current text of the row; compared by bytes. */
const extremeAt =
  (paths: readonly SortPath[], descending: boolean) =>
  (row: Row): string => {
    const { alias, schema, bind } = row;
    const value = ({ path, types }: SortPath): string => {
      const others = row.types.length > types.length ? ` where ${typeSql(row, true, types)}` : '';
      return `select left(jsonb_path_query(b.json, ${bind(path)}::jsonpath) #>> '{}', ${longestCompared})${others}`;
    };
    const values = paths.map(value).join(' union all ');
    const text = `select (${head} || u.body)::jsonb as json from ${schema}.ver u where u.rid = ${alias}.rid and u.ver = ${alias}.ver and u.sk = ${alias}.sk offset 0`;
    return `(select ${descending ? 'max' : 'min'}(y.val collate "C") from (${text}) b cross join lateral (${values}) y(val))`;
  };

const direction = (descending: boolean): string => (descending ? 'desc' : 'asc');

/** `rid` goes the way of the first column: so runs the index on the date. */
export const ridDescends = (columns: readonly { readonly descending: boolean }[]): boolean => columns[0]?.descending ?? true;

/** ORDER BY over k1 … kn and rid. */
export function orderSql(columns: readonly OrderColumn[], alias: string): string {
  const keys = columns.map(
    ({ descending, nullable }, i) => `${alias}.k${i + 1} ${direction(descending)}${nullable && descending ? ' nulls last' : ''}`,
  );
  return [...keys, `${alias}.rid ${direction(ridDescends(columns))}`].join(', ');
}

/** Rows behind the position, in the order of the columns. */
export function behindSql(columns: readonly OrderColumn[], { values, rid }: Position, alias: string, bind: Bind): string {
  const alternatives: string[] = [];
  const equal: string[] = [];
  columns.forEach((column, i) => {
    const name = `${alias}.k${i + 1}`;
    const value = values[i] ?? null;
    if (value === null) equal.push(`${name} is null`);
    else {
      const bound = `${bind(value)}::${column.type}`;
      const nullsFollow = column.nullable ? ` or ${name} is null` : '';
      alternatives.push([...equal, `(${name} ${column.descending ? '<' : '>'} ${bound}${nullsFollow})`].join(' and '));
      equal.push(`${name} = ${bound}`);
    }
  });
  alternatives.push([...equal, `${alias}.rid ${ridDescends(columns) ? '<' : '>'} ${bind(rid)}::bigint`].join(' and '));
  return `(${alternatives.map((each) => `(${each})`).join(' or ')})`;
}
