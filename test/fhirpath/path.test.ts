import { describe, expect, test } from '@jest/globals';
import { compileFhirPath, openRun } from '../../src/fhir/fhirpath/fhirpath.ts';
import { Value } from '../../src/fhir/fhirpath/value.ts';
import { parseJson } from '../../src/fhir/json.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { definitions, faultOf, results, values } from '../support/fhirpath.ts';

const patient = {
  resourceType: 'Patient',
  id: 'p',
  active: true,
  name: [
    { use: 'official', family: 'Chalmers', given: ['Peter', 'James'] },
    { use: 'usual', given: ['Jim'], _given: [{ extension: [{ url: 'http://a', valueString: 'x' }] }] },
    { use: 'old', given: [null, 'P'], _given: [{ id: 'g', extension: [{ url: 'http://b', valueBoolean: true }] }, null] },
  ],
  birthDate: '1974-12-25',
  _birthDate: { extension: [{ url: 'http://time', valueDateTime: '1974-12-25T14:35:45-05:00' }] },
  deceasedBoolean: false,
  contact: [{ gender: 'female', name: { family: 'B' } }],
  contained: [{ resourceType: 'Organization', id: 'o', name: 'Acme' }],
  managingOrganization: { reference: '#o' },
};

const observation = {
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '1' }] },
  valueQuantity: { value: 185, unit: 'lbs', system: 'http://unitsofmeasure.org', code: '[lb_av]' },
};

