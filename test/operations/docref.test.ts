/** DocumentReference/$docref on a real database: OperationDefinition-docref.html of IPA 1.0.0 and of US Core 6.1.0 and 7.0.0. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Access } from '../../src/auth/access.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { dispatch } from '../../src/interactions/routes.ts';
import { Worlds } from '../conformance/world.ts';
import { handMade, patientAccess } from '../support/access.ts';
import { type Answer, type Ask, askerOf, base } from '../support/fake-server.ts';
import { definitions, type TestRepository, testRepository } from '../support/repository.ts';

let store: TestRepository;
let ask: Ask;

const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] });
const url = 'DocumentReference/$docref';
const ips = 'http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips';
const ccd = 'http://hl7.org/fhir/us/ccda/StructureDefinition/CCDA-on-FHIR-CCD';

const note = (id: string, patient: string, code: string, more: object = {}): Resource => ({
  ...{ resourceType: 'DocumentReference', id, status: 'current', type: loinc(code), subject: { reference: `Patient/${patient}` } },
  ...{ content: [{ attachment: { contentType: 'text/plain', url: `http://example.org/${id}` } }], ...more },
});
const care = (start: string, end: string) => ({ context: { period: { start, end } } });

const resources: readonly Resource[] = [
  { resourceType: 'Patient', id: 'p', name: [{ family: 'Judge' }], gender: 'male', birthDate: '1985-04-25' },
  { resourceType: 'Patient', id: 'q' },
  { resourceType: 'Patient', id: 'none' },
  note('visit-1', 'p', '34133-9', { date: '2021-05-01T00:00:00Z', ...care('2020-01-01', '2020-01-10') }),
  note('visit-2', 'p', '34133-9', { date: '2022-05-01T00:00:00Z', ...care('2021-03-01', '2021-03-02'), docStatus: 'final' }),
  note('letter', 'p', '18842-5', { date: '2020-06-01T00:00:00Z' }),
  note('undated', 'p', '11506-3'),
  note('replaced', 'p', '34133-9', { status: 'superseded', date: '2023-01-01T00:00:00Z' }),
  note('wrong', 'p', '28570-0', { docStatus: 'entered-in-error', date: '2023-01-01T00:00:00Z' }),
  note('formatted', 'p', '60591-5', {
    date: '2019-01-01T00:00:00Z',
    content: [{ attachment: { contentType: 'text/xml', url: 'http://example.org/x' }, format: { system: 'urn:ietf:rfc:3986', code: ccd } }],
  }),
  note('other', 'q', '34133-9', { date: '2022-05-01T00:00:00Z' }),
];

beforeAll(async () => {
  store = await testRepository();
  ask = askerOf(dispatch, definitions, store.repository);
  for (const body of resources) expect((await ask('PUT', `${body.resourceType}/${body.id}`, { body })).status).toBe(201);
});
afterAll(() => store.close());

const under = (access: Access): Ask => askerOf(dispatch, definitions, store.under(access));
const entriesIn = ({ json }: Answer) =>
  (json['entry'] ?? []) as { fullUrl: string; resource: Resource & { content: { attachment: { url: string } }[] } }[];
/** Ids, and `summary` for what is made when it is fetched. */
const found = (answer: Answer): string[] =>
  entriesIn(answer).map(({ fullUrl, resource }) => (fullUrl.startsWith('urn:uuid:') ? 'summary' : String(resource.id)));
const get = (query: string, asked: Ask = ask): Promise<Answer> => asked('GET', `${url}?${query}`);

