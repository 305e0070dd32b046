import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AccessContext, createAccess } from '../../src/auth/create-access.ts';
import type { Principal } from '../../src/auth/principal.ts';
import { shippedPolicies } from '../../src/auth/shipped-policies.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { dispatch } from '../../src/interactions/routes.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { parseSearch } from '../../src/search/parse.ts';
import { type Answer, askerOf } from '../support/fake-server.ts';
import { definitions, type TestRepository, testRepository } from '../support/repository.ts';

const context: AccessContext = {
  now: () => new Date('2026-01-31T12:00:00Z'),
  policies: shippedPolicies((name) => definitions.isResourceType(name)),
};

let store: TestRepository;

const resources: readonly object[] = [
  { resourceType: 'Patient', id: 'mine', name: [{ family: 'Mine' }] },
  { resourceType: 'Patient', id: 'other', name: [{ family: 'Other' }] },
  { resourceType: 'Practitioner', id: 'd', name: [{ family: 'Doctor' }] },
  { resourceType: 'Observation', id: 'm1', status: 'final', code: { text: 'x' }, subject: { reference: 'Patient/mine' } },
  { resourceType: 'Observation', id: 'm2', status: 'final', code: { text: 'x' }, subject: { reference: 'Patient/mine' } },
  { resourceType: 'Observation', id: 'm3', status: 'amended', code: { text: 'x' }, subject: { reference: 'Patient/mine' } },
  {
    ...{ resourceType: 'Observation', id: 'both', status: 'final', code: { text: 'x' }, subject: { reference: 'Patient/other' } },
    performer: [{ reference: 'Patient/mine' }],
  },
  {
    ...{ resourceType: 'Observation', id: 'o1', status: 'final', code: { text: 'x' }, subject: { reference: 'Patient/other' } },
    hasMember: [{ reference: 'Observation/m1' }],
  },
  { resourceType: 'Observation', id: 'o2', status: 'final', code: { text: 'x' }, subject: { reference: 'Patient/other' } },
  {
    ...{ resourceType: 'Observation', id: 'refers', status: 'final', code: { text: 'x' }, subject: { reference: 'Patient/mine' } },
    hasMember: [
      { reference: 'Observation/o1' },
      { reference: 'Observation/moved/_history/1' },
      { reference: 'Observation/moved/_history/2' },
    ],
  },
  ...(['mine', 'other', 'mine'] as const).map((subject, i) => ({
    ...{
      resourceType: 'Encounter',
      id: `e${i + 1}`,
      status: 'finished',
      class: { code: 'AMB' },
      subject: { reference: `Patient/${subject}` },
    },
    ...(i === 0 ? {} : { partOf: { reference: `Encounter/e${i}` } }),
  })),
  { resourceType: 'Binary', id: 'mine', contentType: 'text/plain', data: 'eA==', securityContext: { reference: 'Patient/mine' } },
  {
    resourceType: 'Binary',
    id: 'by-observation',
    contentType: 'text/plain',
    data: 'eA==',
    securityContext: { reference: 'Observation/m1' },
  },
  { resourceType: 'Binary', id: 'other', contentType: 'text/plain', data: 'eA==', securityContext: { reference: 'Observation/o1' } },
  { resourceType: 'Binary', id: 'nobody', contentType: 'text/plain', data: 'eA==' },
  { resourceType: 'Device', id: 'mine', patient: { reference: 'Patient/mine' } },
  { resourceType: 'Device', id: 'other', patient: { reference: 'Patient/other' } },
  { resourceType: 'Device', id: 'nobody' },
  { resourceType: 'Group', id: 'g', type: 'person', actual: true, member: [{ entity: { reference: 'Patient/mine' } }] },
  {
    ...{ resourceType: 'ValueSet', id: 'v', url: 'http://example.org/v', status: 'active' },
    compose: { include: [{ system: 'http://example.org/c', concept: [{ code: 'q' }] }] },
  },
];

const of = (subject: string, status = 'final'): object => ({
  ...{ resourceType: 'Observation', id: 'moved', status, code: { text: 'x' }, subject: { reference: `Patient/${subject}` } },
});

const put = async (resource: object): Promise<void> => {
  const { resourceType: type, id } = resource as { resourceType: string; id: string };
  await store.repository.commit([{ kind: 'update', type, id, resource: resource as Resource, at: '' }]);
};
const remove = async (type: string, id: string): Promise<unknown> => store.repository.commit([{ kind: 'delete', type, id, at: '' }]);

