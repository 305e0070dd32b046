/**
 * What $import costs: resources a second, and CPU of Node and PostgreSQL for each, with everything that is validated and indexed.
 * Run: npx tsx --min-semi-space-size=64 --max-semi-space-size=64 bench/import.ts FOLDER [rounds]   (bundles, or NDJSON)
 */
import { createReadStream, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer as createFiles } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { createServer } from '../src/server.ts';
import { startEmbedded } from '../src/store/embedded.ts';
import { migrate } from '../src/store/migrate.ts';
import { cpuTime, postmasterOf } from './cpu.ts';
import { copyNdjson, writeNdjson } from './ndjson.ts';

const [folder, roundsText = '3'] = process.argv.slice(2);
if (folder === undefined) throw new Error('Which folder? bench/import.ts FOLDER [rounds]');
const rounds = Number(roundsText);

const work = mkdtempSync(join(tmpdir(), 'anamnesis-bench-import-'));
const found = readdirSync(folder).filter((name) => name.endsWith('.ndjson'));
const original = found.length > 0 ? found.map((name) => join(folder, name)) : writeNdjson(folder, join(work, 'original'));

const files = createFiles((request, response) => void createReadStream(join(work, request.url ?? '')).pipe(response));
await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
const host = `127.0.0.1:${(files.address() as AddressInfo).port}`;

const dataDir = join(work, 'data');
const log = createLog('warn');
const postgres = await startEmbedded({ dataDir, log, purpose: 'bench' });
await migrate(postgres.connection, 'anamnesis');
const audit = process.env.AUDIT ?? 'off';
const settings = { PORT: '0', DATA_DIR: dataDir, AUTHORIZATION: 'off', AUDIT: audit, INTERNAL_HOSTS: host };
const server = await createServer({ config: readConfig(settings, {}), connection: postgres.connection, log, version: 'bench' });
const { url } = await server.listen();
const postmaster = postmasterOf(dataDir);

interface Manifest {
  readonly output: readonly { readonly count: number }[];
  readonly error: readonly { readonly count: number }[];
}

async function load(names: readonly string[]): Promise<Manifest> {
  const input = names.map((name) => ({ type: basename(name, '.ndjson'), url: `http://${host}/${name}` }));
  const started = await fetch(`${url}/fhir/$import`, {
    method: 'POST',
    headers: { prefer: 'respond-async', 'content-type': 'application/json' },
    body: JSON.stringify({ inputFormat: 'application/fhir+ndjson', inputSource: 'urn:bench', input }),
  });
  if (started.status !== 202) throw new Error(await started.text());
  for (;;) {
    const status = await fetch(started.headers.get('content-location') ?? '');
    if (status.status === 200) return (await status.json()) as Manifest;
    if (status.status !== 202) throw new Error(await status.text());
    await sleep(100);
  }
}

const own = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const sum = (list: readonly { readonly count: number }[]): number => list.reduce((all, { count }) => all + count, 0);

console.log('| round | resources | refused | resources/s | CPU ms each | Node | PostgreSQL |\n|---|---|---|---|---|---|---|');
async function measure(name: string, round: number): Promise<void> {
  const names = copyNdjson(original, join(work, `round-${round}`), round).map((path) => path.slice(work.length + 1));
  const [from, all, began] = [own(), cpuTime(postmaster), performance.now()];
  const { output, error } = await load(names);
  const [node, cpu, seconds] = [own() - from, cpuTime(postmaster) - all, (performance.now() - began) / 1000];
  const count = sum(output);
  const cells = [cpu / count, node / count, (cpu - node) / count].map((value) => value.toFixed(3));
  console.log(`| ${[name, count, sum(error), Math.round(count / seconds), ...cells].join(' | ')} |`);
}

for (let round = 0; round < rounds; round++) await measure(round === 0 ? 'first' : `copy ${round}`, round);
await measure('the first again', 0);

await server.close();
files.close();
await postgres.stop();
rmSync(work, { recursive: true, force: true });