describe('$docref', () => {
  test('SHALL lead to the most current summary if no parameters are specified, and to the newest document of each type', async () => {
    const answer = await get('patient=p');
    expect([answer.status, answer.json['type'], answer.json['total']]).toEqual([200, 'searchset', 5]);
    expect(found(answer)).toEqual(['summary', 'visit-2', 'letter', 'formatted', 'undated']);
    expect(answer.json['link']).toEqual([{ relation: 'self', url: `${base}/${url}?patient=p` }]);
  });

  test('leads to a summary that can be fetched', async () => {
    const attachment = entriesIn(await get('patient=p&on-demand=true'))[0]?.resource.content[0]?.attachment;
    expect(attachment?.url).toBe(`${base}/Patient/p/$summary`);
    const { status, json } = await ask('GET', 'Patient/p/$summary');
    expect([status, json['type']]).toEqual([200, 'document']);
  });

  test.each([
    'http://hl7.org/fhir/uv/ipa/StructureDefinition/ipa-documentreference',
    'http://hl7.org/fhir/us/core/StructureDefinition/us-core-documentreference|6.1.0',
    'http://hl7.org/fhir/us/core/StructureDefinition/us-core-documentreference|7.0.0',
  ])('SHOULD give what conforms to %s', async (profile) => {
    const { validator } = await new Worlds(definitions).with([]);
    const [entry] = entriesIn(await get('patient=p&on-demand=true'));
    const issues = await validator.validate(entry?.resource as Resource, { profiles: [profile] });
    // No code of a format is made for this guide: the binding is extensible.
    const told = issues.filter(({ severity, expression }) => severity !== 'information' && !expression?.[0]?.endsWith('.format'));
    expect(told).toEqual([]);
  });

  test('gives a Bundle that our own validator finds no error in', async () => {
    const { validator } = await new Worlds(definitions).with([]);
    const issues = await validator.validate((await get('patient=p')).json as Resource);
    expect(issues.filter(({ severity }) => severity === 'error' || severity === 'fatal')).toEqual([]);
  });

  test.each([
    ['all about care from a time on', 'start=2021', ['visit-2']],
    ['all about care up to a time', 'end=2020-12-31', ['letter', 'visit-1', 'formatted']],
    ['all about care within a time', 'start=2020-01-05&end=2020-12-31T23:59:59Z', ['letter', 'visit-1']],
    ['of the types that are asked for', 'type=http://loinc.org|34133-9', ['visit-2']],
    ['of any of several types', 'type=http://loinc.org|34133-9&type=http://loinc.org|18842-5', ['visit-2', 'letter']],
    ['the summary by its type', 'type=http://loinc.org|60591-5', ['summary', 'formatted']],
    ['only what is made when it is fetched', 'on-demand=true', ['summary']],
    ['both kinds', 'on-demand=false&type=http://loinc.org|60591-5', ['summary', 'formatted']],
    ['nothing where nothing of the type can be made', 'on-demand=true&type=http://loinc.org|34133-9', []],
    ['no summary of the care in some time', 'on-demand=true&start=2020', []],
    ['what has the profile', `profile=${ips}`, ['summary']],
    ['what has the profile in the version', `profile=${ips}|1.1.0`, ['summary']],
    ['no other version of it', `profile=${ips}|2.0.0`, []],
    ['documents whose format is the profile', `profile=${ccd}|2.1.0`, ['formatted']],
    ['any of several profiles', `profile=${ccd}&profile=${ips}`, ['summary', 'formatted']],
  ])('finds %s', async (_, query, expected) => {
    const answer = await get(`patient=p&${query}`);
    expect([answer.status, found(answer).sort()]).toEqual([200, [...expected].sort()]);
  });

  test('takes Codings and the rest from a Parameters resource', async () => {
    const parameter = [
      { name: 'patient', valueId: 'p' },
      { name: 'type', valueCoding: { system: 'http://loinc.org', code: '34133-9' } },
      { name: 'type', valueCoding: { system: 'http://loinc.org', code: '18842-5' } },
      { name: 'start', valueDateTime: '2020-02-01' },
      { name: 'on-demand', valueBoolean: false },
    ];
    const answer = await ask('POST', url, { body: { resourceType: 'Parameters', parameter } });
    expect([answer.status, found(answer)]).toEqual([200, ['visit-2', 'letter']]);
  });

  test('is an empty Bundle for a patient who is not known, and holds the summary alone where there are no documents', async () => {
    const unknown = await get('patient=nobody');
    expect([unknown.status, unknown.json['total'], found(unknown)]).toEqual([200, 0, []]);
    expect(found(await get('patient=none'))).toEqual(['summary']);
  });

  test('of more documents than a page holds comes in pages, or is the newest of all of them', async () => {
    await ask('PUT', 'Patient/m', { body: { resourceType: 'Patient', id: 'm' } });
    const changes = Array.from({ length: 130 }, (_, i) => {
      const date = new Date(Date.UTC(2020, 0, 1) + i * 86_400_000).toISOString();
      const resource = note(`m-${i}`, 'm', i === 0 ? '18842-5' : '34133-9', { date, ...care(date.slice(0, 10), date.slice(0, 10)) });
      return { kind: 'update', type: 'DocumentReference', id: resource.id as string, at: `Bundle.entry[${i}].resource`, resource } as const;
    });
    await store.repository.commit(changes, { transaction: true });
    expect(found(await get('patient=m'))).toEqual(['summary', 'm-129', 'm-0']);
    const seen: string[] = [];
    for (let next: string | undefined = `${url}?patient=m&start=2020`; next !== undefined; ) {
      const page: Answer = await ask('GET', next);
      expect([page.status, page.json['total']]).toEqual([200, undefined]);
      seen.push(...found(page));
      next = (page.json['link'] as { relation: string; url: string }[])
        .find(({ relation }) => relation === 'next')
        ?.url.slice(base.length + 1);
      expect(seen.length).toBeLessThanOrEqual(130);
    }
    expect(new Set(seen).size).toBe(130);
  });

  test.each([
    ['nobody', '', undefined, 'needs the parameter patient'],
    ['a patient that is no id', 'patient=Patient/p', 'patient', 'patient is the id'],
    ['a time that is none', 'patient=p&start=yesterday', 'start', 'start is a date or a time'],
    ['an end that is none', 'patient=nobody&end=2020-13', 'end', 'end is a date or a time'],
    ['a time that ends before it begins', 'patient=p&start=2021&end=2020', 'start', 'start lies behind end'],
    ['an on-demand that is neither', 'patient=p&on-demand=yes', 'on-demand', 'true or false'],
    ['a parameter that it does not have', 'patient=p&period=2020', undefined, 'has no parameter "period"'],
    ['two patients', 'patient=p&patient=q', undefined, 'at most once'],
  ])('refuses %s', async (_, query, expression, words) => {
    const answer = await get(query);
    const [issue] = answer.json['issue'] as { expression?: string[] }[];
    expect([answer.status, issue?.expression?.[0], answer.diagnostics]).toEqual([400, expression, expect.stringContaining(words)]);
  });

  test('is defined for the type alone', async () =>
    expect((await ask('GET', 'DocumentReference/letter/$docref?patient=p')).status).toBe(404));
});

describe('Within an access, $docref', () => {
  const types = ['Patient', 'DocumentReference'];

  test('of another patient is an empty Bundle', async () => {
    const answer = await get('patient=q', under(patientAccess('p', 'cruds', types)));
    expect([answer.status, found(answer)]).toEqual([200, []]);
  });

  test('holds what is within reach', async () => {
    const own = under(
      handMade('own', [
        { types: ['Patient'], rights: 'rs', grant: {} },
        { types: ['DocumentReference'], rights: 'rs', grant: { patients: { kind: 'one', id: 'q' } } },
      ]),
    );
    expect(found(await get('patient=q', own))).toEqual(['summary', 'other']);
    expect(found(await get('patient=p', own))).toEqual(['summary']);
  });

  test('of those who may not read documents is refused, unless they ask for the summary alone', async () => {
    const other = under(patientAccess('p', 'rs', ['Patient']));
    expect((await get('patient=p', other)).status).toBe(403);
    expect(found(await get('patient=p&on-demand=true', other))).toEqual(['summary']);
  });
});
