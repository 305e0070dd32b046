import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FhirError } from '../../src/fhir/outcome.ts';
import { splitUnescaped, unescaped } from '../../src/search/escape.ts';
import { definitions, pairsOf, parse, refusalOf } from '../support/search.ts';

describe('A search that no database could plan is refused', () => {
  const values = (count: number, value: string) => Array(count).fill(value).join(',');
  test.each<[string, string, () => string, RegExp]>([
    ['101 texts', 'Patient', () => `name=${values(101, 'a')}`, /at most 100 values/],
    ['101 texts to contain', 'Patient', () => `name:contains=${values(101, 'a')}`, /at most 100 values/],
    ['70,000 dates', 'Patient', () => `birthdate=${values(70_000, 'gt2000')}`, /at most 100 values/],
    ['101 times of update', 'Patient', () => `_lastUpdated=${values(101, 'gt2000')}`, /at most 100 values/],
    ['101 quantities', 'Observation', () => `value-quantity=${values(101, '1')}`, /at most 100 values/],
    ['33 parameters', 'Patient', () => Array(33).fill('name=a').join('&'), /at most 32 parameters/],
    ['9 orders', 'Patient', () => `_sort=${values(9, 'name')}`, /at most 8 /],
  ])('%s', (_, type, query, message) => {
    expect(refusalOf(type, query())).toEqual({ status: 400, text: expect.stringMatching(message) });
  });

  test.each(['identifier', '_id', 'organization', '_profile', 'name:exact'])('but %s may have many values, which are one list', (name) => {
    expect(parse('Patient', `${name}=${Array.from({ length: 5000 }, (_, i) => `a${i}`).join(',')}`).conditions).toHaveLength(1);
  });
});

