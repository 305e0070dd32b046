/** The statements of imports: which lines were not loaded, stored in the transaction of what was. */
import { identifier, type Statement } from '../statement.ts';

export interface FaultRow {
  readonly line: string;
  readonly outcome: string;
}

/** Once for each line of a file, however often the part is tried. */
export const insertFaults = (
  schemaName: string,
  job: string,
  file: number,
  faults: readonly { readonly line: number; readonly outcome: string }[],
): Statement => ({
  text: `insert into ${identifier(schemaName)}.import_fault (job, file, line, outcome)
select $1, $2, f.line, f.outcome from unnest($3::bigint[], $4::text[]) as f(line, outcome) on conflict do nothing`,
  values: [job, file, faults.map(({ line }) => line), faults.map(({ outcome }) => outcome)],
});

/** In the order of their lines, after one of them. */
export const readFaults = (schemaName: string, job: string, file: number, after: number, limit: number): Statement => ({
  text: `select line, outcome from ${identifier(schemaName)}.import_fault where job = $1 and file = $2 and line > $3 order by line limit $4`,
  values: [job, file, after, limit],
});
