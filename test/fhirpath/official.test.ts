import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { FhirPathError } from '../../src/fhir/fhirpath/fault.ts';
import { type CompileOptions, compileFhirPath } from '../../src/fhir/fhirpath/fhirpath.ts';
import type { Environment } from '../../src/fhir/fhirpath/run.ts';
import type { Value } from '../../src/fhir/fhirpath/value.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { projectFile } from '../../src/root.ts';
import { isExpected, type OfficialCase, readInput, readOfficialCases } from '../support/fhirpath-suite.ts';

const definitions = loadDefinitions();
const cases = readOfficialCases();

const deviations = JSON.parse(readFileSync(projectFile('test', 'fixtures', 'fhirpath', 'deviations.json'), 'utf8')) as Record<
  string,
  string
>;

const inputs = new Map<string, Resource>();

function inputOf({ input }: OfficialCase): Resource | undefined {
  if (input === undefined) return undefined;
  const resource = inputs.get(input) ?? readInput(input, definitions);
  inputs.set(input, resource);
  return resource;
}

/** A base type conforms to its own definition and to no other; all else is unknown. */
const conformsTo = ({ type }: Value, profile: string): boolean | undefined => {
  const name = /^http:\/\/hl7\.org\/fhir\/StructureDefinition\/(\w+)$/.exec(profile)?.[1];
  return name !== undefined && definitions.isResourceType(name) ? type === `FHIR.${name}` : undefined;
};

const environment: Environment = { conformsTo };

type Outcome = { readonly values: readonly Value[] } | { readonly fault: FhirPathError };

function outcomeOf(one: OfficialCase, tracked: boolean): Outcome {
  const input = inputOf(one);
  const options: CompileOptions = { definitions, type: input?.resourceType, checksOrder: one.checksOrder, tracked };
  try {
    const expression = compileFhirPath(one.predicate ? `(${one.expression}).exists()` : one.expression, options);
    return { values: expression.evaluate(input, environment) };
  } catch (error) {
    if (error instanceof FhirPathError) return { fault: error };
    throw error;
  }
}

function passes(one: OfficialCase, tracked: boolean): boolean {
  const outcome = outcomeOf(one, tracked);
  if ('fault' in outcome || one.invalid !== undefined) return 'fault' in outcome && one.invalid !== undefined;
  const { values } = outcome;
  if (values.length !== one.outputs.length) return false;
  return one.outputs.every((output, i) => {
    const found = one.ordered ? values[i] : values.find((value) => isExpected(value, output));
    return found !== undefined && isExpected(found, output);
  });
}

describe('the official cases of FHIRPath for R4', () => {
  test('935 of them are read', () => {
    expect(cases).toHaveLength(935);
  });

  test.each([
    ['plain', false],
    ['tracked', true],
  ])('all pass but those that are listed with a reason, and of these none passes (%s values)', (kind, tracked) => {
    const failed = cases.filter((one) => !passes(one, tracked)).map(({ name }) => name);
    console.log(`FHIRPath official cases, ${kind} values: ${cases.length - failed.length} of ${cases.length}`);
    expect(failed.sort()).toEqual(Object.keys(deviations).sort());
  });

  test('every reason says more than that the case is wrong', () => {
    for (const reason of Object.values(deviations)) expect(reason.length).toBeGreaterThan(40);
  });
});