describe('A search is refused with 400 that says what is right', () => {
  test.each<[string, string, RegExp]>([
    ['Patient', 'nam=x', /no search parameter "nam".*Did you mean "name"\?.*Valid are .*birthdate/],
    ['Patient', 'birthDate=2000', /Did you mean "birthdate"/],
    ['Patient', '_cout=5', /Did you mean "_count"/],
    ['Patient', 'subject=x', /Patient has no search parameter "subject"/],
    ['Patient', 'name:exakt=x', /":exakt" is not a modifier.*:missing, :exact, :contains.*Did you mean ":exact"/],
    ['Patient', 'birthdate:exact=2000', /":exact" is not a modifier.*:missing/],
    ['Patient', 'gender:inn=http://x', /":inn" is not a modifier.*Did you mean ":in"/],
    ['Observation', 'subject:Patien=1', /":Patien" is not a modifier.*:\[type\]/],
    ['Patient', 'name:exact:contains=x', /one modifier at most/],
    ['Patient', 'birthdate=2000-13', /"2000-13" cannot be a value.*YYYY-MM-DD/],
    ['Patient', 'birthdate=2001-02-29', /cannot be a value/],
    ['Patient', 'birthdate=xx2000', /cannot be a value.*prefixes eq, ne/],
    ['Patient', 'birthdate=2000,soon', /"soon" cannot be a value/],
    ['Patient', 'birthdate=0000', /cannot be a value/],
    ['Patient', 'birthdate=2000-01-01T25:00', /cannot be a value/],
    ['Patient', 'birthdate=2000-01-01T10:00%2B15:00', /cannot be a value/],
    ['Patient', 'name=', /it is empty/],
    ['Patient', 'name=,', /it is empty/],
    ['Patient', 'name=%CC%81', /no letter/],
    ['Patient', `name=${'x'.repeat(201)}`, /at most 200 characters/],
    ['Patient', 'active=yes', /true or false/],
    ['Patient', 'gender:missing=maybe', /true or false/],
    ['Patient', 'gender:missing=true,false', /true or false/],
    ['Patient', 'identifier=a|b|c', /system\|code/],
    ['Patient', 'identifier=|', /system\|code/],
    ['Patient', 'identifier:of-type=a|b', /type-system\|type-code\|value/],
    ['Patient', '_id=a_b', /1 to 64 letters/],
    ['Patient', '_id:exact=a', /":exact" is not a modifier/],
    ['Patient', 'general-practitioner=a b', /id, Type\/id and an absolute URL/],
    ['Patient', 'phonetic=!', /no letter or digit to look for/],
    ['Patient', `phonetic=${Array.from({ length: 33 }, (_, i) => `a${i}`).join(' ')}`, /more than 32 words/],
    ['Patient', 'phonetic:exact=x', /":exact" is not a modifier that Patient.phonetic .*they are :missing/],
    ['Patient', 'phonetic:contains=x', /":contains" is not a modifier .*they are :missing/],
    ['Patient', 'phonetic:text=x', /":text" is not a modifier .*they are :missing/],
    ['Patient', '_sort=phonetic', /sounds have no order/],
    ['Patient', '_filter=phonetic co "x"', /compares how words sound, which "co" does not fit; it takes eq, pr/],
    ['Location', 'near=1:2', /latitude\|longitude\|distance\|units/],
    ['Location', 'near:exact=1|2', /they are :missing/],
    ['Observation', 'value-quantity=heavy', /a number is written like/],
    ['Observation', 'value-quantity=5|kg', /number\|system\|code/],
    ['Observation', 'value-quantity=5|urn:a|', /number\|system\|code/],
    ['Observation', 'value-quantity=5|urn:a|b|c', /number\|system\|code/],
    ['Observation', 'value-quantity=||kg', /a number is written like/],
    ['Observation', 'value-quantity=1e999||kg', /a number is written like/],
    ['RiskAssessment', 'probability=0x1', /a number is written like/],
    ['Observation', 'pation.name=x', /no search parameter "pation"/],
    ['Observation', 'code.name=x', /code is a token parameter of Observation; reference parameters are /],
    ['Observation', 'patient.nam=x', /none of Patient, to which patient leads, has a search parameter "nam"/],
    ['Observation', 'subject:Encounter.date=2020', /can lead to .*Patient.*, not to Encounter/],
    ['Observation', 'subject:Patient:Group.name=x', /one type at most/],
    ['Observation', 'patient.birthdate=soon', /"soon" cannot be a value/],
    ['Observation', `${'focus:Observation.'.repeat(11)}code=1`, /at most 10 steps/],
    ['Patient', '_has:Observation:patient=1', /a reverse chain is _has/],
    ['Patient', '_has:Observations:patient:code=1', /did you mean Observation\?/],
    ['Patient', '_has:Observation:encounter:code=1', /encounter of Observation leads to .*never to Patient/],
    ['Patient', '_has:Observation:code:code=1', /code is a token parameter/],
    ['Patient', '_has:Observation:patient:cod=1', /Observation has no search parameter "cod"/],
    ['Patient', '_count=-1', /whole number from 0/],
    ['Patient', '_count=many', /whole number from 0/],
    ['Patient', '_count=1&_count=2', /_count may be given once/],
    ['Patient', '_summary=some', /true, text, data, count, false/],
    ['Patient', '_total=about', /none, estimate, accurate/],
    ['Patient', '_elements=a b', /element names/],
    ['Patient', '_elements=name&_summary=text', /give one of them/],
    ['Patient', '_elements=name&_elements:exclude=photo', /give one of them/],
    ['Patient', '_elements:only=name', /_elements takes no modifier/],
    ['Patient', '_elements:exclude=a b', /_elements:exclude lists element names/],
    ['Patient', '_sort=nam', /_sort cannot use "nam".*Valid are .*birthdate/],
    ['Patient', '_sort=-', /_sort cannot use ""/],
    ['Patient', '_sort=', /one of them is empty/],
    ['Patient', '_sort=name,', /one of them is empty/],
    ['Patient', 'gender=male,', /beside a comma a value is missing/],
    ['Patient', 'birthdate=,2014', /beside a comma a value is missing/],
  ])('%s?%s', (type, text, reason) => {
    const refused = refusalOf(type, text);
    expect(refused.text).toMatch(reason);
    expect(refused.status).toBe(400);
  });
});

