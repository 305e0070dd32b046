/** The manifest of an import, and its files of errors. https://github.com/smart-on-fhir/bulk-import/blob/master/import.md */
import type { JobFile, JobResult } from '../jobs/job.ts';
import type { Database } from '../store/database.ts';
import { type FaultRow, readFaults } from '../store/statement/import.ts';
import type { JobRow } from '../store/statement/job.ts';
import { type ImportInput, type ImportPosition, noCounts } from './import-input.ts';
import type { BulkStorage } from './storage.ts';

const contentType = 'application/fhir+ndjson';
const pageLines = 1000;

interface ResultOptions {
  readonly database: Database;
  readonly storage: BulkStorage;
  readonly now: () => Date;
}

/** Undefined where all lines were loaded. */
async function errorFile({ database, storage }: ResultOptions, job: JobRow, file: number): Promise<Omit<JobFile, 'inputUrl'> | undefined> {
  const page = (after: number): Promise<FaultRow[]> => database.run<FaultRow>(readFaults(database.schema, job.id, file, after, pageLines));
  let rows = await page(-1);
  if (rows.length === 0) return undefined;
  const name = `errors-${file + 1}.ndjson`;
  const writer = await storage.create(job.handle, name, contentType);
  try {
    let count = 0;
    for (let after = -1; rows.length > 0; rows = await page(after)) {
      await writer.write(Buffer.from(`${rows.map(({ outcome }) => outcome).join('\n')}\n`));
      count += rows.length;
      after = Number(rows.at(-1)?.line);
    }
    return { name, bytes: await writer.finish(), contentType, count, type: 'OperationOutcome' };
  } catch (fault) {
    await writer.abort();
    throw fault;
  }
}

export async function importResult(
  options: ResultOptions,
  job: JobRow,
  { files }: ImportInput,
  position: ImportPosition,
): Promise<JobResult> {
  const error: JobFile[] = [];
  for (const [i, { url }] of files.entries()) {
    const found = await errorFile(options, job, i);
    if (found !== undefined) error.push({ ...found, ...(url === undefined ? {} : { inputUrl: url }) });
  }
  const counted = files.map(({ url, type }, i) => ({
    ...(url === undefined ? {} : { inputUrl: url }),
    ...(type === undefined ? {} : { type }),
    ...(position.counts[i] ?? noCounts),
  }));
  return {
    transactionTime: options.now().toISOString(),
    output: counted.map(({ inputUrl, created, updated, unchanged }) => ({
      ...{ name: '', bytes: 0, contentType, type: 'OperationOutcome', count: created + updated + unchanged },
      ...(inputUrl === undefined ? {} : { inputUrl }),
    })),
    error,
    more: { extension: { counts: counted } },
  };
}
