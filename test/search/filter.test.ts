/** `_filter` and `_list`. https://hl7.org/fhir/R4/search_filter.html, https://hl7.org/fhir/R4/search.html#list */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FhirError } from '../../src/fhir/outcome.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { parseFilterExpression } from '../../src/search/filter/expression.ts';
import { refusalOf, type SearchDatabase, searchDatabase } from '../support/search.ts';

let db: SearchDatabase;

const to = (reference: string) => ({ reference });
const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] });

const resources: Resource[] = [
  {
    resourceType: 'Patient',
    id: 'peter',
    name: [{ family: 'Petersen', given: ['Peter', 'James'] }],
    gender: 'male',
    birthDate: '2014-10-10',
    active: true,
  },
  { resourceType: 'Patient', id: 'ann', name: [{ family: 'O"Neil', given: ['Ann'] }], gender: 'female', birthDate: '1960-01' },
  { resourceType: 'Patient', id: 'none' },
  {
    resourceType: 'Observation',
    id: 'a',
    status: 'final',
    code: loinc('1234-5'),
    subject: to('Patient/peter'),
    valueQuantity: { value: 5, unit: 'mg' },
    effectivePeriod: { start: '2020-01-01', end: '2020-06-30' },
  },
  {
    resourceType: 'Observation',
    id: 'b',
    status: 'amended',
    code: loinc('9'),
    subject: to('Patient/ann'),
    valueQuantity: { value: 7.5 },
    effectiveDateTime: '2021-03-01',
    hasMember: [to('Observation/a')],
  },
  {
    resourceType: 'List',
    id: 'l',
    status: 'current',
    mode: 'working',
    entry: [{ item: to('Observation/b') }, { item: to('Patient/ann') }],
  },
  { resourceType: 'List', id: 'm', status: 'current', mode: 'working', entry: [{ item: to('Observation/a') }] },
];

beforeAll(async () => {
  db = await searchDatabase();
  await db.load(resources);
});
afterAll(() => db.close());

const ask = async (type: string, filter: string): Promise<string[]> => (await db.ids(type, `_filter=${encodeURIComponent(filter)}`)).sort();

