/** Texts that were made to break out of SQL and of headers, on every way by which a restricted principal writes. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FhirError } from '../../../src/fhir/outcome.ts';
import type { Resource } from '../../../src/fhir/resource.ts';
import type { Change } from '../../../src/repository/change.ts';
import { patientAccess } from '../../support/access.ts';
import { type TestRepository, testRepository } from '../../support/repository.ts';

const payloads = [
  "' or '1'='1",
  "'; drop table anamnesis.res; --",
  '"; delete from anamnesis.ver; --',
  "') or true --",
  "\\'; select pg_sleep(5); --",
  '$1::text',
  '$$; truncate anamnesis.res; $$',
  '{1,2}',
  '},{',
  '{"',
  '\\x00',
  'null',
  '}\u0001{',
  '\u0002',
  'a\u0001b\u0002c',
  '{\'}\',"{"}',
  "1) union select '1','2' --",
  'x\r\nSet-Cookie: a=b',
  'x%0d%0aX-Injected: yes',
  '%00',
  '%27%20or%20%271%27=%271',
  '＇ or 1=1 --',
  '(select body from anamnesis.ver limit 1)',
  '${process.env}',
  '__proto__',
  '\ud83d',
];

let fixture: TestRepository;
const access = patientAccess('a', 'cruds', ['Patient', 'Observation', 'Condition', 'Consent']);
beforeAll(async () => {
  fixture = await testRepository();
  await fixture.repository.commit(
    [
      { resourceType: 'Patient', id: 'a' },
      { resourceType: 'Patient', id: 'b' },
      observation({ id: 'own' }),
      observation({ id: 'others', subject: { reference: 'Patient/b' } }),
    ].map((resource) => ({ kind: 'update', type: resource.resourceType, id: String(resource['id']), at: '', resource }) as Change),
    { transaction: true },
  );
});
afterAll(() => fixture.close());

function observation(more: object = {}): Resource {
  return { resourceType: 'Observation', status: 'final', code: { text: 'x' }, subject: { reference: 'Patient/a' }, ...more } as Resource;
}
const consentScope = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] };
const consent = (provision: object): Resource =>
  ({
    ...{ resourceType: 'Consent', status: 'active', scope: consentScope, category: [{ text: 'x' }] },
    ...{ patient: { reference: 'Patient/a' }, policyRule: { text: 'x' }, provision: { type: 'permit', ...provision } },
  }) as Resource;
const create = (resource: Resource, more: object = {}): Change => ({
  kind: 'create',
  type: resource.resourceType,
  at: '',
  resource,
  ...more,
});
const actReason = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';

const ways: readonly (readonly [title: string, change: (text: string) => Change])[] = [
  ['a text', (text) => create(observation({ note: [{ text }] }))],
  ['a code', (text) => create(observation({ code: { coding: [{ system: 'urn:x', code: text }] } }))],
  ['a system', (text) => create(observation({ code: { coding: [{ system: text, code: 'x' }] } }))],
  ['a label', (text) => create(observation({ meta: { security: [{ system: 'urn:x', code: text }] } }))],
  ['a reference', (text) => create(observation({ derivedFrom: [{ reference: `Observation/${text}` }] }))],
  ['a reference of its own form', (text) => create(observation({ derivedFrom: [{ reference: text }] }))],
  ['a subject', (text) => create(observation({ subject: { reference: `Patient/${text}` } }))],
  ['a value of If-None-Exist', (text) => create(observation(), { ifNoneExist: `code=${encodeURIComponent(text.toWellFormed())}` })],
  ['If-None-Exist', (text) => create(observation(), { ifNoneExist: text })],
  [
    'criteria of a delete',
    (text) => ({ kind: 'delete', type: 'Observation', at: '', criteria: `_id=${encodeURIComponent(text.toWellFormed())}` }),
  ],
  [
    'criteria of a patch',
    (text) => ({
      kind: 'patch',
      type: 'Observation',
      at: '',
      criteria: `identifier=${encodeURIComponent(text.toWellFormed())}`,
      apply: (each) => each,
    }),
  ],
  [
    'criteria of an update',
    (text) => ({
      kind: 'update',
      type: 'Observation',
      at: '',
      criteria: `code:text=${encodeURIComponent(text.toWellFormed())}&_id=nothing`,
      resource: observation(),
    }),
  ],
  ['an id', (text) => ({ kind: 'delete', type: 'Observation', at: '', id: text })],
  ['an id to update', (text) => ({ kind: 'patch', type: 'Observation', at: '', id: text, apply: (each) => each })],
  ['If-Match', (text) => ({ kind: 'delete', type: 'Observation', at: '', id: 'own', ifMatch: text })],
  ['a purpose of a Consent', (text) => create(consent({ purpose: [{ system: actReason, code: text }] }))],
  [
    'an actor of a Consent',
    (text) =>
      create(consent({ actor: [{ role: { text: 'x' }, reference: { identifier: { system: 'urn:anamnesis:client', value: text } } }] })),
  ],
  ['a class of a Consent', (text) => create(consent({ class: [{ system: 'http://hl7.org/fhir/resource-types', code: text }] }))],
  ['a label of a Consent', (text) => create(consent({ securityLabel: [{ system: 'urn:x', code: text }] }))],
  ['a code of a Consent', (text) => create(consent({ code: [{ coding: [{ system: 'urn:x', code: text }] }] }))],
];

const others = (): Promise<unknown> => fixture.repository.read('Observation', 'others');

test.each(ways)('%s stays what it is', async (_, change) => {
  const before = await others();
  for (const text of payloads) {
    const writing = fixture.under(access).commit([change(text)]);
    const answer = await writing.catch((error: unknown) => {
      if (!(error instanceof FhirError)) throw new Error(`${JSON.stringify(text)} is a fault`, { cause: error });
      expect({ text, status: error.status < 500 }).toEqual({ text, status: true });
      return undefined;
    });
    const id = answer?.[0]?.version?.id;
    // What was accepted is stored letter by letter.
    if (answer?.[0]?.outcome === 'created' && id !== undefined) {
      const { type } = change(text);
      const stored = JSON.parse((await fixture.repository.read(type, id))?.body ?? '{}') as object;
      const { resource } = change(text) as { resource?: object };
      expect(stored).toMatchObject(JSON.parse(JSON.stringify(resource ?? {})) as object);
    }
  }
  expect(await others()).toEqual(before);
  expect(await fixture.repository.read('Observation', 'own')).toMatchObject({ versionId: '1' });
});
