/** Loads NDJSON behind requests, and goes on where it was when a process died. https://github.com/smart-on-fhir/bulk-import/blob/master/import.md */
import type { Audit } from '../audit/open-audit.ts';
import { FetchRefused, type GuardedFiles } from '../auth/guarded-fetch.ts';
import type { Principal } from '../auth/principal.ts';
import { refusal } from '../fhir/outcome.ts';
import { standing } from '../jobs/caller.ts';
import type { JobRequest } from '../jobs/client-jobs.ts';
import type { JobKind, JobRun } from '../jobs/job.ts';
import type { Repositories } from '../repository/create-repositories.ts';
import type { SearchRegistry } from '../repository/search-registry.ts';
import { type Database, sqlState } from '../store/database.ts';
import { type GatheredIndex, gatherEntries } from '../store/gathered-index.ts';
import { dropAllWaiting } from '../store/statement/import-waiting.ts';
import { ChunkMaker } from './import-chunk.ts';
import { faultOfFile } from './import-fault.ts';
import { type FileCounts, type ImportFile, type ImportInput, type ImportPosition, importKind, noCounts } from './import-input.ts';
import { LineReader } from './import-lines.ts';
import { importResult } from './import-result.ts';
import { type Studies, settleWaiting } from './import-settle.ts';
import { type OpenSource, openSource, SourceChanged } from './import-source.ts';
import { ImportWriter } from './import-writer.ts';
import type { BulkStorage } from './storage.ts';

export interface ImportOptions {
  readonly database: Database;
  readonly registry: Pick<SearchRegistry, 'current'>;
  readonly repositories: Pick<Repositories, 'of' | 'contexts'>;
  /** Absent: genomic studies are stored in the shape in which they come. */
  readonly studies?: Studies | undefined;
  readonly storage: BulkStorage;
  readonly files: GuardedFiles;
  readonly audit?: Pick<Audit, 'request'> | undefined;
  readonly now: () => Date;
}

export const importJob = (options: ImportOptions): JobKind => ({
  name: importKind,
  run: (run) => runImport(options, run).catch(refuseFull),
  discard: async ({ id, input }) => {
    await options.database.run(dropAllWaiting(options.database.schema, id));
    await removeUpload(options, input as ImportInput);
  },
});

async function removeUpload({ storage }: Pick<ImportOptions, 'storage'>, { upload }: ImportInput): Promise<void> {
  if (upload !== undefined) await storage.remove(upload);
}

/** https://www.postgresql.org/docs/18/errcodes-appendix.html */
const diskFull = '53100';

/** To try again would not help: whoever asked is told at once. */
function refuseFull(fault: unknown): never {
  if (sqlState(fault) !== diskFull) throw fault;
  const text =
    'The database has no room for more: what was loaded until then stays, and the same import goes on from there when there is room again.';
  throw refusal('no-store', text, { status: 507 });
}

const longestLine = 32 << 20;
/** Tries after which a file that cannot be had is given up, and the others are loaded. */
const mostAttempts = 4;
/** So many resources are worth the gathering of index entries. */
const many = 2000;
/** Whether who asked may still do so is looked at again after so long. */
const standingMs = 2000;

const beginning = ({ bytes = 0 }: ImportInput): ImportPosition => ({ file: 0, line: 0, offset: 0, counts: [], before: 0, total: bytes });

/** One turn of one job. */
interface Turn extends ImportOptions {
  readonly run: JobRun;
  readonly input: ImportInput;
  readonly writer: ImportWriter;
}

async function runImport(options: ImportOptions, run: JobRun): Promise<void> {
  const input = run.job.input as ImportInput;
  const position = (run.job.position as ImportPosition | null) ?? beginning(input);
  const index = lazyIndex(options.database);
  const { base } = run.job.request as JobRequest;
  const { database, audit, repositories } = options;
  const principal = keptPrincipal(options, run.job.principal as Principal);
  const writer = new ImportWriter(
    { ...{ database, run, base, audit, principal, repository: repositories.of, wrote: index.wrote } },
    position,
  );
  const turn = { ...options, run, input, writer };
  try {
    while (writer.position.file < input.files.length) if (await loadFile(turn)) return;
    const { definitions } = options.registry.current();
    await settleWaiting({ ...turn, definitions, contexts: repositories.contexts });
    const result = await importResult(options, run.job, input, writer.position);
    await database.transaction((session) => run.finish(session, result));
    await removeUpload(options, input);
  } finally {
    await index.end();
  }
}

