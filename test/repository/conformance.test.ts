/** Conformance resources by canonical, from the store and from what comes with the server. https://hl7.org/fhir/R4/references.html#canonical */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { watchRegistry } from '../../src/repository/watch-registry.ts';
import type { ConformanceSource } from '../../src/validation/validation.ts';
import { type Node, type Nodes, nodes } from '../support/node.ts';

let all: Nodes;
let node: Node;
let conformance: ConformanceSource;

beforeAll(async () => {
  all = await nodes();
  node = await all.open();
  conformance = node.repositories.conformance;
});
afterAll(() => all.close());

const profile = (id: string, more: object = {}): Resource => ({
  resourceType: 'StructureDefinition',
  id,
  url: 'http://example.org/StructureDefinition/tall-patient',
  name: 'Tall',
  status: 'active',
  kind: 'resource',
  abstract: false,
  type: 'Patient',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
  derivation: 'constraint',
  differential: { element: [{ id: 'Patient', path: 'Patient' }] },
  ...more,
});

const questionnaire = (id: string, more: object = {}): Resource => ({
  resourceType: 'Questionnaire',
  id,
  url: 'http://example.org/Questionnaire/feet',
  status: 'active',
  ...more,
});

const idOf = async (type: string, canonical: string, within = conformance): Promise<string | undefined> =>
  (await within.find(type, canonical))?.id;

const usCore = 'http://hl7.org/fhir/us/core/StructureDefinition';

describe('A conformance resource', () => {
  test.each([
    ['StructureDefinition', 'http://hl7.org/fhir/StructureDefinition/bp', '4.0.1'],
    ['StructureDefinition', `${usCore}/us-core-patient|6.1.0`, '6.1.0'],
    ['OperationDefinition', 'http://hl7.org/fhir/OperationDefinition/Resource-validate', '4.0.1'],
    ['ValueSet', 'http://hl7.org/fhir/ValueSet/administrative-gender', '4.0.1'],
    ['ValueSet', 'http://hl7.org/fhir/us/core/ValueSet/omb-race-category', '7.0.0'],
    ['CodeSystem', 'http://hl7.org/fhir/administrative-gender', '4.0.1'],
    ['StructureDefinition', 'http://hl7.org/fhir/StructureDefinition/GenomicStudy', '5.0.0'],
  ])('of type %s comes with the server: %s', async (type, canonical, version) => {
    const [url] = canonical.split('|');
    expect(await conformance.find(type, canonical)).toMatchObject({ resourceType: type, url, version });
  });

  test.each([
    ['StructureDefinition', `${usCore}/us-core-patient|5.0.0`],
    ['StructureDefinition', `${usCore}/us-core-nobody`],
    ['ValueSet', `${usCore}/us-core-patient`],
    ['Patient', `${usCore}/us-core-patient`],
    ['Nonsense', `${usCore}/us-core-patient`],
    ['StructureDefinition', ''],
    ['StructureDefinition', '|'],
    ['StructureDefinition', 'two words'],
    ['StructureDefinition', 'a\u0000b'],
    ['StructureDefinition', `urn:${'x'.repeat(1_000_000)}`],
  ])('is undefined where it is not known: %s %p', async (type, canonical) => {
    expect(await conformance.find(type, canonical)).toBeUndefined();
  });

  test('without a version is the newest', async () => {
    expect(await conformance.find('StructureDefinition', `${usCore}/us-core-patient`)).toMatchObject({ version: '7.0.0' });
    await node.put(profile('tall-9', { version: '9.0.0' }));
    await node.put(profile('tall-10', { version: '10.0.0' }));
    await node.put(profile('tall-2', { version: '2.0.0' }));
    const { url } = profile('');
    expect(await idOf('StructureDefinition', String(url))).toBe('tall-10');
    expect(await idOf('StructureDefinition', `${url}|2.0.0`)).toBe('tall-2');
    expect(await idOf('StructureDefinition', `${url}|3.0.0`)).toBeUndefined();
  });

  test('of an older version means others of that version, where they are stored', async () => {
    const base = 'http://example.org/StructureDefinition/base';
    const url = 'http://example.org/StructureDefinition/derived';
    const set = { resourceType: 'ValueSet', id: 'feet-1', url: 'http://example.org/ValueSet/feet', version: '1.0.0', status: 'active' };
    const element = [
      { id: 'Patient', path: 'Patient' },
      { id: 'Patient.gender', path: 'Patient.gender', binding: { strength: 'required', valueSet: set.url } },
    ];
    for (const version of ['1.0.0', '2.0.0']) {
      await node.put(profile(`base-${version}`, { url: base, version }));
      await node.put(profile(`derived-${version}`, { url, version, baseDefinition: base, differential: { element } }));
    }
    await node.put(set);
    const baseOf = async (canonical: string) => (await conformance.find('StructureDefinition', canonical))?.['baseDefinition'];
    expect(await baseOf(`${url}|1.0.0`)).toBe(`${base}|1.0.0`);
    expect(await baseOf(`${url}|2.0.0`)).toBe(base);
    expect(await baseOf(url)).toBe(base);
    const bound = async () => JSON.stringify((await conformance.find('StructureDefinition', `${url}|1.0.0`))?.['differential']);
    expect(await bound()).toContain(`"valueSet":"${set.url}"`);
    await node.put({ ...set, id: 'feet-2', version: '2.0.0' });
    expect(await bound()).toContain(`"valueSet":"${set.url}|1.0.0"`);
  });

  test('is the same object as long as nothing was written', async () => {
    const before = conformance.generation;
    const first = await conformance.find('StructureDefinition', `${usCore}/us-core-patient`);
    await node.put({ resourceType: 'Patient' });
    expect(await conformance.find('StructureDefinition', `${usCore}/us-core-patient`)).toBe(first);
    expect(conformance.generation).toBe(before);
  });

  test('that was stored goes before one that comes with the server, until it is deleted', async () => {
    const url = `${usCore}/us-core-patient`;
    await node.put(profile('own', { url, version: '0.1.0' }));
    expect(await idOf('StructureDefinition', url)).toBe('own');
    expect(await conformance.find('StructureDefinition', `${url}|7.0.0`)).toMatchObject({ version: '7.0.0' });
    await node.remove('StructureDefinition', 'own');
    expect(await conformance.find('StructureDefinition', url)).toMatchObject({ version: '7.0.0' });
  });

  test('counts from the write on, as create, update and delete, each a generation of its own', async () => {
    const generations = [conformance.generation];
    const { url } = questionnaire('');
    const step = async (run: Promise<unknown>): Promise<unknown> => {
      await run;
      generations.push(conformance.generation);
      return (await conformance.find('Questionnaire', String(url)))?.['title'];
    };
    expect(await step(Promise.resolve())).toBeUndefined();
    expect(await step(node.put(questionnaire('feet', { title: 'One' })))).toBe('One');
    expect(await step(node.put(questionnaire('feet', { title: 'Two' })))).toBe('Two');
    expect(await step(node.remove('Questionnaire', 'feet'))).toBeUndefined();
    expect(new Set(generations.slice(1)).size).toBe(4);
  });

  test('refused is no new generation', async () => {
    const before = conformance.generation;
    await expect(node.put(questionnaire('feet', { status: 'nonsense' }))).rejects.toThrow();
    expect(conformance.generation).toBe(before);
  });

  test('that was looked up while another was written is not remembered as it was', async () => {
    const { url } = profile('');
    const finding = Array.from({ length: 20 }, () => conformance.find('StructureDefinition', `${url}|20.0.0`));
    const writing = node.put(profile('tall-20', { version: '20.0.0' }));
    await Promise.all([...finding, writing]);
    expect(await idOf('StructureDefinition', `${url}|20.0.0`)).toBe('tall-20');
  });

  test('has bars, commas and dollars in its canonical, and the version is behind the bar', async () => {
    const url = 'http://example.org/a,b$c\\d';
    await node.put(questionnaire('odd', { url, version: '1|2' }));
    expect(await idOf('Questionnaire', url)).toBe('odd');
    expect(await idOf('Questionnaire', `${url}|1|2`)).toBe('odd');
  });
});

