/** Which codes a value set lists without a terminology server, and which it does not. */
import { describe, expect, test } from '@jest/globals';
import { enumeratedCodes } from '../../src/fhir/enumerated-codes.ts';
import { type RawCodeSystem, readCodeSystem } from '../../src/fhir/value-set/code-system.ts';
import type { RawValueSet } from '../../src/fhir/value-set/value-set.ts';

type Compose = NonNullable<RawValueSet['compose']>;

const colours: RawCodeSystem = {
  url: 'urn:colours',
  content: 'complete',
  concept: [{ code: 'red', concept: [{ code: 'crimson', concept: [{ code: 'ruby' }] }] }, { code: 'blue' }],
};
const systems = new Map(
  [colours, { url: 'urn:large', content: 'not-present' }, { url: 'urn:empty', content: 'complete' }].map((one) => [
    one.url,
    readCodeSystem(one),
  ]),
);

const warm: RawValueSet = { url: 'urn:warm', compose: { include: [{ system: 'urn:colours', concept: [{ code: 'red' }] }] } };
const circle: RawValueSet = { url: 'urn:circle', compose: { include: [{ valueSet: ['urn:circle'] }] } };
const sets = new Map([warm, circle].map((one) => [one.url, one]));

const codesOf = (compose?: Compose) => enumeratedCodes({ url: 'urn:set', ...(compose ? { compose } : {}) }, sets, systems);

describe('A value set is listed', () => {
  test.each<[string, Compose, string[]]>([
    [
      'by its concepts, sorted and each once',
      { include: [{ system: 'x', concept: [{ code: 'b' }, { code: 'a' }, { code: 'b' }] }] },
      ['a', 'b'],
    ],
    ['by a whole code system at every depth', { include: [{ system: 'urn:colours' }] }, ['blue', 'crimson', 'red', 'ruby']],
    ['by concepts of a code system that is not here', { include: [{ system: 'urn:large', concept: [{ code: 'a' }] }] }, ['a']],
    [
      'by several includes',
      { include: [{ system: 'urn:colours' }, { system: 'x', concept: [{ code: 'a' }] }] },
      ['a', 'blue', 'crimson', 'red', 'ruby'],
    ],
    ['by a value set that it imports', { include: [{ valueSet: ['urn:warm'] }] }, ['red']],
    ['by a value set that it imports with a version', { include: [{ valueSet: ['urn:warm|1.0'] }] }, ['red']],
    ['by what several value sets have in common', { include: [{ valueSet: ['urn:warm', 'urn:warm'] }] }, ['red']],
    ['by what a code system and a value set have in common', { include: [{ system: 'urn:colours', valueSet: ['urn:warm'] }] }, ['red']],
    [
      'without what it excludes',
      { include: [{ system: 'urn:colours' }], exclude: [{ valueSet: ['urn:warm'] }] },
      ['blue', 'crimson', 'ruby'],
    ],
    [
      'by a filter on its code system',
      { include: [{ system: 'urn:colours', filter: [{ property: 'concept', op: 'descendent-of', value: 'red' }] }] },
      ['crimson', 'ruby'],
    ],
  ])('%s', (_sentence, compose, expected) => {
    expect(codesOf(compose)).toEqual(expected);
  });
});

describe('A value set is left to terminology', () => {
  test.each<[string, Compose | undefined]>([
    ['when it has no compose', undefined],
    ['when it has no include', {}],
    [
      'when it filters a code system that is not here',
      { include: [{ system: 'urn:large', filter: [{ property: 'concept', op: 'is-a', value: 'a' }] }] },
    ],
    ['when it excludes nothing that can be named', { include: [{ system: 'urn:colours' }], exclude: [{}] }],
    ['when its code system is unknown', { include: [{ system: 'urn:unknown' }] }],
    ['when its code system is not here as a whole', { include: [{ system: 'urn:large' }] }],
    ['when its code system lists nothing', { include: [{ system: 'urn:empty' }] }],
    ['when only a part of it can be listed', { include: [{ system: 'urn:colours' }, { system: 'urn:large' }] }],
    ['when it imports an unknown value set', { include: [{ valueSet: ['urn:unknown'] }] }],
    ['when it imports one that imports itself', { include: [{ valueSet: ['urn:circle'] }] }],
  ])('%s', (_sentence, compose) => {
    expect(codesOf(compose)).toBeUndefined();
  });

  test('when there is no such value set', () => {
    expect(enumeratedCodes(undefined, sets, systems)).toBeUndefined();
  });
});
