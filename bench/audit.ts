/**
 * What an entry of the log of accesses costs: CPU of Node and of PostgreSQL for each row, by how many come at the same time.
 * Run: npx tsx bench/audit.ts
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linkOf } from '../src/audit/chain.ts';
import { auditLog } from '../src/audit/log.ts';
import { type Database, openDatabase } from '../src/store/database.ts';
import { startEmbedded } from '../src/store/embedded.ts';
import { migrate } from '../src/store/migrate.ts';

const seconds = 4;
const id = '0b0a4dd7-4f5c-4f4e-9c62-1f6c3a8b7a11';
const entry = JSON.stringify({
  ...{ v: 1, k: 'read', m: 'GET', t: `/Observation/${id}`, s: 200, b: 'http://127.0.0.1:8080/fhir', a: '127.0.0.1', x: 'a15f84e1a4ff-6' },
  ...{ i: [['R', `Observation/${id}/_history/1`, [0]]], p: [id], w: { id: 'local' } },
});

/** Microseconds of a process and its children: /proc counts in hundredths of a second. */
function cpuBelow(parent: number): number {
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      if (Number(fields[1]) === parent || Number(pid) === parent) ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // It has ended meanwhile.
    }
  }
  return ticks * 10_000;
}

async function measure(database: Database, postmaster: number, together: number): Promise<string> {
  let statements = 0;
  const counting: Database = {
    ...database,
    run: (statement) => {
      statements++;
      return database.run(statement);
    },
  };
  const log = auditLog({ database: counting, link: linkOf(undefined) });
  let rows = 0;
  const [node, postgres, start] = [process.cpuUsage(), cpuBelow(postmaster), performance.now()];
  const client = async (): Promise<void> => {
    for (; performance.now() - start < seconds * 1000; rows++) {
      const came = log.expect();
      // As long as a read takes until it has something to tell.
      await new Promise(setImmediate);
      came();
      await log.append({ at: new Date().toISOString(), entry });
    }
  };
  await Promise.all(Array.from({ length: together }, client));
  const { user, system } = process.cpuUsage(node);
  const cells = [together, rows / statements, (user + system) / rows, (cpuBelow(postmaster) - postgres) / rows, rows / seconds];
  return `| ${cells.map((cell) => cell.toFixed(cell < 10 ? 1 : 0)).join(' | ')} |`;
}

const folder = mkdtempSync(join(tmpdir(), 'anamnesis-bench-audit-'));
const quiet = { info: () => undefined, warn: (line: string) => console.warn(line) };
const postgres = await startEmbedded({ dataDir: folder, log: quiet, purpose: 'bench' });
await migrate(postgres.connection, 'anamnesis');
const database = openDatabase({ connection: postgres.connection, schema: 'anamnesis', poolSize: 4, statementTimeoutMs: 30_000 });
const postmaster = Number(readFileSync(join(folder, 'postgresql', 'postmaster.pid'), 'utf8').split('\n')[0]);
console.log('| together | rows in a statement | Node µs a row | PostgreSQL µs a row | rows/s |\n|---|---|---|---|---|');
for (const together of [8, 1, 4, 8, 16, 64]) console.log(await measure(database, postmaster, together));
await database.close();
await postgres.stop();
rmSync(folder, { recursive: true, force: true });
