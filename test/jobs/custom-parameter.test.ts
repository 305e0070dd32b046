/** Search parameters of clients, from the write that brings them to the searches that use them. https://hl7.org/fhir/R4/searchparameter.html */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { changeOf, type Node, type Nodes, nodes, shoe, wearer } from '../support/node.ts';

let all: Nodes;
let node: Node;

beforeEach(async () => {
  all = await nodes();
  node = await all.open();
});
afterEach(() => all.close());

const boots = "Patient.extension('http://example.org/boot').value";
const unknown = { status: 400, message: expect.stringContaining('has no search parameter "shoe"') };
const stateOf = async (id = 'shoe') => (await node.reindexing.parameter(id))?.state;
const registered = async () => (await node.registry.refresh()).registered.map(({ owner, state }) => `${owner} ${state}`);

describe('A SearchParameter that is stored', () => {
  beforeEach(async () => {
    await node.put(wearer('a', '42'));
    await node.put(wearer('b', '43'));
  });

  test('is unknown to searches until its job has finished, and finds what was stored before from then on', async () => {
    await node.put(shoe());
    await expect(node.ids('Patient', 'shoe=42')).rejects.toMatchObject(unknown);
    expect(await node.reindexing.parameter('shoe')).toMatchObject({ state: 'building', job: { state: 'queued' } });
    expect(await node.work()).toBe(1);
    expect(await node.ids('Patient', 'shoe=42')).toEqual(['a']);
    expect(await node.reindexing.parameter('shoe')).toMatchObject({ state: 'active', job: { state: 'finished', done: 2, total: 2 } });
  });

  test('finds what is stored while it is being built and afterwards', async () => {
    await node.put(shoe());
    await node.put(wearer('c', '42'));
    await node.work();
    await node.put(wearer('d', '42'));
    await node.put(wearer('a', '44'));
    expect(await node.ids('Patient', 'shoe=42')).toEqual(['c', 'd']);
    expect(await node.ids('Patient', 'shoe=44')).toEqual(['a']);
  });

  test('is known to conditional interactions as soon as to searches', async () => {
    const create = { kind: 'create', type: 'Patient', at: '', resource: { resourceType: 'Patient' }, ifNoneExist: 'shoe=42' } as const;
    await node.put(shoe());
    await expect(node.repository.commit([create])).rejects.toMatchObject({ status: 400 });
    await node.work();
    expect(await node.repository.commit([create])).toMatchObject([{ outcome: 'existing', version: { id: 'a' } }]);
  });

  test.each(['draft', 'retired', 'unknown'])('with the status %s is a resource like any other', async (status) => {
    await node.put(shoe({ status, expression: 'no FHIRPath at all (' }));
    expect(await registered()).toEqual([]);
    expect(await node.work()).toBe(0);
    expect(await stateOf()).toBeUndefined();
  });

  test('that cannot be used is refused, and neither stored nor built', async () => {
    await expect(node.put(shoe({ expression: 'Patient.shoe' }))).rejects.toMatchObject({ status: 422 });
    expect(await node.repository.read('SearchParameter', 'shoe')).toBeUndefined();
    expect(await registered()).toEqual([]);
  });

  test('counts from the transaction on that brings it, with what else is in it', async () => {
    const resources = [wearer('c', '42'), shoe(), wearer('d', '42')];
    await node.repository.commit(resources.map(changeOf), { transaction: true });
    await node.work();
    expect(await node.ids('Patient', 'shoe=42')).toEqual(['a', 'c', 'd']);
  });

  test('takes the whole transaction down when it cannot be used', async () => {
    const resources = [wearer('c', '42'), shoe({ type: 'special' })];
    await expect(node.repository.commit(resources.map(changeOf), { transaction: true })).rejects.toMatchObject({ status: 422 });
    expect(await node.repository.read('Patient', 'c')).toBeUndefined();
  });

  test('takes nothing away from what was written with it in a group of writes', async () => {
    const writes = [wearer('c', '42'), shoe({ type: 'special' }), wearer('d', '42')].map((resource) => node.put(resource));
    expect((await Promise.allSettled(writes)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('may be created without an id, and is found by the one it is given', async () => {
    const { version } = await node.put(shoe({ id: undefined }));
    await node.work();
    expect(await node.ids('Patient', 'shoe=43')).toEqual(['b']);
    expect(await stateOf(version?.id)).toBe('active');
  });

  test('with several others is built by one job', async () => {
    const others = ['one', 'two', 'three'].map((code) => shoe({ id: code, code, url: `http://example.org/${code}` }));
    for (const resource of [shoe(), ...others]) await node.put(resource);
    expect(await node.work()).toBe(1);
    expect(await node.ids('Patient', 'shoe=42&one=42&two=42&three=42')).toEqual(['a']);
  });

  test('is searched by in every way of its type', async () => {
    await node.put(wearer('none', '', { extension: undefined }));
    await node.put(shoe());
    await node.work();
    expect(await node.ids('Patient', 'shoe:missing=true')).toEqual(['none']);
    expect(await node.ids('Patient', 'shoe:missing=false')).toEqual(['a', 'b']);
    expect(await node.ids('Patient', 'shoe:not=42')).toEqual(['b', 'none']);
    expect(await node.ids('Patient', 'shoe=42,43')).toEqual(['a', 'b']);
  });
});

describe('A SearchParameter that is patched', () => {
  test('from draft to active is built', async () => {
    await node.put(wearer('a', '42'));
    await node.put(shoe({ status: 'draft' }));
    const apply = (current: Resource): Resource => ({ ...current, status: 'active' });
    await node.repository.commit([{ kind: 'patch', type: 'SearchParameter', id: 'shoe', at: '', apply }]);
    await node.work();
    expect(await node.ids('Patient', 'shoe=42')).toEqual(['a']);
  });
});

describe('A SearchParameter that is changed', () => {
  const both = (id: string, size: string, boot: string): Resource => ({
    resourceType: 'Patient',
    id,
    extension: [
      { url: 'http://example.org/shoe', valueCode: size },
      { url: 'http://example.org/boot', valueCode: boot },
    ],
  });

  beforeEach(async () => {
    await node.put(both('a', '42', '43'));
    await node.put(both('b', '43', '42'));
    await node.put(shoe());
    await node.work();
  });

  test('answers by the old definition until its job has finished, and by the new one from then on', async () => {
    await node.put(shoe({ expression: boots }));
    await node.put(both('c', '42', '43'));
    expect(await node.ids('Patient', 'shoe=42')).toEqual(['a', 'c']);
    expect(await stateOf()).toBe('building');
    await node.work();
    expect(await node.ids('Patient', 'shoe=42')).toEqual(['b']);
    expect(await node.ids('Patient', 'shoe=43')).toEqual(['a', 'c']);
  });

  test('to another type of values is read as the old type until then', async () => {
    await node.put(shoe({ type: 'string' }));
    await expect(node.ids('Patient', 'shoe:contains=2')).rejects.toMatchObject({ status: 400 });
    await node.work();
    expect(await node.ids('Patient', 'shoe:contains=2')).toEqual(['a']);
  });

  test('to another code is found under the old one until then, and under the new one alone afterwards', async () => {
    await node.put(shoe({ code: 'size' }));
    expect(await node.ids('Patient', 'shoe=42')).toEqual(['a']);
    await node.work();
    expect(await node.ids('Patient', 'size=42')).toEqual(['a']);
    await expect(node.ids('Patient', 'shoe=42')).rejects.toMatchObject(unknown);
  });

  test('twice before its job runs goes to the last definition', async () => {
    await node.put(shoe({ type: 'string' }));
    await node.put(shoe({ expression: boots }));
    expect(await registered()).toEqual(['SearchParameter/shoe active', 'SearchParameter/shoe retired', 'SearchParameter/shoe building']);
    await node.work();
    expect(await node.ids('Patient', 'shoe=42')).toEqual(['b']);
  });

  test('and changed back needs no job', async () => {
    await node.put(shoe({ expression: boots }));
    await node.put(shoe({ description: 'As before' }));
    expect(await node.ids('Patient', 'shoe=42')).toEqual(['a']);
    await node.work();
    expect(await node.ids('Patient', 'shoe=42')).toEqual(['a']);
    expect(await stateOf()).toBe('active');
  });

  test('in its words only needs no job', async () => {
    await node.put(shoe({ description: 'Shoes' }));
    expect(await node.work()).toBe(0);
    expect(node.registry.current().definitions.searchParameters('Patient').get('shoe')?.description).toBe('Shoes');
  });

  test('to a definition that cannot be used is refused, and stays what it was', async () => {
    await expect(node.put(shoe({ expression: 'Patient.(' }))).rejects.toMatchObject({ status: 422 });
    expect(await node.ids('Patient', 'shoe=42')).toEqual(['a']);
  });

  test.each(['draft', 'retired'])('to the status %s is searched by no longer', async (status) => {
    await node.put(shoe({ status }));
    await expect(node.ids('Patient', 'shoe=42')).rejects.toMatchObject(unknown);
    expect(await stateOf()).toBe('retired');
  });

  test('by its deletion is searched by no longer, and again when it is brought back and built', async () => {
    await node.remove('SearchParameter', 'shoe');
    await expect(node.ids('Patient', 'shoe=42')).rejects.toMatchObject(unknown);
    await node.put(both('c', '42', '43'));
    await node.put(shoe());
    await expect(node.ids('Patient', 'shoe=42')).rejects.toMatchObject(unknown);
    await node.work();
    expect(await node.ids('Patient', 'shoe=42')).toEqual(['a', 'c']);
  });

  test('by its deletion while it is being built is not built', async () => {
    await node.put(shoe({ expression: boots }));
    await node.remove('SearchParameter', 'shoe');
    await node.work();
    expect(await stateOf()).toBe('retired');
    await expect(node.ids('Patient', 'shoe=42')).rejects.toMatchObject(unknown);
  });
});

describe('Search parameters of every type', () => {
  const parameter = (code: string, type: string, expression: string, more: object = {}): Resource =>
    shoe({ id: code, code, type, expression, url: `http://example.org/${code}`, base: ['Observation'], ...more });
  const extension = (name: string): string => `Observation.extension('http://example.org/${name}').value`;

  const observation = (id: string, n: number): Resource => ({
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '4548-4' }], text: 'x' },
    subject: { reference: 'Patient/p' },
    extension: [
      { url: 'http://example.org/when', valueDate: `2020-01-0${n}` },
      { url: 'http://example.org/word', valueString: `Wörd ${n}` },
      { url: 'http://example.org/coded', valueCodeableConcept: { coding: [{ system: 'urn:s', code: `c${n}` }], text: `Text number ${n}` } },
      { url: 'http://example.org/amount', valueQuantity: { value: n, system: 'http://unitsofmeasure.org', code: 'g' } },
      { url: 'http://example.org/count', valueInteger: n },
      { url: 'http://example.org/link', valueUrl: `http://example.org/${n}` },
      { url: 'http://example.org/doctor', valueReference: { reference: `Practitioner/d${n}` } },
    ],
  });

  beforeEach(async () => {
    await node.put({ resourceType: 'Patient', id: 'p' });
    for (const n of [1, 2, 3]) await node.put({ resourceType: 'Practitioner', id: `d${n}`, active: n === 2 });
    for (const n of [1, 2]) await node.put(observation(`o${n}`, n));
    const list = [
      parameter('when', 'date', extension('when')),
      parameter('word', 'string', extension('word')),
      parameter('coded', 'token', extension('coded')),
      parameter('amount', 'quantity', extension('amount')),
      parameter('counted', 'number', extension('count')),
      parameter('link', 'uri', extension('link')),
      parameter('doctor', 'reference', extension('doctor'), { target: ['Practitioner'] }),
      // Beyond what is compiled: interpreted.
      parameter('shout', 'string', `${extension('word')}.upper()`),
    ];
    await node.repository.commit(list.map(changeOf), { transaction: true });
    await node.put(observation('o3', 3));
    await node.work();
  });

  test.each<[string, string[]]>([
    ['when=2020-01-02', ['o2']],
    ['when=ge2020-01-02', ['o2', 'o3']],
    ['word=word 1', ['o1']],
    ['word:exact=Wörd 3', ['o3']],
    ['coded=urn:s|c2', ['o2']],
    ['coded:text=text number 3', ['o3']],
    ['amount=2|http://unitsofmeasure.org|g', ['o2']],
    ['amount=gt1500|http://unitsofmeasure.org|mg', ['o2', 'o3']],
    ['counted=lt3', ['o1', 'o2']],
    ['link=http://example.org/1', ['o1']],
    ['doctor=Practitioner/d3', ['o3']],
    ['doctor.active=true', ['o2']],
    ['shout=WORD 2', ['o2']],
    ['when:missing=true', []],
  ])('find Observation?%s', async (text, found) => {
    expect(await node.ids('Observation', text)).toEqual(found);
  });

  test('lead back from what they refer to', async () => {
    expect(await node.ids('Practitioner', '_has:Observation:doctor:counted=3')).toEqual(['d3']);
  });

  test.each(['when', 'word', 'counted'])('sort by %s', async (code) => {
    const options = { strict: true, defaultCount: 10, maxCount: 10, now: new Date() };
    const { parseSearch } = await import('../../src/search/parse.ts');
    const query = parseSearch(node.registry.current().definitions, 'Observation', [['_sort', `-${code}`]], options);
    expect((await node.repository.search(query)).matches.map(({ id }) => id)).toEqual(['o3', 'o2', 'o1']);
  });
});

describe('A search parameter of all types', () => {
  test('is built for all of them', async () => {
    const note = (type: string, id: string): Resource => ({
      resourceType: type,
      id,
      identifier: [{ value: id }],
      extension: [{ url: 'http://example.org/remark', valueString: 'seen' }],
    });
    await node.put(note('Patient', 'p'));
    await node.put(note('Organization', 'o'));
    const expression = "DomainResource.extension('http://example.org/remark').value";
    await node.put(shoe({ code: 'remark', type: 'string', base: ['DomainResource'], expression }));
    await node.put(note('Location', 'l'));
    await node.work();
    expect(await node.ids('Patient', 'remark=seen')).toEqual(['p']);
    expect(await node.ids('Organization', 'remark=seen')).toEqual(['o']);
    expect(await node.ids('Location', 'remark=seen')).toEqual(['l']);
  });
});

describe('A parameter of a type that is contained in others', () => {
  test('finds what was contained in others before, and what is while it is built', async () => {
    const { id: _, ...shod } = wearer('', '44');
    const observation = (id: string) => ({
      ...{ resourceType: 'Observation', id, status: 'final', code: { text: 'x' } },
      ...{ contained: [{ ...shod, id: 'p' }], subject: { reference: '#p' } },
    });
    await node.put(observation('before'));
    await node.put(shoe());
    await node.put(observation('meanwhile'));
    expect(await node.work()).toBe(1);
    expect(await node.ids('Patient', 'shoe=44')).toEqual([]);
    expect(await node.ids('Patient', 'shoe=44&_contained=true')).toEqual(['before', 'meanwhile']);
    expect(await node.ids('Observation', 'patient.shoe=44')).toEqual(['before', 'meanwhile']);
  });
});

// CodeableReference: an element of additional types that holds a concept, a reference, or both.
describe('A token parameter of a CodeableReference', () => {
  const gender = 'http://hl7.org/fhir/administrative-gender';
  const study = (id: string, reason: object): Resource => ({
    resourceType: 'GenomicStudy',
    id,
    status: 'available',
    subject: { reference: 'Patient/p' },
    reason: [reason],
  });

  test('finds the codes of its concept, those of value sets and by their texts, and none of its reference', async () => {
    await node.put({ resourceType: 'Patient', id: 'p' });
    await node.put({ resourceType: 'Condition', id: 'c', subject: { reference: 'Patient/p' } });
    await node.put(shoe({ code: 'reason', base: ['GenomicStudy'], expression: 'GenomicStudy.reason' }));
    await node.put(study('concept', { concept: { coding: [{ system: gender, code: 'male' }], text: 'Why not' } }));
    await node.put(study('foreign', { concept: { coding: [{ system: 'urn:other', code: 'male' }] } }));
    await node.put(study('reference', { reference: { reference: 'Condition/c' } }));
    await node.work();
    for (const [text, ...ids] of [
      ['reason=male', 'concept', 'foreign'],
      [`reason=${gender}|male`, 'concept'],
      ['reason:in=http://hl7.org/fhir/ValueSet/administrative-gender', 'concept'],
      ['reason:not-in=http://hl7.org/fhir/ValueSet/administrative-gender', 'foreign', 'reference'],
      [`reason:below=${gender}|male`, 'concept'],
      ['reason:text=why', 'concept'],
      ['reason:missing=false', 'concept', 'foreign', 'reference'],
    ] as const)
      expect([text, ...(await node.ids('GenomicStudy', text))]).toEqual([text, ...ids]);
  });
});
