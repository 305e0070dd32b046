/** $everything of Groups, Encounters and of all patients: group-operation-everything.html, encounter-operation-everything.html. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import type { EverythingOptions, EverythingSubject } from '../../src/repository/repository.ts';
import { handMade, patientAccess } from '../support/access.ts';
import { page, put, to, told, toldPages, versionsOn } from '../support/everything.ts';
import { type TestRepository, testRepository } from '../support/repository.ts';

let fixture: TestRepository;
const names = async (subject: EverythingSubject, options: EverythingOptions = {}, repository = fixture.repository): Promise<string[]> =>
  (await told(repository, subject, options)).sort();

const of = (patient: string, id: string, more: object = {}): Resource => ({
  ...{ resourceType: 'Observation', id, subject: to(`Patient/${patient}`), performer: [to('Practitioner/shared')] },
  ...more,
});
const member = (reference: string, more: object = {}) => ({ entity: to(reference), ...more });

const resources: Resource[] = [
  ...['p', 'q', 'r', 's'].map((id) => ({ resourceType: 'Patient', id })),
  { resourceType: 'Patient', id: 's2', link: [{ type: 'seealso', other: to('Patient/s') }] },
  { resourceType: 'Practitioner', id: 'shared' },
  { resourceType: 'Organization', id: 'clinic' },
  { resourceType: 'Location', id: 'room', managingOrganization: to('Organization/clinic') },
  of('p', 'of-p'),
  of('q', 'of-q'),
  of('r', 'of-r'),
  of('s', 'of-s'),
  of('s2', 'of-s2'),
  {
    resourceType: 'Appointment',
    id: 'of-p-and-q',
    participant: ['p', 'q'].map((id) => ({ actor: to(`Patient/${id}`), status: 'accepted' })),
  },
  { resourceType: 'Device', id: 'of-r', patient: to('Patient/r') },
  {
    resourceType: 'Group',
    id: 'all',
    member: [
      ...[member('Patient/p'), member('Patient/q'), member('Patient/r', { inactive: true })],
      ...[member('Group/inner'), member('Practitioner/shared'), member('Patient/unknown')],
    ],
  },
  { resourceType: 'Group', id: 'inner', member: [member('Patient/s'), member('Group/all')] },
  { resourceType: 'Group', id: 'empty' },
  {
    resourceType: 'Encounter',
    id: 'visit',
    subject: to('Patient/p'),
    location: [{ location: to('Location/room') }],
    diagnosis: [{ condition: to('Condition/of-p') }],
  },
  { resourceType: 'Condition', id: 'of-p', subject: to('Patient/p'), evidence: [{ detail: [to('Observation/of-p')] }] },
  of('p', 'in-visit', { encounter: to('Encounter/visit'), hasMember: [to('Observation/in-visit-part'), to('Observation/of-q')] }),
  of('p', 'in-visit-part'),
  of('q', 'of-q-in-visit', { encounter: to('Encounter/visit') }),
  { resourceType: 'Provenance', id: 'of-in-visit', target: [to('Observation/in-visit')] },
  { resourceType: 'Encounter', id: 'of-q', subject: to('Patient/q') },
];

beforeAll(async () => {
  fixture = await testRepository({ referentialIntegrity: 'off' });
  await put(fixture.repository, resources);
});
afterAll(() => fixture.close());

const ofPeople = [
  ...['Patient/p', 'Observation/of-p', 'Observation/in-visit', 'Observation/in-visit-part', 'Encounter/visit', 'Condition/of-p'],
  ...['Patient/q', 'Observation/of-q', 'Observation/of-q-in-visit', 'Encounter/of-q', 'Appointment/of-p-and-q'],
  ...['Patient/s', 'Observation/of-s', 'Patient/s2', 'Observation/of-s2'],
  ...['Practitioner/shared', 'Location/room', 'Organization/clinic', 'Provenance/of-in-visit'],
];
const ofAll = [...ofPeople, 'Patient/r', 'Observation/of-r', 'Device/of-r', 'Group/all', 'Group/inner'].sort();

describe('Of a Group', () => {
  const group = { type: 'Group', id: 'all' } as const;
  test('are told the records of its members and of Groups in it, each resource once: not of those who are no longer in it', async () => {
    expect(await names(group)).toEqual([...ofPeople, 'Group/all', 'Group/inner'].sort());
  });

  test('an empty one is all there is, and an unknown one is unknown', async () => {
    expect(await names({ type: 'Group', id: 'empty' })).toEqual(['Group/empty']);
    expect(await fixture.repository.everything({ type: 'Group', id: 'none' }, {})).toBeUndefined();
  });

  test('pages and filters are as of a patient', async () => {
    const pages = await toldPages(fixture.repository, group, { count: 5 });
    expect(pages.map(({ length }) => length)).toEqual([5, 5, 5, 5, 1]);
    expect(pages.flat().sort()).toEqual([...ofPeople, 'Group/all', 'Group/inner'].sort());
    expect(await names(group, { types: ['Group', 'Location'] })).toEqual(['Group/all', 'Group/inner', 'Location/room']);
  });

  test('needs the right to read it, and tells of those members only who may be read', async () => {
    await expect(fixture.under(patientAccess('p')).everything(group, {})).rejects.toMatchObject({ status: 403 });
    const access = handMade('group', [
      { types: ['Group'], rights: 'r', grant: {} },
      { types: ['Patient', 'Observation'], rights: 'r', grant: { patients: { kind: 'one', id: 'q' } } },
    ]);
    const expected = ['Group/all', 'Group/inner', 'Observation/of-q', 'Observation/of-q-in-visit', 'Patient/q'];
    expect(await names(group, {}, fixture.under(access))).toEqual(expected);
  });
});

describe('Of all patients', () => {
  const all = { type: 'Patient' } as const;
  test('is told what belongs to any of them, each resource once, in one or in pages', async () => {
    expect(await names(all)).toEqual(ofAll);
    for (const count of [1, 7, 30]) expect(await names(all, { count })).toEqual(ofAll);
  });

  test('is told what belongs to those whom the caller may read', async () => {
    const expected = [
      'Condition/of-p',
      'Observation/in-visit',
      'Observation/in-visit-part',
      'Observation/of-p',
      'Patient/p',
      'Practitioner/shared',
    ];
    expect(await names(all, {}, fixture.under(patientAccess('p')))).toEqual(expected);
    const nothing = fixture.under(handMade('none', [{ types: ['Observation'], rights: 'r', grant: {} }]));
    await expect(nothing.everything(all, {})).rejects.toMatchObject({ status: 403 });
  });

  test('is the union of the records of each', async () => {
    const each = await Promise.all(['p', 'q', 'r', 's', 's2'].map((id) => names({ type: 'Patient', id })));
    expect([...new Set(each.flat())].sort()).toEqual(ofAll);
  });

  test('a certificate is of the union', async () => {
    const whole = await page(fixture.repository, all, { certificate: true });
    const versions = await versionsOn(whole);
    expect(whole.certificate?.()?.total).toBe(versions.length);
  });
});

describe('Of an Encounter', () => {
  test('are told its compartment, what this names in the record of its patient and outside, and nothing of others', async () => {
    expect(await names({ type: 'Encounter', id: 'visit' })).toEqual(
      [
        ...['Encounter/visit', 'Observation/in-visit', 'Observation/in-visit-part', 'Condition/of-p', 'Patient/p'],
        ...['Location/room', 'Organization/clinic', 'Practitioner/shared', 'Provenance/of-in-visit'],
      ].sort(),
    );
  });

  test('an unknown one is unknown, also for whoever may not read it', async () => {
    expect(await fixture.repository.everything({ type: 'Encounter', id: 'none' }, {})).toBeUndefined();
    const ofQ = fixture.under(patientAccess('q', 'rs', ['Encounter']));
    expect(await ofQ.everything({ type: 'Encounter', id: 'visit' }, {})).toBeUndefined();
    await expect(fixture.under(patientAccess('p')).everything({ type: 'Encounter', id: 'visit' }, {})).rejects.toMatchObject({
      status: 403,
    });
  });

  test('is told as far as the caller may read', async () => {
    const asked = fixture.under(patientAccess('p', 'rs', ['Patient', 'Encounter', 'Observation']));
    const mine = ['Encounter/visit', 'Observation/in-visit', 'Observation/in-visit-part', 'Patient/p', 'Practitioner/shared'];
    expect(await names({ type: 'Encounter', id: 'visit' }, {}, asked)).toEqual(mine);
  });
});
