/** The statements of lines that an import sets aside until all its files are read. */
import { identifier, type Statement } from '../statement.ts';

export interface WaitingLine {
  readonly file: number;
  readonly line: number;
  /** `Type/id`. */
  readonly name: string;
  readonly references: readonly string[];
  /** A genomic study in another shape than the stored one, or a part of one. */
  readonly isShaped: boolean;
  readonly text: string;
}

export interface WaitingRow {
  readonly file: number;
  readonly line: string;
  readonly name: string;
  readonly body: string;
}

const table = (schemaName: string): string => `${identifier(schemaName)}.import_waiting`;

/** Lists of lists as JSON: arrays of PostgreSQL have one length only. */
export const insertWaiting = (schemaName: string, job: string, lines: readonly WaitingLine[]): Statement => ({
  text: `insert into ${table(schemaName)} (job, file, line, name, refs, shaped, body)
select $1, w.file, w.line, w.name, array(select jsonb_array_elements_text(w.refs::jsonb)), w.shaped, w.body
from unnest($2::int[], $3::bigint[], $4::text[], $5::text[], $6::bool[], $7::text[]) as w(file, line, name, refs, shaped, body)
on conflict do nothing`,
  values: [
    job,
    lines.map(({ file }) => file),
    lines.map(({ line }) => line),
    lines.map(({ name }) => name),
    lines.map(({ references }) => JSON.stringify(references)),
    lines.map(({ isShaped }) => isShaped),
    lines.map(({ text }) => text),
  ],
});

/** Rows of {name}: which of the names wait. */
export const waitingAmong = (schemaName: string, job: string, names: readonly string[]): Statement => ({
  text: `select distinct name from ${table(schemaName)} where job = $1 and name = any($2::text[])`,
  values: [job, names],
});

/** Rows of {ref}, sorted: what is referred to, but does not wait itself. */
export const referredTo = (schemaName: string, job: string, after: string, limit: number): Statement => ({
  text: `select distinct ref from ${table(schemaName)} w, unnest(w.refs) as ref where w.job = $1 and ref > $2
and not exists (select from ${table(schemaName)} o where o.job = $1 and o.name = ref) order by ref limit $3`,
  values: [job, after, limit],
});

const columns = 'file, line, name, body';

/** Lines that refer to one of the names. */
export const waitingFor = (schemaName: string, job: string, names: readonly string[], limit: number): Statement => ({
  text: `select ${columns}, refs from ${table(schemaName)} where job = $1 and refs && $2::text[] order by file, line limit $3`,
  values: [job, names, limit],
});

/** In the order of the files, behind one of them. */
export const readWaiting = (
  schemaName: string,
  job: string,
  isShaped: boolean,
  after: readonly [number, number],
  limit: number,
): Statement => ({
  text: `select ${columns} from ${table(schemaName)} where job = $1 and shaped = $2 and (file, line) > ($3::int, $4::bigint)
order by file, line limit $5`,
  values: [job, isShaped, ...after, limit],
});

/** Those of the names that are studies in another shape, or parts of them. */
export const waitingNamed = (schemaName: string, job: string, names: readonly string[]): Statement => ({
  text: `select ${columns} from ${table(schemaName)} where job = $1 and shaped and name = any($2::text[]) order by file, line`,
  values: [job, names],
});

export const dropWaiting = (
  schemaName: string,
  job: string,
  lines: readonly { readonly file: number; readonly line: number }[],
): Statement => ({
  text: `delete from ${table(schemaName)} w using unnest($2::int[], $3::bigint[]) as d(file, line)
where w.job = $1 and w.file = d.file and w.line = d.line`,
  values: [job, lines.map(({ file }) => file), lines.map(({ line }) => line)],
});

/** A job that is over keeps none. */
export const dropAllWaiting = (schemaName: string, job: string): Statement => ({
  text: `delete from ${table(schemaName)} where job = $1`,
  values: [job],
});
