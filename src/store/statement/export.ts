/** The statements of exports: which versions there are to send, and their texts. */
import { identifier, type Statement } from '../statement.ts';

/** When the oldest write began that is under way at this moment: one row {at}, no later than now. What is stored later has a later time. */
export const earliestWrite = (schemaName: string): Statement => ({
  // One that has just begun may not hold its locks yet; what is older and holds none only reads.
  text: `select least(statement_timestamp(), min(a.xact_start))::text as at from pg_stat_activity a
where a.datname = current_database() and a.pid <> pg_backend_pid() and a.xact_start is not null and a.application_name not like 'anamnesis: %'
and (a.xact_start > statement_timestamp() - interval '5 s' or exists (select from pg_locks l where l.pid = a.pid and l.locktype = 'relation'
  and l.mode = 'RowExclusiveLock' and l.relation = '${identifier(schemaName)}.res'::regclass))`,
  values: [],
});

/** A table of one connection alone, for as long as its transaction: rows of `res` with their label. */
export const gatherings: readonly Statement[] = [
  'create temporary table export_row (rid bigint not null, sk smallint not null, ver integer not null, id text collate "C" not null, self bigint not null, pat bigint not null, label smallint not null) on commit drop',
].map((text) => ({ text, values: [] }));

/**
 * Provenances of what was gathered so far: of each resource all of them, or the latest one. `selection` finds those within reach; `key` is
 * the parameter's part of the tokens by which they tell their targets, of which their own patient is the exception.
 */
export function gatherProvenances(
  schemaName: string,
  { text, values }: Pick<Statement, 'text' | 'values'>,
  { key, label, latest }: { readonly key: string; readonly label: number; readonly latest: boolean },
): Statement {
  const schema = identifier(schemaName);
  const own = values.length;
  const targets = `select k # $${own + 1}::bigint as self from unnest(r.toks) u(k) union select r.pat`;
  const order = latest ? ' order by e.rid, r.lo desc nulls last, p.rid desc' : '';
  return {
    text: `insert into export_row select distinct p.rid, p.sk, p.ver, p.id, p.self, p.pat, $${own + 2}::smallint from (
select ${latest ? 'distinct on (e.rid) ' : ''}p.* from (${text}) p join ${schema}.res r on r.rid = p.rid and r.sk = p.sk
cross join lateral (${targets}) t join export_row e on e.self = t.self and e.label <> $${own + 2}::smallint${order}) p
where not exists (select from export_row d where d.rid = p.rid)`,
    values: [...values, key, label],
  };
}

/** Label of a line that begins the block of a patient. */
export const blockLabel = -1;

/** The same by patients: a window has whole patients, each with a line that begins their block, themselves, and all that is theirs. */
export function storeBlocks(schemaName: string, job: string, size: number): Statement {
  const schema = identifier(schemaName);
  const mine = 'e.rid, e.sk, e.ver, e.id, e.label';
  return {
    text: `with owned as (
  select p.tok, ${mine}, r.self = p.tok as own from export_row e join ${schema}.res r on r.rid = e.rid and r.sk = e.sk join export_patient p on p.tok = r.pat or p.tok = r.self
  union select p.tok, ${mine}, false from export_row e join ${schema}.res r on r.rid = e.rid and r.sk = e.sk cross join lateral unnest(r.toks) u(k) join export_patient p on p.tok = u.k and p.tok not in (r.self, r.pat)
  union select a.tok, ${mine}, false from export_row e join export_about a on a.rid = e.rid
), blocks as (
  select tok, rid, sk, ver, id, label, case when own then 1 else 2 end as place from owned
  union all select distinct o.tok, r.rid, r.sk, r.ver, r.id, ${blockLabel}::smallint, 0 from owned o join ${schema}.res r on r.self = o.tok
), numbered as (select *, row_number() over (order by tok, place, rid) as at from blocks),
placed as (select *, (min(at) over (partition by tok) - 1) / $2::bigint as n from numbered),
dense as (select *, dense_rank() over (order by n) - 1 as window_number from placed)
insert into ${schema}.export_window (job, n, rids, sks, vers, ids, labels)
select $1::bigint, window_number, array_agg(rid order by at), array_agg(sk order by at), array_agg(ver order by at), array_agg(id order by at), array_agg(label order by at)
from dense group by window_number order by window_number returning cardinality(rids) as rows, rids[1]::text as first`,
    values: [job, size],
  };
}

