/** Consents withhold records from those whom they deny, and research sees only what a permit gives. https://hl7.org/fhir/R4/consent.html */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { consentedFor } from '../../src/auth/consent/asker.ts';
import type { Principal } from '../../src/auth/principal.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import type { Change } from '../../src/repository/change.ts';
import { questionsStatement } from '../../src/search/compile/check.ts';
import { forContained } from '../../src/search/contained/condition.ts';
import { selfHash } from '../../src/search/link-token.ts';
import { noStatistics } from '../../src/search/plan/statistics.ts';
import { loadTypeCodes } from '../../src/store/type-code.ts';
import { definitions, type TestRepository, testRepository } from '../support/repository.ts';

let fixture: TestRepository;
let typeCodes: ReadonlyMap<string, number>;
beforeAll(async () => {
  fixture = await testRepository();
  typeCodes = await loadTypeCodes(fixture.database, 'anamnesis', definitions.resourceTypes);
  await put(
    { resourceType: 'Practitioner', id: 'dr' },
    { resourceType: 'Practitioner', id: 'nurse' },
    { resourceType: 'Organization', id: 'house', name: 'House' },
    { resourceType: 'Organization', id: 'other', name: 'Other' },
    role('dr-house', 'dr', 'house'),
    { ...role('dr-other', 'dr', 'other'), active: false } as Resource,
    { resourceType: 'Group', id: 'night', type: 'practitioner', actual: true, member: [{ entity: { reference: 'Practitioner/nurse' } }] },
    { resourceType: 'RelatedPerson', id: 'mother', patient: { reference: 'Patient/p' } },
    { resourceType: 'Device', id: 'robot' },
    { resourceType: 'Patient', id: 'p' },
    { resourceType: 'Patient', id: 'q' },
    {
      resourceType: 'CareTeam',
      id: 'team',
      status: 'active',
      subject: { reference: 'Patient/q' },
      participant: [{ member: { reference: 'PractitionerRole/dr-house' } }],
    },
    observation('old', { effectiveDateTime: '2010-05-01' }),
    observation('new', { effectiveDateTime: '2024-05-01' }),
    observation('undated'),
    observation('secret', { effectiveDateTime: '2024-05-01', meta: { security: [label('R')] } }),
    observation('hiv', { effectiveDateTime: '2024-05-01', code: { coding: [{ system: 'http://loinc.org', code: '75622-1' }] } }),
    { resourceType: 'Condition', id: 'condition', subject: { reference: 'Patient/p' } },
    { resourceType: 'Task', id: 'task', status: 'requested', intent: 'order', for: { reference: 'Patient/p' } },
    { ...observation('of-q'), subject: { reference: 'Patient/q' } } as Resource,
    { ...observation('both'), performer: [{ reference: 'Patient/q' }] } as Resource,
  );
});
afterAll(() => fixture.close());

const privacy = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] };
const label = (code: string) => ({ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code });
const purpose = (code: string) => ({ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code });
const type = (code: string) => ({ system: 'http://hl7.org/fhir/resource-types', code });
const policy = (code: string) => ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code }] });
const recipient = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'PRCP' }] };
const actor = (reference: string) => ({ role: recipient, reference: { reference } });
function role(id: string, practitioner: string, organization: string): Resource {
  return {
    ...{ resourceType: 'PractitionerRole', id, practitioner: { reference: `Practitioner/${practitioner}` } },
    organization: { reference: `Organization/${organization}` },
  };
}
function observation(id: string, more: object = {}): Resource {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { text: 'x' },
    subject: { reference: 'Patient/p' },
    ...more,
  } as Resource;
}
const update = (resource: Resource): Change => ({ kind: 'update', type: resource.resourceType, id: resource.id ?? '', at: '', resource });
const put = (...resources: unknown[]) => fixture.repository.commit((resources as Resource[]).map(update), { transaction: true });

