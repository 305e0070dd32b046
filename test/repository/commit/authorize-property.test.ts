/**
 * Whatever a restricted principal writes, in whatever order: nothing out of its reach is changed, made or shown. The whole store is
 * compared before and after each write, by a view without limits, and judged by rules that know nothing of how the server keeps them.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createAccess } from '../../../src/auth/create-access.ts';
import type { Policy } from '../../../src/auth/policy.ts';
import type { Principal } from '../../../src/auth/principal.ts';
import { FhirError } from '../../../src/fhir/outcome.ts';
import type { Resource } from '../../../src/fhir/resource.ts';
import type { Change } from '../../../src/repository/change.ts';
import { definitions, type TestRepository, testRepository } from '../../support/repository.ts';

const cases = 600;
/** After so many the store is filled anew. */
const round = 40;

/** Mulberry32: the same cases every time. */
let state = 20_261_125;
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
}
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const chance = (share: number): boolean => random() < share;

const types = ['Patient', 'Observation', 'Condition', 'CareTeam', 'Device', 'Organization', 'Group'] as const;
const patients = ['p1', 'p2', 'p3'];
const pool = (type: string): string => (type === 'Patient' ? pick(patients) : `${type.toLowerCase()}-${Math.floor(random() * 6)}`);
/** Mostly spoken of, so that much of what is tried is allowed. */
let favourite = 'p1';
const patientReference = () => ({ reference: `Patient/${chance(0.6) ? favourite : pick([...patients, 'unknown'])}` });
let marks = 0;
/** A text that stands nowhere else. */
const mark = (): string => `secret${String(++marks).padStart(6, '0')}x`;