beforeAll(async () => {
  store = await testRepository({ referentialIntegrity: 'off' });
  for (const resource of resources) await put(resource);
  // Another's, then mine, then another's again and mine.
  for (const subject of ['other', 'mine', 'other', 'mine']) await put(of(subject));
  await put({ ...of('mine'), id: 'gone' });
  await remove('Observation', 'gone');
  for (const subject of ['mine', 'other']) await put({ ...of(subject), id: 'lost' });
  await remove('Observation', 'lost');
  await put({ ...of('other'), id: 'gone-other' });
  await remove('Observation', 'gone-other');
}, 60_000);

afterAll(() => store.close());

const principal = (scopes: string, more: Partial<Principal> = {}): Principal => ({ id: 'x', scopes: scopes.split(' '), ...more });
const under = (who: Principal): Repository => store.under(createAccess(who, definitions, context), who.id);
const ask = (who: Principal, url: string): Promise<Answer> =>
  askerOf(dispatch, definitions, under(who), { searchExplain: true })('GET', url);

const mine = principal('patient/*.rs', { patient: 'mine' });

const idsOf = ({ json }: Answer): readonly string[] =>
  ((json['entry'] ?? []) as { resource?: { resourceType: string; id: string } }[]).flatMap(({ resource }) =>
    resource === undefined ? [] : `${resource.resourceType}/${resource.id}`,
  );
const idsFrom = async (who: Principal, url: string): Promise<readonly string[]> => [...idsOf(await ask(who, url))].sort();

describe('a read', () => {
  test.each([
    'Patient/mine',
    'Observation/m1',
    'Observation/both',
    'Binary/mine',
    'Binary/by-observation',
    'Device/mine',
    'Practitioner/d',
  ])('of %s is within reach of the patient', async (url) => expect((await ask(mine, url)).status).toBe(200));

  // "A resource out of reach: exactly the same 404 as one that does not exist"
  test.each([
    'Patient/other',
    'Observation/o1',
    'Binary/other',
    'Binary/nobody',
    'Device/other',
    'Device/nobody',
    'Observation/gone-other',
  ])('of %s is answered as if it did not exist', async (url) => {
    const { status, text, headers } = await ask(mine, url);
    const unknown = await ask(mine, `${url.split('/')[0]}/${'z'.repeat(8)}`);
    expect(status).toBe(404);
    expect(text).toBe(unknown.text.replace('z'.repeat(8), url.split('/')[1] as string));
    expect(headers).toEqual(unknown.headers);
  });

  test('of what was deleted tells so to those whose it was', async () => {
    expect((await ask(mine, 'Observation/gone')).status).toBe(410);
  });

  test('of a type that no scope names is 403 and says which would be needed', async () => {
    const answer = await ask(principal('patient/Observation.rs', { patient: 'mine' }), 'Condition/1');
    expect(answer.status).toBe(403);
    expect(answer.diagnostics).toContain('Condition.r');
  });

  test.each([
    ['nothing', principal('')],
    ['no patient in context', principal('patient/*.cruds')],
  ])('with %s is 403', async (_, who) => {
    for (const url of [
      'Patient/mine',
      'Practitioner/d',
      'Observation/m1',
      'Observation/zzz',
      'Observation',
      'Observation/m1/_history',
      '_history',
    ])
      expect([url, (await ask(who, url)).status]).toEqual([url, 403]);
  });

  test('needs the right r: s alone shows nothing', async () => {
    const who = principal('patient/Observation.s', { patient: 'mine' });
    expect((await ask(who, 'Observation/m1')).status).toBe(403);
    expect((await ask(who, 'Observation')).status).toBe(403);
  });

  test('goes by the search of a granular scope', async () => {
    const who = principal('patient/Observation.rs?status=final', { patient: 'mine' });
    expect((await ask(who, 'Observation/m1')).status).toBe(200);
    expect((await ask(who, 'Observation/m3')).status).toBe(404);
    expect(await idsFrom(who, 'Observation?status=amended')).toEqual([]);
  });
});

describe('$fhirpath', () => {
  const reader = principal('patient/Observation.rs', { patient: 'mine' });
  const resolved = async (reference: string): Promise<unknown> => {
    const { json } = await ask(reader, `Observation/m1/$fhirpath?expression='${reference}'.resolve().id`);
    return (json as { parameter?: { name: string }[] }).parameter?.filter(({ name }) => name === 'result');
  };

  // "If the item does not resolve to a resource, the item is ignored"
  test.each(['Patient/mine', 'Practitioner/d', 'Observation/o1', 'Group/g', 'Patient/nobody', 'Observation/nothing'])(
    'resolves %s, which is out of reach, to nothing, as what is not there',
    async (reference) => expect(await resolved(reference)).toEqual([{ name: 'result' }]),
  );

  test('resolves what is within reach', async () =>
    expect(await resolved('Observation/m2')).toMatchObject([{ part: [{ valueId: 'm2' }] }]));
});