const consent = (provision: object | undefined, more: object = {}): Resource => ({
  ...{ resourceType: 'Consent', id: 'consent', status: 'active', scope: privacy, category: [policy('INFA')] },
  ...{ patient: { reference: 'Patient/p' }, policyRule: policy('OPTIN') },
  ...(provision === undefined ? {} : { provision }),
  ...more,
});

const records: readonly (readonly [type: string, id: string])[] = [
  ...['old', 'new', 'undated', 'secret', 'hiv', 'of-q', 'both'].map((id) => ['Observation', id] as const),
  ['Condition', 'condition'],
  ['Task', 'task'],
  ['Patient', 'p'],
  ['Organization', 'house'],
];

/** What of the records may be seen. */
async function seen(principal: Partial<Principal>, contained = false): Promise<string[]> {
  const condition = consentedFor({ id: 'x', scopes: [], ...principal }, definitions, { now: () => new Date() });
  const questions = records.map(([each, id]) => ({
    ...{ type: each, selves: [selfHash(each, id)] },
    condition: contained ? forContained(condition) : condition,
  }));
  const compile = { schema: 'anamnesis', typeCodes, statistics: () => noStatistics };
  const rows = await fixture.database.run<{ place: number }>(questionsStatement(compile, questions));
  return rows.map(({ place }) => records[place]?.[1] ?? '').sort();
}

const all = records.map(([, id]) => id).sort();
const but = (...ids: string[]): string[] => all.filter((id) => !ids.includes(id));
const nobodys = ['house', 'of-q'];
const dr = { fhirUser: 'Practitioner/dr' };
const nurse = { fhirUser: 'Practitioner/nurse' };
const deny = { type: 'deny' };

