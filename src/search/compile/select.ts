/** All that a query finds, as rows for a statement that gathers them. */
import type { Statement } from '../../store/statement.ts';
import type { Query } from '../query.ts';
import { sourceSql } from './driver.ts';
import { begin, type CompileContext } from './page.ts';
import { type Row, rowOf, typeSql } from './row.ts';
import { testsSql } from './test.ts';

const columns = (alias: string): string => ['rid', 'sk', 'ver', 'tc', 'id', 'self', 'pat'].map((column) => `${alias}.${column}`).join(', ');

/** `select rid, sk, ver, tc, id, self, pat`: each row once. */
export function compileSelection(context: CompileContext, query: Query): Statement {
  const building = begin(context);
  const row = rowOf(building, query.types);
  return { text: `select ${columns(row.alias)} from ${sourceSql(query.conditions, row)}`, values: building.list };
}

/** The same of rows that stand in a table (rid, sk): each of them is looked at. */
export function compileSelectionAmong(context: CompileContext, query: Query, table: string): Statement {
  const building = begin(context);
  const row: Row = { ...building, alias: 'r', types: query.types, tested: 1 };
  const tests = [typeSql({ ...row, alias: 'm' }, false), 'not r.del', ...testsSql(query.conditions, row)];
  return {
    text: `select ${columns('r')} from ${table} m join ${building.schema}.res r on r.rid = m.rid and r.sk = m.sk where ${tests.join(' and ')}`,
    values: building.list,
  };
}
