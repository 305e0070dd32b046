import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cloneJson, parseJson, printJson } from '../../src/fhir/json.ts';
import { type Pruning, prune, unknownElements } from '../../src/fhir/prune.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import { isObject, type Resource } from '../../src/fhir/resource.ts';

const definitions = loadDefinitions();
const tag = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };
const pruned = (resource: object, pruning: Pruning) => prune(resource as Resource, definitions, pruning);
const summary = (resource: object) => pruned(resource, { summary: 'true' });
const meta = { versionId: '3', lastUpdated: '2024-01-01T00:00:00Z' };
const text = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' };
const extension = [{ url: 'http://e.org/x', valueString: 'y' }];

const patient = {
  resourceType: 'Patient',
  id: '1',
  meta,
  language: 'en',
  text,
  contained: [{ resourceType: 'Organization', id: 'o', name: 'O' }],
  extension,
  modifierExtension: extension,
  active: true,
  name: [{ id: 'n', family: 'A', given: ['B', 'C'], _given: [null, { extension }] }],
  _birthDate: { extension },
  deceasedBoolean: false,
  maritalStatus: { text: 'M' },
  contact: [{ name: { family: 'D' } }],
  link: [{ id: 'l', other: { reference: 'Patient/2', display: 'P' }, type: 'seealso' }],
};

describe('_summary=true', () => {
  test('leaves summary elements and modifiers, at every level, and marks the resource', () => {
    expect(summary(patient)).toEqual({
      resourceType: 'Patient',
      id: '1',
      meta: { ...meta, tag: [tag] },
      modifierExtension: extension,
      active: true,
      name: [{ family: 'A', given: ['B', 'C'] }],
      deceasedBoolean: false,
      link: [{ other: { reference: 'Patient/2', display: 'P' }, type: 'seealso' }],
    });
  });

  test('keeps mandatory elements though they are not marked as summary', () => {
    const agent = { type: { text: 't' }, requestor: true };
    const left = summary({
      resourceType: 'AuditEvent',
      agent: [{ ...agent, location: { reference: 'Location/1' } }],
      source: { observer: { display: 'o' } },
    });
    expect(left).toMatchObject({ agent: [{ requestor: true }], source: { observer: { display: 'o' } } });
    expect(left).not.toHaveProperty('agent[0].location');
  });

  test('goes into components and data types', () => {
    const left = summary({
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'bp' },
      interpretation: [{ text: 'high' }],
      component: [{ id: 'x', code: { coding: [{ code: 's' }] }, valueQuantity: { value: 1 }, interpretation: [{ text: 'high' }] }],
      note: [{ text: 'n' }],
    });
    expect(left).toEqual({
      resourceType: 'Observation',
      meta: { tag: [tag] },
      status: 'final',
      code: { text: 'bp' },
      component: [{ code: { coding: [{ code: 's' }] }, valueQuantity: { value: 1 } }],
    });
    expect(
      summary({
        resourceType: 'DocumentReference',
        status: 'current',
        content: [{ attachment: { contentType: 'a/b', data: 'AAAA', url: 'u' } }],
      }),
    ).toMatchObject({
      content: [{ attachment: { contentType: 'a/b', url: 'u' } }],
    });
  });

  test('leaves no empty element and no gap behind', () => {
    const left = summary({
      resourceType: 'Patient',
      name: [{ extension }, { given: [null, 'B'], _given: [{ extension }, null] }],
      gender: 'male',
      _gender: { id: 'g' },
    });
    expect(left).toEqual({ resourceType: 'Patient', meta: { tag: [tag] }, name: [{ given: ['B'] }], gender: 'male' });
  });

  test('keeps a mandatory element that has nothing but extensions', () => {
    const left = summary({ resourceType: 'Observation', _status: { extension }, code: { extension } });
    expect(left).toEqual({ resourceType: 'Observation', meta: { tag: [tag] }, _status: { extension }, code: { extension } });
  });

  test('an additional type keeps the canonical of its definition', () => {
    expect(summary({ resourceType: 'GenomicStudy', resourceDefinition: 'http://x|1', status: 'available', note: [{ text: 'n' }] })).toEqual(
      {
        resourceType: 'GenomicStudy',
        meta: { tag: [tag] },
        resourceDefinition: 'http://x|1',
        status: 'available',
      },
    );
  });

  test('a resource within a Bundle is summarised by its own type', () => {
    const left = summary({
      resourceType: 'Bundle',
      type: 'collection',
      entry: [{ fullUrl: 'urn:x', resource: { resourceType: 'Patient', text, gender: 'male' } }],
    });
    expect(left['entry']).toEqual([{ fullUrl: 'urn:x', resource: { resourceType: 'Patient', meta: { tag: [tag] }, gender: 'male' } }]);
  });
});

