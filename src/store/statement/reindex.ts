/** The statements that read resources in the order of their row numbers, to index them anew. */
import { identifier, type Statement } from '../statement.ts';
import { plain } from './column.ts';

export interface ReindexRow {
  readonly rid: string;
  readonly tc: number;
  readonly id: string;
  readonly ver: number;
  readonly sk: number;
  readonly del: boolean;
  readonly upd: string;
  readonly method: number;
  /** Null for what is deleted, and for what is not taken. */
  readonly body: string | null;
  /** False where the bodies before it were enough for one time. */
  readonly taken: boolean;
}

export interface ReindexRange {
  readonly after: string;
  /** Last row number to look at. */
  readonly upTo: string;
  /** Absent = all. */
  readonly typeCodes?: readonly number[];
  readonly rows: number;
  /** Of bodies, roughly: the first is always taken. */
  readonly bytes: number;
}

const ofTypes = (parameter: number, typeCodes: readonly number[] | undefined): string =>
  typeCodes === undefined ? '' : ` and r.tc = any($${parameter}::smallint[])`;

export function reindexPage(schemaName: string, { after, upTo, typeCodes, rows, bytes }: ReindexRange): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select q.rid, q.tc, q.id, q.ver, q.sk, q.del, q.upd, q.method, q.before < $4 as taken, case when q.before < $4 then q.body end as body
from (select r.*, v.upd, v.method, v.body, coalesce(sum(octet_length(v.body)) over (order by r.rid rows between unbounded preceding and 1 preceding), 0) as before
  from (select r.rid, r.tc, r.id, r.ver, r.sk, r.del from ${schema}.res r
    where r.rid > $1::bigint and r.rid <= $2::bigint${ofTypes(5, typeCodes)} order by r.rid limit $3) r
  left join ${schema}.ver v on v.rid = r.rid and v.ver = r.ver and v.sk = r.sk) q
order by q.rid`,
    values: [after, upTo, rows, bytes, ...(typeCodes === undefined ? [] : [plain(typeCodes)])],
  };
}

/** How much there is: one row of {last, rows, live}. */
export function reindexTotal(schemaName: string, typeCodes: readonly number[] | undefined): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select coalesce(max(r.rid), 0)::text as last, count(*)::text as rows, count(*) filter (where not r.del)::text as live
from ${schema}.res r where r.rid > 0${ofTypes(1, typeCodes)}`,
    values: typeCodes === undefined ? [] : [plain(typeCodes)],
  };
}

/** Holds the rows, in the order of all writers, and says which version of each stands: rows of {rid, ver}. */
export const lockForReindex = (schemaName: string, rids: readonly string[]): Statement => ({
  text: `select r.rid, r.ver from unnest($1::bigint[]) q(rid) join ${identifier(schemaName)}.res r on r.rid = q.rid
order by r.tc, r.id for update of r`,
  values: [plain(rids)],
  name: 'lock-for-reindex',
});

/** Transactions that write resources at this moment, as the database names them: rows of {id}. */
export const writers = (schemaName: string): Statement => ({
  text: `select distinct virtualtransaction as id from pg_locks where locktype = 'relation' and mode = 'RowExclusiveLock'
and database = (select oid from pg_database where datname = current_database()) and relation = '${identifier(schemaName)}.res'::regclass
and pid <> pg_backend_pid()`,
  values: [],
});

/** Counting may take longer than any request may. */
export const withoutTimeout: Statement = { text: 'set local statement_timeout = 0', values: [] };
