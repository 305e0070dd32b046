/**
 * What an export of everything costs, with and without a log of accesses, beside COPY of the stored texts alone: CPU of this process and
 * of PostgreSQL, and time, the least of all rounds.
 *
 *   DATA_DIR=/tmp/bench npx tsx bench/export.ts [rounds]
 */

import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAudit } from '../src/audit/open-audit.ts';
import { recordNothing } from '../src/audit/security-event.ts';
import { localPrincipal } from '../src/auth/principal.ts';
import { exportJob } from '../src/bulk/export-job.ts';
import { localStorage } from '../src/bulk/local-storage.ts';
import { openStorage } from '../src/cli/storage.ts';
import { readConfig } from '../src/config.ts';
import { loadDefinitions } from '../src/fhir/registry.ts';
import { clientJobs } from '../src/jobs/client-jobs.ts';
import type { JobKind } from '../src/jobs/job.ts';
import { workOnce } from '../src/jobs/runner.ts';
import { createLog } from '../src/log.ts';
import { createRepositories } from '../src/repository/create-repositories.ts';
import { openRegistry } from '../src/repository/search-registry.ts';
import { openCopySession } from '../src/store/copy-out.ts';
import { openDatabase } from '../src/store/database.ts';

const rounds = Number(process.argv[2] ?? 5);

/** In the text of `stat` behind the name of the process: utime, stime, and the same of children that have ended. Ticks are 10 ms. */
function ticksOf(pid: number | string, ended: boolean): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return [11, 12, ...(ended ? [13, 14] : [])].reduce((sum, at) => sum + Number(fields[at]), 0);
  } catch {
    return 0;
  }
}

const parentOf = (pid: number): string => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] ?? '';

/** Milliseconds of CPU that PostgreSQL used so far: its first process, those that have ended, and those that run. */
function postgresMs(): number {
  const running = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8').trim().split(' ');
  return 10 * (ticksOf(postmaster, true) + running.reduce((sum, pid) => sum + ticksOf(pid, false), 0));
}

interface Figure {
  readonly cpu: number;
  readonly node: number;
  readonly wall: number;
}

async function measured(work: () => Promise<void>): Promise<Figure> {
  const [postgres, node, start] = [postgresMs(), process.cpuUsage(), performance.now()];
  await work();
  const wall = performance.now() - start;
  const own = process.cpuUsage(node);
  const nodeMs = (own.user + own.system) / 1000;
  return { cpu: nodeMs + postgresMs() - postgres, node: nodeMs, wall };
}

const least = (list: readonly Figure[], of: (figure: Figure) => number): number => Math.min(...list.map(of));

const log = createLog('warn');
const storage = await openStorage({ config: readConfig(process.env), log, purpose: 'load' });
const { connection } = storage;
const database = openDatabase({ connection, schema: 'anamnesis', poolSize: 4, statementTimeoutMs: 600_000 });
const [backend] = await database.run<{ pid: number }>({ text: 'select pg_backend_pid() as pid', values: [] });
const postmaster = parentOf(backend?.pid ?? 0);
const registry = await openRegistry(database, loadDefinitions());
const now = () => new Date();
const repositories = await createRepositories({ database, registry, now, updateCreate: true, referentialIntegrity: 'enforce' });
const folder = await mkdtemp(join(tmpdir(), 'anamnesis-bench-export-'));
const files = localStorage(folder);
const jobs = clientJobs({ database, storage: files, wake: () => undefined });
const audit = openAudit({ database, contexts: repositories.contexts, log, base: 'http://localhost/fhir', now });
const options = { database, connection, registry, repositories, storage: files, now };
const kinds = { export: exportJob({ ...options, record: recordNothing }), logged: exportJob({ ...options, record: audit.record, audit }) };
const quiet = { info: () => undefined, warn: console.warn, error: console.error };
const base = 'http://localhost/fhir';
let resources = 0;
let bytes = 0;
let peak = 0;

async function exported(kind: JobKind): Promise<void> {
  const handle = await jobs.start({
    ...{ kind: 'export', principal: localPrincipal, request: { method: 'GET', url: `${base}/$export`, base } },
    input: { level: 'system', filters: [], base },
  });
  const signal = new AbortController().signal;
  while (await workOnce({ database, kinds: [kind], log: quiet as never }, signal)) peak = Math.max(peak, process.memoryUsage.rss());
  const job = await jobs.find(handle, localPrincipal);
  if (job?.state !== 'finished') throw new Error(`the export failed: ${job?.error}`);
  resources = Number(job.total);
  const names = await readdir(join(folder, handle));
  bytes = 0;
  for (const name of names) bytes += (await stat(join(folder, handle, name))).size;
  await jobs.cancel(handle, localPrincipal);
  await files.remove(handle);
}

async function copied(): Promise<void> {
  const session = await openCopySession(connection, 'anamnesis: bench');
  await session.copy('select body from anamnesis.ver', () => undefined);
  await session.close();
}

try {
  const found = { copy: [] as Figure[], export: [] as Figure[], logged: [] as Figure[] };
  for (let round = 0; round < rounds; round++) {
    found.copy.push(await measured(copied));
    found.export.push(await measured(() => exported(kinds.export)));
    found.logged.push(await measured(() => exported(kinds.logged)));
  }
  const each = (figure: number): string => `${((figure * 1000) / resources).toFixed(2)} µs`;
  for (const [name, list] of Object.entries(found))
    console.log(
      `${name.padEnd(7)} CPU ${each(least(list, ({ cpu }) => cpu))} for each of ${resources} resources, of it Node ${each(least(list, ({ node }) => node))}; time ${each(least(list, ({ wall }) => wall))}`,
    );
  const speed = (list: readonly Figure[]): string =>
    `${Math.round((100 * least(found.copy, ({ wall }) => wall)) / least(list, ({ wall }) => wall))} %`;
  console.log(
    `${(bytes / 1e6).toFixed(1)} MB of files; speed beside COPY (select body): ${speed(found.export)}, with the log ${speed(found.logged)}`,
  );
  console.log(`resident memory of this process at most ${Math.round(peak / 1e6)} MB`);
} finally {
  await database.run({ text: `delete from anamnesis.job where kind = 'export'`, values: [] });
  await database.close();
  await rm(folder, { recursive: true, force: true });
  await storage.close();
}
