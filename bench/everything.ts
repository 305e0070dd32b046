/**
 * What whole records cost, on a database with patients (`anamnesis load FOLDER`): CPU of this process and PostgreSQL for 300 resources, for
 * callers with and without limits, and the time to the first piece of the largest record.
 *
 *   DATA_DIR=/tmp/bench npx tsx bench/everything.ts [--rounds 5] [--patients 40] [--first 0] [NAME=FOLDER …]
 *
 * A FOLDER with another version of the project, with the same tables, is measured in turns with this one.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { localPrincipal, type Principal } from '../src/auth/principal.ts';
import { openStorage } from '../src/cli/storage.ts';
import { readConfig } from '../src/config.ts';
import type { FhirRequest, Services } from '../src/interactions/interaction.ts';
import { dispatch } from '../src/interactions/routes.ts';
import { createLog } from '../src/log.ts';
import { openServices } from '../src/services.ts';
import { softwareVersion } from '../src/software-version.ts';
import { cpuTime, postmasterOf } from './cpu.ts';

const { values: flags, positionals } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    patients: { type: 'string', default: '40' },
    first: { type: 'string', default: '0' },
  },
  allowPositionals: true,
});
const config = readConfig({ ...process.env, AUDIT: 'off' });
const log = createLog('warn');
const storage = await openStorage({ config, log, purpose: 'load' });
const opened = await openServices({ connection: storage.connection, config, log, version: softwareVersion() });

interface Version {
  readonly name: string;
  readonly services: Services;
  readonly dispatch: typeof dispatch;
}

async function versionIn(name: string, folder: string): Promise<Version> {
  const load = (path: string): Promise<object> => import(pathToFileURL(resolve(folder, path)).href);
  const other = (await load('src/services.ts')) as { openServices: typeof openServices };
  const routes = (await load('src/interactions/routes.ts')) as { dispatch: typeof dispatch };
  const { services } = await other.openServices({ connection: storage.connection, config, log, version: softwareVersion() });
  return { name: `${name}, `, services: await services(), dispatch: routes.dispatch };
}

const versions: Version[] = [{ name: '', services: await opened.services(), dispatch }];
for (const [name = '', folder = ''] of positionals.map((text) => text.split('='))) versions.push(await versionIn(name, folder));
const postmaster = config.databaseUrl === undefined ? postmasterOf(config.dataDir) : undefined;

const nothing = (): never => {
  throw new Error('a GET has no body');
};
const requestOf = (principal: Principal, id: string, query: FhirRequest['query'] = []): FhirRequest => ({
  ...{ method: 'GET', path: ['Patient', id, '$everything'], query, headers: {}, base: 'http://127.0.0.1:8080/fhir', principal },
  body: { contentType: '', bytes: Buffer.alloc(0), resource: nothing, json: nothing },
});

interface Told {
  readonly resources: number;
  readonly first: number;
}

async function tell(version: Version, principal: Principal, id: string): Promise<Told> {
  const start = performance.now();
  const { body } = await version.dispatch(requestOf(principal, id), version.services);
  let first: number | undefined;
  let end = '';
  for await (const piece of body as AsyncIterable<string>) {
    first ??= performance.now() - start;
    end = piece.slice(-400);
  }
  return { resources: Number(/"total":(\d+)/.exec(end)?.[1] ?? 0), first: first ?? 0 };
}

/** One principal for each token, as the server remembers them. */
function remembered(make: (patient: string) => Principal): (patient: string) => Principal {
  const known = new Map<string, Principal>();
  return (patient) => {
    const principal = known.get(patient) ?? make(patient);
    known.set(patient, principal);
    return principal;
  };
}

const system: Principal = { id: 'a', client: 'c', scopes: ['system/*.rs'] };
const launched = (patient: string): Principal => ({
  id: 'b',
  client: 'c',
  scopes: ['patient/*.rs'],
  patient,
  fhirUser: `Patient/${patient}`,
});
const callers: readonly (readonly [name: string, of: (patient: string) => Principal])[] = [
  ['without limits', () => localPrincipal],
  ['system/*.rs', () => system],
  ['patient/*.rs', remembered(launched)],
];

const schema = config.databaseSchema;
const rows = await opened.database.run<{ id: string }>({
  text: `select p.id from ${schema}.res p join ${schema}.type_code t on t.tc = p.tc and t.name = 'Patient' where not p.del
order by (select count(*) from ${schema}.res r where r.pat = p.self) desc limit $1`,
  values: [Number(flags.first) + Number(flags.patients)],
});
const ids = rows.map(({ id }) => id).slice(Number(flags.first));
const variants = callers.flatMap(([caller, of]) => versions.map((version) => ({ name: `${version.name}${caller}`, version, of })));

const best = new Map<string, number>();
for (let round = 0; round <= Number(flags.rounds); round++) {
  for (const { name, version, of } of variants) {
    const before = cpuTime(postmaster);
    let resources = 0;
    for (const id of ids) resources += (await tell(version, of(id), id)).resources;
    const cost = ((cpuTime(postmaster) - before) / resources) * 300;
    // The first round is for the compiler.
    if (round > 0) best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, cost));
    if (round === 1) console.log(`${name}: ${resources} resources of ${ids.length} patients`);
  }
}
for (const [name, cost] of best) console.log(`${name}: ${cost.toFixed(2)} ms CPU for 300 resources, the best of ${flags.rounds} rounds`);

for (const { name, version, of } of variants) {
  const largest = ids[0] as string;
  const firsts: number[] = [];
  let resources = 0;
  for (let i = 0; i < 21; i++) {
    const told = await tell(version, of(largest), largest);
    firsts.push(told.first);
    resources = told.resources;
  }
  firsts.sort((a, b) => a - b);
  console.log(
    `${name}: first piece of ${resources} resources after ${firsts[10]?.toFixed(1)} ms (median), ${firsts[19]?.toFixed(1)} ms (p95)`,
  );
}
await opened.close();
await storage.close();
