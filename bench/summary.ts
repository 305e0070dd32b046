/**
 * What a summary costs: CPU of Node and of PostgreSQL for each, one after the other, in one process with the server.
 *
 *   DATA_DIR=/tmp/summaries npx tsx bench/summary.ts [PATIENT…]
 *
 * The database is made by `scripts/prove-summary.ts`. Without ids: the patients with the most resources, the median and the fewest.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { localPrincipal } from '../src/auth/principal.ts';
import { openStorage } from '../src/cli/storage.ts';
import { readConfig } from '../src/config.ts';
import type { FhirRequest, Services } from '../src/interactions/interaction.ts';
import { dispatch } from '../src/interactions/routes.ts';
import { createLog } from '../src/log.ts';
import { openServices } from '../src/services.ts';
import { openDatabase } from '../src/store/database.ts';

const rounds = Number(process.env['ROUNDS'] ?? 5);
const times = Number(process.env['TIMES'] ?? 40);
const operation = process.env['OPERATION'] ?? '$summary';
const config = readConfig({ AUTHORIZATION: 'off', ...process.env });
const log = createLog('warn');
const storage = await openStorage({ config, log, purpose: 'load' });
const { services: servicesOf, close } = await openServices({ config, connection: storage.connection, log, version: '1' });
const services = await servicesOf();

/** Milliseconds of PostgreSQL's processes: /proc counts in hundredths of a second. */
function cpuBelow(parent: string): number {
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      if (fields[1] === parent || pid === parent) ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // It has ended meanwhile.
    }
  }
  return ticks * 10;
}

const get = (path: readonly string[]): FhirRequest => ({
  ...{ method: 'GET', path, query: [], headers: {}, base: 'http://localhost/fhir', principal: localPrincipal },
  body: { contentType: '', bytes: Buffer.alloc(0), resource: () => ({ resourceType: '' }), json: () => undefined },
});

/** As the HTTP layer sends it. */
async function textOf(id: string, asked: Services): Promise<string> {
  const { body } = await dispatch(get(['Patient', id, operation]), asked);
  return typeof body === 'string' ? body : JSON.stringify(body);
}

async function sizes(): Promise<readonly { id: string; count: number }[]> {
  const { databaseSchema: schema } = config;
  const database = openDatabase({ connection: storage.connection, schema, poolSize: 1, statementTimeoutMs: 60_000 });
  const rows = await database.run<{ id: string; count: string }>({
    text: `select p.id, (select count(*) from ${schema}.res r where r.pat = p.pat and not r.del) as count
from ${schema}.res p join ${schema}.type_code t on t.tc = p.tc and t.name = 'Patient' where not p.del order by 2 desc, 1`,
    values: [],
  });
  await database.close();
  return rows.map(({ id, count }) => ({ id, count: Number(count) }));
}

async function chosen(): Promise<readonly { id: string; count: number }[]> {
  const all = await sizes();
  const asked = process.argv.slice(2);
  if (asked.length > 0) return all.filter(({ id }) => asked.includes(id));
  return [0, 0.25, 0.5, 0.75].map((share) => all[Math.floor(all.length * share)]).filter((each) => each !== undefined);
}

const lowest = (list: readonly number[]): number => Math.min(...list);
const middle = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;

async function measured(id: string, postmaster: string): Promise<{ node: number[]; postgres: number[]; size: number }> {
  const [node, postgres]: [number[], number[]] = [[], []];
  let size = 0;
  for (let i = 0; i < times; i++) size = (await textOf(id, services)).length;
  for (let round = 0; round < rounds; round++) {
    const [before, below] = [process.cpuUsage(), cpuBelow(postmaster)];
    for (let i = 0; i < times; i++) await textOf(id, services);
    const { user, system } = process.cpuUsage(before);
    node.push((user + system) / 1000 / times);
    // A process that ended meanwhile takes its time with it.
    postgres.push(Math.max(0, cpuBelow(postmaster) - below) / times);
  }
  return { node, postgres, size };
}

const postmaster = readFileSync(`${config.dataDir}/postgresql/postmaster.pid`, 'utf8').split('\n')[0] ?? '';
console.log('| patient | resources | kB | Node ms, lowest / median | PostgreSQL ms, lowest / median |\n|---|---|---|---|---|');
for (const { id, count } of await chosen()) {
  const { node, postgres, size } = await measured(id, postmaster);
  const pair = (list: readonly number[]): string => `${lowest(list).toFixed(1)} / ${middle(list).toFixed(1)}`;
  console.log(`| ${id} | ${count} | ${Math.round(size / 1024)} | ${pair(node)} | ${pair(postgres)} |`);
}
await close();
await storage.close();
