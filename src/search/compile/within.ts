/** Whether a condition holds of a row that another statement has at hand, as SQL for that statement. */
import type { Statement } from '../../store/statement.ts';
import { type Condition, conjuncts } from '../condition.ts';
import { compartmentToken } from '../link-token.ts';
import type { ReachedTypes } from '../restrict.ts';
import { bigints } from '../sql.ts';
import { sourceSql } from './driver.ts';
import { begin, type CompileContext } from './page.ts';
import { type Building, codesOf, type Row, rowOf } from './row.ts';
import { testsSql } from './test.ts';

/** The text is true or not true of the row of `res` under the alias; its parameters stand behind the first `offset`. */
export function withinSql(
  context: CompileContext,
  alias: string,
  types: readonly string[],
  condition: Condition,
  offset = 0,
): Pick<Statement, 'text' | 'values'> & { readonly values: readonly unknown[] } {
  const building = begin(context, offset);
  const row: Row = { ...building, alias, types, tested: 1 };
  const tests = testsSql([condition], row);
  return { text: tests.length === 0 ? 'true' : `(${tests.join(' and ')})`, values: building.list };
}

/** Deleted resources of which it is known that none is within reach but those whose former content names one of these patients. */
export interface Named {
  readonly types: readonly string[];
  /** Ids. */
  readonly patients: readonly string[];
}

/** Of all deleted ones what was written tells: a text without the reference names no patient. */
function deletedSql(building: Building, types: readonly string[], named: Named): string {
  const narrow = new Set(named.types);
  const [all, some] = [types.filter((type) => !narrow.has(type)), types.filter((type) => narrow.has(type))];
  const deleted = (of: readonly string[]): string =>
    `select d.rid from ${building.schema}.res d where d.del and d.rid > 0 and d.tc = any(${building.bind(bigints(codesOf(building, of)))}::smallint[])`;
  return [
    ...(all.length === 0 ? [] : [deleted(all)]),
    ...(some.length === 0 ? [] : [`${deleted(some)} and ${formerlySql(building, named.patients)}`]),
  ].join(' union all ');
}

function formerlySql({ schema, bind }: Building, patients: readonly string[]): string {
  const selves = bind(bigints(patients.map(compartmentToken)));
  const mentions = bind(patients.map((id) => `%Patient/${id.replace(/[\\%_]/g, '\\$&')}%`));
  return `(d.self = any(${selves}::bigint[])
  or exists (select from ${schema}.ver w where w.rid = d.rid and w.body like any(${mentions}::text[])))`;
}

/**
 * True of versions `v` of resources that are within reach, each found by the best way, and of all deleted ones of the types. A test of
 * each version in the order of time would go over those of everybody else.
 */
export function reachedSql(
  context: CompileContext,
  groups: readonly ReachedTypes[],
  named: Named = { types: [], patients: [] },
): { readonly text: string; readonly values: readonly unknown[] } {
  // Who may see all of the types has nothing to look for.
  if (groups.every(({ condition }) => conjuncts(condition).length === 0)) return { text: 'true', values: [] };
  const building = begin(context);
  const members = groups.map(({ types, condition }) => {
    const row = rowOf(building, types);
    return `select ${row.alias}.rid from ${sourceSql(conjuncts(condition), row)}`;
  });
  const deleted = deletedSql(
    building,
    groups.flatMap(({ types }) => types),
    named,
  );
  return { text: `v.rid = any(array(${[...members, deleted].join(' union all ')}))`, values: building.list };
}
