/** What a restricted principal may write: rights, what stands, what is to stand, references, criteria, and what the answer shows. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Access } from '../../../src/auth/access.ts';
import type { FhirError } from '../../../src/fhir/outcome.ts';
import type { Resource } from '../../../src/fhir/resource.ts';
import type { Change, ChangeResult } from '../../../src/repository/change.ts';
import type { CommitOptions } from '../../../src/repository/repository.ts';
import { conditionOf, handMade, patientAccess } from '../../support/access.ts';
import { type TestRepository, testRepository } from '../../support/repository.ts';

let fixture: TestRepository;
beforeAll(async () => {
  fixture = await testRepository();
  await fixture.repository.commit(
    [
      { resourceType: 'Practitioner', id: 'dr' },
      { resourceType: 'Organization', id: 'org', name: 'House' },
      patientA,
      { resourceType: 'Patient', id: 'b', identifier: [{ system: 's', value: 'b' }] },
      { resourceType: 'Patient', id: 'c' },
      {
        resourceType: 'CareTeam',
        id: 'team-c',
        status: 'active',
        subject: { reference: 'Patient/c' },
        participant: [{ member: { reference: 'Practitioner/dr' } }],
      },
      observation('a', { id: 'of-a' }),
      observation('b', { id: 'of-b' }),
      observation('a', { id: 'shared', performer: [{ reference: 'Patient/b' }] }),
      observation('a', { id: 'secret', meta: { security: [secret] } }),
      observation('a', { id: 'lab', category: [{ coding: [laboratory] }] }),
      { resourceType: 'Binary', id: 'binary', contentType: 'text/plain' },
    ].map((resource) => update(resource as Resource)),
    { transaction: true },
  );
});
afterAll(() => fixture.close());

const patientA = {
  ...{ resourceType: 'Patient', id: 'a', generalPractitioner: [{ reference: 'Practitioner/dr' }] },
  identifier: [{ system: 's', value: 'a' }],
};
const secret = { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'V' };
const laboratory = { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' };

function observation(patient: string, more: object = {}): Resource {
  return {
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'x' },
    subject: { reference: `Patient/${patient}` },
    ...more,
  } as Resource;
}
const nobodys = (more: object = {}): Resource => ({ resourceType: 'Observation', status: 'final', code: { text: 'x' }, ...more });
const create = (resource: Resource, more: object = {}): Change => ({
  kind: 'create',
  type: resource.resourceType,
  at: '',
  resource,
  ...more,
});
function update(resource: Resource, more: object = {}): Change {
  return { kind: 'update', type: resource.resourceType, at: '', resource, ...(resource.id ? { id: resource.id } : {}), ...more };
}
const remove = (type: string, id: string, more: object = {}): Change => ({ kind: 'delete', type, at: '', id, ...more });
const patch = (type: string, id: string | undefined, apply: (resource: Resource) => Resource, more: object = {}): Change => ({
  ...{ kind: 'patch', type, at: '', apply },
  ...(id === undefined ? {} : { id }),
  ...more,
});
const noted =
  (text: string) =>
  (resource: Resource): Resource => ({ ...resource, note: [{ text }] });

const without =
  (name: string) =>
  (resource: Resource): Resource =>
    Object.fromEntries(Object.entries(resource).filter(([key]) => key !== name)) as Resource;

type Outcome = { readonly status: number; readonly text: string } | ChangeResult;

async function outcomeOf(access: Access, changes: readonly Change[], options: CommitOptions = {}): Promise<Outcome> {
  try {
    const [result] = await fixture.under(access).commit(changes, options);
    return result as ChangeResult;
  } catch (error) {
    const { status, message } = error as FhirError;
    return { status, text: message };
  }
}

const ownPatients = { patients: { kind: 'matching', condition: conditionOf('Patient', 'general-practitioner=Practitioner/dr') } } as const;
const byTeam = {
  patients: { kind: 'matching', condition: conditionOf('Patient', '_has:CareTeam:patient:participant=Practitioner/dr') },
} as const;
const shared = { types: ['Practitioner', 'Organization', 'PractitionerRole'], rights: 'rs', grant: {} };
const doctor = handMade(
  'dr',
  [{ types: ['*'], rights: 'cruds', grant: ownPatients }, { types: ['*'], rights: 'cruds', grant: byTeam }, shared],
  ['Practitioner/dr'],
);
const forA = patientAccess('a');

describe('Without the right on the type a write is refused with 403 and the scope that is needed', () => {
  const cases: readonly (readonly [rights: string, change: Change, needed: string])[] = [
    ['ruds', create(observation('a')), 'c'],
    ['crds', update(observation('a', { id: 'of-a' })), 'u'],
    ['cruds'.replace('d', ''), remove('Observation', 'of-a'), 'd'],
    ['cuds', patch('Observation', 'of-a', noted('x')), 'ru'],
    ['crds', patch('Observation', 'of-a', noted('x')), 'ru'],
    ['cud', create(observation('a'), { ifNoneExist: 'code=x' }), 'crs'],
    ['crud', { kind: 'update', type: 'Observation', at: '', resource: observation('a'), criteria: 'code=x' }, 'rus'],
    ['cuds', { kind: 'delete', type: 'Observation', at: '', criteria: 'code=x' }, 'rds'],
  ];
  test.each(cases)('%s %#', async (rights, change, needed) => {
    const text = expect.stringContaining(`such as user/Observation.${needed}`);
    expect(await outcomeOf(patientAccess('a', rights), [change])).toEqual({ status: 403, text });
  });

  test('located at its entry', async () => {
    const change = create(observation('a'), { at: 'Bundle.entry[3].resource' });
    const refused = fixture.under(patientAccess('a', 'r')).commit([change], { transaction: true });
    await expect(refused).rejects.toMatchObject({ issues: [{ code: 'forbidden', expression: ['Bundle.entry[3].resource'] }] });
  });

  test('before the content is looked at', async () => {
    const faulty = { resourceType: 'Observation', nonsense: 1 } as unknown as Resource;
    expect(await outcomeOf(patientAccess('a', 'r'), [create(faulty)])).toMatchObject({ status: 403 });
  });
});

describe('What stands out of reach is as if it were not known', () => {
  const unknown = (name: string): string => name.replaceAll('/of-b', '/nothing').replaceAll('"of-b"', '"nothing"');
  const cases: readonly (readonly [title: string, change: (id: string) => Change])[] = [
    ['update', (id) => update(observation('a', { id }))],
    ['update with If-Match', (id) => update(observation('a', { id }), { ifMatch: '1' })],
    ['update that only creates', (id) => update(observation('a', { id }), { onlyCreate: true })],
    ['update to another record', (id) => update(observation('b', { id }))],
    ['patch', (id) => patch('Observation', id, noted('x'))],
    ['patch that fails', (id) => patch('Observation', id, () => ({ resourceType: 'Patient', id }))],
    ['patch with If-Match', (id) => patch('Observation', id, noted('x'), { ifMatch: '1' })],
    ['delete', (id) => remove('Observation', id)],
    ['delete with If-Match', (id) => remove('Observation', id, { ifMatch: '7' })],
    [
      'conditional update with the id in the body',
      (id) => ({ kind: 'update', type: 'Observation', at: '', resource: observation('a', { id }), criteria: 'code:text=zzz' }),
    ],
  ];
  test.each(cases)('%s', async (_, change) => {
    const [hidden, absent] = [await outcomeOf(forA, [change('of-b')]), await outcomeOf(forA, [change('nothing')])];
    expect(JSON.parse(unknown(JSON.stringify(hidden)))).toEqual(absent);
    expect(await fixture.repository.read('Observation', 'of-b')).toMatchObject({ versionId: '1' });
    expect(await fixture.repository.read('Observation', 'nothing')).toBeUndefined();
  });

  test('and so is what was deleted, and what another holds', async () => {
    await fixture.repository.commit([update(observation('a', { id: 'gone' }))]);
    await fixture.repository.commit([remove('Observation', 'gone')]);
    expect(await outcomeOf(forA, [update(observation('a', { id: 'gone' }))])).toMatchObject({ status: 404 });
    expect(await outcomeOf(forA, [remove('Observation', 'gone')])).toEqual({ outcome: 'absent' });
  });

  test('an update may create where every resource of the type is within reach', async () => {
    const all = handMade('all', [{ types: ['Organization'], rights: 'cruds', grant: {} }]);
    expect(await outcomeOf(all, [update({ resourceType: 'Organization', id: 'mine', name: 'x' })])).toMatchObject({ outcome: 'created' });
  });

  test('what may be read but not written is refused by name', async () => {
    const reader = handMade('reader', [
      { types: ['Observation'], rights: 'rs', grant: {} },
      { types: ['Observation'], rights: 'ud', grant: { patients: { kind: 'one', id: 'a' } } },
    ]);
    const text = expect.stringContaining('Observation/of-b may be read');
    expect(await outcomeOf(reader, [remove('Observation', 'of-b')])).toEqual({ status: 403, text });
    expect(await outcomeOf(reader, [update(observation('a', { id: 'of-b' }))])).toEqual({ status: 403, text });
  });
});

describe('What is to stand must be within reach', () => {
  const refused: readonly (readonly [title: string, access: Access, change: Change])[] = [
    [
      'a create in the record of another, whom one may read',
      handMade('wide', [
        { types: ['*'], rights: 'rs', grant: {} },
        { types: ['*'], rights: 'c', grant: { patients: { kind: 'one', id: 'a' } } },
      ]),
      create(observation('b')),
    ],
    [
      'a create that enters the record of another beside the own',
      handMade('wide2', [
        { types: ['*'], rights: 'rs', grant: {} },
        { types: ['*'], rights: 'c', grant: { patients: { kind: 'one', id: 'a' } } },
      ]),
      create(observation('a', { performer: [{ reference: 'Patient/b' }] })),
    ],
    ['a create in no record', forA, create(nobodys())],
    ['an update that leaves the record', forA, update(nobodys({ id: 'of-a' }))],
    ['a patch that leaves the record', forA, patch('Observation', 'of-a', without('subject'))],
    ['an update that takes what is shared from the other', forA, update(observation('a', { id: 'shared' }))],
    ['a delete of what stands in the record of another as well', forA, remove('Observation', 'shared')],
    ['another patient', forA, create({ resourceType: 'Patient' })],
    ['another patient of a doctor', doctor, create({ resourceType: 'Patient' })],
    ['a patient whom the doctor gives away', doctor, update({ resourceType: 'Patient', id: 'a' })],
  ];
  test.each(refused)('%s is refused', async (_, access, change) => {
    const found = await outcomeOf(access, [change]);
    expect(found).toMatchObject({ status: 403 });
  });

  const done: readonly (readonly [title: string, access: Access, change: Change])[] = [
    ['a create in the own record', forA, create(observation('a'))],
    ['an update of it', forA, update(observation('a', { id: 'of-a', note: [{ text: 'x' }] }))],
    [
      'an update of what is shared, which stays so',
      forA,
      update(observation('a', { id: 'shared', performer: [{ reference: 'Patient/b' }], note: [{ text: 'y' }] })),
    ],
    ['a patch', forA, patch('Observation', 'of-a', noted('z'))],
    ['the own patient', forA, update({ ...patientA, gender: 'male' } as Resource)],
    ['a create by a general practitioner', doctor, create(observation('a', { performer: [{ reference: 'Practitioner/dr' }] }))],
    ['a create by a member of the care team', doctor, create(observation('c'))],
    [
      'a new patient of the general practitioner',
      doctor,
      create({ resourceType: 'Patient', generalPractitioner: [{ reference: 'Practitioner/dr' }] }),
    ],
  ];
  test.each(done)('%s is done, and shown', async (_, access, change) => {
    const found = await outcomeOf(access, [change]);
    expect(found).toMatchObject({ version: { body: expect.any(String) } });
    expect(found).not.toHaveProperty('withheld');
  });
});

describe('Nobody gains a patient by what they write', () => {
  test('not by a care team', async () => {
    const team = {
      resourceType: 'CareTeam',
      status: 'active',
      subject: { reference: 'Patient/b' },
      participant: [{ member: { reference: 'Practitioner/dr' } }],
    };
    const unknown = { ...team, subject: { reference: 'Patient/nobody' } };
    const found = await outcomeOf(doctor, [create(team as unknown as Resource)]);
    expect(found).toMatchObject({ status: 422 });
    const absent = await outcomeOf(doctor, [create(unknown as unknown as Resource)]);
    expect(JSON.stringify(found).replaceAll('Patient/b', 'Patient/nobody')).toEqual(JSON.stringify(absent));
  });

  test('not by the patient itself', async () => {
    const mine = { resourceType: 'Patient', id: 'b', generalPractitioner: [{ reference: 'Practitioner/dr' }] } as unknown as Resource;
    expect(await outcomeOf(doctor, [update(mine)])).toMatchObject({ status: 404 });
  });

  test('not by a transaction that writes both', async () => {
    const patient = create({ resourceType: 'Patient' }, { fullUrl: 'urn:uuid:1', at: 'Bundle.entry[0].resource' });
    const team = {
      ...{ resourceType: 'CareTeam', status: 'active', subject: { reference: 'urn:uuid:1' } },
      participant: [{ member: { reference: 'Practitioner/dr' } }],
    } as unknown as Resource;
    const changes = [patient, create(team, { fullUrl: 'urn:uuid:2', at: 'Bundle.entry[1].resource' })];
    expect(await outcomeOf(doctor, changes, { transaction: true })).toMatchObject({ status: 403 });
  });

  test('a patient of the same transaction counts by what its own content says', async () => {
    const own = { resourceType: 'Patient', generalPractitioner: [{ reference: 'Practitioner/dr' }] } as unknown as Resource;
    const changes = [
      create(own, { fullUrl: 'urn:uuid:1', at: 'Bundle.entry[0].resource' }),
      create({ ...observation('x'), subject: { reference: 'urn:uuid:1' } } as Resource, { at: 'Bundle.entry[1].resource' }),
    ];
    expect(await outcomeOf(doctor, changes, { transaction: true })).toMatchObject({ outcome: 'created' });
  });
});

describe('References lead to what may be read, to the own patient and the own person', () => {
  test('what is out of reach and what is unknown are refused in the same words', async () => {
    const to = (id: string): Change => create(observation('a', { derivedFrom: [{ reference: `Observation/${id}` }] }));
    const [hidden, absent] = [await outcomeOf(forA, [to('of-b')]), await outcomeOf(forA, [to('nothing')])];
    expect(absent).toMatchObject({ status: 422, text: expect.stringContaining('leads to nothing') });
    expect(JSON.parse(JSON.stringify(hidden).replaceAll('of-b', 'nothing'))).toEqual(absent);
  });

  test('the own patient needs no right to be read', async () => {
    const writer = patientAccess('a', 'c', ['Observation']);
    expect(await outcomeOf(writer, [create(observation('a'))])).toMatchObject({ outcome: 'created' });
  });

  test('a reference that stood there before may stay', async () => {
    const before = observation('a', { id: 'mixed', derivedFrom: [{ reference: 'Observation/of-b' }] });
    await fixture.repository.commit([update(before)]);
    expect(await outcomeOf(forA, [update({ ...before, note: [{ text: 'x' }] } as Resource)])).toMatchObject({ outcome: 'updated' });
    expect(await outcomeOf(forA, [patch('Observation', 'mixed', noted('y'))])).toMatchObject({ outcome: 'updated' });
  });

  test('they are held to it where the server enforces no integrity', async () => {
    const loose = await testRepository({ referentialIntegrity: 'off' });
    await loose.repository.commit([update(observation('b', { id: 'of-b' }))]);
    const writing = loose.under(forA).commit([create(observation('a', { derivedFrom: [{ reference: 'Observation/of-b' }] }))]);
    await expect(writing).rejects.toMatchObject({ status: 422 });
    await loose.close();
  });
});

describe('Criteria find what may be read and searched for', () => {
  test('If-None-Exist is no oracle', async () => {
    const access = handMade('registrar', [
      { types: ['Patient'], rights: 'c', grant: {} },
      { types: ['Patient'], rights: 'rs', grant: { patients: { kind: 'one', id: 'a' } } },
    ]);
    const asking = (value: string): Change =>
      create({ resourceType: 'Patient', identifier: [{ system: 's', value }] }, { ifNoneExist: `identifier=s|${value}` });
    expect(await outcomeOf(access, [asking('a')])).toMatchObject({ outcome: 'existing', version: { id: 'a' } });
    const other = await outcomeOf(access, [asking('b')]);
    expect(other).toMatchObject({ outcome: 'created' });
    expect((other as ChangeResult).version?.id).not.toBe('b');
  });

  test('conditional update, patch and delete pass over what is out of reach', async () => {
    const criteria = '_id=of-b';
    expect(await outcomeOf(forA, [{ kind: 'delete', type: 'Observation', at: '', criteria }], { multiple: true })).toMatchObject({
      outcome: 'absent',
      count: 0,
    });
    expect(await outcomeOf(forA, [patch('Observation', undefined, noted('x'), { criteria })])).toMatchObject({ status: 404 });
    const created = await outcomeOf(forA, [{ kind: 'update', type: 'Observation', at: '', resource: observation('a'), criteria }]);
    expect(created).toMatchObject({ outcome: 'created' });
    expect(await fixture.repository.read('Observation', 'of-b')).toMatchObject({ versionId: '1' });
  });

  test('a conditional reference to what is out of reach matches nothing', async () => {
    const to = (value: string): Change => create(observation('a', { derivedFrom: [{ reference: `Observation?_id=${value}` }] }));
    const transaction = { transaction: true };
    expect(await outcomeOf(forA, [to('of-b')], transaction)).toEqual(await outcomeOf(forA, [to('nothing')], transaction));
    expect(await outcomeOf(forA, [to('of-a')], transaction)).toMatchObject({ outcome: 'created' });
  });
});

describe('The answer', () => {
  test('shows nothing to who may write but not read', async () => {
    const writer = patientAccess('a', 'cud');
    const created = (await outcomeOf(writer, [create(observation('a'))])) as ChangeResult;
    expect(created).toMatchObject({ outcome: 'created', withheld: true, version: { body: null } });
    const id = created.version?.id ?? '';
    expect(await outcomeOf(writer, [update(observation('a', { id, note: [{ text: 'x' }] }))])).toMatchObject({
      withheld: true,
      version: { body: null },
    });
    expect(await outcomeOf(writer, [remove('Observation', id)])).toMatchObject({ outcome: 'deleted' });
  });

  test('is refused while anything refers to it, and tells nothing of what is out of reach', async () => {
    await fixture.repository.commit(
      [
        update(observation('a', { id: 'source' })),
        update(observation('b', { id: 'derived', derivedFrom: [{ reference: 'Observation/source' }] })),
        update(observation('a', { id: 'source2' })),
        update(observation('a', { id: 'derived2', derivedFrom: [{ reference: 'Observation/source2' }] })),
      ],
      { transaction: true },
    );
    const refusal = async (id: string): Promise<string> => {
      const error = await fixture
        .under(forA)
        .commit([remove('Observation', id)])
        .then(
          () => undefined,
          (each: unknown) => each,
        );
      return JSON.stringify(
        error,
        Object.getOwnPropertyNames(error ?? {}).filter((name) => name !== 'stack'),
      );
    };
    const [hidden, visible] = [await refusal('source'), await refusal('source2')];
    expect(hidden.replaceAll('Observation/source', 'x')).toBe(visible.replaceAll('Observation/source2', 'x'));
    expect(hidden).toContain('409');
    expect(hidden).not.toMatch(/derived|Patient|\bb\b/);
    expect(await fixture.repository.read('Observation', 'source')).toMatchObject({ versionId: '1' });
    expect(await outcomeOf(forA, [remove('Patient', 'a')])).toMatchObject({ status: 409 });
    await fixture.repository.commit([remove('Observation', 'derived')]);
    expect(await outcomeOf(forA, [remove('Observation', 'source')])).toMatchObject({ outcome: 'deleted' });
  });
});

describe('Labels and filters', () => {
  const visible = { kind: 'not', of: conditionOf('Observation', `_security=${secret.system}|V`) } as const;
  const labelled = handMade(
    'labels',
    [{ types: ['Observation'], rights: 'cruds', grant: { patients: { kind: 'one', id: 'a' }, filter: visible } }],
    ['Patient/a'],
  );

  test('who may not see a label can neither remove nor give it', async () => {
    expect(await outcomeOf(labelled, [update(observation('a', { id: 'secret' }))])).toMatchObject({ status: 404 });
    expect(await outcomeOf(labelled, [patch('Observation', 'secret', without('meta'))])).toMatchObject({
      status: 404,
    });
    expect(await outcomeOf(labelled, [remove('Observation', 'secret')])).toEqual({ outcome: 'absent' });
    expect(await outcomeOf(labelled, [create(observation('a', { meta: { security: [secret] } }))])).toMatchObject({ status: 403 });
    expect(await fixture.repository.read('Observation', 'secret')).toMatchObject({ versionId: '1' });
  });

  test('a granular scope holds for what stands and for what is to stand', async () => {
    const filter = conditionOf('Observation', 'category=laboratory');
    const lab = handMade(
      'lab',
      [{ types: ['Observation'], rights: 'cruds', grant: { patients: { kind: 'one', id: 'a' }, filter } }],
      ['Patient/a'],
    );
    const category = [{ coding: [laboratory] }];
    expect(await outcomeOf(lab, [create(observation('a', { category }))])).toMatchObject({ outcome: 'created' });
    expect(await outcomeOf(lab, [create(observation('a'))])).toMatchObject({ status: 403 });
    expect(await outcomeOf(lab, [update(observation('a', { id: 'lab' }))])).toMatchObject({ status: 403 });
    expect(await outcomeOf(lab, [update(observation('a', { id: 'of-a', category }))])).toMatchObject({ status: 404 });
  });
});

test('Writes of several principals share a group, and each stands or falls by itself', async () => {
  const under = Array.from({ length: 30 }, (_, i) =>
    (i % 3 === 0 ? fixture.repository : fixture.under(i % 3 === 1 ? forA : patientAccess('b'))).commit([create(observation('a'))]),
  );
  const results = await Promise.allSettled(under);
  expect(results.map(({ status }) => status)).toEqual(results.map((_, i) => (i % 3 === 2 ? 'rejected' : 'fulfilled')));
});
