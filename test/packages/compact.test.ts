/** What scripts/packages.ts makes of published packages. https://hl7.org/fhir/R4/profiling.html */
import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { compact } from '../../scripts/packages/compact.ts';
import { compactPackage } from '../../scripts/packages/compact-package.ts';
import { corePackage } from '../../scripts/packages/core.ts';
import { manifestOf } from '../../scripts/packages/manifest.ts';
import { readSource } from '../../scripts/packages/read-source.ts';
import { readGenerated } from '../../scripts/write-generated.ts';
import { isObject, type JsonObject, type Resource } from '../../src/fhir/resource.ts';
import { projectFile } from '../../src/root.ts';
import { sharedData } from '../support/shared-data.ts';

const structure = (element: object, more: object = {}): Resource => ({
  resourceType: 'StructureDefinition',
  url: 'urn:profile',
  differential: { element: [element] },
  ...more,
});

const elementOf = (element: object): unknown => {
  const { differential } = compact(structure(element), '1') as { differential: { element: unknown[] } };
  return differential.element[0];
};

describe('A compact resource', () => {
  test('begins with type, canonical and version, by which it is found', () => {
    expect(Object.keys(compact({ id: 'x', version: '2', url: 'urn:x', resourceType: 'ValueSet' }, '1')).slice(0, 3)).toEqual([
      'resourceType',
      'url',
      'version',
    ]);
  });

  test('has the version of its package where it has none', () => {
    expect(compact({ resourceType: 'ValueSet', url: 'urn:x' }, '7')).toMatchObject({ version: '7' });
    expect(compact({ resourceType: 'ValueSet', url: 'urn:x', version: '1' }, '7')).toMatchObject({ version: '1' });
  });

  test('has the differential of a structure, and the snapshot only where there is no differential', () => {
    const snapshot = { element: [{ path: 'Patient' }] };
    expect(compact(structure({ path: 'Patient' }, { snapshot }), '1')).not.toHaveProperty('snapshot');
    expect(compact({ resourceType: 'StructureDefinition', url: 'urn:x', snapshot }, '1')).toHaveProperty('snapshot');
  });

  test('keeps of an element what is checked and drops what is told', () => {
    const kept = {
      ...{ id: 'Patient.name', path: 'Patient.name', sliceName: 'official', min: 1, max: '2', mustSupport: true, maxLength: 5 },
      ...{ type: [{ code: 'Reference', targetProfile: ['urn:a'], aggregation: ['contained'] }], contentReference: '#x' },
      slicing: { discriminator: [{ type: 'value', path: 'use' }], rules: 'open' },
      binding: { strength: 'required', valueSet: 'urn:v' },
      constraint: [{ key: 'a-1', severity: 'error', human: 'must be', expression: 'true' }],
    };
    const told = { definition: 'd', comment: 'c', short: 's', alias: ['a'], mapping: [{}], requirements: 'r', _comment: {}, code: [{}] };
    const nested = { binding: { ...kept.binding, description: 'd' }, constraint: [{ ...kept.constraint[0], xpath: 'x' }] };
    expect(elementOf({ ...kept, ...told, ...nested })).toEqual(kept);
  });

  test('keeps values as they are, whatever their members are called', () => {
    const values = {
      path: 'x',
      patternCodeableConcept: { text: 'kept', coding: [{ code: 'c', extension: [{ url: 'urn:e' }] }] },
      fixedReference: {},
      maxValueQuantity: { comparator: '<', code: 'kg' },
    };
    expect(elementOf(values)).toEqual(values);
  });

  test('keeps extensions but those that are for people', () => {
    const of = 'http://hl7.org/fhir/StructureDefinition/';
    const rule = { url: `${of}elementdefinition-maxValueSet`, valueCanonical: 'urn:v' };
    const name = { url: `${of}elementdefinition-bindingName`, valueString: 'Name' };
    expect(elementOf({ path: 'x', binding: { strength: 'required', extension: [name, rule] } })).toEqual({
      path: 'x',
      binding: { strength: 'required', extension: [rule] },
    });
    expect(elementOf({ path: 'x', extension: [name] })).toEqual({ path: 'x' });
  });

  test('keeps codes with displays, filters and properties, without translations', () => {
    const compose = {
      include: [{ system: 'urn:s', concept: [{ code: 'a', display: 'A', designation: [{ value: 'Ä' }] }], filter: [{ op: 'is-a' }] }],
    };
    expect(compact({ resourceType: 'ValueSet', url: 'urn:x', compose }, '1')).toMatchObject({
      compose: { include: [{ system: 'urn:s', concept: [{ code: 'a', display: 'A' }], filter: [{ op: 'is-a' }] }] },
    });
    const concept = [{ code: 'a', definition: 'told', property: [{ code: 'p', valueCode: 'q' }], concept: [{ code: 'b' }] }];
    expect(compact({ resourceType: 'CodeSystem', url: 'urn:x', content: 'complete', concept }, '1')).toMatchObject({
      content: 'complete',
      concept: [{ code: 'a', property: [{ code: 'p', valueCode: 'q' }], concept: [{ code: 'b' }] }],
    });
  });

  test('keeps the texts of a questionnaire', () => {
    const item = [{ linkId: '1', text: 'Feet?', type: 'choice', code: [{ code: 'c' }], answerOption: [{ valueString: 'two' }] }];
    expect(compact({ resourceType: 'Questionnaire', url: 'urn:x', text: { status: 'generated' }, item }, '1')).toEqual({
      ...{ resourceType: 'Questionnaire', url: 'urn:x', version: '1' },
      item,
    });
  });
});

