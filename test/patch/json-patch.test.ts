import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseJson, printJson } from '../../src/fhir/json.ts';
import { FhirError } from '../../src/fhir/outcome.ts';
import { applyJsonPatch, equalJson, readJsonPatch } from '../../src/fhir/patch/json-patch.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { projectFile } from '../../src/root.ts';

interface OfficialCase {
  readonly comment: string;
  readonly doc: unknown;
  readonly patch: unknown;
  readonly expected?: unknown;
  readonly error?: string;
}

const official = JSON.parse(readFileSync(projectFile('test', 'fixtures', 'patch', 'json-patch-tests.json'), 'utf8')) as OfficialCase[];

const refusalOf = (work: () => unknown): FhirError => {
  try {
    work();
  } catch (error) {
    if (error instanceof FhirError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

const patient = (more: object = {}): Resource => ({ resourceType: 'Patient', id: '1', ...more });

describe('The official JSON Patch cases', () => {
  test('are all here', () => expect(official).toHaveLength(16));

  test.each(official.map((one) => [one.comment, one] as const))('%s', (_name, { doc, patch, expected, error }) => {
    if (error === undefined) expect(applyJsonPatch(patch, doc)).toEqual(expected);
    else expect(refusalOf(() => applyJsonPatch(patch, doc)).status).toBe(422);
  });
});

describe('A JSON Patch (https://www.rfc-editor.org/rfc/rfc6902)', () => {
  test.each<[string, object, unknown[], object]>([
    ['adds at the end with "-"', { given: ['a'] }, [{ op: 'add', path: '/given/-', value: 'b' }], { given: ['a', 'b'] }],
    ['adds before an index', { given: ['b'] }, [{ op: 'add', path: '/given/0', value: 'a' }], { given: ['a', 'b'] }],
    ['adds over an existing member', { active: true }, [{ op: 'add', path: '/active', value: false }], { active: false }],
    ['replaces an element of an array', { given: ['a', 'b'] }, [{ op: 'replace', path: '/given/1', value: 'c' }], { given: ['a', 'c'] }],
    [
      'copies deeply',
      { name: [{ given: ['a'] }] },
      [
        { op: 'copy', from: '/name/0', path: '/name/-' },
        { op: 'add', path: '/name/1/given/-', value: 'b' },
      ],
      { name: [{ given: ['a'] }, { given: ['a', 'b'] }] },
    ],
    [
      'moves between objects',
      { a: { x: 1, y: 2 }, b: { z: 0 } },
      [{ op: 'move', from: '/a/x', path: '/b/x' }],
      { a: { y: 2 }, b: { z: 0, x: 1 } },
    ],
    ['moves to the place where it is', { a: 1 }, [{ op: 'move', from: '/a', path: '/a' }], { a: 1 }],
    [
      'unescapes ~1 and ~0 in that order',
      { 'a/b': 1, 'c~d': 2, '~1': 3 },
      [
        { op: 'remove', path: '/a~1b' },
        { op: 'remove', path: '/c~0d' },
        { op: 'test', path: '/~01', value: 3 },
      ],
      { '~1': 3 },
    ],
    ['reaches a member with an empty name', { '': { x: 1 } }, [{ op: 'test', path: '//x', value: 1 }], { '': { x: 1 } }],
    [
      'tests objects without regard to order',
      { a: { x: 1, y: [1, null] } },
      [{ op: 'test', path: '/a', value: { y: [1, null], x: 1 } }],
      { a: { x: 1, y: [1, null] } },
    ],
    ['tests null', { a: null }, [{ op: 'test', path: '/a', value: null }], { a: null }],
    ['does nothing when it is empty', { a: 1 }, [], { a: 1 }],
  ])('%s', (_name, before, patch, after) => {
    expect(readJsonPatch(patch)(patient(before))).toEqual(patient(after));
  });

  test.each<[string, unknown]>([
    ['no array', { op: 'add', path: '/a', value: 1 }],
    ['an operation that is no object', ['add']],
    ['an unknown operation', [{ op: 'increment', path: '/a', value: 1 }]],
    ['an operation of the prototype', [{ op: 'toString', path: '/a' }]],
    ['no path', [{ op: 'remove' }]],
    ['a path that is no pointer', [{ op: 'remove', path: 'a/b' }]],
    ['a path with a lone ~', [{ op: 'remove', path: '/a~2' }]],
    ['no value', [{ op: 'add', path: '/a' }]],
    ['a move without from', [{ op: 'move', path: '/a' }]],
    ['a move into itself', [{ op: 'move', from: '/a', path: '/a/b' }]],
    ['a path through __proto__', [{ op: 'add', path: '/__proto__/polluted', value: true }]],
    ['a move from __proto__', [{ op: 'copy', from: '/a/__proto__', path: '/b' }]],
  ])('that is %s is refused with 400 before anything is applied', (_name, patch) => {
    expect(refusalOf(() => readJsonPatch(patch)).status).toBe(400);
  });

  test.each<[string, unknown[]]>([
    ['removes what is not there', [{ op: 'remove', path: '/birthDate' }]],
    ['replaces what is not there', [{ op: 'replace', path: '/birthDate', value: '2000-01-01' }]],
    ['goes through a string', [{ op: 'add', path: '/gender/x', value: 1 }]],
    ['adds beyond the end', [{ op: 'add', path: '/name/2', value: {} }]],
    ['names an index with a leading zero', [{ op: 'remove', path: '/name/00' }]],
    ['names an index that is no number', [{ op: 'remove', path: '/name/first' }]],
    ['removes at "-"', [{ op: 'remove', path: '/name/-' }]],
    ['names an inherited member', [{ op: 'test', path: '/constructor/name', value: 'Object' }]],
    ['removes the resource', [{ op: 'remove', path: '' }]],
    ['replaces the resource by a text', [{ op: 'replace', path: '', value: 'x' }]],
    ['changes the type', [{ op: 'replace', path: '/resourceType', value: 'Group' }]],
    ['changes the id', [{ op: 'replace', path: '/id', value: '2' }]],
    ['removes the id', [{ op: 'remove', path: '/id' }]],
    ['replaces the resource by one of another id', [{ op: 'replace', path: '', value: { resourceType: 'Patient', id: '2' } }]],
    ['fails a test', [{ op: 'test', path: '/gender', value: 'male' }]],
  ])('that %s is refused with 422', (_name, patch) => {
    const apply = readJsonPatch(patch);
    expect(refusalOf(() => apply(patient({ gender: 'female', name: [{ family: 'A' }] }))).status).toBe(422);
  });

  test('never touches a prototype', () => {
    refusalOf(() => readJsonPatch([{ op: 'add', path: '/__proto__/polluted', value: true }]));
    const value = JSON.parse('{"__proto__": {"polluted": true}}') as unknown;
    readJsonPatch([{ op: 'add', path: '/extension', value }])(patient());
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('gives every application a value of its own', () => {
    const apply = readJsonPatch([
      { op: 'add', path: '/name', value: [] },
      { op: 'add', path: '/name/-', value: { family: 'A' } },
    ]);
    expect(apply(patient())).toEqual(apply(patient()));
  });

  test('cannot grow a resource without end', () => {
    const doubling = Array.from({ length: 60 }, (_, i) => ({ op: 'copy', from: '', path: `/x${i}` }));
    expect(refusalOf(() => readJsonPatch(doubling)(patient())).message).toContain('copies more than');
    const deepening = Array.from({ length: 150 }, () => ({ op: 'copy', from: '', path: '/a' }));
    expect(refusalOf(() => readJsonPatch(deepening)(patient())).message).toContain('levels deep');
  });

  test('leaves no empty array or object behind where it removed the last element', () => {
    const before = patient({ name: [{ family: 'A' }], contact: [{ gender: 'male' }, { gender: 'female' }, { name: { text: 'x' } }] });
    const patch = [
      { op: 'remove', path: '/name/0/family' },
      { op: 'remove', path: '/contact/0/gender' },
      { op: 'remove', path: '/contact/1/gender' },
    ];
    expect(readJsonPatch(patch)(before)).toEqual(patient({ contact: [{ name: { text: 'x' } }] }));
  });

  test('may empty an array and fill it again', () => {
    const patch = [
      { op: 'remove', path: '/name/0' },
      { op: 'add', path: '/name/-', value: { family: 'B' } },
    ];
    expect(readJsonPatch(patch)(patient({ name: [{ family: 'A' }] }))).toEqual(patient({ name: [{ family: 'B' }] }));
  });
});

describe('The digits of decimals (https://hl7.org/fhir/R4/json.html#decimal)', () => {
  const patched = (doc: string, patch: string): string => printJson(applyJsonPatch(parseJson(patch), parseJson(doc)) as object);

  test.each([
    ['stay when something else changes', '{"a":1.50,"b":1}', '[{"op":"remove","path":"/b"}]', '{"a":1.50}'],
    ['come with an added value', '{}', '[{"op":"add","path":"/a","value":2.500}]', '{"a":2.500}'],
    ['come with a value inside an object', '{}', '[{"op":"add","path":"/a","value":{"value":7.0}}]', '{"a":{"value":7.0}}'],
    ['move', '{"a":1.50}', '[{"op":"move","from":"/a","path":"/b"}]', '{"b":1.50}'],
    ['are copied', '{"a":{"value":1.50}}', '[{"op":"copy","from":"/a","path":"/b"}]', '{"a":{"value":1.50},"b":{"value":1.50}}'],
    ['are replaced by others', '{"a":1.50}', '[{"op":"replace","path":"/a","value":1.5}]', '{"a":1.5}'],
    ['are replaced by more', '{"a":1.5}', '[{"op":"replace","path":"/a","value":1.500}]', '{"a":1.500}'],
    ['move with the elements of an array', '{"a":[1.0,2.00,3]}', '[{"op":"remove","path":"/a/0"}]', '{"a":[2.00,3]}'],
    ['make room in an array', '{"a":[1.0,2.00]}', '[{"op":"add","path":"/a/0","value":1}]', '{"a":[1,1.0,2.00]}'],
    ['move inside an array', '{"a":[1.0,2.00,3.000]}', '[{"op":"move","from":"/a/2","path":"/a/0"}]', '{"a":[3.000,1.0,2.00]}'],
  ])('%s', (_name, doc, patch, expected) => {
    expect(patched(doc, patch)).toBe(expected);
  });
});

describe('Any patch on any document', () => {
  const token = fc.constantFrom('', '0', '1', '-', 'a', 'b', '~0', '~1', '__proto__', 'constructor', '00');
  const pointer = fc.array(token, { maxLength: 3 }).map((tokens) => tokens.map((one) => `/${one}`).join(''));
  const operation = fc.record({
    op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test'),
    path: pointer,
    from: pointer,
    value: fc.jsonValue({ maxDepth: 2 }),
  });
  const document = fc.dictionary(fc.constantFrom('a', 'b', '0', ''), fc.jsonValue({ maxDepth: 2 }), { noNullPrototype: true });

  test('is applied or refused as a FhirError, and leaves no prototype changed', () => {
    fc.assert(
      fc.property(document, fc.array(operation, { maxLength: 4 }), (doc, patch) => {
        try {
          applyJsonPatch(patch, doc);
        } catch (error) {
          if (!(error instanceof FhirError)) throw error;
          expect([400, 422]).toContain(error.status);
        }
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
    );
  });

  test('equality is that of the values', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => equalJson(value, JSON.parse(JSON.stringify(value)) as unknown)));
  });
});
