/** What belongs to a record beyond the compartment, and what never does. https://hl7.org/fhir/R4/patient-operation-everything.html */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import type { EverythingOptions, EverythingSubject } from '../../src/repository/repository.ts';
import { patientAccess } from '../support/access.ts';
import { complete, put, to, told, toldPages } from '../support/everything.ts';
import { type TestRepository, testRepository } from '../support/repository.ts';

let fixture: TestRepository;

beforeAll(async () => {
  fixture = await testRepository({ referentialIntegrity: 'off' });
  await put(fixture.repository, people);
});
afterAll(() => fixture.close());

const names = async (subject: EverythingSubject, options: EverythingOptions = {}): Promise<string[]> =>
  (await told(fixture.repository, subject, options)).sort();
const of = (id: string, options: EverythingOptions = {}): Promise<string[]> => names({ type: 'Patient', id }, options);

const people: Resource[] = [
  { resourceType: 'Patient', id: 'p' },
  { resourceType: 'Patient', id: 'q' },
  { resourceType: 'Location', id: 'bed' },
  { resourceType: 'Observation', id: 'of-p', subject: to('Patient/p'), performer: [to('Practitioner/doctor')] },
  { resourceType: 'Observation', id: 'of-q', subject: to('Patient/q') },
  { resourceType: 'Practitioner', id: 'doctor', qualification: [{ code: { text: 'MD' }, issuer: to('Organization/school') }] },
  { resourceType: 'Organization', id: 'school' },
];
const basis = ['Observation/of-p', 'Organization/school', 'Patient/p', 'Practitioner/doctor'];

/** With the resources for as long as the work runs. */
async function having(resources: readonly Resource[], work: () => Promise<void>): Promise<void> {
  try {
    await put(fixture.repository, resources);
    await work();
  } finally {
    for (const { resourceType, id = '' } of resources)
      await fixture.repository.commit([{ kind: 'delete', type: resourceType, id, at: '' }]);
  }
}

describe('What points at the patient from outside the compartment is told, and the same of another patient is not', () => {
  const pointing: [string, (patient: string) => Omit<Resource, 'id'>][] = [
    ['Device.patient', (patient) => ({ resourceType: 'Device', patient: to(patient) })],
    ['GuidanceResponse.subject', (patient) => ({ resourceType: 'GuidanceResponse', subject: to(patient) })],
    ['Contract.subject', (patient) => ({ resourceType: 'Contract', subject: [to('Location/bed'), to(patient)] })],
    ['VerificationResult.target', (patient) => ({ resourceType: 'VerificationResult', target: [to(patient)] })],
    [
      'Linkage.item',
      (patient) => ({ resourceType: 'Linkage', item: [to('Location/bed'), to(patient)].map((resource) => ({ type: 'source', resource })) }),
    ],
    ['Observation.focus', (patient) => ({ resourceType: 'Observation', subject: to('Location/bed'), focus: [to(patient)] })],
    ['Provenance.target', (patient) => ({ resourceType: 'Provenance', target: [to(patient)] })],
    ['Task.for', (patient) => ({ resourceType: 'Task', for: to(patient) })],
    ['MessageHeader.focus', (patient) => ({ resourceType: 'MessageHeader', focus: [to(patient)] })],
    ['Binary.securityContext', (patient) => ({ resourceType: 'Binary', contentType: 'text/plain', securityContext: to(patient) })],
    ['an extension', (patient) => ({ resourceType: 'Slot', extension: [{ url: 'urn:x', valueReference: to(patient) }] })],
  ];
  test.each(pointing)('%s', (_name, make) =>
    having(
      [
        { ...make('Patient/p'), id: 'one' } as Resource,
        { ...make('Patient/q'), id: 'two' } as Resource,
        { ...make('Patient/unknown'), id: 'three' } as Resource,
      ],
      async () => {
        const added = (await of('p')).filter((name) => ![...basis, 'Location/bed'].includes(name));
        expect(added).toEqual([`${make('').resourceType}/one`]);
      },
    ),
  );

  test('Of several patients: named by the element that says whom it is about', () =>
    having(
      [
        { resourceType: 'Contract', id: 'both', subject: [to('Patient/q'), to('Patient/p')] },
        { resourceType: 'Linkage', id: 'both', item: ['p', 'q'].map((one) => ({ type: 'source', resource: to(`Patient/${one}`) })) },
        { resourceType: 'Observation', id: 'mother', subject: to('Patient/q'), focus: [to('Patient/p')] },
      ],
      async () => {
        expect(await of('p')).toEqual([...basis, 'Contract/both', 'Linkage/both', 'Observation/mother'].sort());
        expect(await of('q')).toEqual(['Contract/both', 'Linkage/both', 'Observation/mother', 'Observation/of-q', 'Patient/q'].sort());
      },
    ));

  test('Never what is in the record of another, or mentions both elsewhere, or only holds copies', () =>
    having(
      [
        {
          resourceType: 'FamilyMemberHistory',
          id: 'of-q',
          patient: to('Patient/q'),
          extension: [{ url: 'urn:x', valueReference: to('Patient/p') }],
        },
        {
          resourceType: 'RelatedPerson',
          id: 'of-q',
          patient: to('Patient/q'),
          extension: [{ url: 'urn:x', valueReference: to('Patient/p') }],
        },
        { resourceType: 'Task', id: 'of-q', for: to('Patient/q'), focus: to('Patient/p') },
        {
          resourceType: 'Bundle',
          id: 'copies',
          entry: [{ resource: complete({ resourceType: 'Observation', subject: to('Patient/p') }) }],
        },
        { resourceType: 'Provenance', id: 'of-q', target: [to('Patient/q'), to('Observation/of-p')] },
      ],
      async () => expect(await of('p')).toEqual(basis),
    ));

  test('A Group is of each of its members, and leads to none of them', () =>
    having([{ resourceType: 'Group', id: 'study', member: [{ entity: to('Patient/p') }, { entity: to('Patient/q') }] }], async () =>
      expect(await of('p')).toEqual([...basis, 'Group/study'].sort()),
    ));

  test('A family study tells of the person, not of the relatives: a trio', () =>
    having(
      [
        {
          resourceType: 'GenomicStudy',
          id: 'trio',
          status: 'available',
          subject: to('Patient/p'),
          analysis: [{ focus: [to('Patient/q')], device: [{ device: to('Device/of-q') }, { device: to('Device/lab') }] }],
        },
        { resourceType: 'Device', id: 'of-q', patient: to('Patient/q') },
        { resourceType: 'Device', id: 'lab' },
      ],
      async () => expect(await of('p')).toEqual([...basis, 'Device/lab', 'GenomicStudy/trio'].sort()),
    ));
});

