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

type Group = 'patient' | 'code' | 'other';

interface Kind {
  readonly name: string;
  readonly group: Group;
  readonly type: string;
  /** Texts to ask in turn. */
  readonly texts: readonly string[];
  /** Pages to follow before the measured one. */
  readonly page?: number;
}

interface Measured {
  readonly name: string;
  readonly group: Group;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
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

/** Every nth of a list. */
const spread = <T>(list: readonly T[], most: number): T[] =>
  list.filter((_, i) => i % Math.max(1, Math.floor(list.length / most)) === 0).slice(0, most);

/** Observation codes with how often each is there, the most frequent first. */
async function frequencies(): Promise<{ code: string; count: number }[]> {
  const seen = new Set<string>();
  for (const text of [
    '_count=1000',
    '_count=1000&_sort=date',
    '_count=1000&_sort=_id',
    '_count=1000&date=lt2010',
    '_count=1000&date=lt2000',
    '_count=1000&category=survey',
    '_count=1000&category=laboratory&_sort=_id',
  ])
    for (const { code } of (await bodies('Observation', text)) as { code?: { coding?: { system: string; code: string }[] } }[])
      if (code?.coding?.[0]) seen.add(`${code.coding[0].system}|${code.coding[0].code}`);
  const counted = [];
  for (const code of seen)
    counted.push({ code, count: (await search('Observation', `code=${encodeURIComponent(code)}&_summary=count`)).total ?? 0 });
  return counted.sort((a, b) => b.count - a.count);
}

const patients = spread(await bodies('Patient', '_count=1000&_sort=_id'), 40) as (Resource & {
  name: { family: string; given: string[] }[];
  identifier: { system: string; value: string }[];
  birthDate: string;
})[];
const codes = await frequencies();
const conditions = [
  ...new Set(
    ((await bodies('Condition', '_count=1000&_sort=_id')) as { code?: { coding?: { code: string }[] } }[]).flatMap(
      ({ code }) => code?.coding?.[0]?.code ?? [],
    ),
  ),
];
const practitioners = (await bodies('Practitioner', '_count=40')) as (Resource & { name: { family: string }[] })[];
const each = (text: (patient: (typeof patients)[number]) => string): string[] => patients.map(text);
const byCode = (text: (code: string) => string): string[] => spread(codes, 40).map(({ code }) => text(encodeURIComponent(code)));
const common = codes.slice(0, 8).map(({ code }) => encodeURIComponent(code));
const many = Array.from({ length: 2000 }, (_, i) => codes[i]?.code ?? `http://loinc.org|none-${i}`)
  .map(encodeURIComponent)
  .join(',');

const kinds: readonly Kind[] = [
  {
    name: 'patient + category, newest 50',
    group: 'patient',
    type: 'Observation',
    texts: each(({ id }) => `patient=${id}&category=laboratory&_sort=-date&_count=50`),
  },
  { name: 'patient + code', group: 'patient', type: 'Observation', texts: each(({ id }) => `patient=${id}&code=${common[0]}`) },
  { name: 'patient', group: 'patient', type: 'Condition', texts: each(({ id }) => `patient=${id}`) },
  { name: 'patient + date', group: 'patient', type: 'Encounter', texts: each(({ id }) => `patient=${id}&date=ge2015`) },
  { name: 'patient, counted', group: 'patient', type: 'Observation', texts: each(({ id }) => `patient=${id}&_summary=count`) },
  { name: 'code, newest 20', group: 'code', type: 'Observation', texts: byCode((code) => `code=${code}&_sort=-date&_count=20`) },
  { name: 'code, oldest 20', group: 'code', type: 'Observation', texts: byCode((code) => `code=${code}&_sort=date&_count=20`) },
  { name: 'code, any 20', group: 'code', type: 'Observation', texts: byCode((code) => `code=${code}&_count=20`) },
  {
    name: 'code + date from',
    group: 'code',
    type: 'Observation',
    texts: byCode((code) => `code=${code}&date=ge2017-01-01&_sort=-date&_count=20`),
  },
  { name: 'code + month', group: 'code', type: 'Observation', texts: byCode((code) => `code=${code}&date=2014-03&_count=20`) },
  {
    name: 'identifier',
    group: 'other',
    type: 'Patient',
    texts: each(({ identifier }) => `identifier=${encodeURIComponent(identifier[0]?.value ?? '')}`),
  },
  { name: 'name', group: 'other', type: 'Patient', texts: each(({ name }) => `name=${name[0]?.family.slice(0, 6)}`) },
  { name: 'name, one letter', group: 'other', type: 'Patient', texts: ['name=a', 'name=m', 'name=s'] },
  { name: 'name:contains', group: 'other', type: 'Patient', texts: each(({ name }) => `name:contains=${name[0]?.family.slice(1, 5)}`) },
  { name: 'birthdate + gender', group: 'other', type: 'Patient', texts: each(({ birthDate }) => `birthdate=${birthDate}&gender=male`) },
  { name: 'patient.name', group: 'other', type: 'Observation', texts: each(({ name }) => `patient.name=${name[0]?.family}`) },
  { name: 'patient.birthdate', group: 'other', type: 'Encounter', texts: each(({ birthDate }) => `patient.birthdate=${birthDate}`) },
  {
    name: 'patient.identifier + code',
    group: 'other',
    type: 'Observation',
    texts: each(({ identifier }) => `patient.identifier=${encodeURIComponent(identifier[0]?.value ?? '')}&code=${common[0]}`),
  },
  { name: 'patient.gender', group: 'other', type: 'Observation', texts: ['patient.gender=male', 'patient.gender=female'] },
  { name: 'patient.gender + code', group: 'other', type: 'Observation', texts: byCode((code) => `patient.gender=male&code=${code}`) },
  {
    name: 'encounter.class + code',
    group: 'other',
    type: 'Observation',
    texts: byCode((code) => `encounter.class=AMB&code=${code}&_count=20`),
  },
  {
    name: 'requester.family',
    group: 'other',
    type: 'MedicationRequest',
    texts: practitioners.map(({ name }) => `requester:Practitioner.family=${name[0]?.family}`),
  },
  {
    name: '_has condition',
    group: 'other',
    type: 'Patient',
    texts: spread(conditions, 30).map((code) => `_has:Condition:patient:code=${code}`),
  },
  {
    name: '_has observation + gender',
    group: 'other',
    type: 'Patient',
    texts: byCode((code) => `_has:Observation:patient:code=${code}&gender=male`),
  },
  {
    name: '_has by practitioner',
    group: 'other',
    type: 'Practitioner',
    texts: spread(conditions, 30).map((code) => `_has:Encounter:participant:reason-code=${code}`),
  },
  { name: 'code, counted', group: 'other', type: 'Observation', texts: byCode((code) => `code=${code}&_summary=count`) },
  { name: 'type, counted', group: 'other', type: 'Observation', texts: ['_summary=count'] },
  { name: 'a day', group: 'other', type: 'Encounter', texts: ['date=2014-03-04', 'date=2010-07-01', 'date=2016-11-30'] },
  {
    name: 'a month, newest first',
    group: 'other',
    type: 'Observation',
    texts: ['date=2014-03&_sort=-date', 'date=ge2010-07-01&date=lt2010-08-01&_sort=-date'],
  },
  { name: 'value-quantity', group: 'other', type: 'Observation', texts: byCode((code) => `code=${code}&value-quantity=gt100&_count=20`) },
  { name: '2,000 codes', group: 'other', type: 'Observation', texts: [`code=${many}&_count=20`, `code=${many}&_sort=-date&_count=20`] },
  {
    name: 'page 200',
    group: 'other',
    type: 'Observation',
    texts: common.slice(0, 3).map((code) => `code=${code}&_sort=-date&_count=20`),
    page: 199,
  },
  {
    name: 'last updated',
    group: 'other',
    type: 'Observation',
    texts: ['_lastUpdated=gt2020&_count=20', '_lastUpdated=gt2020&_sort=-_lastUpdated&_count=20'],
  },
  {
    name: 'patients by family',
    group: 'other',
    type: 'Patient',
    texts: ['_sort=family&_count=20', 'gender=male&_sort=-birthdate&_count=20'],
  },
];

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
  for (let i = 0; i < Math.max(rounds, texts.length); i++) {
    const text = texts[i % texts.length] as string;
    const start = performance.now();
    await search(kind.type, text);
    times.push({ time: performance.now() - start, text });
  }
  times.sort((a, b) => a.time - b.time);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))]?.time ?? 0;
  const slowest = times.at(-1);
  if (slowest && slowest.time > 200) {
    const { plans = [] } = await search(kind.type, `${slowest.text}&_explain=true`);
    process.stderr.write(`  ${kind.type}?${slowest.text.slice(0, 120)}: ${slowest.time.toFixed(0)} ms: ${plans.join(' | ')}\n`);
  }
  return { name: `${kind.type}: ${kind.name}`, group: kind.group, p50: at(0.5), p95: at(0.95), max: at(1) };
}

const results: Measured[] = [];
for (const kind of kinds)
  if (flags.only === undefined || kind.name.includes(flags.only)) results.push(await measure(kind, Number(flags.rounds)));

const beside = new Map(
  (flags.beside === undefined ? [] : (JSON.parse(readFileSync(flags.beside, 'utf8')) as Measured[])).map((one) => [one.name, one]),
);
const missed: string[] = [];
for (const { name, group, p50, p95, max } of results) {
  const small = beside.get(name);
  const ratio = small === undefined ? '' : ` ${(p50 / small.p50).toFixed(2).padStart(6)} ×`;
  console.log(
    `${name.padEnd(46)} p50 ${p50.toFixed(1).padStart(7)} p95 ${p95.toFixed(1).padStart(7)} max ${max.toFixed(1).padStart(7)} ms${ratio}`,
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
