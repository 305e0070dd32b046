/** Whether a condition holds of a row that another statement has at hand, as SQL for that statement. */
import type { Statement } from '../../store/statement.ts';
import { type Condition, conjuncts } from '../condition.ts';
import type { ReachedTypes } from '../restrict.ts';
import { bigints } from '../sql.ts';
import { sourceSql } from './driver.ts';
import { begin, type CompileContext } from './page.ts';
import { codesOf, type Row, rowOf } from './row.ts';
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

/**
 * True of versions `v` of resources that are within reach, each found by the best way, and of all deleted ones of the types. A test of
 * each version in the order of time would go over those of everybody else.
 */
export function reachedSql(
  context: CompileContext,
  groups: readonly ReachedTypes[],
): { readonly text: string; readonly values: readonly unknown[] } {
  // Who may see all of the types has nothing to look for.
  if (groups.every(({ condition }) => conjuncts(condition).length === 0)) return { text: 'true', values: [] };
  const building = begin(context);
  const members = groups.map(({ types, condition }) => {
    const row = rowOf(building, types);
    return `select ${row.alias}.rid from ${sourceSql(conjuncts(condition), row)}`;
  });
  const codes = building.bind(
    bigints(
      codesOf(
        building,
        groups.flatMap(({ types }) => types),
      ),
    ),
  );
  const deleted = `select d.rid from ${building.schema}.res d where d.del and d.tc = any(${codes}::smallint[])`;
  return { text: `v.rid = any(array(${[...members, deleted].join(' union all ')}))`, values: building.list };
}
