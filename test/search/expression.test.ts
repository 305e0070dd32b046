import { describe, expect, test } from '@jest/globals';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { compileExpression, walk } from '../../src/search/expression.ts';
import { ExpressionError, parseExpression } from '../../src/search/expression-parser.ts';
import { indexingOf } from '../../src/search/indexing.ts';

const definitions = loadDefinitions();
function values(resource: Resource, expression: string): unknown[] {
  const found: unknown[] = [];
  for (const branch of compileExpression(expression, resource.resourceType, definitions))
    walk(resource, branch.steps, 0, (value) => found.push(value));
  return found;
}

describe('Search expressions', () => {
  test('of all parameters compile, but for the reasoned ones', () => {
    const refused = new Map<string, string>();
    for (const type of definitions.resourceTypes)
      for (const [code, { refused: reason }] of indexingOf(definitions, type)) if (reason !== undefined) refused.set(code, reason);
    const reasons = new Map<string, string[]>();
    for (const [code, reason] of refused) reasons.set(reason, [...(reasons.get(reason) ?? []), code]);
    const kept = [...reasons.keys()].filter((reason) => !reason.startsWith('full-text')).sort();
    expect(kept).toEqual([
      // Patient age and birthOrderBoolean are published without one.
      'its definition has no expression',
      'no named query is defined on this server',
    ]);
  });

  const patient = {
    resourceType: 'Patient',
    deceasedDateTime: '2020-01-01',
    extension: [{ url: 'http://a', valueCode: 'x' }, { url: 'http://b' }],
    telecom: [
      { system: 'phone', value: '1' },
      { system: 'email', value: '2' },
    ],
    name: [{ given: ['A', null, 'B'] }],
    contained: [
      { resourceType: 'Patient', id: 'p', name: [{ family: 'Inner' }] },
      { resourceType: 'Organization', id: 'o', name: 'House' },
    ],
  } as unknown as Resource;

  test.each([
    ["Patient.telecom.where(system='phone').value", ['1']],
    ["Patient.telecom.where(system != 'phone').value", ['2']],
    ["Patient.telecom.where(system='fax' or value='2').value", ['2']],
    ['Patient.telecom[1].value', ['2']],
    ['Patient.telecom[5].value', []],
    ['Patient.name.given', ['A', 'B']],
    ['Patient.deceased.exists() and Patient.deceased != false', [true]],
    ['(Patient.deceased as dateTime)', ['2020-01-01']],
    ['Patient.deceased.ofType(boolean)', []],
    ["Patient.extension('http://a').value.as(code)", ['x']],
    ["Patient.where(hasExtension('http://b')).deceased", ['2020-01-01']],
    ["Patient.where(hasExtension('http://c')).deceased", []],
    ['Patient.deceased | Patient.deceased', ['2020-01-01']],
    ['Observation.value', []],
    ['Patient.`name`.given', ['A', 'B']],
    ['Patient.active = true', []],
    ["Patient.birthDate = '2020-01-01' or Patient.deceased.exists()", [true]],
    ["Patient.birthDate = '2020-01-01' and Patient.photo.exists()", [false]],
    ["Patient.birthDate = '2020-01-01' or Patient.photo.exists()", []],
    ['Patient.deceased is dateTime', [true]],
    ['Patient.multipleBirth is boolean', []],
    ['Patient.birthDate[1]', []],
    ['Patient.contained.ofType(Patient).name.family', ['Inner']],
    ['Patient.contained.as(Organization).name', ['House']],
  ])('%s', (expression, expected) => {
    expect(values(patient, expression)).toEqual(expected);
  });

  test.each(['Patient.', 'Patient..name', "Patient.name.where(use='a'", 'Patient name', '', '@', 'Patient.name.where()'])(
    'that cannot be read are refused: %s',
    (expression) => {
      expect(() => compileExpression(expression, 'Patient', definitions)).toThrow(ExpressionError);
    },
  );

  test('read escapes in texts', () => {
    expect(parseExpression("'it\\'s'")).toEqual({ kind: 'literal', value: "it's" });
  });
});