describe('versions', () => {
  test('that were in the record of another are not shown, whoever has the resource now', async () => {
    const answers = await Promise.all([1, 2, 3, 4, 5].map((version) => ask(mine, `Observation/moved/_history/${version}`)));
    expect(answers.map(({ status }) => status)).toEqual([404, 200, 404, 200, 404]);
    const other = principal('patient/*.rs', { patient: 'other' });
    expect((await ask(other, 'Observation/moved/_history/1')).status).toBe(404);
    expect((await ask(other, 'Observation/moved/_history')).status).toBe(404);
  });

  test.each(['Observation/moved/_history', 'Observation/_history', '_history'])('of %s come in full pages without those', async (url) => {
    const first = await ask(mine, `${url}?_count=1`);
    expect(first.json['entry']).toHaveLength(1);
    const all = await ask(mine, url);
    expect(all.text).not.toContain('Patient/other"},"hasMember');
    const entries = all.json['entry'] as { resource?: { id: string; meta: { versionId: string } } }[];
    const moved = entries.flatMap(({ resource }) => (resource?.id === 'moved' ? resource.meta.versionId : []));
    expect(moved).toEqual(['4', '2']);
    expect(all.json['total']).toBe(entries.length);
    expect(entries.some(({ resource }) => resource?.id === 'o1' || resource?.id === 'other')).toBe(false);
  });

  test('of a deleted resource end with its deletion, for those whose it was', async () => {
    expect((await ask(mine, 'Observation/gone/_history')).json['total']).toBe(2);
    expect((await ask(mine, 'Observation/gone-other/_history')).status).toBe(404);
  });

  test('that an include names are shown as far as they are within reach', async () => {
    const url = 'Observation?_id=refers&_include=Observation:has-member';
    expect(await idsFrom(principal('system/*.cruds'), url)).toEqual([
      ...['Observation/moved', 'Observation/moved', 'Observation/o1', 'Observation/refers'],
    ]);
    const { json } = await ask(mine, url);
    const found = json['entry'] as { resource: { id: string; meta: { versionId: string } } }[];
    expect(found.map(({ resource: { id, meta } }) => `${id} ${meta.versionId}`)).toEqual(['refers 1', 'moved 2']);
  });

  // Mine, then another's, and deleted as such.
  test('of what was deleted in the record of another are not shown to whom it belonged before', async () => {
    for (const url of ['Observation/lost', 'Observation/lost/_history/1', 'Observation/lost/_history'])
      expect([url, (await ask(mine, url)).status]).toEqual([url, 404]);
    for (const url of ['Observation/_history?_count=100', '_history?_count=100'])
      expect((await ask(mine, url)).text).not.toContain('"lost"');
  });
});

