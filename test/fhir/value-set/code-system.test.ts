/** Code systems as concepts with a place in a hierarchy. https://hl7.org/fhir/R4/codesystem.html */
import { describe, expect, test } from '@jest/globals';
import {
  type CodeSystem,
  type Concept,
  incompleteness,
  nameOf,
  type RawCodeSystem,
  readCodeSystem,
} from '../../../src/fhir/value-set/code-system.ts';
import { ancestors, descendants } from '../../../src/fhir/value-set/hierarchy.ts';

const read = (raw: Partial<RawCodeSystem>): CodeSystem => readCodeSystem({ url: 'urn:s', content: 'complete', ...raw });

const codes = (concepts: Iterable<Concept>): string[] => [...concepts].map(({ code }) => code).sort();

const below = (system: CodeSystem, code: string): string[] => codes(descendants(system.concept(code) as Concept));
const above = (system: CodeSystem, code: string): string[] => codes(ancestors(system.concept(code) as Concept));

describe('The hierarchy of a code system', () => {
  test('is read from nested concepts', () => {
    const system = read({ concept: [{ code: 'a', concept: [{ code: 'b', concept: [{ code: 'c' }] }, { code: 'd' }] }, { code: 'e' }] });
    expect(below(system, 'a')).toEqual(['a', 'b', 'c', 'd']);
    expect(above(system, 'c')).toEqual(['a', 'b', 'c']);
    expect(below(system, 'e')).toEqual(['e']);
  });

  test.each(['parent', 'subsumedBy'])('is read from the property %s', (code) => {
    const system = read({ concept: [{ code: 'a' }, { code: 'b', property: [{ code, valueCode: 'a' }] }] });
    expect(below(system, 'a')).toEqual(['a', 'b']);
    expect(above(system, 'b')).toEqual(['a', 'b']);
  });

  test('is read from the property child', () => {
    const system = read({ concept: [{ code: 'a', property: [{ code: 'child', valueCode: 'b' }] }, { code: 'b' }] });
    expect(below(system, 'a')).toEqual(['a', 'b']);
  });

  test('is read from a property of another code that is tied to the specification by its URI', () => {
    const system = read({
      property: [{ code: 'up', uri: 'http://hl7.org/fhir/concept-properties#parent' }],
      concept: [{ code: 'a' }, { code: 'b', property: [{ code: 'up', valueCode: 'a' }] }],
    });
    expect(below(system, 'a')).toEqual(['a', 'b']);
  });

  test('gives a concept several parents, each once', () => {
    const property = [
      { code: 'parent', valueCode: 'a' },
      { code: 'parent', valueCode: 'b' },
    ];
    const system = read({ concept: [{ code: 'a', concept: [{ code: 'c', property }] }, { code: 'b' }] });
    expect(system.concept('c')?.parents.map(({ code }) => code)).toEqual(['a', 'b']);
    expect(above(system, 'c')).toEqual(['a', 'b', 'c']);
  });

  test('ends where it goes in a circle', () => {
    const system = read({
      concept: [
        { code: 'a', property: [{ code: 'parent', valueCode: 'b' }] },
        { code: 'b', property: [{ code: 'parent', valueCode: 'a' }] },
      ],
    });
    expect(below(system, 'a')).toEqual(['a', 'b']);
    expect(above(system, 'a')).toEqual(['a', 'b']);
  });

  test('leaves out parents that the system does not define', () => {
    const system = read({ concept: [{ code: 'b', property: [{ code: 'parent', valueCode: 'nobody' }] }] });
    expect(above(system, 'b')).toEqual(['b']);
  });

  test.each(['part-of', 'grouped-by'])('says nothing about is-a when its meaning is %s', (hierarchyMeaning) => {
    expect(read({ hierarchyMeaning }).otherHierarchy).toBe(hierarchyMeaning);
  });

  test.each(['is-a', 'classified-with', undefined])('stands for is-a when its meaning is %s', (hierarchyMeaning) => {
    expect(read(hierarchyMeaning === undefined ? {} : { hierarchyMeaning }).otherHierarchy).toBeUndefined();
  });
});

describe('A code is found', () => {
  const concept = [{ code: 'Ab' }, { code: 'cd' }, { code: 'CD' }];

  test('only as it is written where case matters', () => {
    const system = read({ caseSensitive: true, concept });
    expect(system.concept('Ab')?.code).toBe('Ab');
    expect(system.concept('ab')).toBeUndefined();
  });

  test.each([false, undefined])('in any case where caseSensitive is %s', (caseSensitive) => {
    const system = read({ concept, ...(caseSensitive === undefined ? {} : { caseSensitive }) });
    expect(system.concept('aB')?.code).toBe('Ab');
  });

  test('in another case only where that leaves no doubt which it is', () => {
    const system = read({ caseSensitive: false, concept });
    expect(system.concept('CD')?.code).toBe('CD');
    expect(system.concept('cD')).toBeUndefined();
  });

  test('as the first of two concepts that share it', () => {
    const system = read({
      concept: [
        { code: 'a', display: 'first' },
        { code: 'a', display: 'second' },
      ],
    });
    expect(system.concept('a')?.display).toBe('first');
  });
});

describe('A concept', () => {
  test.each([
    ['is abstract', { code: 'notSelectable', valueBoolean: true }, { abstract: true, inactive: false }],
    ['is not abstract when it says so', { code: 'notSelectable', valueBoolean: false }, { abstract: false, inactive: false }],
    ['is inactive', { code: 'inactive', valueBoolean: true }, { abstract: false, inactive: true }],
    ['is inactive when it is retired', { code: 'status', valueCode: 'retired' }, { abstract: false, inactive: true }],
    ['is active when it is deprecated', { code: 'status', valueCode: 'deprecated' }, { abstract: false, inactive: false }],
  ])('%s', (_sentence, property, expected) => {
    expect(read({ concept: [{ code: 'a', property: [property] }] }).concept('a')).toMatchObject(expected);
  });

  test('has the values of its properties as text, a Coding by its code', () => {
    const property = [
      { code: 'size', valueInteger: 7 },
      { code: 'part', valueCoding: { system: 'urn:other', code: 'x' } },
      { code: 'empty' },
    ];
    expect(read({ concept: [{ code: 'a', property }] }).concept('a')?.properties).toEqual([
      ['size', '7'],
      ['part', 'x'],
    ]);
  });
});

describe('What a code system says of itself', () => {
  test('is its properties, declared or used', () => {
    const system = read({ property: [{ code: 'declared' }], concept: [{ code: 'a', property: [{ code: 'used', valueString: 'x' }] }] });
    expect([...system.properties]).toEqual(['declared', 'used']);
  });

  test.each<[string, Partial<RawCodeSystem>, string | undefined]>([
    ['all of it', { concept: [{ code: 'a' }] }, undefined],
    ['a fragment', { content: 'fragment', concept: [{ code: 'a' }] }, 'only some codes of urn:s are loaded (content: fragment)'],
    ['examples', { content: 'example', concept: [{ code: 'a' }] }, 'only some codes of urn:s are loaded (content: example)'],
    ['nothing', { content: 'not-present' }, 'the codes of urn:s are not loaded'],
    ['nothing, whatever it claims', {}, 'the codes of urn:s are not loaded'],
  ])('is whether %s is here', (_sentence, raw, why) => {
    const system = read(raw);
    expect(system.complete).toBe(why === undefined);
    expect(incompleteness(system)?.text).toBe(why);
  });

  test('is its name with its version', () => {
    expect(nameOf(read({ version: '2' }))).toBe('urn:s|2');
    expect(nameOf(read({}))).toBe('urn:s');
  });
});
