/** Sends one window of an export: from the store into the files, without reading what the lines hold. */
import type pg from 'pg';
import type { JobFile } from '../jobs/job.ts';
import { openCopySession, type TakeRow } from '../store/copy-out.ts';
import { blockLabel, spreadOfWindow, type Window, windowLines } from '../store/statement/export.ts';
import { LineFiles } from './line-files.ts';
import { idOf, LineHead, labelOf } from './line-head.ts';
import type { BulkStorage } from './storage.ts';

/** A whole line as it leaves, from one as it is stored; the text has no line feed. */
export type Rewrite = (line: string) => string;

export interface WindowContext {
  readonly connection: pg.PoolConfig;
  readonly schema: string;
  readonly storage: BulkStorage;
  readonly signal: AbortSignal;
  /** Absent: lines of the type leave as they are. */
  readonly rewriteOf: (type: string) => Rewrite | undefined;
}

export interface WindowJob {
  readonly id: string;
  readonly handle: string;
  readonly types: readonly string[];
  /** All types in one file, by patients. */
  readonly organized: boolean;
}

/** Told behind the number of the window, so that the same window always has the same names. */
const nameOf = (type: string, n: number): string => `${type}-${n + 1}.ndjson`;

/** Begins the lines of one patient. https://hl7.org/fhir/uv/bulkdata/export.html#bulk-data-output-file-organization */
function blockHead(id: string): Buffer {
  const header = { resourceType: 'Parameters', parameter: [{ name: 'header', valueReference: { reference: `Patient/${id}` } }] };
  return Buffer.from(JSON.stringify(header));
}

function taker(files: LineFiles, context: WindowContext, { types, organized }: WindowJob): TakeRow {
  const head = new LineHead(types);
  const rewrites = types.map((type) => context.rewriteOf(type));
  return (row, start, end) => {
    const label = labelOf(row, start);
    if (label === blockLabel) return files.add(0, blockHead(idOf(row, start)));
    const text = head.make(row, start);
    const file = organized ? 0 : label;
    const rewrite = rewrites[label];
    if (rewrite === undefined) return files.join(file, head.bytes, head.length, row, text, end);
    return files.add(file, Buffer.from(rewrite(head.bytes.toString('latin1', 0, head.length) + row.toString('utf8', text, end))));
  };
}

/** Answers the files, once all of them are safe; else there is none of them. */
export async function sendWindow(context: WindowContext, job: WindowJob, n: number): Promise<readonly JobFile[]> {
  const { connection, schema, storage, signal } = context;
  const { types, organized } = job;
  const files = new LineFiles({
    ...{ storage, job: job.handle },
    nameOf: (label) => nameOf(organized ? 'by-patient' : (types[label] ?? 'Resource'), n),
    typeOf: (label) => (organized ? undefined : types[label]),
  });
  const session = await openCopySession(connection, 'anamnesis: export');
  const stop = (): void => void session.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    const [spread] = await session.run<Omit<Window, 'job' | 'n'>>(spreadOfWindow(schema, job.id, n));
    if (spread === undefined) throw new Error(`window ${n} of the export is gone`);
    const { query, planning } = windowLines(schema, { ...spread, job: job.id, n }, organized);
    for (const text of planning) await session.run({ text, values: [] });
    let rows = 0;
    const take = taker(files, context, job);
    await session.copyBinary(query, (row, start, end) => {
      rows++;
      return take(row, start, end);
    });
    if (rows !== spread.rows) throw new Error(`${spread.rows} versions were to be exported, but ${rows} were found`);
    return await files.finish();
  } catch (fault) {
    await files.abort();
    throw signal.aborted ? signal.reason : fault;
  } finally {
    signal.removeEventListener('abort', stop);
    await session.close();
  }
}