/** Asked anew now and then: what it may do can be withdrawn at any time. */
function keptPrincipal({ database }: ImportOptions, asked: Principal): () => Promise<Principal> {
  let known: Promise<Principal> | undefined;
  let at = 0;
  return () => {
    if (known === undefined || performance.now() - at > standingMs) {
      at = performance.now();
      known = standing(database, database.schema, asked);
      known.catch(() => undefined);
    }
    return known;
  };
}

function lazyIndex(database: Database): GatheredIndex {
  let index: Promise<GatheredIndex> | undefined;
  let rows = 0;
  return {
    wrote: async (count) => {
      rows += count;
      if (rows >= many) index ??= gatherEntries(database);
      await (await index)?.wrote(count);
    },
    end: async () => (await index)?.end(),
  };
}

/** True when the turn is over before the file is. */
async function loadFile(turn: Turn): Promise<boolean> {
  const { input, writer, run } = turn;
  const { file, offset, validator, packed } = writer.position;
  const asked = input.files[file] as ImportFile;
  let source: OpenSource;
  try {
    source = await openSource({ ...turn, signal: run.signal }, input, asked, { offset, validator, packed });
  } catch (fault) {
    await giveUp(turn, fault);
    return false;
  }
  const known = knownOf(source);
  if (offset === 0) await writer.move((position) => ({ ...position, ...known, total: totalOf(position, source, input) }));
  try {
    if (await loadLines(turn, asked, source)) return true;
  } catch (fault) {
    if (!(fault instanceof ReadFault)) throw fault;
    await writer.settled();
    await giveUp(turn, fault.cause);
    return false;
  }
  await next(turn, source.size);
  return false;
}

const knownOf = ({ validator, packed }: OpenSource): Partial<ImportPosition> => ({
  ...(validator === undefined ? {} : { validator }),
  ...(packed ? { packed } : {}),
});

/** Of files that were not looked at yet it is thought that they are like the ones before. */
function totalOf({ file, before }: ImportPosition, { size }: OpenSource, { files }: ImportInput): number {
  return size === undefined ? before : Math.round(((before + size) / (file + 1)) * files.length);
}

/** The file could not be read on, which is no fault of what was read. */
class ReadFault extends Error {}

async function* read(source: OpenSource): AsyncGenerator<Buffer> {
  try {
    yield* source.pieces;
  } catch (cause) {
    throw new ReadFault('a file could not be read on', { cause });
  }
}

async function loadLines({ run, writer, registry, studies }: Turn, { type }: ImportFile, source: OpenSource): Promise<boolean> {
  const reader = new LineReader(writer.position, longestLine);
  const chunks = new ChunkMaker(registry.current().definitions, type, writer.position, studies?.lines.isShaped);
  for await (const piece of read(source)) {
    for (const line of reader.take(piece))
      for (const chunk of chunks.add(line)) {
        run.signal.throwIfAborted();
        await writer.write(chunk);
        if (!source.hasRanges || !run.isTurnOver()) continue;
        await writer.settled();
        return true;
      }
  }
  for (const line of reader.rest()) for (const chunk of chunks.add(line)) await writer.write(chunk);
  if (!chunks.isEmpty) await writer.write(chunks.take());
  await writer.settled();
  return false;
}

/** To the next file. */
async function next({ writer }: Turn, size: number | undefined, told: readonly ReturnType<typeof faultOfFile>[] = []): Promise<void> {
  await writer.move(({ file, counts, before, total, offset, waiting = 0 }) => {
    const own: FileCounts = counts[file] ?? noCounts;
    const all = [...counts.slice(0, file), { ...own, refused: own.refused + told.length }];
    const place = { file: file + 1, line: 0, offset: 0, before: before + (size ?? offset) };
    return { ...place, counts: all, total, ...(waiting === 0 ? {} : { waiting }) };
  }, told);
}

const packing = /^(Z_|ERR_STREAM_PREMATURE|ERR_ZLIB)/;

function reasonOf(fault: unknown): string | undefined {
  if (fault instanceof FetchRefused) return fault.message;
  if (fault instanceof SourceChanged) return 'it has changed since it was begun';
  if (packing.test(String((fault as NodeJS.ErrnoException | undefined)?.code))) return 'it is packed, but cannot be unpacked';
  return undefined;
}

/** What may be better later is tried again first. */
async function giveUp(turn: Turn, fault: unknown): Promise<void> {
  const { run, writer } = turn;
  run.signal.throwIfAborted();
  const reason = reasonOf(fault) ?? (run.job.attempts >= mostAttempts ? 'its server does not answer, or not to its end' : undefined);
  if (reason === undefined) throw fault;
  await next(turn, undefined, [faultOfFile(writer.position.line, reason)]);
}
