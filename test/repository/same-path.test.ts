/**
 * "timing of 403 against 404": what is out of reach and what is not there are answered with the same words after the same statements. No
 * time is measured, which would tell of the machine: the statements are what takes it.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createAccess } from '../../src/auth/create-access.ts';
import { localPrincipal, type Principal } from '../../src/auth/principal.ts';
import { shippedPolicies } from '../../src/auth/shipped-policies.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { dispatch } from '../../src/interactions/routes.ts';
import { createRepositories, type Repositories } from '../../src/repository/create-repositories.ts';
import { openRegistry } from '../../src/repository/search-registry.ts';
import { type Database, openDatabase, type Session } from '../../src/store/database.ts';
import { testDatabase } from '../support/database.ts';
import { askerOf } from '../support/fake-server.ts';
import { definitions } from '../support/repository.ts';

let closing: () => Promise<void>;
let repositories: Repositories;
let statements: string[] = [];

/** A copy that tells which statements it was asked for, whatever their values. */
const telling = <T extends Session>(session: T): T => ({
  ...session,
  run: (statement: { text: string; values: unknown[] }) => {
    // What is asked now and then, by the clock, for all searches together.
    if (!statement.text.includes('pg_stat_user_tables')) statements.push(statement.text);
    return session.run(statement);
  },
});

const subject = (id: string) => ({ reference: `Patient/${id}` });
const ofOther = (resourceType: string, id: string): object => ({
  ...{ resourceType, id, subject: subject('other') },
  ...(resourceType === 'Observation' ? { status: 'final', code: { text: 'x' } } : {}),
  ...(resourceType === 'Composition' ? { status: 'final', type: { text: 'x' }, date: '2026', title: 'x', author: [subject('other')] } : {}),
});
const deny = {
  ...{ resourceType: 'Consent', id: 'c', status: 'active', patient: subject('other') },
  scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
  category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'INFA' }] }],
  ...{ policyRule: { text: 'x' }, provision: { type: 'deny' } },
};
const world = [
  ...[
    { resourceType: 'Practitioner', id: 'd' },
    { resourceType: 'Patient', id: 'other' },
    { resourceType: 'Patient', id: 'mine' },
  ],
  ...[ofOther('Observation', 'other'), ofOther('Condition', 'other'), ofOther('Composition', 'other'), deny],
];

beforeAll(async () => {
  const { connection, drop } = await testDatabase();
  const plain = openDatabase({ connection, schema: 'anamnesis', poolSize: 1, statementTimeoutMs: 20_000 });
  closing = async () => {
    await plain.close();
    await drop();
  };
  const database: Database = {
    ...telling(plain),
    transaction: (work) => plain.transaction((session) => work(telling(session))),
    frozen: (work) => plain.frozen((session) => work(telling(session))),
  };
  const registry = await openRegistry(database, definitions);
  const fixed = { updateCreate: true, referentialIntegrity: 'enforce' as const, now: () => new Date('2026-01-31T12:00:00Z') };
  repositories = await createRepositories({ database, registry, ...fixed });
  for (const resource of world as Resource[])
    await repositories
      .of(localPrincipal)
      .commit([{ kind: 'update', type: resource.resourceType, id: resource.id ?? '', at: '', resource }], { referentialIntegrity: 'off' });
}, 60_000);
afterAll(() => closing());

const context = { now: () => new Date(), policies: shippedPolicies((name) => definitions.isResourceType(name)) };
const askers: readonly (readonly [string, Principal, boolean])[] = [
  ['scopes of a patient', { id: 'p', scopes: ['patient/*.cruds'], patient: 'mine' }, false],
  [
    'a policy of own patients',
    { id: 'u', account: 'u', fhirUser: 'Practitioner/d', scopes: ['user/*.cruds'], policies: { user: 'own-patients' } },
    false,
  ],
  ['Consents', { id: 'c', client: 'c', scopes: ['system/*.cruds'] }, true],
];

type Request = readonly [method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: (id: string) => string, body?: (id: string) => object];

const patch = [{ op: 'replace', path: '/language', value: 'de' }];
const requests: readonly Request[] = [
  ['GET', (id) => `Observation/${id}`],
  ['GET', (id) => `Patient/${id}`],
  ['GET', (id) => `Observation/${id}/_history/1`],
  ['GET', (id) => `Observation/${id}/_history`],
  ['GET', (id) => `Observation?_id=${id}`],
  ['GET', (id) => `Observation?subject=Patient/${id}&_total=accurate&_include=Observation:subject`],
  ['GET', (id) => `Observation?subject:Patient._id=${id}`],
  ['GET', (id) => `Patient?_has:Observation:patient:_id=${id}`],
  ['GET', (id) => `Patient/${id}/Observation`],
  ['GET', (id) => `Patient/${id}/$everything`],
  ['GET', (id) => `Patient/${id}/$timeline`],
  ['GET', (id) => `Patient/${id}/$summary`],
  ['GET', (id) => `DocumentReference/$docref?patient=${id}`],
  ['GET', (id) => `Composition/${id}/$document`],
  ['GET', (id) => `Observation/${id}/$fhirpath?expression=id`],
  ['GET', (id) => `Observation/${id}/$validate`],
  ['PUT', (id) => `Observation/${id}`, (id) => ({ ...ofOther('Observation', id), subject: subject('mine') })],
  ['PATCH', (id) => `Observation/${id}`, () => patch],
  ['DELETE', (id) => `Condition/${id}`],
  ['DELETE', (id) => `Condition?_id=${id}`],
  ['PUT', (id) => `Condition?_id=${id}`, () => ({ ...ofOther('Condition', 'x'), id: undefined, subject: subject('mine') })],
  ['POST', () => 'Observation', (id) => ({ ...ofOther('Observation', 'x'), id: undefined, subject: subject(id) })],
];

describe.each(askers)('What is out of reach by %s and what is not there', (_, principal, consents) => {
  const asked = async ([method, url, body]: Request, id: string): Promise<unknown> => {
    const access = createAccess(principal, definitions, { ...context, consents });
    const ask = askerOf(dispatch, definitions, repositories.under(access, principal.id));
    const sent = body === undefined ? {} : { body: body(id) };
    const type = method === 'PATCH' ? { contentType: 'application/json-patch+json' } : {};
    statements = [];
    const { status, headers, text } = await ask(method, url(id), { ...sent, ...type });
    const made = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|[\da-z]{20,}/g;
    const plain = (told: string): string => told.replaceAll(id, '*').replace(made, 'made');
    return { status, headers: plain(JSON.stringify(headers)), text: plain(text), statements };
  };

  test.each(requests.map((request) => [`${request[0]} ${request[1]('[id]')}`, request] as const))(
    'are answered alike, after the same statements: %s',
    async (_name, request) => {
      await asked(request, 'warm1');
      const hidden = await asked(request, 'other');
      expect(hidden).toEqual(await asked(request, 'nobod'));
    },
  );
});
