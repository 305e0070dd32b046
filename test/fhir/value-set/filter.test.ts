/** Filters of value sets. https://hl7.org/fhir/R4/valueset-filter-operator.html */
import { describe, expect, test } from '@jest/globals';
import { type RawCodeSystem, readCodeSystem } from '../../../src/fhir/value-set/code-system.ts';
import { compileFilter, type RawFilter } from '../../../src/fhir/value-set/filter.ts';
import { isReason } from '../../../src/fhir/value-set/reason.ts';

const body: RawCodeSystem = {
  url: 'urn:body',
  content: 'complete',
  caseSensitive: true,
  property: [{ code: 'side' }, { code: 'weight' }],
  concept: [
    {
      code: 'limb',
      display: 'Limb',
      concept: [
        { code: 'arm', display: 'Arm', property: [{ code: 'side', valueCode: 'left' }], concept: [{ code: 'hand' }] },
        {
          code: 'leg',
          property: [
            { code: 'side', valueCode: 'right' },
            { code: 'side', valueCode: 'left' },
          ],
        },
      ],
    },
    { code: 'head', property: [{ code: 'weight', valueDecimal: 4.5 }] },
  ],
};

function selected(filter: RawFilter, raw: RawCodeSystem = body): string[] | string {
  const system = readCodeSystem(raw);
  const test = compileFilter(filter, system);
  return isReason(test) ? test.text : system.concepts.filter(test).map(({ code }) => code);
}

describe('A filter selects', () => {
  test.each<[string, string, string, string[]]>([
    ['concept', 'is-a', 'limb', ['limb', 'arm', 'hand', 'leg']],
    ['concept', 'descendent-of', 'limb', ['arm', 'hand', 'leg']],
    ['concept', 'is-not-a', 'limb', ['head']],
    ['concept', 'is-not-a', 'arm', ['limb', 'leg', 'head']],
    ['concept', 'generalizes', 'hand', ['limb', 'arm', 'hand']],
    ['code', 'is-a', 'arm', ['arm', 'hand']],
    ['concept', '=', 'arm', ['arm']],
    ['concept', 'in', 'arm, head,nothing', ['arm', 'head']],
    ['concept', 'not-in', 'arm,head', ['limb', 'hand', 'leg']],
    ['code', 'regex', 'h.*', ['hand', 'head']],
    ['code', 'regex', 'h', []],
    ['display', 'regex', '[AL].+', ['limb', 'arm']],
    ['display', 'exists', 'false', ['hand', 'leg', 'head']],
    ['side', '=', 'left', ['arm', 'leg']],
    ['side', 'in', 'right,up', ['leg']],
    ['side', 'not-in', 'right', ['limb', 'arm', 'hand', 'head']],
    ['side', 'exists', 'true', ['arm', 'leg']],
    ['side', 'exists', 'false', ['limb', 'hand', 'head']],
    ['side', 'regex', 'l.+', ['arm', 'leg']],
    ['weight', '=', '4.5', ['head']],
    ['parent', '=', 'limb', ['arm', 'leg']],
    ['parent', 'exists', 'false', ['limb', 'head']],
    ['child', 'in', 'hand', ['arm']],
  ])('%s %s %s', (property, op, value, expected) => {
    expect(selected({ property, op, value })).toEqual(expected);
  });
});

describe('A filter is refused', () => {
  test.each<[string, RawFilter, string]>([
    [
      'by an operator that is none, naming those that are',
      { property: 'concept', op: 'constructor', value: 'x' },
      '"constructor" is not an operator of filters that is supported: they are =, in, not-in, exists, regex, is-a, descendent-of, is-not-a, generalizes',
    ],
    [
      'by a property that is near another one',
      { property: 'sidee', op: '=', value: 'x' },
      'urn:body has no property "sidee" to filter by: did you mean "side"?',
    ],
    [
      'by a property that is like none',
      { property: 'acme-plasma', op: '=', value: 'x' },
      'urn:body has no property "acme-plasma" to filter by: it has concept, code, display, parent, child, side, weight',
    ],
    ['by a code that is none', { property: 'concept', op: 'is-a', value: 'tail' }, 'urn:body has no code "tail"'],
    ['by is-a on a property', { property: 'side', op: 'is-a', value: 'left' }, '"is-a" is a filter on concept, not on the property "side"'],
    [
      'by exists with another value',
      { property: 'side', op: 'exists', value: 'yes' },
      'the value of a filter with "exists" is true or false',
    ],
    [
      'by a regular expression that is broken',
      { property: 'code', op: 'regex', value: '(' },
      'the regular expression of a filter is refused: a bracket is not closed',
    ],
  ])('%s', (_sentence, filter, why) => {
    expect(selected(filter)).toBe(why);
  });

  test('by is-a where the hierarchy means something else', () => {
    const filter = { property: 'concept', op: 'is-a', value: 'limb' };
    expect(selected(filter, { ...body, hierarchyMeaning: 'part-of' })).toBe(
      'the hierarchy of urn:body is part-of, which says nothing about is-a',
    );
  });

  test('by is-a where concepts between may be missing', () => {
    const filter = { property: 'concept', op: 'is-a', value: 'limb' };
    expect(selected(filter, { ...body, content: 'fragment' })).toBe('only some codes of urn:body are loaded (content: fragment)');
  });

  test('by a regular expression that would take too long on so many codes', () => {
    const concept = Array.from({ length: 300 }, (_, i) => ({ code: `${'x'.repeat(1000)}${i}` }));
    const filter = { property: 'code', op: 'regex', value: '(a{1,40}b{1,40}){10}' };
    expect(selected(filter, { ...body, concept })).toBe('the regular expression of a filter is too large for its code system');
  });
});
