/**
 * Latency of searches on a database of any size, made by `scripts/multiply-synthea.ts`:
 *
 *   DATA_DIR=/tmp/small npx tsx bench/search.ts --out small.json
 *   DATA_DIR=/tmp/million npx tsx bench/search.ts --beside small.json
 *
 * Each kind of search is asked with values drawn from the data, one after the other. Exit code 1: one of the aims is missed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { localPrincipal } from '../src/auth/principal.ts';
import { openStorage } from '../src/cli/storage.ts';
import { readConfig } from '../src/config.ts';
import type { Resource } from '../src/fhir/resource.ts';
import { createLog } from '../src/log.ts';
import { parseSearch } from '../src/search/parse.ts';
import { openServices } from '../src/services.ts';
import { softwareVersion } from '../src/software-version.ts';
import { cpuTime, postmasterOf } from './cpu.ts';
import { type Group, type Kind, mixOf } from './mix.ts';

interface Measured {
  readonly name: string;
  readonly group: Group;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
  /** CPU of this process and PostgreSQL, milliseconds for each search. */
  readonly cpu: number;
}

const { values: flags } = parseArgs({
  options: { out: { type: 'string' }, beside: { type: 'string' }, rounds: { type: 'string', default: '20' }, only: { type: 'string' } },
});
const config = readConfig(process.env);
const log = createLog('warn');
const storage = await openStorage({ config, log, purpose: 'load' });
const { services, close } = await openServices({
  connection: storage.connection,
  config,
  log,
  version: softwareVersion(),
});
const { repository: repositoryOf, definitions } = await services();
const repository = repositoryOf(localPrincipal);
const postmaster = config.databaseUrl === undefined ? postmasterOf(config.dataDir) : undefined;

const search = (type: string, text: string) =>
  repository.search(
    parseSearch(definitions, type, [...new URLSearchParams(text)], {
      strict: true,
      defaultCount: 50,
      maxCount: 1000,
      now: new Date(),
      explain: true,
    }),
  );

const bodies = async (type: string, text: string): Promise<Resource[]> =>
  (await search(type, text)).matches.map(({ body }) => JSON.parse(body ?? '{}') as Resource);

const kinds = await mixOf({ bodies, count: async (type, text) => (await search(type, text)).total ?? 0 });

async function last(kind: Kind, text: string): Promise<string> {
  let cursor = '';
  for (let page = 0; page < (kind.page ?? 0); page++) {
    const { next } = await search(kind.type, `${text}${cursor}`);
    if (next === undefined) break;
    cursor = `&_cursor=${next}`;
  }
  return `${text}${cursor}`;
}

async function measure(kind: Kind, rounds: number): Promise<Measured> {
  const texts = [];
  for (const text of kind.texts) texts.push(await last(kind, text));
  const times: { readonly time: number; readonly text: string }[] = [];
  const count = Math.max(rounds, texts.length);
  const before = cpuTime(postmaster);
  for (let i = 0; i < count; i++) {
    const text = texts[i % texts.length] as string;
    const start = performance.now();
    await search(kind.type, text);
    times.push({ time: performance.now() - start, text });
  }
  const cpu = (cpuTime(postmaster) - before) / count;
  times.sort((a, b) => a.time - b.time);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))]?.time ?? 0;
  const slowest = times.at(-1);
  if (slowest && slowest.time > 200) {
    const { plans = [] } = await search(kind.type, `${slowest.text}&_explain=true`);
    process.stderr.write(`  ${kind.type}?${slowest.text.slice(0, 120)}: ${slowest.time.toFixed(0)} ms: ${plans.join(' | ')}\n`);
  }
  return { name: `${kind.type}: ${kind.name}`, group: kind.group, p50: at(0.5), p95: at(0.95), max: at(1), cpu };
}

const results: Measured[] = [];
for (const kind of kinds)
  if (flags.only === undefined || kind.name.includes(flags.only)) results.push(await measure(kind, Number(flags.rounds)));

const beside = new Map(
  (flags.beside === undefined ? [] : (JSON.parse(readFileSync(flags.beside, 'utf8')) as Measured[])).map((one) => [one.name, one]),
);
const missed: string[] = [];
for (const { name, group, p50, p95, max, cpu } of results) {
  const small = beside.get(name);
  const ratio = small === undefined ? '' : ` ${(p50 / small.p50).toFixed(2).padStart(6)} ×`;
  console.log(
    `${name.padEnd(46)} p50 ${p50.toFixed(1).padStart(7)} p95 ${p95.toFixed(1).padStart(7)} max ${max.toFixed(1).padStart(7)} ms  cpu ${cpu.toFixed(1).padStart(6)} ms${ratio}`,
  );
  if (group === 'patient' && small !== undefined && p50 > 1.5 * small.p50)
    missed.push(`${name}: p50 ${(p50 / small.p50).toFixed(2)} × that of the small database, aim ≤ 1.5`);
  if (group === 'code' && p95 > 60) missed.push(`${name}: p95 ${p95.toFixed(0)} ms, aim ≤ 60`);
  if (max > 500) missed.push(`${name}: max ${max.toFixed(0)} ms, aim ≤ 500`);
}
if (flags.out !== undefined) writeFileSync(flags.out, JSON.stringify(results));
for (const line of missed) console.log(`missed: ${line}`);
await close();
await storage.close();
process.exitCode = missed.length === 0 ? 0 : 1;
