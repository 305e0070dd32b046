/** One's own patients are found out once, by every process for itself, and again from the very write on that may have changed it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { localPrincipal, type Principal } from '../../src/auth/principal.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import type { Change } from '../../src/repository/change.ts';
import { createRepositories, type Repositories } from '../../src/repository/create-repositories.ts';
import { putPolicy } from '../../src/repository/policies.ts';
import { openRegistry } from '../../src/repository/search-registry.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import type { Statement } from '../../src/store/statement.ts';
import { testDatabase } from '../support/database.ts';
import { definitions } from '../support/repository.ts';

const to = (reference: string) => ({ reference });
const team = (status = 'active'): object => ({
  ...{ resourceType: 'CareTeam', id: 'team', status, subject: to('Patient/by-team') },
  participant: [{ member: to('Practitioner/d') }],
});
const patient = (id: string, more: object = {}): object => ({ resourceType: 'Patient', id, ...more });
const role = (active = true): object => ({
  ...{ resourceType: 'PractitionerRole', id: 'role', active },
  ...{ practitioner: to('Practitioner/d'), organization: to('Organization/whole') },
});
const ward = (partOf: object = { partOf: to('Organization/whole') }): object => ({
  resourceType: 'Organization',
  id: 'ward',
  name: 'Ward',
  ...partOf,
});
const related = (active = true): object => ({
  ...{ resourceType: 'RelatedPerson', id: 'r', active, patient: to('Patient/by-relation') },
});
const observation = (of: string): object => ({
  ...{ resourceType: 'Observation', id: of, status: 'final', code: { text: 'x' }, subject: to(`Patient/${of}`) },
});

const world: readonly object[] = [
  ...[{ resourceType: 'Practitioner', id: 'd' }, { resourceType: 'Organization', id: 'whole', name: 'Whole' }, ward(), role()],
  patient('by-doctor', { generalPractitioner: [to('Practitioner/d')] }),
  patient('by-employer', { managingOrganization: to('Organization/whole') }),
  patient('by-part', { managingOrganization: to('Organization/ward') }),
  ...[patient('by-team'), team(), patient('by-relation'), related(), patient('other')],
  ...['by-doctor', 'by-employer', 'by-part', 'by-team', 'by-relation', 'other'].map(observation),
];

const put = (resource: object): Change => {
  const { resourceType: type, id = '' } = resource as Resource;
  return { kind: 'update', type, id, at: '', resource: resource as Resource };
};

let closing: () => Promise<void>;
let asked: Statement[] = [];
let [one, two]: Repositories[] = [];

beforeAll(async () => {
  const { connection, drop } = await testDatabase();
  const database = openDatabase({ connection, schema: 'anamnesis', poolSize: 4, statementTimeoutMs: 20_000 });
  closing = async () => {
    await database.close();
    await drop();
  };
  const rules = [{ types: ['*'], rights: 'cruds', patients: 'own' }];
  const own = ['general-practitioner', 'care-team', 'managing-organization', 'part-of-organization'];
  await putPolicy(database, database.schema, { name: 'house', description: 'x', own, rules }, (name) => definitions.isResourceType(name));
  const counted: Database = { ...database, run: (statement) => (asked.push(statement), database.run(statement)) };
  const node = async (of: Database): Promise<Repositories> => {
    const registry = await openRegistry(of, definitions);
    return createRepositories({ database: of, registry, now: () => new Date(), updateCreate: true, referentialIntegrity: 'off' });
  };
  [one, two] = [await node(counted), await node(database)];
}, 60_000);
afterAll(() => closing());
beforeEach(() => write(...world));

/** By another process. */
async function write(...resources: readonly object[]): Promise<void> {
  await two?.of(localPrincipal).commit(resources.map(put), { transaction: true });
}

const doctor: Principal = { id: 'x', account: 'x', fhirUser: 'Practitioner/d', scopes: ['user/*.cruds'], policies: { user: 'house' } };
const relative: Principal = { ...doctor, fhirUser: 'RelatedPerson/r', policies: { user: 'related-person' } };

const sees = async (of: string, who = doctor): Promise<boolean> => (await one?.of(who).read('Observation', of)) !== undefined;

describe('Once it is known whose patient it is', () => {
  test('a read is one statement, as it is for everybody else', async () => {
    await sees('by-team');
    asked = [];
    expect(await sees('by-team')).toBe(true);
    expect(asked.map(({ name }) => name)).toEqual(['read-related']);
  });

  test('it is known for other tokens of the same person as well', async () => {
    await sees('by-part');
    asked = [];
    expect(await sees('by-part', { ...doctor, id: 'y', scopes: ['user/Observation.rs'] })).toBe(true);
    expect(asked.map(({ name }) => name)).toEqual(['read-related']);
  });

  test('what makes further patients lets it stand', async () => {
    await sees('by-team');
    await two?.of(localPrincipal).commit([{ kind: 'create', type: 'Patient', at: '', resource: { resourceType: 'Patient' } as Resource }]);
    asked = [];
    expect(await sees('by-team')).toBe(true);
    expect(asked).toHaveLength(1);
  });

  test.each<readonly [string, object, Principal]>([
    ['by-team', team('inactive'), doctor],
    ['by-doctor', patient('by-doctor'), doctor],
    ['by-employer', role(false), doctor],
    ['by-part', ward({}), doctor],
    ['by-relation', related(false), relative],
  ])('what is %s ends with the write that says so, whichever process wrote it', async (of, change, who) => {
    for (let i = 0; i < 2; i++) expect(await sees(of, who)).toBe(true);
    expect(await sees('other', who)).toBe(false);
    await write(change);
    expect(await sees(of, who)).toBe(false);
  });

  test('it ends with a delete, and comes back with what is written again', async () => {
    expect(await sees('by-team')).toBe(true);
    await two?.of(localPrincipal).commit([{ kind: 'delete', type: 'CareTeam', id: 'team', at: '' }]);
    expect(await sees('by-team')).toBe(false);
    await write(team());
    expect(await sees('by-team')).toBe(true);
  });

  test('a write that was given up changes nothing', async () => {
    expect(await sees('by-team')).toBe(true);
    const within = async (): Promise<void> => {
      throw new Error('given up');
    };
    await expect(two?.of(localPrincipal).commit([put(team('inactive'))], { transaction: true, within })).rejects.toThrow('given up');
    asked = [];
    expect(await sees('by-team')).toBe(true);
    expect(asked).toHaveLength(1);
  });
});

test('Reads and changes at the same time: what was read after a change that took the patient away never shows it', async () => {
  /** Which time it is that it is taken away; undefined where it is not. */
  let gone: number | undefined;
  const reading = async (): Promise<void> => {
    for (let n = 0; n < 150; n++) {
      const before = gone;
      const seen = await sees('by-team');
      if (before !== undefined && before === gone) expect(seen).toBe(false);
    }
  };
  const changing = async (): Promise<void> => {
    for (let n = 0; n < 20; n++) {
      await write(team('inactive'));
      gone = n;
      await new Promise((resolve) => setTimeout(resolve, 3));
      gone = undefined;
      await write(team());
    }
  };
  await Promise.all([reading(), reading(), changing()]);
});