describe('A search', () => {
  test('that is lenient leaves out unknown parameters, and only those', () => {
    const query = parse('Patient', 'nam=x&name=y&_count=5', false);
    expect(query.conditions).toHaveLength(1);
    expect(query.used).toEqual([
      ['name', 'y'],
      ['_count', '5'],
    ]);
    expect(() => parse('Patient', 'birthdate=x', false)).toThrow(FhirError);
    expect(() => parse('Patient', 'name:exakt=x', false)).toThrow(FhirError);
  });

  test('shows what it really uses', () => {
    const query = parse('Observation', 'code=a%7Cb,c&_count=100000&_sort=-date,_id&_format=json&_pretty=true&_total=accurate');
    expect(query.count).toBe(1000);
    expect(query.used).toEqual([
      ['code', 'a|b,c'],
      ['_count', '1000'],
      ['_sort', '-date,_id'],
      ['_total', 'accurate'],
    ]);
    expect(query.sort.map(({ parameter, descending, column }) => [parameter?.code, descending, column.kind])).toEqual([
      ['date', true, 'date'],
      ['_id', false, 'id'],
    ]);
  });

  test('of nothing gives the defaults', () => {
    expect(parse('Patient', '')).toEqual({
      types: ['Patient'],
      conditions: [],
      sort: [],
      includes: [],
      count: 20,
      total: 'none',
      used: [],
    });
  });

  test('with _count=0 asks for the total alone', () => {
    expect(parse('Patient', '_count=0').summary).toBe('count');
  });

  test.each([
    ['_summary=true', { summary: 'true' }],
    ['_summary=data', { summary: 'data' }],
    ['_elements=name,birthDate', { elements: ['name', 'birthDate'] }],
    ['_elements=name&_summary=count', { elements: ['name'], summary: 'count' }],
  ])('understands %s', (text, expected) => {
    expect(parse('Patient', text)).toMatchObject(expected);
  });

  test('is fenced by its patient only where the parameter decides whose record it is', () => {
    const patientOf = (type: string, text: string): unknown =>
      parse(type, text).conditions.map((condition) => (condition.kind === 'tokens' ? condition.patient : undefined))[0];
    expect(patientOf('Observation', 'patient=1')).toBe('1');
    expect(patientOf('Observation', 'subject=Patient/1')).toBe('1');
    expect(patientOf('Observation', 'subject:Patient=1')).toBe('1');
    expect(patientOf('AllergyIntolerance', 'patient=1')).toBe('1');
    expect(patientOf('Coverage', 'patient=1')).toBe('1');
    expect(patientOf('Observation', 'patient=1,2')).toBeUndefined();
    expect(patientOf('Observation', 'subject=1')).toBeUndefined();
    expect(patientOf('Observation', 'performer=Patient/1')).toBeUndefined();
    expect(patientOf('Observation', 'patient:missing=false')).toBeUndefined();
    expect(patientOf('Appointment', 'patient=1')).toBeUndefined();
    expect(patientOf('AllergyIntolerance', 'recorder=Patient/1')).toBeUndefined();
  });

  test('never fails but with a refusal, whatever it is asked', () => {
    const names = [
      ...definitions.searchParameters('Observation').keys(),
      '_count',
      '_sort',
      '_total',
      '_summary',
      '_elements',
      '_cursor',
      'x',
    ];
    const modifier = fc.constantFrom('', ':missing', ':exact', ':not', ':Patient', ':identifier', ':of-type', ':x', ':');
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^(ge|ap|ne)?[0-9:.TZ+|,$\\-]{0,20}$/),
      fc.constantFrom('true', 'a|b', 'ge2020', '5||kg'),
    );
    fc.assert(
      fc.property(fc.constantFrom(...names), modifier, value, (name, suffix, text) => {
        try {
          parse('Observation', new URLSearchParams([[name + suffix, text]]).toString());
        } catch (error) {
          expect(error).toBeInstanceOf(FhirError);
          expect((error as FhirError).status).toBe(400);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('Separators', () => {
  test.each([
    ['a,b', ['a', 'b']],
    ['a\\,b,c', ['a\\,b', 'c']],
    ['a\\\\,b', ['a\\\\', 'b']],
    ['', ['']],
    [',', ['', '']],
    ['a\\', ['a\\']],
    ['\\', ['\\']],
  ])('split %s', (text, parts) => {
    expect(splitUnescaped(text, ',')).toEqual(parts);
  });

  test('that are escaped stay inside a value', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (list) => {
        const text = list.map((value) => value.replace(/[,$|\\]/g, '\\$&')).join(',');
        expect(splitUnescaped(text, ',').map(unescaped)).toEqual(list);
      }),
    );
  });

  test('of a query stay in the order they were written', () => {
    expect(pairsOf('a=1&b=2&a=3')).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['a', '3'],
    ]);
  });
});