describe('What a Consent denies is withheld', () => {
  const cases: readonly (readonly [title: string, consent: Resource, principal: Partial<Principal>, seen: readonly string[]])[] = [
    ['nothing without a denial', consent({ type: 'permit' }), dr, all],
    ['from everybody', consent(deny), dr, nobodys],
    ['by the base policy', consent({ period: { start: '1999' } }, { policyRule: policy('OPTOUT') }), dr, nobodys],
    ['by the base policy without provisions', consent(undefined, { policyRule: policy('OPTOUT') }), dr, nobodys],
    ['not where the Consent is a draft', consent(deny, { status: 'draft' }), dr, all],
    ['not where its scope is another', consent(deny, { scope: { coding: [{ system: privacy.coding[0]?.system, code: 'adr' }] } }), dr, all],
    ['from a practitioner', consent({ ...deny, actor: [actor('Practitioner/dr')] }), dr, nobodys],
    ['not from another practitioner', consent({ ...deny, actor: [actor('Practitioner/dr')] }), nurse, all],
    ['from a role of the practitioner', consent({ ...deny, actor: [actor('PractitionerRole/dr-house')] }), dr, nobodys],
    ['from those who work for an organization', consent({ ...deny, actor: [actor('Organization/house')] }), dr, nobodys],
    ['not from those who no longer work there', consent({ ...deny, actor: [actor('Organization/other')] }), dr, all],
    ['from a care team, by a role', consent({ ...deny, actor: [actor('CareTeam/team')] }), dr, nobodys],
    ['not from those outside of the team', consent({ ...deny, actor: [actor('CareTeam/team')] }), nurse, all],
    ['from the members of a group', consent({ ...deny, actor: [actor('Group/night')] }), nurse, nobodys],
    ['from a related person', consent({ ...deny, actor: [actor('RelatedPerson/mother')] }), { fhirUser: 'RelatedPerson/mother' }, nobodys],
    ['from a device', consent({ ...deny, actor: [actor('Device/robot')] }), { fhirUser: 'Device/robot' }, nobodys],
    [
      'from a client',
      consent({ ...deny, actor: [{ role: recipient, reference: { identifier: { system: 'urn:anamnesis:client', value: 'app' } } }] }),
      { client: 'app' },
      nobodys,
    ],
    [
      'not from another client',
      consent({ ...deny, actor: [{ role: recipient, reference: { identifier: { system: 'urn:anamnesis:client', value: 'app' } } }] }),
      { client: 'other' },
      all,
    ],
    ['never from the patient', consent(deny), { fhirUser: 'Patient/p' }, all],
    ['for a purpose', consent({ ...deny, purpose: [purpose('TREAT')] }), dr, nobodys],
    ['for what is a kind of the purpose', consent({ ...deny, purpose: [purpose('TREAT')] }), { ...dr, purpose: 'BTG' }, nobodys],
    ['not for another purpose', consent({ ...deny, purpose: [purpose('HPAYMT')] }), dr, all],
    ['of a class', consent({ ...deny, class: [type('Condition')] }), dr, but('condition')],
    ['with a label or a higher one', consent({ ...deny, securityLabel: [label('N')] }), dr, but('secret')],
    ['not with a lower one', consent({ ...deny, securityLabel: [label('V')] }), dr, all],
    ['with a code', consent({ ...deny, code: [{ coding: [{ system: 'http://loinc.org', code: '75622-1' }] }] }), dr, but('hiv')],
    [
      'of a time, and what has none',
      consent({ ...deny, dataPeriod: { start: '2010', end: '2011' } }),
      dr,
      but('old', 'undated', 'both', 'condition', 'task', 'p'),
    ],
    ['one resource', consent({ ...deny, data: [{ meaning: 'instance', reference: { reference: 'Observation/new' } }] }), dr, but('new')],
    ['not before its period', consent({ ...deny, period: { start: '2999' } }), dr, all],
    ['not after it', consent({ ...deny, period: { end: '2001-01-01' } }), dr, all],
    [
      'not where it only denies to correct',
      consent({ ...deny, action: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentaction', code: 'correct' }] }] }),
      dr,
      all,
    ],
    ['by one that is nested', consent({ provision: [{ ...deny, class: [type('Condition')] }] }), dr, but('condition')],
    ['only where those above apply', consent({ actor: [actor('Practitioner/nurse')], provision: [deny] }), dr, all],
    ['but for exceptions', consent({ ...deny, provision: [{ type: 'permit', actor: [actor('Practitioner/dr')] }] }), dr, all],
    [
      'not by the exceptions of others',
      consent({ ...deny, provision: [{ type: 'permit', actor: [actor('Practitioner/dr')] }] }),
      nurse,
      nobodys,
    ],
    [
      'by exceptions to exceptions',
      consent({
        ...deny,
        provision: [{ type: 'permit', actor: [actor('Practitioner/dr')], provision: [{ ...deny, class: [type('Condition')] }] }],
      }),
      dr,
      but('condition'),
    ],
    ['where two of one depth disagree', consent({ provision: [{ type: 'permit' }, deny] }), dr, nobodys],
  ];
  test.each(cases)('%s', async (_, resource, principal, expected) => {
    await put(resource);
    expect(await seen(principal)).toEqual([...expected].sort());
  });

  test('also in the record of the other patient whom it speaks of', async () => {
    await put(consent(deny, { patient: { reference: 'Patient/q' } }));
    expect(await seen(dr)).toEqual(but('both', 'of-q'));
  });

  test('with whatever is contained in it', async () => {
    await put(consent({ ...deny, class: [type('Condition')] }));
    expect(await seen(dr, true)).toEqual(nobodys.sort());
  });

  test('one denial of several Consents is enough', async () => {
    await put(consent({ type: 'permit' }), { ...consent(deny), id: 'second' });
    expect(await seen(dr)).toEqual(nobodys);
    await put({ ...consent(deny, { status: 'inactive' }), id: 'second' });
    expect(await seen(dr)).toEqual(all);
  });

  test('until the Consent is deleted', async () => {
    await put(consent(deny));
    await fixture.repository.commit([{ kind: 'delete', type: 'Consent', id: 'consent', at: '' }]);
    expect(await seen(dr)).toEqual(all);
  });
});

describe('What cannot be honoured gives less', () => {
  const far = 'http://elsewhere.example/fhir/Practitioner/1';
  const denials: readonly (readonly [title: string, provision: object])[] = [
    ['an actor elsewhere', { actor: [actor(far)] }],
    ['an actor who is only described', { actor: [{ role: recipient, reference: { display: 'my aunt' } }] }],
    [
      'an author',
      {
        actor: [
          { role: { coding: [{ system: recipient.coding[0]?.system, code: 'AUT' }] }, reference: { reference: 'Practitioner/nurse' } },
        ],
      },
    ],
    ['a class that is no type', { class: [{ system: 'urn:ietf:bcp:13', code: 'application/hl7-cda+xml' }] }],
    ['a purpose of another system', { purpose: [{ system: 'urn:x', code: 'y' }] }],
    ['a code without a code', { code: [{ text: 'HIV' }] }],
    ['related data', { data: [{ meaning: 'related', reference: { reference: 'Observation/new' } }] }],
  ];
  test.each(denials)('a denial by %s holds for all', async (_, provision) => {
    await put(consent({ ...deny, ...provision }));
    expect(await seen(dr)).toEqual(nobodys);
  });

  test.each(denials)('a permit by %s is none', async (_, provision) => {
    await put(consent({ ...deny, provision: [{ type: 'permit', ...provision }] }));
    expect(await seen(dr)).toEqual(nobodys);
  });

  test('a Consent of nobody here is refused', async () => {
    const elsewhere = consent(deny, { patient: { reference: 'http://elsewhere.example/fhir/Patient/1' } });
    await expect(put(elsewhere)).rejects.toMatchObject({ status: 422, issues: [{ expression: ['Consent.patient'] }] });
  });

  test('provisions without end are refused', async () => {
    let provision: object = deny;
    for (let i = 0; i < 30; i++) provision = { type: 'permit', provision: [provision] };
    await expect(put(consent(provision))).rejects.toMatchObject({ status: 422, issues: [{ expression: ['Consent.provision'] }] });
  });
});

describe('Research', () => {
  const researcher = { client: 'study', purpose: 'HRESCH' };
  const scope = { coding: [{ system: privacy.coding[0]?.system, code: 'research' }] };

  test('sees no record without a permit', async () => {
    await put(consent({ type: 'permit' }));
    expect(await seen(researcher)).toEqual([]);
  });

  test('sees what a Consent to research permits, and others see as before', async () => {
    await put(consent(undefined, { scope }));
    expect(await seen(researcher)).toEqual(but('house', 'of-q', 'both'));
    expect(await seen(dr)).toEqual(all);
  });

  test('sees what a Consent permits for its purpose', async () => {
    await put(consent({ type: 'permit', purpose: [purpose('HRESCH')], class: [type('Condition')] }));
    expect(await seen({ ...researcher, purpose: 'CLINTRCH' })).toEqual(['condition']);
  });

  test('sees nothing that another Consent denies', async () => {
    await put(consent(undefined, { scope }), { ...consent({ ...deny, class: [type('Condition')] }), id: 'second' });
    expect(await seen(researcher)).toEqual(but('house', 'of-q', 'both', 'condition'));
  });

  test('is not helped by a reason', async () => {
    await put(consent(deny));
    expect(await seen({ ...researcher, breakGlass: 'curious' })).toEqual([]);
  });
});

test('The first Consent is known before it is written, and to others by what they hear or see', async () => {
  const { database } = fixture;
  const { consentFlag, newConsent } = await import('../../src/repository/consent-flag.ts');
  const [hears, sees] = [consentFlag(database, 'anamnesis'), consentFlag(database, 'anamnesis')];
  hears.heard('anamnesis index');
  expect(hears.isSet()).toBe(false);
  hears.heard(newConsent('anamnesis'));
  expect(hears.isSet()).toBe(true);
  await put(consent(deny));
  await sees.look();
  expect(sees.isSet()).toBe(true);
});