describe('paths', () => {
  test.each<readonly [string, object, ...string[]]>([
    ['name.given', patient, 'Peter', 'James', 'Jim', 'undefined', 'P'],
    ['Patient.name.family', patient, 'Chalmers'],
    ['DomainResource.id', patient, 'p'],
    ['Resource.id', patient, 'p'],
    ['name[1].given', patient, 'Jim'],
    ['contact.name.family', patient, 'B'],
    ['deceased', patient, 'false'],
    ['deceased.ofType(dateTime)', patient],
    ['contained.name', patient, 'Acme'],
    ['contained.ofType(Organization).name', patient, 'Acme'],
    ['contained.ofType(Patient).name', patient],
    ['value.unit', observation, 'lbs'],
    ['(value as Quantity).value', observation, '185'],
    ['value.ofType(string)', observation],
    ['value is Quantity', observation, 'true'],
    ['value.type().name', observation, 'Quantity'],
    ['contact.type().name', patient, 'BackboneElement'],
    ['contact is BackboneElement', patient, 'true'],
    ['contact is Element', patient, 'true'],
    ['$this is Resource', patient, 'true'],
    ['active.type().namespace', patient, 'FHIR'],
    ['active.value.type().namespace', patient, 'System'],
    ['active is System.Boolean', patient, 'false'],
    ['active.getValue() is System.Boolean', patient, 'true'],
    ['name[0].family as System.String', patient, 'Chalmers'],
    ['birthDate.yearOf()', patient, '1974'],
  ])('%s', (expression, input, ...expected) => {
    expect(results(expression, input)).toEqual(expected);
  });

  // SHALL: primitives have ids and extensions — fhirpath.html#types
  test.each<readonly [string, ...string[]]>([
    ["birthDate.extension('http://time').value", '1974-12-25T14:35:45-05:00'],
    ["name.given.extension('http://a').value", 'x'],
    ["name.given.where(extension('http://b').value = true).id", 'g'],
    ['name.given.select(hasValue())', 'true', 'true', 'true', 'false', 'true'],
    ['name[2].given.first().hasValue()', 'false'],
    ['name[2].given.first().exists()', 'true'],
    ["name[2].given.first() & '!'", '!'],
    ['name.given.count()', '5'],
    ['birthDate.children().count()', '1'],
    ["descendants().where(url = 'http://b').value", 'true'],
  ])('%s reaches into the twin of a primitive', (expression, ...expected) => {
    expect(results(expression, patient)).toEqual(expected);
  });

  test('digits of a decimal are kept, in results and in arithmetic', () => {
    const exact = parseJson(
      '{"resourceType":"Observation","valueQuantity":{"value":1.50,"unit":"g"},"component":[{"valueQuantity":{"value":12345678901234567.89}}]}',
    );
    expect(results('value.value', exact as Resource)).toEqual(['1.50']);
    expect(results('value.value.precision()', exact as Resource)).toEqual(['2']);
    expect(results('component.value.value + 0.01', exact as Resource)).toEqual(['12345678901234567.90']);
    expect(results('value.value = 1.5', exact as Resource)).toEqual(['true']);
  });

  test('a FHIR Quantity is one of the language by its UCUM code only, and its times are of the calendar — fhirpath.html#quantity', () => {
    const of = (quantity: object) => ({ resourceType: 'Observation', valueQuantity: quantity });
    expect(results("value > 1 'kg'", observation)).toEqual(['true']);
    expect(results('value = 1 year', of({ value: 1, system: 'http://unitsofmeasure.org', code: 'a' }))).toEqual(['true']);
    expect(results("value > 1 'kg'", of({ value: 5, unit: 'kg' }))).toEqual([]);
    expect(results('low <= high', { low: { value: 1, unit: 'lbs' }, high: { value: 2, unit: 'lbs' } }, { type: 'Range' })).toEqual([
      'true',
    ]);
    expect(results('low <= high', { low: { value: 1, unit: 'lbs' }, high: { value: 2, unit: 'kg' } }, { type: 'Range' })).toEqual([]);
    expect(results("value > 1 'kg'", of({ value: 5, comparator: '<', system: 'http://unitsofmeasure.org', code: 'kg' }))).toEqual([]);
  });

  test('equivalence leaves out ids, and codings are their systems and codes — fhirpath.html#changes', () => {
    const two = (a: object, b: object) => ({ resourceType: 'Observation', component: [{ code: a }, { code: b }] });
    const coding = (code: string, rest: object = {}) => ({ coding: [{ system: 's', code, ...rest }] });
    const same = 'component[0].code ~ component[1].code';
    expect(results(same, two(coding('a', { display: 'A' }), coding('a', { id: '1', version: '2' })))).toEqual(['true']);
    expect(results(same, two(coding('a'), coding('b')))).toEqual(['false']);
    expect(results(same, two({ coding: [...coding('a').coding, ...coding('b').coding] }, coding('b')))).toEqual(['true']);
    expect(results('component[0].code = component[1].code', two(coding('a'), coding('a', { display: 'A' })))).toEqual(['false']);
    expect(
      results('name[0] ~ name[1]', {
        resourceType: 'Patient',
        name: [
          { id: '1', family: 'A' },
          { id: '2', family: 'a' },
        ],
      }),
    ).toEqual(['true']);
  });

  test('JSON that does not fit the type selects nothing', () => {
    const wrong = { resourceType: 'Patient', name: [null, 'x', { given: 'Peter' }], birthDate: { a: 1 }, contact: 'x', active: [true] };
    for (const path of ['birthDate', 'contact.name', 'active']) expect(results(path, wrong)).toEqual([]);
    expect(results('name.count()', wrong)).toEqual(['1']);
    expect(results('name.given', wrong)).toEqual(['Peter']);
  });
});