describe('A filter', () => {
  test.each([
    ['Patient', 'name co "pet"', ['peter']],
    ['Patient', 'given eq "peter" and birthdate ge 2014-10-10', ['peter']],
    ['Patient', 'given eq "pet"', []],
    ['Patient', 'given ne "peter"', ['ann', 'peter']],
    ['Patient', 'given sw jam', ['peter']],
    ['Patient', 'given ew ES', ['peter']],
    ['Patient', 'family eq "O\\"Neil"', ['ann']],
    ['Patient', 'family gt "p" and family lt "q"', ['peter']],
    ['Patient', 'family ge "petersen" and family le "petersen"', ['peter']],
    ['Patient', 'gender pr false', ['none']],
    ['Patient', 'gender pr true', ['ann', 'peter']],
    ['Patient', 'gender ne male', ['ann']],
    ['Patient', 'not (gender eq male)', ['ann', 'none']],
    ['Patient', 'gender eq male or gender eq female and birthdate lt 2000', ['ann']],
    ['Patient', 'gender eq male or (gender eq female and birthdate lt 2000)', ['ann', 'peter']],
    ['Patient', 'not (name co "pet" or birthdate eq 1960-01)', ['none']],
    ['Patient', '_id eq ann', ['ann']],
    ['Observation', 'code eq http://loinc.org|1234-5', ['a']],
    ['Observation', 'code eq "http://loinc.org|1234-5"', ['a']],
    ['Observation', 'subject.name co "pet"', ['a']],
    ['Observation', 'subject[gender eq female].birthdate lt 2000', ['b']],
    ['Observation', 'subject[gender eq male].birthdate lt 2000', []],
    ['Observation', 'has-member.subject.name co "pet"', ['b']],
    ['Observation', 'has-member re Observation/a', ['b']],
    ['Observation', 'value-quantity gt 5', ['b']],
    ['Observation', 'value-quantity ap 7', ['b']],
    ['Observation', 'date po 2020-06', ['a']],
    ['Observation', 'date eq 2020-06', []],
    ['Observation', 'date sa 2020-12', ['b']],
    ['Observation', 'date eb 2020-12 or status eq amended', ['a', 'b']],
    ['Observation', '(((status eq final)))', ['a']],
  ])('%s: %s', async (type, filter, expected) => {
    expect(await ask(type, filter)).toEqual(expected);
  });

  test('goes together with other parameters', async () => {
    expect(await db.ids('Patient', `gender=female&_filter=${encodeURIComponent('birthdate lt 2000')}`)).toEqual(['ann']);
    expect(
      await db.ids('Observation', `_filter=${encodeURIComponent('status eq final')}&_filter=${encodeURIComponent('status eq amended')}`),
    ).toEqual([]);
  });

  test.each([
    ['', /at its end: expected the name of a search parameter/],
    ['name', /at its end: expected one of the operators eq, ne/],
    ['name xx "a"', /at position 6, before "xx "a"": expected one of the operators/],
    ['name eq', /expected a value/],
    ['name eq "a', /expected a value/],
    ['name eq "\\x"', /expected a JSON string/],
    ['name eq "a" and', /at its end: expected the name/],
    ['name eq "a" name eq "b"', /expected "and", "or" or the end/],
    ['(name eq "a"', /at its end: expected "\)"/],
    ['not name eq "a"', /not always has brackets/],
    ['nam eq "a"', /nam is no search parameter of Patient; did you mean name\?/],
    ['gender co "a"', /gender is a token parameter, which "co" does not fit; it takes eq, ne, in/],
    ['name ap "a"', /name is a string parameter, which "ap" does not fit/],
    ['birthdate eq soon', /"eqsoon" cannot be a value/],
    ['gender pr maybe', /pr takes true or false/],
    ['identifier ne a', /write not \(identifier eq …\)/],
    ['organization[name eq "a"] eq b', /ends in brackets/],
    ['organization[nam eq "a"].name eq "b"', /nam is no search parameter of Organization/],
    [`${'('.repeat(30)}name eq a${')'.repeat(30)}`, /more than 20 brackets/],
    [Array.from({ length: 60 }, () => 'name eq a').join(' or '), /more than 50 tests/],
  ])('is refused with its fault: %s', (filter, reason) => {
    const refused = refusalOf('Patient', `_filter=${encodeURIComponent(filter)}`);
    expect(refused.text).toMatch(reason);
    expect(refused.status).toBe(400);
  });

  test('takes no modifier', () => {
    expect(refusalOf('Patient', '_filter:not=name eq a').status).toBe(400);
  });

  test('of any text is read or refused, never anything else', () => {
    const word = fc.constantFrom('name', 'eq', 'and', 'or', 'not', '(', ')', '[', ']', '.', '"a"', '"', '\\', ' ', '2020', 'pr', 'true');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word, { maxLength: 30 }).map((words) => words.join(' ')),
        ),
        (text) => {
          try {
            parseFilterExpression(text);
          } catch (error) {
            expect(error).toBeInstanceOf(FhirError);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('_list', () => {
  test.each([
    ['Observation', '_list=l', ['b']],
    ['Observation', '_list=List/l', ['b']],
    ['Observation', '_list=l,m', ['a', 'b']],
    ['Patient', '_list=l&gender=female', ['ann']],
    ['Patient', '_list=m', []],
    ['Observation', '_list=nothing', []],
  ])('%s?%s', async (type, text, expected) => {
    expect((await db.ids(type, text)).sort()).toEqual(expected);
  });

  test.each([
    ['_list=$current-problems', /\$current-problems/],
    ['_list=a_b', /no id of a List/],
    ['_list:not=l', /no modifiers/],
  ])('is refused: %s', (text, reason) => {
    expect(refusalOf('Patient', text).text).toMatch(reason);
  });
});