describe('Provenances are told of all that is told', () => {
  const provenance = (id: string, ...targets: string[]): Resource => ({ resourceType: 'Provenance', id, target: targets.map(to) });
  test('of resources of the record, of what these refer to, and of Provenances, with what they name themselves', () =>
    having(
      [
        provenance('of-member', 'Observation/of-p'),
        provenance('of-doctor', 'Practitioner/doctor'),
        provenance('of-school', 'Organization/school'),
        { ...provenance('of-provenance', 'Provenance/of-school'), agent: [{ who: to('Organization/archive') }] },
        provenance('of-archive', 'Organization/archive'),
        { resourceType: 'Organization', id: 'archive' },
        provenance('of-other', 'Observation/of-q'),
        provenance('of-nothing', 'Location/bed'),
      ],
      async () => {
        const mine = ['of-archive', 'of-doctor', 'of-member', 'of-provenance', 'of-school'].map((id) => `Provenance/${id}`);
        expect(await of('p')).toEqual([...basis, 'Organization/archive', ...mine].sort());
        expect(await of('p', { types: ['Provenance'] })).toEqual(mine);
        expect(await of('q')).toEqual(['Observation/of-q', 'Patient/q', 'Provenance/of-other']);
      },
    ));
});

describe('Patients who are the same person have one record', () => {
  const link = (id: string, ...links: [type: string, other: string][]): Resource => ({
    resourceType: 'Patient',
    id,
    ...(links.length === 0 ? {} : { link: links.map(([type, other]) => ({ type, other: to(other) })) }),
  });
  const observation = (id: string, more: object = {}): Resource => ({
    resourceType: 'Observation',
    id: `of-${id}`,
    subject: to(`Patient/${id}`),
    ...more,
  });

  test('Links of all kinds count in both directions, over several steps and in cycles', () =>
    having(
      [
        link('a', ['replaces', 'Patient/b']),
        link('b', ['replaced-by', 'Patient/a'], ['seealso', 'Patient/c']),
        link('c', ['refer', 'Patient/d']),
        link('d', ['seealso', 'Patient/a'], ['seealso', 'Patient/gone'], ['seealso', 'RelatedPerson/r']),
        { resourceType: 'RelatedPerson', id: 'r', patient: to('Patient/q') },
        ...['a', 'b', 'c', 'd', 'gone'].map((id) => observation(id)),
        { resourceType: 'Task', id: 'merging', for: to('Patient/a'), focus: to('Patient/c') },
        { resourceType: 'Device', id: 'of-d', patient: to('Patient/d') },
      ],
      async () => {
        const all = [
          ...['a', 'b', 'c', 'd'].flatMap((id) => [`Patient/${id}`, `Observation/of-${id}`]),
          ...['Task/merging', 'Device/of-d'],
        ].sort();
        for (const id of ['a', 'b', 'c', 'd']) expect(await of(id)).toEqual(all);
        expect(await of('c', { types: ['Patient'] })).toEqual(['Patient/a', 'Patient/b', 'Patient/c', 'Patient/d']);
        expect((await toldPages(fixture.repository, { type: 'Patient', id: 'b' }, { count: 3 })).map(({ length }) => length)).toEqual([
          3, 3, 3, 1,
        ]);
      },
    ));

  test('A patient that is named otherwise than by a link is somebody else', () =>
    having(
      [{ resourceType: 'Patient', id: 'child', extension: [{ url: 'urn:mother', valueReference: to('Patient/p') }] }, observation('child')],
      async () => expect(await of('p')).toEqual(basis),
    ));

  test('Whoever may read one of them only is told of that one only', () =>
    having([link('a', ['seealso', 'Patient/b']), link('b'), observation('a'), observation('b')], async () => {
      const asked = fixture.under(patientAccess('a'));
      expect((await told(asked, { type: 'Patient', id: 'a' }, {})).sort()).toEqual(['Observation/of-a', 'Patient/a']);
      expect(await asked.everything({ type: 'Patient', id: 'b' }, {})).toBeUndefined();
    }));
});

test('Within an access what points at the patient is told as far as it may be read', () =>
  having(
    [
      { resourceType: 'Observation', id: 'mother', subject: to('Patient/q'), focus: [to('Patient/p')] },
      { resourceType: 'Device', id: 'pump', patient: to('Patient/p') },
    ],
    async () => {
      const asked = fixture.under(patientAccess('p'));
      expect((await told(asked, { type: 'Patient', id: 'p' }, {})).sort()).toEqual(basis);
    },
  ));