describe('Conformance resources that another process writes', () => {
  const settle = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
    for (let i = 0; i < 200 && !(await isSo()); i++) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await isSo()).toBe(true);
  };

  const listening = async (pollMs: number, schema = 'anamnesis') => {
    const other = await all.open();
    const watch = watchRegistry({
      ...{
        registry: other.registry,
        conformance: other.repositories.watch,
        consents: other.repositories.consents,
        policies: other.repositories.policies,
      },
      ...{ connection: all.connection, schema, pollMs },
    });
    return { other, watch, conformance: other.repositories.conformance };
  };

  test('are told by a notice at once', async () => {
    const { other, watch, conformance: theirs } = await listening(3_600_000);
    try {
      // The first connection itself is a change: notices may have been lost before.
      await settle(() => theirs.generation > 0);
      const { url } = questionnaire('');
      expect(await idOf('Questionnaire', String(url), theirs)).toBeUndefined();
      await node.put(questionnaire('feet'));
      await settle(async () => (await idOf('Questionnaire', String(url), theirs)) === 'feet');
      await node.put({ resourceType: 'ValueSet', id: 'tones', url: 'urn:tones', status: 'active' });
      await settle(async () => (await idOf('ValueSet', 'urn:tones', theirs)) === 'tones');
      expect(other.repositories.conformance).toBe(theirs);
    } finally {
      await watch.close();
    }
  });

  test('are seen by looking where the notice was lost', async () => {
    const { watch, conformance: theirs } = await listening(50, 'elsewhere');
    try {
      expect(await idOf('Questionnaire', 'http://example.org/late', theirs)).toBeUndefined();
      await node.put(questionnaire('late', { url: 'http://example.org/late' }));
      await settle(async () => (await idOf('Questionnaire', 'http://example.org/late', theirs)) === 'late');
    } finally {
      await watch.close();
    }
  });

  test('are not mixed up with writes of its own, which are known already', async () => {
    const { other, watch, conformance: mine } = await listening(30);
    try {
      await settle(() => mine.generation > 0);
      await new Promise((resolve) => setTimeout(resolve, 200));
      const before = mine.generation;
      await other.put(questionnaire('own-one', { url: 'http://example.org/own' }));
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(mine.generation).toBe(before + 1);
    } finally {
      await watch.close();
    }
  });
});