/** Without parameters, for COPY: `Type/id` of what was deleted after an instant and is deleted still. */
export const deletedSince = (schemaName: string, since: string, typeCodes: readonly number[]): string => {
  const schema = identifier(schemaName);
  if (!/^[0-9TZ:.+-]{10,40}$/.test(since)) throw new Error('an instant was expected');
  return `select c.name || '/' || r.id from ${schema}.ver v join ${schema}.res r on r.rid = v.rid and r.sk = v.sk and r.ver = v.ver
join ${schema}.type_code c on c.tc = r.tc where v.upd > '${since}' and v.body is null and r.del and r.rid > 0 and r.tc = any('{${typeCodes.join(',')}}'::smallint[]) order by r.rid`;
};

/** From what was gathered to windows of so many rows: rows of {rows, first}. */
export function storeWindows(schemaName: string, job: string, size: number): Statement {
  const schema = identifier(schemaName);
  return {
    text: `insert into ${schema}.export_window (job, n, rids, sks, vers, ids, labels)
select $1::bigint, n, array_agg(rid), array_agg(sk), array_agg(ver), array_agg(id), array_agg(label)
from (select *, (row_number() over (order by rid) - 1) / $2::bigint as n from export_row order by rid) q group by n order by n
returning cardinality(rids) as rows, rids[1]::text as first`,
    values: [job, size],
  };
}

export const dropWindows = (schemaName: string, job: string): Statement => ({
  text: `delete from ${identifier(schemaName)}.export_window where job = $1`,
  values: [job],
});

/** How spread the rows of a window are: one row {rows, low, high}; none where there is no such window. */
export const spreadOfWindow = (schemaName: string, job: string, n: number): Statement => ({
  text: `select cardinality(rids) as rows, rids[1]::text as low, rids[cardinality(rids)]::text as high
from ${identifier(schemaName)}.export_window where job = $1 and n = $2`,
  values: [job, n],
});

export interface Window {
  readonly job: string;
  readonly n: number;
  readonly rows: number;
  /** First and last row number. */
  readonly low: string;
  readonly high: string;
}

const number = (text: string): string => {
  if (!/^\d{1,19}$/.test(text)) throw new Error(`"${text}" is not a number`);
  return text;
};

/** What a line is put together of: the text is handed on as it lies there. */
const line = 'x.label, x.id, x.ver, v.upd, v.body';

/** Row numbers between those of the window, at most so many for each of it, that are read over rather than looked up one by one. */
const dense = 8;

/** Without parameters, for COPY: label, id, version, time and text of each row of the window, in the order of their row numbers, or in that of the window. */
export function windowLines(
  schemaName: string,
  { job, n, rows, low, high }: Window,
  isOrdered: boolean,
): { readonly query: string; readonly planning: readonly string[] } {
  const schema = identifier(schemaName);
  const listed = `${schema}.export_window f cross join lateral unnest(f.rids, f.sks, f.vers, f.ids, f.labels) x(rid, sk, ver, id, label)`;
  const where = `f.job = ${number(job)} and f.n = ${n}`;
  if (isOrdered || BigInt(high) - BigInt(low) > BigInt(rows) * BigInt(dense))
    return {
      query: `select ${line} from ${listed} cross join lateral (select i.upd, i.body from ${schema}.ver i where i.rid = x.rid and i.ver = x.ver and i.sk = x.sk offset 0) v where ${where}`,
      planning: [],
    };
  return {
    query: `select ${line} from (select x.* from ${listed} where ${where} offset 0) x join ${schema}.ver v on v.rid = x.rid and v.ver = x.ver and v.sk = x.sk
where v.rid between ${number(low)} and ${number(high)}`,
    // Both sides come in the order of the key: they are read along each other once.
    planning: ['set enable_nestloop = off', 'set enable_hashjoin = off'],
  };
}

export const countRows: Statement = { text: 'select count(*)::text as total from export_row', values: [] };

/** The stored texts of what a selection (rid, sk, ver) finds: rows of {body}. */
export const bodiesOf = (schemaName: string, { text, values }: Pick<Statement, 'text' | 'values'>): Statement => ({
  text: `select v.body from (${text}) s join ${identifier(schemaName)}.ver v on v.rid = s.rid and v.ver = s.ver and v.sk = s.sk`,
  values,
});