describe('_summary=text', () => {
  test('leaves narrative, id, meta, mandatory elements and what changes the meaning of all', () => {
    expect(pruned(patient, { summary: 'text' })).toEqual({
      resourceType: 'Patient',
      id: '1',
      meta: { ...meta, tag: [tag] },
      text,
      modifierExtension: extension,
    });
    const observation = {
      resourceType: 'Observation',
      text,
      status: 'final',
      _status: { id: 's' },
      code: { id: 'c', text: 'x' },
      valueString: 'v',
      implicitRules: 'r',
    };
    expect(pruned(observation, { summary: 'text' })).toEqual({
      resourceType: 'Observation',
      meta: { tag: [tag] },
      text,
      status: 'final',
      _status: { id: 's' },
      code: { id: 'c', text: 'x' },
      implicitRules: 'r',
    });
  });
});

describe('_summary=data', () => {
  test('takes away nothing but the narrative', () => {
    const { text: _, ...rest } = patient;
    expect(pruned(patient, { summary: 'data' })).toEqual({ ...rest, meta: { ...meta, tag: [tag] } });
  });
});

describe('_elements', () => {
  test('leaves the named elements, id, meta, mandatory elements and modifiers, all whole', () => {
    expect(pruned(patient, { elements: ['name', 'birthDate'] })).toEqual({
      resourceType: 'Patient',
      id: '1',
      meta: { ...meta, tag: [tag] },
      modifierExtension: extension,
      active: true,
      name: patient.name,
      _birthDate: { extension },
      deceasedBoolean: false,
      link: patient.link,
    });
  });

  test('names a choice by its base name', () => {
    const observation = {
      resourceType: 'Observation',
      id: 'o',
      status: 'final',
      code: { text: 'x' },
      valueQuantity: { value: 1, unit: 'kg' },
      effectiveDateTime: '2020',
    };
    expect(pruned(observation, { elements: ['value'] })).toEqual({
      resourceType: 'Observation',
      id: 'o',
      meta: { tag: [tag] },
      status: 'final',
      code: { text: 'x' },
      valueQuantity: { value: 1, unit: 'kg' },
    });
    expect(pruned(observation, { elements: ['valueQuantity'] })).toHaveProperty('valueQuantity');
  });

  test('says which names are no elements', () => {
    expect(unknownElements(definitions, 'Observation', ['value', 'valueQuantity', 'status', 'id', 'resourceType'])).toEqual([]);
    expect(unknownElements(definitions, 'Observation', ['status', 'vlue', 'code.text', '', 'given', '__proto__', 'constructor'])).toEqual([
      'vlue',
      'code.text',
      '',
      'given',
      '__proto__',
      'constructor',
    ]);
  });
});