describe('a search', () => {
  const all = ['Observation/both', 'Observation/m1', 'Observation/m2', 'Observation/m3', 'Observation/moved', 'Observation/refers'];

  test.each(['Observation', 'Patient/mine/Observation', 'Observation?status=final,amended', 'Observation?patient=mine,other'])(
    '%s finds what is within reach',
    async (url) => expect(await idsFrom(mine, url)).toEqual(all),
  );

  test.each(['accurate', 'estimate'])('tells no total of more, with _total=%s', async (total) => {
    const { json } = await ask(mine, `Observation?_count=1&_total=${total}`);
    expect(json['total']).toBe(all.length);
  });

  test('counts no more', async () => expect((await ask(mine, 'Observation?_summary=count')).json['total']).toBe(all.length));

  test.each([
    ['a chain', 'Observation?subject:Patient.name=other', []],
    ['a chain that may be', 'Observation?subject:Patient.name=mine', all.filter((name) => name !== 'Observation/both')],
    ['a chain to observations', 'Observation?has-member.subject:Patient.name=other', []],
    ['_has', 'Patient?_has:Observation:patient:status=final', ['Patient/mine']],
    // Observation/m1 is referred to as well, by an observation of another patient.
    ['_has of others', 'Observation?_has:Observation:has-member:status=final', ['Observation/moved']],
    ['_filter', 'Observation?_filter=subject.name eq Other', []],
    ['_id', 'Observation?_id=m1,o1', ['Observation/m1']],
    ['a compartment of another', 'Patient/other/Observation', ['Observation/both']],
  ])('by %s asks nothing that is out of reach', async (_, url, expected) => {
    expect(await idsFrom(mine, url)).toEqual(expected);
  });

  // e3 is part of e2, which is another's, which is part of e1.
  test.each(['above=Encounter/e3', 'below=Encounter/e1'])('goes by part-of:%s no further than what may be found', async (pair) => {
    expect(await idsFrom(principal('system/*.cruds'), `Encounter?part-of:${pair}`)).toEqual(['Encounter/e2', 'Encounter/e3']);
    expect(await idsFrom(mine, `Encounter?part-of:${pair}`)).toEqual([]);
  });

  test('includes nothing that is out of reach', async () => {
    expect(await idsFrom(mine, 'Observation?_id=both&_include=Observation:subject&_include=Observation:performer')).toEqual([
      'Observation/both',
      'Patient/mine',
    ]);
    expect(await idsFrom(mine, 'Observation?_id=m1&_revinclude=Observation:has-member')).toEqual(['Observation/m1']);
    expect(await idsFrom(mine, 'Observation?_id=refers&_include:iterate=*')).toEqual([
      ...['Observation/moved', 'Observation/refers', 'Patient/mine'],
    ]);
  });

  test('over all types finds those that the scopes name, and refuses others by name', async () => {
    const who = principal('patient/Observation.rs', { patient: 'mine' });
    expect(new Set((await idsFrom(who, '?_lastUpdated=gt2020')).map((name) => name.split('/')[0]))).toEqual(new Set(['Observation']));
    expect((await ask(who, '?_type=Observation,Condition')).status).toBe(403);
    expect((await ask(who, 'Condition')).status).toBe(403);
    expect((await ask(who, 'Observation?subject:Patient.name=mine')).status).toBe(403);
    expect((await ask(who, 'Observation?_has:Provenance:target:_id=1')).status).toBe(403);
  });

  test.each(['_explain=true', '_contained=true&_containedType=contained'])('with %s is for those without limits', async (pair) => {
    expect((await ask(mine, `Observation?${pair}`)).status).toBe(403);
    expect((await ask(principal('system/*.cruds'), `Observation?${pair}`)).status).toBe(200);
  });

  test('has page links that are of no use under another access', async () => {
    const next = (await ask(mine, 'Observation?_count=1')).text.match(/_cursor=([^"&]+)/)?.[1] as string;
    expect((await ask(mine, `Observation?_count=1&_cursor=${next}`)).status).toBe(200);
    for (const who of [
      principal('patient/*.rs', { patient: 'other' }),
      principal('patient/*.r patient/*.s', { patient: 'mine' }),
      { ...mine, id: 'y' },
    ])
      expect((await ask(who, `Observation?_count=1&_cursor=${next}`)).status).toBe(400);
  });

  test('by a stored value set needs the right to read value sets', async () => {
    const url = 'Observation?code:in=http://example.org/v';
    expect((await ask(mine, url)).status).toBe(200);
    const without = await ask(principal('patient/Observation.rs', { patient: 'mine' }), url);
    expect(without.status).toBe(400);
    expect(without.text.replaceAll('example.org/v', 'x')).toBe(
      (await ask(principal('patient/Observation.rs', { patient: 'mine' }), url.replace('org/v', 'org/w'))).text.replaceAll(
        'example.org/w',
        'x',
      ),
    );
  });
});

describe('$everything', () => {
  test('is the record as far as it is within reach', async () => {
    const who = principal('patient/Patient.r patient/Observation.r?status=final', { patient: 'mine' });
    const found = await idsFrom(who, 'Patient/mine/$everything');
    expect(found).toEqual([
      'Observation/both',
      'Observation/m1',
      'Observation/m2',
      'Observation/moved',
      'Observation/refers',
      'Patient/mine',
    ]);
    expect((await ask(who, 'Patient/mine/$everything')).json['total']).toBe(found.length);
    expect((await ask(who, 'Patient/other/$everything')).status).toBe(404);
  });

  test('has pages that are full', async () => {
    const who = principal('patient/Patient.r patient/Observation.r?status=amended', { patient: 'mine' });
    const first = await ask(who, 'Patient/mine/$everything?_count=2');
    expect(idsOf(first)).toHaveLength(2);
    expect(first.text).not.toContain('"relation":"next"');
  });
});

describe('inside a transaction', () => {
  test('what is read is within the same reach', async () => {
    const seen: unknown[] = [];
    const writer = principal('patient/*.cruds', { patient: 'mine' });
    await under(writer).commit([], {
      transaction: true,
      within: async (repository) => {
        seen.push((await repository.read('Observation', 'm1'))?.id, await repository.read('Observation', 'o1'));
        const options = { strict: true, defaultCount: 50, maxCount: 50, now: new Date() };
        const page = await repository.search(parseSearch(definitions, 'Patient', [], options));
        seen.push(page.matches.map(({ id }) => id));
      },
    });
    expect(seen).toEqual(['m1', undefined, ['mine']]);
  });
});