describe('an element that a type does not have', () => {
  test.each([
    ['name.given1', 'HumanName has no element "given1". Did you mean given?'],
    ['Encounter.name', 'starts with Encounter, but is evaluated on Patient'],
    ['deceasedBoolean', 'write deceased.ofType(boolean)'],
    ['contact.adress', 'Patient.contact has no element "adress". Did you mean address?'],
    ['(deceased as dateTime).unit', 'has no element "unit"'],
    ['contained.nosuch', 'has no element "nosuch"'],
    ['name.where(usse = 1)', 'Did you mean use?'],
    ['name.frist()', 'Did you mean first()?'],
    ['name.first(1)', 'first() takes no arguments, not 1'],
    ['name.where()', 'where() takes 1 argument, not 0'],
    ["name.startsWith('a')", 'takes String, not FHIR.HumanName'],
    ['name is HumanNam', 'Did you mean HumanName?'],
    ['name.ofType(1)', 'name of a type'],
    ['birthDate + 7', 'cannot take FHIR.date and System.Integer'],
    ['birthDate > 1', 'compares two numbers'],
  ])('%s is a semantic fault in strict mode', (expression, message) => {
    const fault = faultOf(expression, patient);
    expect(fault.kind).toBe('semantic');
    expect(fault.message).toContain(message);
  });

  test.each(['name.given1', 'Encounter.name', 'deceasedBoolean', 'contained.nosuch', 'name.where(usse = 1)'])(
    '%s selects nothing in lenient mode',
    (expression) => {
      expect(results(expression, patient, { strict: false })).toEqual([]);
    },
  );

  test('as takes lists in lenient mode only', () => {
    expect(results('name.as(HumanName).use', patient, { strict: false })).toEqual(['official', 'usual', 'old']);
    expect(faultOf('name.as(HumanName).use', patient).kind).toBe('execution');
  });

  test('without a type, what the input says it is decides', () => {
    expect(results('Patient.name.family | Organization.name', patient, { type: undefined })).toEqual(['Chalmers']);
    expect(results('nosuch', patient, { type: undefined })).toEqual([]);
    expect(results('$this + 1', 1 as unknown as object, { type: undefined })).toEqual(['2']);
  });
});

describe('an expression on an element', () => {
  const pat1 = compileFhirPath('name.exists() or telecom.exists()', { definitions, type: 'Patient.contact' });

  test('of an inline structure, with %resource around it', () => {
    expect(pat1.holds({ gender: 'female' })).toBe(false);
    expect(pat1.holds({ name: { family: 'B' } })).toBe(true);
    const asked = { type: 'Patient.contact', environment: { resource: patient } };
    expect(results('%resource.name.family | %context.name.family', { name: { family: 'B' } }, asked)).toEqual(['Chalmers', 'B']);
  });

  test('of a primitive, with its twin', () => {
    const short = compileFhirPath("length() < 4 and extension('http://a').exists()", { definitions, type: 'string' });
    expect(short.holds('abc')).toBe(false);
    expect(short.holds(new Value('string', 'abc', { extension: [{ url: 'http://a' }] }))).toBe(true);
  });

  test('an empty result does not hold, a single value does, several are a fault', () => {
    const holds = (text: string) => compileFhirPath(text, { definitions, type: 'Patient' }).holds(patient);
    expect([holds('link'), holds('name[0]'), holds('active'), holds('deceased')]).toEqual([false, true, true, false]);
    expect(() => holds('name')).toThrow('gives 3 values');
  });

  test('a run that several expressions share finds lists of the resource once, and only those', () => {
    const run = openRun({ resource: patient, rootResource: patient });
    const refers = compileFhirPath('reference.substring(1) in %rootResource.contained.id', {
      definitions,
      type: 'Reference',
      resourceType: 'Patient',
    });
    expect(refers.holdsIn(run, { reference: '#o' })).toBe(true);
    expect(refers.holdsIn(run, { reference: '#x' })).toBe(false);
    const other = { ...patient, contained: [{ resourceType: 'Organization', id: 'x' }] };
    expect(refers.holdsIn(openRun({ resource: other, rootResource: other }), { reference: '#x' })).toBe(true);
    const alone = openRun({});
    const named = compileFhirPath('%resource.name.family.first()', { definitions, type: 'Patient' });
    expect([named.holdsIn(alone, patient), named.holdsIn(alone, { resourceType: 'Patient' })]).toEqual([true, false]);
  });

  test('the types of the results are known beforehand', () => {
    const typesOf = (text: string) => compileFhirPath(text, { definitions, type: 'Patient' }).types;
    expect(typesOf('name.given')).toEqual(['FHIR.string']);
    expect(typesOf('deceased')).toEqual(['FHIR.boolean', 'FHIR.dateTime']);
    expect(typesOf('name.exists()')).toEqual(['System.Boolean']);
    expect(typesOf('children()')).toBeUndefined();
    expect(values('name.given', patient).map(({ type }) => type)[0]).toBe('FHIR.string');
  });
});