describe('every pruning', () => {
  const prunings: Pruning[] = [{ summary: 'true' }, { summary: 'text' }, { summary: 'data' }, { elements: ['value', 'name'] }];

  test.each(prunings)('%j marks once, keeps other tags, and leaves the original alone', (pruning) => {
    const other = { system: 'http://e.org', code: 'x' };
    const resource = { resourceType: 'Observation', meta: { versionId: '1', tag: [other] }, status: 'final', code: { text: 'c' } };
    const before = printJson(resource);
    const once = pruned(resource, pruning);
    expect(once.meta).toEqual({ versionId: '1', tag: [other, tag] });
    expect(pruned(once, pruning)).toEqual(once);
    expect(printJson(resource)).toBe(before);
    expect(once).not.toBe(resource);
  });

  test('nothing asked, nothing done', () => {
    expect(pruned(patient, {})).toBe(patient);
  });

  test.each(prunings)('%j puts meta behind id', (pruning) => {
    expect(Object.keys(pruned({ resourceType: 'Basic', id: '1', code: { text: 'x' } }, pruning)).slice(0, 3)).toEqual([
      'resourceType',
      'id',
      'meta',
    ]);
  });

  test.each(prunings)('%j keeps the digits of numbers', (pruning) => {
    const resource = parseJson(
      '{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"id":"q","value":6.30},"component":[{"code":{"text":"y"},"valueSampledData":{"id":"s","origin":{"value":0.0},"period":10.0,"dimensions":1}}]}',
    );
    const printed = printJson(pruned(resource as Resource, pruning));
    if (printed.includes('valueQuantity')) expect(printed).toContain('"value":6.30');
    if (printed.includes('valueSampledData')) expect(printed).toMatch(/"origin":\{"value":0\.0\},"period":10\.0,/);
    expect(pruning.summary === 'text' || printed.includes('valueQuantity')).toBe(true);
  });
});

/** Whether everything in `part` stands in `whole` too, in its order (arrays may have lost items). */
function isPartOf(part: unknown, whole: unknown): boolean {
  if (Array.isArray(part)) return Array.isArray(whole) && isSubsequence(part, whole);
  if (!isObject(part)) return part === whole;
  return isObject(whole) && Object.keys(part).every((key) => isPartOf(part[key], whole[key]));
}

function isSubsequence(part: readonly unknown[], whole: readonly unknown[]): boolean {
  let at = 0;
  return part.every((item) => {
    while (at < whole.length && !isPartOf(item, whole[at])) at++;
    return at++ < whole.length;
  });
}

function hasEmpty(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const values = Object.values(value);
  return values.length === 0 || values.some(hasEmpty);
}

describe('the official examples', () => {
  const folder = dirname(createRequire(import.meta.url).resolve('hl7.fhir.r4.examples/package.json'));
  const names = readdirSync(folder).filter((name) => /^(?!Bundle|StructureDefinition|ValueSet|CodeSystem)[A-Z]\w*-.*\.json$/.test(name));
  const pruning = fc.constantFrom<Pruning>({ summary: 'true' }, { summary: 'text' }, { summary: 'data' }, { elements: ['identifier'] });

  test('lose, but gain and change nothing, and no mandatory element goes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), pruning, (name, how) => {
        const resource = parseJson(readFileSync(join(folder, name), 'utf8')) as Resource;
        const copy = cloneJson(resource);
        const { meta: _, ...left } = pruned(resource, how);
        expect([name, isPartOf(left, resource)]).toEqual([name, true]);
        expect([name, hasEmpty(left)]).toEqual([name, false]);
        for (const element of definitions.type(resource.resourceType)?.elements ?? []) {
          if (element.min > 0 && element.name in resource) expect(left).toHaveProperty(element.name);
        }
        expect(resource).toEqual(copy);
      }),
      { numRuns: 200 },
    );
  });
});

test('_elements:exclude leaves out what is named, but nothing that is mandatory or changes the meaning of the rest', () => {
  const resource = {
    resourceType: 'Observation',
    id: '1',
    status: 'final',
    code: { text: 'x' },
    note: [{ text: 'y' }],
    valueString: 'z',
    _valueString: { id: 'v' },
    subject: { reference: 'Patient/1' },
  };
  const left = prune(resource, definitions, { excluded: ['note', 'value', 'status', 'id'] });
  expect(Object.keys(left)).toEqual(['resourceType', 'id', 'meta', 'status', 'code', 'subject']);
  expect(left.meta?.['tag']).toEqual([{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' }]);
  expect(resource.note).toHaveLength(1);
});
