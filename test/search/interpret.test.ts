import { describe, expect, test } from '@jest/globals';
import type { SearchParameter, SearchParameterType } from '../../src/fhir/definitions.ts';
import { FhirError } from '../../src/fhir/outcome.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { compileExpression } from '../../src/search/expression.ts';
import { ExpressionError } from '../../src/search/expression-parser.ts';
import { compileExtractor } from '../../src/search/extract.ts';
import { hash64 } from '../../src/search/hash.ts';
import { referenceLink } from '../../src/search/link-token.ts';

const definitions = loadDefinitions();

const patient = {
  resourceType: 'Patient',
  id: '1',
  birthDate: '2001-02-03',
  multipleBirthInteger: 2,
  name: [
    { family: 'Young', given: ['Ann', 'Bea'], use: 'maiden' },
    { family: 'Old', given: ['Anna'] },
  ],
  maritalStatus: { coding: [{ system: 'http://s', code: 'M' }] },
  generalPractitioner: [{ reference: 'Organization/1' }, { reference: 'Practitioner/2' }],
  extension: [{ url: 'http://height', valueQuantity: { value: 170, unit: 'cm' } }],
  contact: [{ name: { family: 'Friend' } }],
  contained: [{ resourceType: 'Basic', id: 'b' }],
} as unknown as Resource;

/** Type and value of everything that an interpreted expression finds. */
function found(expression: string, resource: Resource = patient): (readonly [string, unknown])[] {
  const [branch] = compileExpression(expression, resource.resourceType, definitions);
  if (branch?.typed === undefined) throw new Error(`${expression} is compiled`);
  return branch.typed(resource).map(({ type, value }) => [type, value]);
}