function resourceOf(type: string, id?: string): Resource {
  const own = { resourceType: type, ...(id === undefined ? {} : { id }), language: 'en' };
  const text = { text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${mark()}</div>` } };
  const also = chance(0.2) ? [patientReference()] : [];
  const bodies: Readonly<Record<string, () => object>> = {
    Patient: () => ({
      ...(chance(0.3) ? { generalPractitioner: [{ reference: 'Practitioner/dr' }] } : {}),
      ...(chance(0.1) ? { link: [{ type: 'seealso', other: patientReference() }] } : {}),
    }),
    Observation: () => ({
      status: 'final',
      code: { text: 'x' },
      subject: patientReference(),
      ...(also.length === 0 ? {} : { performer: also }),
    }),
    Condition: () => ({ subject: patientReference(), ...(chance(0.2) ? { asserter: patientReference() } : {}) }),
    CareTeam: () => ({ status: 'active', subject: patientReference(), participant: [{ member: { reference: 'Practitioner/dr' } }] }),
    Device: () => (chance(0.7) ? { patient: patientReference() } : { manufacturer: 'x' }),
    Organization: () => ({ name: 'x' }),
    Group: () => ({ type: 'person', actual: true, member: [{ entity: patientReference() }] }),
  };
  return { ...own, ...text, ...bodies[type]?.() } as Resource;
}

function changeOf(): Change {
  const type = pick(types);
  const id = pool(type);
  const base = { type, at: '' };
  const criteria = chance(0.5) ? `_id=${pool(type)}` : `_id=${pool(type)},${pool(type)}`;
  const ifMatch = chance(0.1) ? { ifMatch: pick(['1', '2']) } : {};
  const content = (resource: Resource): Resource => ({ ...resourceOf(type, resource.id), id: resource.id ?? '' });
  const noted = (resource: Resource): Resource => ({ ...resource, language: pick(['de', 'fr']) });
  switch (pick(['create', 'update', 'patch', 'delete', 'create-if', 'update-if', 'patch-if', 'delete-if'])) {
    case 'create':
      return { ...base, kind: 'create', resource: resourceOf(type) };
    case 'create-if':
      return { ...base, kind: 'create', resource: resourceOf(type), ifNoneExist: criteria };
    case 'update':
      return { ...base, kind: 'update', id, resource: resourceOf(type, id), ...ifMatch };
    case 'update-if':
      return { ...base, kind: 'update', criteria, resource: resourceOf(type, chance(0.3) ? id : undefined) };
    case 'patch':
      return { ...base, kind: 'patch', id, apply: chance(0.5) ? content : noted, ...ifMatch };
    case 'patch-if':
      return { ...base, kind: 'patch', criteria, apply: chance(0.5) ? content : noted };
    case 'delete':
      return { ...base, kind: 'delete', id, ...ifMatch };
    default:
      return { ...base, kind: 'delete', criteria };
  }
}

const policy: Policy = {
  ...{
    name: 'own',
    description: 'x',
    own: ['general-practitioner', 'care-team'],
    withheld: [],
    breakGlass: false,
    administers: false,
    custodian: false,
  },
  rules: [
    { types: ['*'], rights: ['c', 'r', 'u', 'd', 's'], patients: 'own' },
    { types: ['*'], rights: ['r', 's'], patients: 'none' },
  ],
};

interface Writer {
  readonly principal: Principal;
  /** Whose record it is, by what stands before. */
  readonly isTheirs: (patient: string, store: Store) => boolean;
  readonly rights: string;
}

function writer(): Writer {
  const rights = pick(['cruds', 'cruds', 'cruds', 'cruds', 'cud', 'crs', 'ru', 'rus', 'ds', 'rds', 'c', 'u', 'd']);
  const type = pick(['*', '*', '*', 'Observation', 'Patient']);
  favourite = pick(patients);
  if (chance(0.6)) {
    const patient = favourite;
    const principal = { id: 'x', patient, scopes: [`patient/${type}.${rights}`] };
    return { principal, rights, isTheirs: (id) => id === patient };
  }
  const principal = { id: 'x', account: 'x', fhirUser: 'Practitioner/dr', scopes: [`user/${type}.${rights}`], policies: { user: 'own' } };
  return { principal, rights, isTheirs: isOwn };
}

interface Stored {
  readonly version: number;
  readonly resource: Resource | undefined;
}
type Store = ReadonlyMap<string, Stored>;

const bodyOf = (store: Store, name: string): Resource | undefined => store.get(name)?.resource;
const refersTo = (value: unknown, reference: string): boolean => JSON.stringify(value ?? null).includes(`"${reference}"`);

function isOwn(patient: string, store: Store): boolean {
  const resource = bodyOf(store, `Patient/${patient}`);
  if (resource === undefined) return false;
  const teams = [...store.values()].flatMap(({ resource: each }) => (each?.resourceType === 'CareTeam' ? [each] : []));
  return (
    refersTo(resource['generalPractitioner'], 'Practitioner/dr') || teams.some((team) => refersTo(team['subject'], `Patient/${patient}`))
  );
}

/** Those in whose records it is: of these types every reference to a patient says so. */
function patientsIn(resource: Resource | undefined): string[] {
  if (resource === undefined) return [];
  const referred = [...JSON.stringify(resource).matchAll(/"Patient\/([a-z0-9-]+)"/g)].map(([, id = '']) => id);
  return [...new Set(resource.resourceType === 'Patient' ? [resource.id ?? '', ...referred] : referred)];
}

async function storeOf({ database }: TestRepository): Promise<Store> {
  const names = await database.run<{ name: string; id: string; ver: number; body: string | null }>({
    text: `select t.name, r.id, r.ver, v.body from anamnesis.res r join anamnesis.type_code t on t.tc = r.tc and r.rid > 0
join anamnesis.ver v on v.rid = r.rid and v.ver = r.ver and v.sk = r.sk`,
    values: [],
  });
  return new Map(names.map(({ name, id, ver, body }) => [`${name}/${id}`, { version: ver, resource: parsed(name, id, body) }]));
}

/** The rest of a body stands behind `lastUpdated`. */
const parsed = (type: string, id: string, rest: string | null): Resource | undefined =>
  rest === null ? undefined : (JSON.parse(`{"resourceType":"${type}","id":"${id}","meta":{"lastUpdated":"x"${rest}`) as Resource);

const shared = ['Organization', 'Practitioner'];
const noRecord = ['Group'];

/** What was written must be theirs before and after, and what it enters or leaves as well. */
function assertTheirs({ isTheirs, rights, principal }: Writer, before: Store, after: Store, what: string): void {
  for (const [name, { version, resource }] of after) {
    const stood = before.get(name);
    if (stood?.version === version) continue;
    const [type = ''] = name.split('/');
    const told = `${what} wrote ${name} as ${JSON.stringify(principal)}`;
    expect({ told, isShared: shared.includes(type) || noRecord.includes(type) }).toEqual({ told, isShared: false });
    const [from, to] = [patientsIn(stood?.resource), patientsIn(resource)];
    const right = stood === undefined ? (what.startsWith('update') ? 'u' : 'c') : resource === undefined ? 'd' : 'u';
    const theirs = (id: string): boolean =>
      isTheirs(id, before) || (name === `Patient/${id}` && stood === undefined && isOwn(id, after) && principal.patient === undefined);
    const moved = [...from.filter((id) => !to.includes(id)), ...to.filter((id) => !from.includes(id))];
    expect({ told, right: rights.includes(right) }).toEqual({ told, right: true });
    expect({ told, strangers: moved.filter((id) => !theirs(id)) }).toEqual({ told, strangers: [] });
    expect({ told, isTheirs: (resource === undefined ? from : to).some(theirs) }).toEqual({ told, isTheirs: true });
    if (stood?.resource !== undefined) expect({ told, was: from.some(theirs) }).toEqual({ told, was: true });
  }
}

/** What is answered has no text of a resource that they may not read. */
function assertSilent({ isTheirs, rights, principal }: Writer, store: Store, answer: string, asked: string): void {
  for (const [name, { resource }] of store) {
    if (resource === undefined) continue;
    const mayRead =
      rights.includes('r') && (shared.includes(resource.resourceType) || patientsIn(resource).some((id) => isTheirs(id, store)));
    const [secret] = /secret\d{6}x/.exec(JSON.stringify(resource)) ?? [];
    if (mayRead || secret === undefined || asked.includes(secret)) continue;
    const told = `${name} to ${JSON.stringify(principal)}`;
    expect({ told, isShown: answer.includes(secret) }).toEqual({ told, isShown: false });
  }
}

let fixture: TestRepository;
beforeAll(async () => {
  fixture = await testRepository();
});
afterAll(() => fixture.close());

async function fill(): Promise<void> {
  const seed = ['Observation', 'Condition', 'CareTeam', 'Device', 'Organization', 'Group'].flatMap((type) =>
    Array.from({ length: 6 }, (_, i) => {
      favourite = pick(patients);
      return resourceOf(type, `${type.toLowerCase()}-${i}`);
    }),
  );
  const people = [...patients, 'unknown'].map((id) => resourceOf('Patient', id));
  const all = [{ resourceType: 'Practitioner', id: 'dr' }, ...people, ...seed] as Resource[];
  const put = (resource: Resource): Change => ({ kind: 'update', type: resource.resourceType, id: resource.id ?? '', at: '', resource });
  await fixture.repository.commit(all.map(put), { transaction: true });
  await fixture.repository.commit([{ kind: 'delete', type: 'Patient', id: 'unknown', at: '' }], { referentialIntegrity: 'off' });
}

test(`${cases} writes change, make and show nothing out of reach`, async () => {
  const policies = new Map([['own', policy]]);
  let written = 0;
  for (let i = 0; i < cases; i++) {
    if (i % round === 0) await fill();
    const by = writer();
    const before = await storeOf(fixture);
    const access = createAccess(by.principal, definitions, { policies, now: () => new Date() });
    const changes = chance(0.3) ? Array.from({ length: 1 + Math.floor(random() * 3) }, changeOf) : [changeOf()];
    const asked = JSON.stringify(changes);
    const options = { transaction: changes.length > 1 || chance(0.2), multiple: chance(0.5) };
    const writing = fixture.under(access).commit(changes, options);
    const answer = await writing.catch((error: unknown) => {
      if (error instanceof FhirError && error.status < 500) return error.issues;
      throw error;
    });
    const after = await storeOf(fixture);
    if ([...after].some(([name, { version }]) => before.get(name)?.version !== version)) written++;
    assertTheirs(by, before, after, changes.map(({ kind }) => kind).join('+'));
    assertSilent(by, before, JSON.stringify(answer), asked);
  }
  // Enough of them are allowed for the test to mean something.
  expect(written).toBeGreaterThan(cases / 20);
}, 300_000);
