import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { projectFile } from '../../src/root.ts';
import { compileExpression, walk } from '../../src/search/expression.ts';
import { ExpressionError, parseExpression } from '../../src/search/expression-parser.ts';
import { indexingOf } from '../../src/search/indexing.ts';

const definitions = loadDefinitions();
const folder = projectFile('node_modules', 'hl7.fhir.r4.examples');

/** A few official examples of every type; definitional ones are many and alike. */
function examples(perType: number): readonly Resource[] {
  const seen = new Map<string, number>();
  const found: Resource[] = [];
  for (const file of readdirSync(folder)) {
    const type = file.split('-')[0] as string;
    const count = seen.get(type) ?? 0;
    if (!definitions.isResourceType(type) || count >= (type === 'Observation' ? 64 : perType)) continue;
    const text = readFileSync(join(folder, file), 'utf8');
    if (text.length > 60_000) continue;
    seen.set(type, count + 1);
    found.push(JSON.parse(text) as Resource);
  }
  return found;
}

function values(resource: Resource, expression: string): unknown[] {
  const found: unknown[] = [];
  for (const branch of compileExpression(expression, resource.resourceType, definitions))
    walk(resource, branch.steps, 0, (value) => found.push(value));
  return found;
}

/** The oracle cannot resolve: there the reference's text is looked at in FHIRPath's own words. Of many values it takes ofType() only. */
const answerable = (expression: string): string =>
  expression
    .replace(/\(([\w.]+) as (\w+)\)/g, '$1.ofType($2)')
    .replace(/\.as\(/g, '.ofType(')
    .replace(/hasExtension\(('[^']*')\)/g, 'extension($1).exists()')
    .replace(/resolve\(\) is (\w+)/g, "(reference.startsWith('$1/') or reference.contains('/$1/') or (reference.empty() and type = '$1'))");

const compiledOracle = new Map<string, (resource: Resource) => unknown[]>();

/** Member by member: a union of the oracle compares values, and refuses quantities with a comparator. */
const oracle = (resource: Resource, expression: string): unknown[] =>
  expression.split(' | ').flatMap((member) => askOracle(resource, member.trim()));

function askOracle(resource: Resource, expression: string): unknown[] {
  let evaluate = compiledOracle.get(expression);
  if (!evaluate) {
    const compiled = fhirpath.compile(answerable(expression), r4, { async: false });
    evaluate = (item) => compiled(item) as unknown[];
    compiledOracle.set(expression, evaluate);
  }
  return evaluate(resource);
}

const distinct = (list: readonly unknown[]): string[] => [...new Set(list.map((value) => JSON.stringify(value)))].sort();

describe('Search expressions', () => {
  test('find in the official examples what a FHIRPath interpreter finds', () => {
    const differences: string[] = [];
    let compared = 0;
    for (const resource of examples(3)) {
      for (const parameter of definitions.searchParameters(resource.resourceType).values()) {
        if (parameter.expression === undefined || indexingOf(definitions, resource.resourceType).get(parameter.code)?.refused !== undefined)
          continue;
        const [own, theirs] = [distinct(values(resource, parameter.expression)), distinct(oracle(resource, parameter.expression))];
        compared++;
        if (own.join() !== theirs.join())
          differences.push(`${resource.resourceType}/${resource.id} ${parameter.code}: ${own.join()} instead of ${theirs.join()}`);
      }
    }
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(5000);
  }, 120_000);

  test('of all parameters compile, but for the reasoned ones', () => {
    const refused = new Map<string, string>();
    for (const type of definitions.resourceTypes)
      for (const [code, { refused: reason }] of indexingOf(definitions, type)) if (reason !== undefined) refused.set(code, reason);
    const reasons = new Map<string, string[]>();
    for (const [code, reason] of refused) reasons.set(reason, [...(reasons.get(reason) ?? []), code]);
    const kept = [...reasons.keys()].filter((reason) => !reason.startsWith('composite') && !reason.startsWith('full-text')).sort();
    expect(kept).toEqual([
      'filter expressions are not supported yet',
      // Patient age and birthOrderBoolean are published without one.
      'its definition has no expression',
      'no named query is defined on this server',
      'phonetic matching is not supported',
      'search by distance is not supported yet',
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
  } as Resource;

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
  ])('%s', (expression, expected) => {
    expect(values(patient, expression)).toEqual(expected);
  });

  test.each([
    'Patient.',
    'Patient..name',
    "Patient.name.where(use='a'",
    'Patient.name[x]',
    'Patient name',
    '',
    '@',
    'Patient.name.first()',
    'Patient.name.where()',
    '1',
  ])('that cannot be read are refused: %s', (expression) => {
    expect(() => compileExpression(expression, 'Patient', definitions)).toThrow(ExpressionError);
  });

  test('read escapes in texts', () => {
    expect(parseExpression("'it\\'s'")).toEqual({ kind: 'literal', value: "it's" });
  });
});
