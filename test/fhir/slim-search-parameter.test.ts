/** What is kept of a SearchParameter. */
import { describe, expect, test } from '@jest/globals';
import { parameterFor } from '../../src/fhir/conformance.ts';
import { type RawSearchParameter, slimSearchParameter } from '../../src/fhir/slim-search-parameter.ts';

const raw: RawSearchParameter = {
  code: 'patient',
  url: 'http://example.org/SearchParameter/patient',
  type: 'reference',
  description: 'Who it is about',
  base: ['Meal', 'Walk'],
  expression: 'Meal.subject | Walk.subject',
};

const described = (description: string) => slimSearchParameter({ ...raw, description });

const list = 'Multiple Resources: \r\n\r\n* [Meal](meal.html): Who eats\r\n* [Walk](walk.html): Who walks\r\n';

describe('A search parameter', () => {
  test('is kept as it is where it is slim already', () => {
    expect(slimSearchParameter(raw)).toEqual(raw);
  });

  test('keeps targets and components and nothing else', () => {
    const component = [{ definition: 'http://example.org/a', expression: 'a', extension: [] }];
    const more = { ...raw, target: ['Patient'], component, status: 'draft', xpath: 'f:Meal' };
    expect(slimSearchParameter(more)).toEqual({
      ...raw,
      target: ['Patient'],
      component: [{ definition: 'http://example.org/a', expression: 'a' }],
    });
  });

  test('without an expression has none', () => {
    const { expression, ...special } = raw;
    expect(expression).toBeDefined();
    expect('expression' in slimSearchParameter(special)).toBe(false);
  });

  test('is described by the first line', () => {
    expect(described('Who it is about\r\n\r\nLong story').description).toBe('Who it is about');
  });

  test('without a description has an empty one', () => {
    const { description, ...silent } = raw;
    expect(description).toBeDefined();
    expect(slimSearchParameter(silent).description).toBe('');
  });

  test('is described for each type as its list says', () => {
    const slim = described(list);
    expect(parameterFor(slim, 'Meal')).toEqual({ ...raw, description: 'Who eats' });
    expect(parameterFor(slim, 'Walk')).toEqual({ ...raw, description: 'Who walks' });
  });

  test('takes the first description for a type that the list forgets', () => {
    expect(parameterFor(described(list), 'Swim').description).toBe('Who eats');
  });

  test('that means the same for all types is described once', () => {
    expect(described(list.replace('Who walks', 'Who eats'))).toEqual({ ...raw, description: 'Who eats' });
  });
});