const sources: readonly (readonly string[])[] = [
  ['ig-packages', 'hl7.fhir.us.core-6.1.0.zip'],
  ['ig-packages', 'hl7.fhir.us.core-7.0.0.zip'],
  ['ig-packages', 'hl7.fhir.uv.ips-1.1.0.zip'],
  ['ig-packages', 'hl7.fhir.uv.ipa-1.0.0.zip'],
  ['genomics', 'genomics-reporting-definitions.zip'],
  ['cgm', 'hl7-cgm-definitions.zip'],
];

const elements = (part: unknown): JsonObject[] =>
  isObject(part) && Array.isArray(part['element']) ? part['element'].filter(isObject) : [];

/** `Observation.valueQuantity` in a differential is the slice `valueQuantity` of `Observation.value[x]`. */
const shortcut = ({ path }: JsonObject): string => String(path).replace(/\.([a-z]+)([A-Z]\w+)$/, '.$1[x]:$1$2');

describe('The packages in fhir-profiles/', () => {
  test.each(sources)('%s %s are what the script makes of the published ones', async (...path) => {
    const source = sharedData(...path);
    if (source === undefined) return;
    const files = await readSource(source);
    const made = compactPackage(
      manifestOf(files),
      files.map(({ json }) => json),
      '',
    );
    expect(made.length).toBeGreaterThan(3);
    for (const [file, text] of made) {
      if (file.endsWith('README.md')) expect(existsSync(projectFile(file))).toBe(true);
      else expect(readGenerated(file)).toBe(text);
    }
  });

  test.each(sources.slice(0, 4))('%s %s lose no slice with the snapshots', async (...path) => {
    const source = sharedData(...path);
    if (source === undefined) return;
    const structures = (await readSource(source))
      .map(({ json }) => json)
      .filter(({ resourceType }) => resourceType === 'StructureDefinition');
    const own = new Map(structures.map((each) => [each['url'], each]));
    const slices = (structure: JsonObject | undefined, part: string): string[] =>
      elements(structure?.[part]).flatMap(({ path, sliceName }) =>
        sliceName === undefined ? [] : [`${String(path)}:${String(sliceName)}`],
      );
    for (const one of structures) {
      const parent = own.get(one['baseDefinition']);
      // What comes from elsewhere is in the differentials of elsewhere.
      if (parent === undefined && !/\/StructureDefinition\/[A-Z]\w+$/.test(String(one['baseDefinition']))) continue;
      const inherited = new Set(slices(parent, 'snapshot'));
      const differential = new Set([...slices(one, 'differential'), ...elements(one['differential']).map(shortcut)]);
      expect(slices(one, 'snapshot').filter((slice) => !inherited.has(slice) && !differential.has(slice))).toEqual([]);
    }
  });

  test('R4 has its own structures with extensions and profiles, and no examples', () => {
    const files = new Map(corePackage());
    const lines = files.get('fhir-profiles/hl7.fhir.r4.core-4.0.1/StructureDefinition.ndjson.gz')?.trim().split('\n') ?? [];
    const urls = lines.map((line) => String((JSON.parse(line) as JsonObject)['url']));
    expect(urls.length).toBeGreaterThan(600);
    expect(new Set(urls).size).toBe(urls.length);
    expect(urls.filter((url) => !url.startsWith('http://hl7.org/fhir/StructureDefinition/'))).toEqual([]);
  });
});
