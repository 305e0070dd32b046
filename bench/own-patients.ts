/**
 * What a read costs under a policy of own patients, beside the same read of who may see everything and of a token of the patient: CPU of this
 * process and PostgreSQL, in turns, the lowest of the rounds.
 *
 *   DATA_DIR=$(mktemp -d) npx tsx bench/own-patients.ts [--rounds 7] [--reads 2000]
 */
import { parseArgs } from 'node:util';
import { localPrincipal, type Principal } from '../src/auth/principal.ts';
import { openStorage } from '../src/cli/storage.ts';
import { readConfig } from '../src/config.ts';
import type { Resource } from '../src/fhir/resource.ts';
import type { Services } from '../src/interactions/interaction.ts';
import { createLog } from '../src/log.ts';
import { openServices } from '../src/services.ts';
import { softwareVersion } from '../src/software-version.ts';
import { cpuTime, postmasterOf } from './cpu.ts';

const { values: flags } = parseArgs({ options: { rounds: { type: 'string', default: '7' }, reads: { type: 'string', default: '2000' } } });
const config = readConfig({ ...process.env, AUDIT: 'off' });
const log = createLog('warn');
const storage = await openStorage({ config, log, purpose: 'load' });
const opened = await openServices({ connection: storage.connection, config, log, version: softwareVersion() });
const services: Services = await opened.services();
const postmaster = config.databaseUrl === undefined ? postmasterOf(config.dataDir) : undefined;

const to = (reference: string): object => ({ reference });
const world: readonly object[] = [
  { resourceType: 'Practitioner', id: 'd' },
  { resourceType: 'Patient', id: 'p' },
  { resourceType: 'CareTeam', id: 't', status: 'active', subject: to('Patient/p'), participant: [{ member: to('Practitioner/d') }] },
  ...Array.from({ length: 200 }, (_, n) => ({
    ...{ resourceType: 'Observation', id: `o${n}`, status: 'final', code: { text: 'x' }, subject: to('Patient/p') },
  })),
];
const changes = (world as readonly Resource[]).map((resource) => {
  return { kind: 'update' as const, type: resource.resourceType, id: resource.id ?? '', at: '', resource };
});
await services.repository(localPrincipal).commit(changes, { transaction: true });

const doctor = { id: 'x', account: 'x', fhirUser: 'Practitioner/d', scopes: ['user/*.rs'], policies: { user: 'own-patients' } };
const askers: readonly (readonly [string, Principal])[] = [
  ['everything', localPrincipal],
  ['patient', { id: 'y', patient: 'p', scopes: ['patient/*.rs'] }],
  ['own patients', doctor],
];

async function read(principal: Principal, count: number): Promise<void> {
  for (let n = 0; n < count; n += 8)
    await Promise.all(
      Array.from({ length: 8 }, async (_, i) => {
        const version = await services.repository(principal).read('Observation', `o${(n + i) % 200}`);
        if (version === undefined) throw new Error(`${principal.id} does not see o${(n + i) % 200}`);
      }),
    );
}

const [rounds, reads] = [Number(flags.rounds), Number(flags.reads)];
const lowest = new Map<string, number>();
for (let round = 0; round <= rounds; round++)
  for (const [name, principal] of askers) {
    const before = cpuTime(postmaster);
    await read(principal, reads);
    const spent = (cpuTime(postmaster) - before) / reads;
    if (round > 0) lowest.set(name, Math.min(spent, lowest.get(name) ?? Number.POSITIVE_INFINITY));
  }
for (const [name, spent] of lowest) console.log(`${name.padEnd(14)} ${spent.toFixed(4)} ms CPU a read`);
await opened.close();
await storage.close();
