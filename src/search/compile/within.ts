/** Whether a condition holds of a row that another statement has at hand, as SQL for that statement. */
import type { Statement } from '../../store/statement.ts';
import type { Condition } from '../condition.ts';
import { begin, type CompileContext } from './page.ts';
import type { Row } from './row.ts';
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
