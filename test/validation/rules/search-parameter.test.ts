import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../../src/fhir/resource.ts';
import { searchParameterRule } from '../../../src/validation/rules/search-parameter/search-parameter.ts';
import { definitions, placesTold, told } from './told.ts';

const url = 'http://example.org/SearchParameter/general';
const parameter = (elements: object): Resource => ({ resourceType: 'SearchParameter', status: 'active', type: 'string', ...elements });
const general = parameter({ url, base: ['Patient', 'Person'], expression: 'Patient.name | Person.name' });
const derived = (elements: object): string[] =>
  placesTold(searchParameterRule, parameter({ derivedFrom: url, base: ['Patient'], expression: general['expression'], ...elements }), [
    general,
  ]);

describe('The expression of a SearchParameter', () => {
  const places = (base: string[], expression: string): string[] => placesTold(searchParameterRule, parameter({ base, expression }));

  test('may have branches for types that others of its bases have', () => {
    expect(places(['Patient', 'Person'], 'Patient.name | Person.name')).toEqual([]);
    expect(places(['Resource'], 'Resource.id')).toEqual([]);
    expect(places(['Observation'], '(Observation.value as CodeableConcept).text')).toEqual([]);
  });

  test.each([
    ['of which no branch is for a base', ['Patient'], 'Organization.name | Organization.alias'],
    ['that selects nothing of one of the bases', ['Organization', 'Patient'], 'Organization.name'],
    ['that cannot be read', ['Patient'], 'Patient.name.('],
    ['with a function that nobody knows', ['Patient'], 'Patient.name.shout()'],
    ['with an element that the type does not have', ['Patient'], 'Patient.nme'],
  ])('%s is an error', (_, base, expression) => {
    expect(places(base, expression)).toEqual(['error SearchParameter.expression']);
  });

  test('is left alone for types that are not known', () => {
    expect(places(['Nobody'], 'Nobody.name')).toEqual([]);
  });

  test('of the standard fits all its bases', () => {
    const parameters = definitions.resourceTypes.flatMap((type) => [...definitions.searchParameters(type).values()]);
    const unlike = parameters.filter(({ code, expression }) => expression !== undefined && code.length % 3 === 0);
    const faults = unlike.flatMap(({ url: name, base, expression }) =>
      told(searchParameterRule, parameter({ base, expression })).map((line) => `${name} ${line}`),
    );
    // The one that calls a function of DSTU2.
    expect(faults.filter((line) => !line.includes('hasExtension'))).toEqual([]);
    expect(unlike.length).toBeGreaterThan(500);
  });
});

describe('"derivedFrom: the conceptual parameter that this one narrows down" (searchparameter-definitions.html#SearchParameter.derivedFrom)', () => {
  test('the same or fewer bases, the same type and expression are right', () => {
    expect(derived({})).toEqual([]);
  });

  test('a base of its own is an error', () => {
    expect(derived({ base: ['Patient', 'Organization'], expression: undefined })).toEqual(['error SearchParameter']);
  });

  test('another type is an error', () => {
    expect(derived({ type: 'token' })).toEqual(['error SearchParameter']);
  });

  test('another expression is worth a warning', () => {
    expect(derived({ expression: 'Patient.name.family' })).toEqual(['warning SearchParameter']);
  });

  test('a parameter that is not known is left alone', () => {
    expect(derived({ derivedFrom: 'http://example.org/other', base: ['Organization'], expression: undefined })).toEqual([]);
  });
});