describe('Search expressions that are not compiled', () => {
  test.each([
    ['Patient.name.first().family', [['string', 'Young']]],
    ['Patient.name.tail()', [['HumanName', { family: 'Old', given: ['Anna'] }]]],
    ['Patient.name.given[2]', [['string', 'Anna']]],
    ['Patient.name.where(given.count() > 1).family', [['string', 'Young']]],
    [
      "Patient.name.select(family & ', ' & given.first())",
      [
        ['string', 'Young, Ann'],
        ['string', 'Old, Anna'],
      ],
    ],
    ["Patient.name.family.where($this.matches('^Y'))", [['string', 'Young']]],
    ['Patient.name.count()', [['integer', 2]]],
    ['Patient.birthDate', undefined],
    ['Patient.birthDate + 1 year', [['date', '2002-02-03']]],
    ['Patient.multipleBirth.ofType(integer) > 1', [['boolean', true]]],
    ['Patient.maritalStatus.coding.first()', [['Coding', { system: 'http://s', code: 'M' }]]],
    ["Patient.extension.where(url.endsWith('height')).value", [['Quantity', { value: 170, unit: 'cm' }]]],
    ["Patient.extension.where(url.endsWith('height'))", [['Quantity', { value: 170, unit: 'cm' }]]],
    ["5 'mg'", [['Quantity', { value: 5, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' }]]],
    ['Patient.generalPractitioner.where(resolve() is Practitioner).first()', [['Reference', { reference: 'Practitioner/2' }]]],
    ["Patient.hasExtension('http://height').not()", [['boolean', false]]],
    ['%resource.birthDate', [['date', '2001-02-03']]],
    ['Patient.photo.first()', []],
    ['Patient.contained.first()', [['Resource', { resourceType: 'Basic', id: 'b' }]]],
  ])('%s', (expression, expected) => {
    if (expected === undefined) expect(compileExpression(expression, 'Patient', definitions)[0]?.typed).toBeUndefined();
    else expect(found(expression)).toEqual(expected);
  });

  test.each([
    ['Patient.name.where(use = ', 'line 1, column 26: A value, a name or a function is missing.'],
    ['Patient.\nname..given', 'line 2, column 6: Here stands the name of an element or a function.'],
    ["Patient.name.family = 'x", /^line 1, column 23: /],
    ['Patient.name.lowest()', 'line 1, column 14: There is no function lowest(). Did you mean lower()?'],
    ['Patient.name.where($this.family = %unknown).first()', undefined],
    ['%unknown', 'line 1, column 1: There is no variable %unknown.'],
    ["Patient.maritalStatus.memberOf('http://v')", 'memberOf() needs more than the resource'],
    ['Patient.birthDate > today() - 18 years', 'today() changes with time, and an index does not'],
    ['Patient.foo', 'Patient has no element "foo"'],
    ["Patient.name.where(kind = 'x').family", 'HumanName has no element "kind"'],
    ['Patient.name.where()', 'where() needs a condition'],
  ])('are refused when they are wrong, with the place and what is wrong: %s', (expression, fault) => {
    const compile = () => compileExpression(expression, 'Patient', definitions);
    if (fault === undefined) expect(compile).not.toThrow();
    else expect(compile).toThrow(ExpressionError);
    if (fault !== undefined) expect(compile).toThrow(fault);
  });

  test('that quote the name of a changing function are no less steady for it', () => {
    expect(found("Patient.name.where(text = 'today()').count()")).toEqual([['integer', 0]]);
  });

  test('are answered for additional types too', () => {
    const study = { resourceType: 'GenomicStudy', identifier: [{ value: 'a' }, { value: 'b' }] };
    expect(found('GenomicStudy.identifier.last().value', study)).toEqual([['string', 'b']]);
  });

  test('that fail on a resource refuse it, and say why', () => {
    const [branch] = compileExpression('Patient.name.given.single()', 'Patient', definitions);
    const evaluate = () => branch?.typed?.(patient);
    expect(evaluate).toThrow(FhirError);
    expect(evaluate).toThrow(/^The search expression "Patient.name.given.single\(\)" cannot be evaluated on this resource: /);
  });

  test('that would hold up a write are ended', () => {
    const [branch] = compileExpression('Patient.name.family.repeatAll($this)', 'Patient', definitions);
    const start = performance.now();
    expect(() => branch?.typed?.(patient)).toThrow(/is too much for this resource/);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  test('with a regular expression that others take for ever for are answered at once', () => {
    const family = `${'a'.repeat(100_000)}!`;
    const start = performance.now();
    expect(found("Patient.name.family.where($this.matches('^(a+)+$'))", { resourceType: 'Patient', name: [{ family }] })).toEqual([]);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

/** The registry with one parameter more. */
function withParameter(type: SearchParameterType, expression: string): typeof definitions {
  const parameter: SearchParameter = { code: 'own', url: 'http://own', type, description: '', base: ['Patient'], expression };
  return {
    ...definitions,
    searchParameters: (name) =>
      name === 'Patient' ? new Map([...definitions.searchParameters(name), ['own', parameter]]) : definitions.searchParameters(name),
  };
}

const rowsOf = (type: SearchParameterType, expression: string) => compileExtractor(withParameter(type, expression))(patient);

describe('Values of interpreted expressions', () => {
  test('leave tokens of all their forms', () => {
    const { tokens } = rowsOf('token', 'Patient.maritalStatus.coding.first() | Patient.name.first().use');
    for (const text of ['Patient|own||M', 'Patient|own|http://s|M', 'Patient|own||maiden', 'Patient|own|\u0000|maiden', 'Patient|own!'])
      expect(tokens).toContain(hash64(text));
  });

  test('leave references', () => {
    const { tokens } = rowsOf('reference', 'Patient.generalPractitioner.last()');
    expect(tokens).toContain(referenceLink('Patient|own', 'Practitioner/2'));
    expect(tokens).not.toContain(referenceLink('Patient|own', 'Organization/1'));
  });

  test('leave strings, numbers and dates', () => {
    const key = hash64('Patient|own');
    expect(rowsOf('string', 'Patient.name.last()').strings.filter((row) => row.key === key)).toEqual([
      { key, value: 'old' },
      { key, value: 'anna' },
    ]);
    expect(rowsOf('number', 'Patient.name.count()').numbers).toEqual([{ key, unit: '0', low: 2, high: 2 }]);
    const [row] = rowsOf('date', 'Patient.birthDate + 1 year').numbers;
    expect(row).toEqual({ key, unit: '0', low: Date.UTC(2002, 1, 3), high: Date.UTC(2002, 1, 4) });
  });

  test('of types that the parameter does not know leave nothing, nor are they there', () => {
    const { tokens, numbers } = rowsOf('number', 'Patient.name.first()');
    expect(numbers).toEqual([]);
    expect(tokens).not.toContain(hash64('Patient|own!'));
  });
});
