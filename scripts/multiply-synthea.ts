/**
 * Fills a database with many patients: copies Synthea bundles with new ids, shifted dates and other names until it holds at least as
 * many resources as asked for. The same input gives the same resources.
 *
 *   DATA_DIR=/tmp/million npx tsx scripts/multiply-synthea.ts --resources 1000000 FOLDER-OR-FILE…
 *
 * DATA_DIR or DATABASE_URL say where to; the database must be empty.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { localPrincipal } from '../src/auth/principal.ts';
import { openStorage } from '../src/cli/storage.ts';
import { readConfig } from '../src/config.ts';
import type { Resource } from '../src/fhir/resource.ts';
import { createLog } from '../src/log.ts';
import type { Change } from '../src/repository/change.ts';
import { openServices } from '../src/services.ts';
import { softwareVersion } from '../src/software-version.ts';

interface Entry {
  readonly fullUrl: string;
  readonly resource: Resource;
}

const filesOf = (path: string): string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .flatMap((name) => filesOf(join(path, name)))
    : /\.json(\.gz)?$/.test(path)
      ? [path]
      : [];

function textOf(file: string): string {
  const bytes = readFileSync(file);
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
}

/** An id that is the same for every run. */
function copiedId(id: string, copy: number): string {
  const hash = createHash('sha256').update(`${id} ${copy}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

const syllables = ['ba', 'de', 'ki', 'lo', 'mu', 'na', 're', 'si', 'to', 'vu', 'wen', 'zar'];

/** Names of a copy: what stands behind the Synthea name changes with it. */
const suffixOf = (copy: number): string =>
  copy === 0 ? '' : [copy % 12, Math.floor(copy / 12) % 12].map((at) => syllables[at] as string).join('');

const day = 86_400_000;

/** Whole days by which all dates of a copy move back: up to two years. */
const shiftOf = (copy: number): number => (copy * 41) % 730;

/** Dates keep their precision, their time and their zone. */
const shifted = (text: string, days: number): string =>
  days === 0
    ? text
    : text.replace(
        /"(\d{4}-\d{2}-\d{2})(?=T\d{2}:|")/g,
        (_, date: string) => `"${new Date(Date.parse(date) - days * day).toISOString().slice(0, 10)}`,
      );

/** A bundle as resources with ids of their own that refer to each other by them. */
function copyOf(text: string, copy: number): Resource[] {
  const { entry } = JSON.parse(text) as { entry: Entry[] };
  const names = new Map(entry.map(({ fullUrl, resource }) => [fullUrl, resource.resourceType]));
  const ids = new Map(entry.map(({ fullUrl }) => [fullUrl.slice('urn:uuid:'.length), copiedId(fullUrl, copy)]));
  const linked = shifted(text, shiftOf(copy))
    .replace(/"urn:uuid:([0-9a-f-]{36})"/g, (whole, id: string) => {
      const type = names.get(`urn:uuid:${id}`);
      return type === undefined ? whole : `"${type}/${ids.get(id)}"`;
    })
    .replace(/(?<=")[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?=")/g, (id) => ids.get(id) ?? copiedId(id, copy))
    .replace(/"(family|name)":\s*"([^"]+)"/g, (_, key: string, name: string) => `"${key}":"${name}${suffixOf(copy)}"`);
  const copied = JSON.parse(linked) as { entry: Entry[] };
  return copied.entry.map(({ resource }, i) => ({
    ...resource,
    id: ids.get((entry[i] as Entry).fullUrl.slice('urn:uuid:'.length)) as string,
  }));
}

const perCommit = 1000;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { resources: { type: 'string', default: '1000000' } } });
const wanted = Number(values.resources);
const bundles = positionals.flatMap(filesOf).map(textOf);
if (bundles.length === 0 || !Number.isSafeInteger(wanted)) throw new Error('usage: multiply-synthea.ts --resources NUMBER FOLDER-OR-FILE…');

const config = { ...readConfig(process.env), referentialIntegrity: 'off' as const, statementTimeout: 600_000 };
const log = createLog('warn');
const storage = await openStorage({ config, log, purpose: 'load' });
const { services, database, close } = await openServices({ connection: storage.connection, config, log, version: softwareVersion() });
const repository = (await services()).repository(localPrincipal);

const changeOf = (resource: Resource): Change => ({
  kind: 'update',
  type: resource.resourceType,
  id: resource.id as string,
  at: '',
  resource,
});

const start = Date.now();
let count = 0;
let waiting: Change[] = [];
const running = new Set<Promise<unknown>>();

/** Two commits under way: one is prepared while the other is written. */
async function send(changes: readonly Change[]): Promise<void> {
  if (running.size >= 2) await Promise.race(running);
  const commit = repository.commit(changes, { transaction: true });
  running.add(commit);
  void commit.finally(() => running.delete(commit)).catch(() => undefined);
}

for (let copy = 0; count < wanted; copy++) {
  // Bundles share organizations and practitioners: each is written once for a copy.
  const written = new Set<string>();
  for (const text of bundles) {
    if (count >= wanted) break;
    const resources = copyOf(text, copy).filter(({ id = '' }) => !written.has(id) && written.add(id) !== undefined);
    count += resources.length;
    waiting.push(...resources.map(changeOf));
    while (waiting.length >= perCommit) {
      await send(waiting.slice(0, perCommit));
      waiting = waiting.slice(perCommit);
    }
  }
  const rate = count / ((Date.now() - start) / 1000);
  process.stderr.write(`${count.toLocaleString('en')} resources, ${rate.toFixed(0)}/s\n`);
}
if (waiting.length > 0) await send(waiting);
await Promise.all(running);
await database.run({
  text: `vacuum (analyze) ${['res', 'ver', 'num', 'str', 'txt', 'term'].map((table) => `${database.schema}.${table}`).join(', ')}`,
  values: [],
});
process.stderr.write(`${count.toLocaleString('en')} resources in ${((Date.now() - start) / 1000).toFixed(0)} s\n`);
await close();
await storage.close();
