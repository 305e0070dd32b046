import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseJson, printJson } from '../../src/fhir/json.ts';
import { FhirError } from '../../src/fhir/outcome.ts';
import { readFhirPathPatch } from '../../src/fhir/patch/fhirpath-patch.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { readXml } from '../../src/fhir/xml/read.ts';
import { projectFile } from '../../src/root.ts';

const definitions = loadDefinitions();

interface OfficialCase {
  readonly name: string;
  readonly input: Resource;
  readonly diff: Resource;
  readonly output?: Resource;
}

/** The cases stand in a wrapper of their own; what is inside input, diff and output is FHIR. */
function officialCases(): OfficialCase[] {
  const text = readFileSync(projectFile('test', 'fixtures', 'patch', 'fhir-patch-tests.xml'), 'utf8');
  const read = (xml: string, part: string): Resource | undefined => {
    const found = new RegExp(`<${part}>([\\s\\S]*?)</${part}>`).exec(xml)?.[1];
    return found === undefined ? undefined : readXml(found.trim(), definitions);
  };
  return [...text.matchAll(/<case name="([^"]*)"[^>]*>([\s\S]*?)<\/case>/g)].map(([, name = '', xml = '']) => {
    const output = read(xml, 'output');
    return { name, input: read(xml, 'input') as Resource, diff: read(xml, 'diff') as Resource, ...(output ? { output } : {}) };
  });
}

/** Ten million values. */
const slowPath = `Patient.where((1)${'.select(1|2|3|4|5|6|7|8|9|10)'.repeat(7)}.empty())`;

type Parts = Record<string, unknown>;

/** `op({ type: 'add', path: 'Patient', name: 'active', value: { valueBoolean: true } })` as a parameter. */
function op({ type, path, name, index, source, destination, value }: Parts): object {
  const part: object[] = [{ name: 'type', valueCode: type }];
  if (path !== undefined) part.push({ name: 'path', valueString: path });
  if (name !== undefined) part.push({ name: 'name', valueString: name });
  if (value !== undefined) part.push({ name: 'value', ...(value as object) });
  for (const [key, number] of Object.entries({ index, source, destination }))
    if (number !== undefined) part.push({ name: key, valueInteger: number });
  return { name: 'operation', part };
}

const parameters = (...operations: object[]): Resource => ({ resourceType: 'Parameters', parameter: operations });

const patched = (resource: object, ...operations: Parts[]): unknown =>
  readFhirPathPatch(parameters(...operations.map(op)), definitions)(resource as Resource);

