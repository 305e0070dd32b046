/** Values of a FHIRPath Patch and the types that they may stand for. https://hl7.org/fhir/R4/fhirpatch.html#concept */
import { describe, expect, test } from '@jest/globals';
import { FhirError } from '../../src/fhir/outcome.ts';
import { readFhirPathPatch } from '../../src/fhir/patch/fhirpath-patch.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';

const definitions = loadDefinitions();

/** What becomes of the resource when a value is put at a path: the resource, or why not. */
function putting(resource: Resource, type: 'add' | 'replace', path: string, name: string | undefined, value: object): unknown {
  const part = [
    { name: 'type', valueCode: type },
    { name: 'path', valueString: path },
    ...(name === undefined ? [] : [{ name: 'name', valueString: name }]),
    { name: 'value', ...value },
  ];
  const patch = { resourceType: 'Parameters', parameter: [{ name: 'operation', part }] };
  try {
    return readFhirPathPatch(patch as Resource, definitions)(structuredClone(resource));
  } catch (error) {
    if (error instanceof FhirError) return error.message;
    throw error;
  }
}

const adding = (resource: Resource, path: string, name: string, value: object): unknown => putting(resource, 'add', path, name, value);

describe('the value is of a type that the element takes', () => {
  const patient: Resource = { resourceType: 'Patient' };
  const observation: Resource = { resourceType: 'Observation', status: 'final' };
  const molecular: Resource = { resourceType: 'MolecularSequence', coordinateSystem: 0 };

  test.each([
    ['a string as a code', patient, 'gender', { valueString: 'male' }, { gender: 'male' }],
    ['an id as a code', patient, 'gender', { valueId: 'male' }, { gender: 'male' }],
    ['a url as a uri', patient, 'implicitRules', { valueUrl: 'http://a.b' }, { implicitRules: 'http://a.b' }],
    ['a canonical as a uri', patient, 'implicitRules', { valueCanonical: 'http://a.b' }, { implicitRules: 'http://a.b' }],
    ['a dateTime as a date', patient, 'birthDate', { valueDateTime: '2020' }, { birthDate: '2020' }],
    ['a dateTime as an instant', observation, 'issued', { valueDateTime: '2020-01-01T00:00:00Z' }, { issued: '2020-01-01T00:00:00Z' }],
    ['an unsignedInt as an integer', molecular, 'readCoverage', { valueUnsignedInt: 1 }, { readCoverage: 1 }],
  ])('%s', (_, resource, name, value, expected) => {
    expect(adding(resource, resource.resourceType, name, value)).toEqual({ ...resource, ...expected });
  });

  test.each([
    ['a string as a date', patient, 'birthDate', { valueString: '2020' }, 'Patient.birthDate takes date, not string.'],
    ['a uri as a code', patient, 'gender', { valueUri: 'male' }, 'Patient.gender takes code, not uri.'],
    ['a boolean as a code', patient, 'gender', { valueBoolean: true }, 'Patient.gender takes code, not boolean.'],
    [
      'a decimal as an integer',
      molecular,
      'readCoverage',
      { valueDecimal: 1.5 },
      'MolecularSequence.readCoverage takes integer, not decimal.',
    ],
    ['a Quantity as a Period', patient, 'name', { valueQuantity: { value: 1 } }, 'Patient.name takes HumanName, not Quantity.'],
    ['a code as parts', patient, 'contact', { valueCode: 'a' }, 'Patient.contact takes parts, not code.'],
    ['parts as a code', patient, 'gender', { part: [{ name: 'value', valueCode: 'a' }] }, 'Patient.gender takes code, not parts.'],
    ['of no element', patient, 'colour', { valueCode: 'a' }, 'Patient has no element "colour".'],
  ])('not %s', (_, resource, name, value, message) => {
    expect(adding(resource, resource.resourceType, name, value)).toBe(message);
  });

  test('an integer stands for a decimal, a decimal for no integer', () => {
    const sampled: Resource = { resourceType: 'Observation', status: 'final', valueSampledData: { dimensions: 1 } };
    expect(adding(sampled, 'Observation.value', 'period', { valueInteger: 2 })).toMatchObject({ valueSampledData: { period: 2 } });
    expect(adding(sampled, 'Observation.value', 'lowerLimit', { valueDecimal: 2.5 })).toMatchObject({
      valueSampledData: { lowerLimit: 2.5 },
    });
  });

  test('a choice takes the type that is named, and refuses what could be several', () => {
    expect(adding(observation, 'Observation', 'value', { valueString: 'a' })).toEqual({ ...observation, valueString: 'a' });
    expect(adding(observation, 'Observation', 'value', { valueCode: 'a' })).toEqual({ ...observation, valueString: 'a' });
    expect(adding(observation, 'Observation', 'effective', { valueDate: '2020' })).toContain(
      'several types that the value could be (dateTime, instant)',
    );
    expect(adding(observation, 'Observation', 'effective', { valueDateTime: '2020' })).toEqual({
      ...observation,
      effectiveDateTime: '2020',
    });
    expect(adding(observation, 'Observation', 'value', { valueAddress: { city: 'A' } })).toMatch(
      /^Observation\.value takes Quantity, .*, not Address\.$/,
    );
  });
});

describe('the path of a FHIRPath Patch', () => {
  const patient: Resource = { resourceType: 'Patient', name: [{ family: 'a' }] };
  const replacing = (path: string): unknown => putting(patient, 'replace', path, undefined, { valueString: 'b' });

  test.each(['Patient.name.family', 'Resource.name.family', 'DomainResource.name.family', 'name.family'])('may start as %s', (path) => {
    expect(replacing(path)).toEqual({ resourceType: 'Patient', name: [{ family: 'b' }] });
  });

  test('DomainResource is no name of what has no contained resources', () => {
    const binary: Resource = { resourceType: 'Binary', contentType: 'a/b' };
    const path = 'DomainResource.contentType';
    expect(putting(binary, 'replace', path, undefined, { valueCode: 'c/d' })).toBe(
      'The path starts with DomainResource, but the resource is a Binary.',
    );
  });

  test.each([
    ['Patient.name.where(', /^"Patient\.name\.where\(" is no FHIRPath expression: /],
    ["Patient.name.where(family.substring(0, 'a') = 'b')", /^The path ".*" cannot be evaluated: /],
    ["'a'", /does not lead to elements of the resource/],
  ])('%s says what is wrong', (path, message) => expect(replacing(path)).toMatch(message));
});
