/** The statements of exports that tell whose records there are in a window: each patient is told once, in the first window that has of them. */
import { identifier, type Statement } from '../statement.ts';

export interface PatientsOfWindows {
  readonly job: string;
  /** First row number of each window. */
  readonly starts: readonly string[];
  /** Number of the first of these windows. */
  readonly firstWindow: number;
  readonly patientType: number;
  /** The part of tokens of references by any element. */
  readonly anyKey: string;
  /** Rows of all windows. */
  readonly rows: number;
}

/** Rows for each patient of the store, up to which tokens are gone through rather than looked up for each patient. */
const fewRows = 8;

export const countPatients = (schemaName: string, patientType: number): Statement => ({
  text: `select count(*)::text as total from ${identifier(schemaName)}.res where tc = $1 and not del`,
  values: [patientType],
});

/**
 * Puts them behind the windows, under the numbers -1, -2 and so on. Most rows have one patient, who stands in the row. Further ones are
 * tokens of compartments; who is merely named by what is in nobody's compartment, such as a Device, is a token of a reference. Each step
 * is made whole before the next: nobody counted the rows that were just gathered, and the planner would look them up one by one.
 */
export function storePatients(schemaName: string, asked: PatientsOfWindows, patients: number): Statement {
  const schema = identifier(schemaName);
  const { job, starts, firstWindow, patientType, anyKey, rows } = asked;
  const isFew = rows <= patients * fewRows;
  return {
    text: `with patient as materialized (
  select self, id from ${schema}.res where tc = $3::smallint and not del union all select self, id from ${schema}.res where tc = $3::smallint and del and rid > 0
), own as materialized (select pat as tok, min(rid) as rid from export_row where pat <> 0 group by pat),
open as materialized (select rid, sk, pat from export_row${isFew ? '' : ' where pat = 0'}),
token as materialized (
  select x.tok, min(e.rid) as rid from open e cross join lateral (select r.toks from ${schema}.res r where r.rid = e.rid and r.sk = e.sk offset 0) r
  cross join lateral unnest(r.toks) u(k) cross join lateral (values (u.k, true), (u.k # $5::bigint, e.pat = 0)) x(tok, counts) where x.counts group by x.tok
), further as materialized (${
      isFew
        ? 'select 0::bigint as tok, 0::bigint as rid where false'
        : `select p.self as tok, t.rid from patient p cross join lateral (select r.rid from ${schema}.res r where r.toks @> array[p.self] offset 0) t`
    }), known as (
  select tok, rid from own union all select tok, rid from token union all select f.tok, f.rid from further f join export_row e on e.rid = f.rid
)
insert into ${schema}.export_window (job, n, rids, sks, vers, ids, labels)
select $1::bigint, -1 - n, '{}', '{}', '{}', array_agg(id), '{}' from (
  select p.id, width_bucket(min(k.rid), $2::bigint[]) - 1 + $4::integer as n from known k join patient p on p.self = k.tok group by p.id
) q group by n`,
    values: [job, `{${starts.join(',')}}`, patientType, firstWindow, anyKey],
  };
}

/** Some of the patients who are told with a window, from a place on: one row {ids}. */
export const patientsOfWindow = (schemaName: string, job: string, n: number, from: number, count: number): Statement => ({
  text: `select ids[$3::integer + 1 : $3::integer + $4::integer] as ids from ${identifier(schemaName)}.export_window where job = $1 and n = $2`,
  values: [job, -1 - n, from, count],
});