function refusalOf(work: () => unknown): FhirError {
  try {
    work();
  } catch (error) {
    if (error instanceof FhirError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** Between tags of XHTML, a quote and its entity are the same character. */
const sameQuotes = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll('&quot;', '\\"'));

describe('The official FHIRPath Patch cases', () => {
  const cases = officialCases();
  test('are all here', () => expect(cases).toHaveLength(33));

  test.each(cases.map((one, i) => [`${i + 1}. ${one.name}`, one] as const))('%s', (_name, { input, diff, output }) => {
    const work = (): unknown => readFhirPathPatch(diff, definitions)(input);
    if (output === undefined) expect(refusalOf(work).status).toBe(422);
    else expect(sameQuotes(work())).toEqual(sameQuotes(output));
  });
});

describe('add (https://hl7.org/fhir/R4/fhirpatch.html)', () => {
  test.each<[string, object, Parts, object]>([
    ['an element', {}, { path: 'Patient', name: 'active', value: { valueBoolean: true } }, { active: true }],
    ['the first of a list', {}, { path: 'Patient', name: 'name', value: { valueHumanName: { family: 'A' } } }, { name: [{ family: 'A' }] }],
    [
      'a choice, under the property of its type',
      {},
      { path: 'Patient', name: 'deceased', value: { valueDateTime: '2020' } },
      { deceasedDateTime: '2020' },
    ],
    [
      'a choice by the name of its property',
      {},
      { path: 'Patient', name: 'deceasedBoolean', value: { valueBoolean: true } },
      { deceasedBoolean: true },
    ],
    ['a choice written with [x]', {}, { path: 'Patient', name: 'deceased[x]', value: { valueBoolean: true } }, { deceasedBoolean: true }],
    [
      'a primitive with an extension',
      {},
      { path: 'Patient', name: 'birthDate', value: { valueDate: '2000', _valueDate: { id: 'b' } } },
      { birthDate: '2000', _birthDate: { id: 'b' } },
    ],
    [
      'an anonymous type by its parts',
      {},
      {
        path: 'Patient',
        name: 'contact',
        value: {
          part: [
            { name: 'name', valueHumanName: { text: 'a' } },
            { name: 'telecom', valueContactPoint: { value: '1' } },
            { name: 'telecom', valueContactPoint: { value: '2' } },
          ],
        },
      },
      { contact: [{ name: { text: 'a' }, telecom: [{ value: '1' }, { value: '2' }] }] },
    ],
    [
      'an extension by its parts',
      { birthDate: '2000' },
      {
        path: 'Patient.birthDate',
        name: 'extension',
        value: {
          part: [
            { name: 'url', valueUri: 'http://x' },
            { name: 'value', valueString: 'y' },
          ],
        },
      },
      { birthDate: '2000', _birthDate: { extension: [{ url: 'http://x', valueString: 'y' }] } },
    ],
    [
      'a contained resource',
      {},
      { path: 'Patient', name: 'contained', value: { resource: { resourceType: 'Group', id: 'g' } } },
      { contained: [{ resourceType: 'Group', id: 'g' }] },
    ],
    [
      'to a contained resource',
      { contained: [{ resourceType: 'Group', id: 'g' }] },
      { path: 'Patient.contained[0]', name: 'active', value: { valueBoolean: true } },
      { contained: [{ resourceType: 'Group', id: 'g', active: true }] },
    ],
    [
      'to the element that a criterion selects',
      { name: [{ use: 'usual' }, { use: 'official' }] },
      { path: "Patient.name.where(use = 'official')", name: 'family', value: { valueString: 'A' } },
      { name: [{ use: 'usual' }, { use: 'official', family: 'A' }] },
    ],
    ['a code given as string', {}, { path: 'Patient', name: 'gender', value: { valueString: 'male' } }, { gender: 'male' }],
    [
      'parts in parts',
      {},
      {
        path: 'Patient',
        name: 'contact',
        value: {
          part: [
            {
              name: 'name',
              part: [
                { name: 'given', valueString: 'a' },
                { name: 'given', valueString: 'b' },
              ],
            },
          ],
        },
      },
      { contact: [{ name: { given: ['a', 'b'] } }] },
    ],
  ])('%s', (_name, before, operation, after) => {
    const work = patched({ resourceType: 'Patient', ...before }, { type: 'add', ...operation });
    expect(work).toEqual({ resourceType: 'Patient', ...after });
  });
});

describe('replace, delete, insert, move', () => {
  test.each<[string, object, Parts, object]>([
    [
      'replace keeps the place in a list',
      { name: [{ text: 'a' }, { text: 'b' }] },
      { type: 'replace', path: 'Patient.name[1]', value: { valueHumanName: { text: 'c' } } },
      { name: [{ text: 'a' }, { text: 'c' }] },
    ],
    [
      'replace changes the type of a choice',
      { deceasedBoolean: true },
      { type: 'replace', path: 'Patient.deceased', value: { valueDateTime: '2020' } },
      { deceasedDateTime: '2020' },
    ],
    [
      'replace drops the extensions of the old value',
      { birthDate: '2000', _birthDate: { id: 'x' } },
      { type: 'replace', path: 'Patient.birthDate', value: { valueDate: '2001' } },
      { birthDate: '2001' },
    ],
    [
      'replace of a list item of a primitive',
      { name: [{ given: ['a', 'b'], _given: [null, { id: 'x' }] }] },
      { type: 'replace', path: 'Patient.name[0].given[0]', value: { valueString: 'c' } },
      { name: [{ given: ['c', 'b'], _given: [null, { id: 'x' }] }] },
    ],
    [
      'delete of a primitive takes its extensions',
      { birthDate: '2000', _birthDate: { id: 'x' } },
      { type: 'delete', path: 'Patient.birthDate' },
      {},
    ],
    [
      'delete of a list item takes its extension',
      { name: [{ given: ['a', 'b'], _given: [{ id: 'x' }, null] }] },
      { type: 'delete', path: 'Patient.name[0].given[0]' },
      { name: [{ given: ['b'] }] },
    ],
    [
      'delete of an extension leaves the primitive',
      { birthDate: '2000', _birthDate: { extension: [{ url: 'u', valueString: 's' }] } },
      { type: 'delete', path: 'Patient.birthDate.extension' },
      { birthDate: '2000' },
    ],
    [
      'delete of an extension-only primitive leaves nothing',
      { _birthDate: { extension: [{ url: 'u', valueString: 's' }] } },
      { type: 'delete', path: 'Patient.birthDate.extension[0]' },
      {},
    ],
    [
      'delete of the last element removes the list',
      { contact: [{ gender: 'male' }] },
      { type: 'delete', path: 'Patient.contact[0].gender' },
      {},
    ],
    ['delete of nothing is no error', { active: true }, { type: 'delete', path: 'Patient.birthDate' }, { active: true }],
    [
      'delete by criterion',
      { telecom: [{ system: 'phone' }, { system: 'email' }] },
      { type: 'delete', path: "Patient.telecom.where(system='email')" },
      { telecom: [{ system: 'phone' }] },
    ],
    [
      'insert at the start',
      { name: [{ text: 'b' }] },
      { type: 'insert', path: 'Patient.name', index: 0, value: { valueHumanName: { text: 'a' } } },
      { name: [{ text: 'a' }, { text: 'b' }] },
    ],
    [
      'insert at the end',
      { name: [{ text: 'a' }] },
      { type: 'insert', path: 'Patient.name', index: 1, value: { valueHumanName: { text: 'b' } } },
      { name: [{ text: 'a' }, { text: 'b' }] },
    ],
    [
      'insert among primitives keeps their extensions',
      { name: [{ given: ['a'], _given: [{ id: 'x' }] }] },
      { type: 'insert', path: 'Patient.name[0].given', index: 0, value: { valueString: 'b' } },
      { name: [{ given: ['b', 'a'], _given: [null, { id: 'x' }] }] },
    ],
    [
      'move inside a list',
      { name: [{ text: 'a' }, { text: 'b' }, { text: 'c' }] },
      { type: 'move', path: 'Patient.name', source: 2, destination: 0 },
      { name: [{ text: 'c' }, { text: 'a' }, { text: 'b' }] },
    ],
  ])('%s', (_name, before, operation, after) => {
    expect(patched({ resourceType: 'Patient', id: '1', ...before }, operation)).toEqual({
      resourceType: 'Patient',
      id: '1',
      ...after,
    });
  });

  test('operations see the result of those before them', () => {
    const steps = [
      { type: 'add', path: 'Patient', name: 'name', value: { valueHumanName: { text: 'a' } } },
      { type: 'add', path: 'Patient.name[0]', name: 'family', value: { valueString: 'b' } },
      { type: 'delete', path: 'Patient.name.text' },
    ];
    expect(patched({ resourceType: 'Patient' }, ...steps)).toEqual({ resourceType: 'Patient', name: [{ family: 'b' }] });
  });

  test('additional resource types are patched too', () => {
    const study = { resourceType: 'GenomicStudy', id: 'g', status: 'available', subject: { reference: 'Patient/1' } };
    const operation = { type: 'replace', path: 'GenomicStudy.status', value: { valueCode: 'cancelled' } };
    expect(patched(study, operation)).toEqual({ ...study, status: 'cancelled' });
  });

  test('decimals keep their digits', () => {
    const patch = readFhirPathPatch(
      parseJson(
        JSON.stringify(
          parameters(op({ type: 'add', path: 'Observation.component[0]', name: 'value', value: { valueQuantity: { value: 0 } } })),
        ).replace('"value":0', '"value":7.10'),
      ) as Resource,
      definitions,
    );
    const before = parseJson('{"resourceType":"Observation","valueQuantity":{"value":1.50},"component":[{"id":"a"}]}') as Resource;
    expect(printJson(patch(before))).toBe(
      '{"resourceType":"Observation","valueQuantity":{"value":1.50},"component":[{"id":"a","valueQuantity":{"value":7.10}}]}',
    );
  });

  test('a patch can be applied again to another copy', () => {
    const patch = readFhirPathPatch(
      parameters(op({ type: 'add', path: 'Patient', name: 'name', value: { valueHumanName: { given: ['a'] } } })),
      definitions,
    );
    const first = patch({ resourceType: 'Patient' });
    (first['name'] as { given: string[] }[])[0]?.given.push('b');
    expect(patch({ resourceType: 'Patient' })).toEqual({ resourceType: 'Patient', name: [{ given: ['a'] }] });
  });
});

describe('A plain path finds what the FHIRPath engine finds', () => {
  const resource = {
    resourceType: 'Patient',
    contact: [{ name: { given: ['a', 'b'] } }, { name: { given: ['c'] } }],
    deceasedBoolean: true,
    birthDate: '2000-01-01',
    _birthDate: { extension: [{ url: 'u', valueString: 's' }] },
  };
  test.each([
    'Patient.contact[1].name.given[0]',
    'Patient.contact[0].name.given[1]',
    'Patient.contact.name.given[2]',
    'contact[0].name',
    'Patient.deceased',
    'Patient.birthDate.extension.value',
    'Patient.contact[9].name',
  ])('%s', (path) => {
    const plain = patched(structuredClone(resource), { type: 'delete', path });
    // Brackets make the path one for the engine.
    const engine = patched(structuredClone(resource), { type: 'delete', path: `(${path})` });
    expect(plain).toEqual(engine);
  });
});

test('a path with a regular expression that others take for ever for is followed at once', () => {
  const resource = { resourceType: 'Patient', name: [{ text: `${'a'.repeat(100_000)}!` }, { text: 'b' }] };
  const path = "Patient.name.where(text.matches('^(a+)+$').not() and text.length() < 9)";
  const start = performance.now();
  expect(patched(resource, { type: 'add', path, name: 'family', value: { valueString: 'c' } })).toMatchObject({
    name: [{}, { family: 'c' }],
  });
  expect(performance.now() - start).toBeLessThan(5_000);
});

describe('A FHIRPath Patch is refused', () => {
  const before = {
    resourceType: 'Patient',
    id: '1',
    active: true,
    name: [
      { text: 'a', given: ['x', 'y'] },
      { text: 'b', given: ['z'] },
    ],
    birthDate: '2000-01-01',
  };
  const add = { type: 'add', path: 'Patient', name: 'gender', value: { valueCode: 'male' } };

  test.each<[string, Parts, number]>([
    ['with an unknown operation', { ...add, type: 'append' }, 400],
    ['without path', { ...add, path: undefined }, 400],
    ['without value', { ...add, value: undefined }, 400],
    ['without name', { ...add, name: undefined }, 400],
    ['with two values', { ...add, value: { valueCode: 'male', valueString: 'x' } }, 400],
    ['with an insert without index', { type: 'insert', path: 'Patient.name', value: { valueHumanName: {} } }, 400],
    ['with a negative index', { type: 'insert', path: 'Patient.name', index: -1, value: { valueHumanName: {} } }, 400],
    ['with a path that is no FHIRPath', { ...add, path: 'Patient.where(' }, 400],
    ['with a path that is far too long', { ...add, path: `Patient.where(${'a'.repeat(3000)})` }, 400],
    ['with a regular expression that never matches', { ...add, path: "Patient.name.where(text.matches('^(a+)+b$'))" }, 422],
    ['that would never end', { ...add, path: 'Patient.where((1|2|3).repeat(iif($this < 90000, $this + 3, {})).empty())' }, 422],
    ['that takes too long', { ...add, path: slowPath }, 422],
    ['when the path follows a reference', { ...add, path: 'Patient.managingOrganization.resolve()' }, 422],
    ['when nothing stands at the path', { ...add, path: 'Patient.contact' }, 422],
    ['when several elements stand there', { type: 'replace', path: 'Patient.name', value: { valueHumanName: {} } }, 422],
    ['when several would be deleted', { type: 'delete', path: 'Patient.name' }, 422],
    ['when the path is of another type', { ...add, path: 'Observation' }, 422],
    ['when the path names no element', { type: 'delete', path: 'Patient.nmae' }, 422],
    ['when the path yields a computed value', { type: 'delete', path: "Patient.name[0].text & 'x'" }, 422],
    ['when it adds an element that is there', { ...add, name: 'active', value: { valueBoolean: false } }, 422],
    ['when it adds a second form of a choice', { ...add, path: 'Patient', name: 'birthDate', value: { valueDate: '2001' } }, 422],
    ['when the value is of a wrong type', { ...add, name: 'birthDate', value: { valueHumanName: {} } }, 422],
    ['when the element is unknown', { ...add, name: 'nickname' }, 422],
    ['when it replaces the resource', { type: 'replace', path: 'Patient', value: { valueString: 'x' } }, 422],
    ['when it deletes the resource', { type: 'delete', path: 'Patient' }, 422],
    ['when it inserts beyond the end', { type: 'insert', path: 'Patient.name', index: 3, value: { valueHumanName: {} } }, 422],
    [
      'when it inserts into a part of a list',
      { type: 'insert', path: "Patient.name.where(text='b')", index: 0, value: { valueHumanName: {} } },
      422,
    ],
    ['when it moves across lists', { type: 'move', path: 'Patient.name.given', source: 0, destination: 1 }, 422],
    ['when it moves what is not there', { type: 'move', path: 'Patient.name', source: 2, destination: 0 }, 422],
    ['when it changes the id', { type: 'replace', path: 'Patient.id', value: { valueId: '2' } }, 422],
    ['when it deletes the id', { type: 'delete', path: 'Patient.id' }, 422],
  ])('%s', (_name, operation, status) => {
    const refused = refusalOf(() => patched(structuredClone(before), operation));
    expect({ status: refused.status, text: refused.message }).toEqual({ status, text: expect.any(String) });
  });

  test('when a parameter is called anything but operation', () => {
    expect(refusalOf(() => readFhirPathPatch(parameters({ name: 'op', part: [] }), definitions)).status).toBe(400);
    expect(refusalOf(() => readFhirPathPatch({ resourceType: 'Parameters', parameter: [null] }, definitions)).status).toBe(400);
    expect(refusalOf(() => readFhirPathPatch(parameters({ name: 'operation' }), definitions)).status).toBe(400);
  });
});

describe('Any operation', () => {
  const path = fc.constantFrom(
    'Patient',
    'Patient.name',
    'Patient.name[0]',
    'Patient.name.given',
    'Patient.name[0].given[1]',
    'Patient.birthDate',
    'Patient.birthDate.extension',
    'Patient.contained',
    'Patient.contained[0].name',
    'Patient.id',
    'Patient.meta',
    'name',
    "Patient.name.where(text='a')",
    'Patient.children()',
    'Patient.descendants()[3]',
    'Patient.text.div',
    '%resource',
    "'x'",
    '1',
    '',
    '.',
    'Patient.name.first().given.last()',
  );
  const value = fc.constantFrom<object>(
    { valueString: 'x' },
    { valueHumanName: { given: ['x'] } },
    { valueBoolean: true },
    { part: [] },
    { part: [{ name: 'given', valueString: 'x' }] },
    { part: [{}] },
    { resource: { resourceType: 'Group' } },
    {},
    { valueDate: '2000', _valueDate: { id: 'a' } },
  );
  const name = fc.constantFrom('name', 'given', 'birthDate', 'extension', 'contained', 'deceased', 'nothing', 'id', '__proto__');
  const index = fc.constantFrom(0, 1, 5, -1);
  const operation = fc.record(
    { type: fc.constantFrom('add', 'insert', 'delete', 'replace', 'move'), path, name, value, index, source: index, destination: index },
    { requiredKeys: ['type', 'path'] },
  );
  const resource = {
    resourceType: 'Patient',
    id: '1',
    meta: { versionId: '1' },
    birthDate: '2000',
    _birthDate: { extension: [{ url: 'u', valueString: 's' }] },
    name: [{ text: 'a', given: ['x', null, 'y'], _given: [null, { id: 'g' }, null] }, { text: 'b' }],
    contained: [{ resourceType: 'Organization', id: 'o', name: 'O' }, { resourceType: 'Nothing' }],
    text: { status: 'empty', div: '<div>x</div>' },
  };

  test('is applied or refused as a FhirError, and keeps the identity', () => {
    fc.assert(
      fc.property(fc.array(operation, { minLength: 1, maxLength: 3 }), (list) => {
        try {
          expect(patched(structuredClone(resource), ...list)).toMatchObject({ resourceType: 'Patient', id: '1' });
        } catch (error) {
          if (!(error instanceof FhirError)) throw error;
          expect([400, 422]).toContain(error.status);
        }
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});
