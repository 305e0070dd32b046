/** The value sets and code systems of the packages that come with the server. https://hl7.org/fhir/R4/terminology-service.html */
import { describe, expect, test } from '@jest/globals';
import { shippedResources } from '../../src/packages/shipped.ts';
import { createTerminology, shippedSources } from '../../src/terminology/create-terminology.ts';

const terminology = createTerminology();
const usCore = 'http://hl7.org/fhir/us/core/ValueSet';
const categories = 'http://hl7.org/fhir/us/core/CodeSystem/us-core-category';
const narrative = 'http://hl7.org/fhir/narrative-status';

describe('Value sets of packages', () => {
  test.each([
    [`${usCore}/us-core-narrative-status`, narrative, 'generated', 'yes'],
    [`${usCore}/us-core-narrative-status`, narrative, 'empty', 'no'],
    [`${usCore}/us-core-narrative-status|6.1.0`, narrative, 'generated', 'yes'],
    [`${usCore}/us-core-narrative-status|5.0.0`, narrative, 'generated', 'unknown'],
    [`${usCore}/us-core-simple-observation-category`, categories, 'sdoh', 'yes'],
    [`${usCore}/us-core-simple-observation-category`, categories, 'nonsense', 'no'],
    [`${usCore}/us-core-simple-observation-category`, categories, 'care-experience-preference', 'yes'],
    [`${usCore}/us-core-simple-observation-category|6.1.0`, categories, 'care-experience-preference', 'no'],
    [`${usCore}/us-core-simple-observation-category|6.1.0`, categories, 'sdoh', 'yes'],
    [`${usCore}/us-core-smoking-status-observation-codes`, 'http://loinc.org', '72166-2', 'yes'],
    [
      'http://hl7.org/fhir/uv/genomics-reporting/ValueSet/variant-confidence-status-vs',
      'http://terminology.hl7.org/CodeSystem/variant-confidence-status-cs',
      'low',
      'yes',
    ],
    ['http://hl7.org/fhir/uv/ips/ValueSet/current-smoking-status-uv-ips', 'http://loinc.org', 'LA18976-3', 'yes'],
  ])('%s has of %s the code %s: %s', async (valueSet, system, code, result) => {
    expect((await terminology.contains(valueSet, { system, code })).result).toBe(result);
  });

  test('are expanded', async () => {
    const { codes, version } = await terminology.expand(`${usCore}/us-core-narrative-status`);
    expect(version).toBe('7.0.0');
    expect(codes.map(({ code }) => code)).toEqual(['additional', 'generated']);
  });

  test('are found by the older version that an older package means', async () => {
    expect((await terminology.expand(`${usCore}/us-core-narrative-status|6.1.0`)).version).toBe('6.1.0');
  });

  test('that build on others which are not here tell nothing of their codes', async () => {
    expect(
      await terminology.contains(`${usCore}/omb-race-category`, { system: 'urn:oid:2.16.840.1.113883.6.238', code: '1002-5' }),
    ).toMatchObject({
      result: 'unknown',
      reason: { text: expect.stringContaining('http://cts.nlm.nih.gov/fhir/ValueSet/') },
    });
  });

  test('are not there when their package is not wanted', async () => {
    const without = createTerminology({ sources: shippedSources(shippedResources(() => false)) });
    const asked = { system: narrative, code: 'generated' };
    expect(await without.contains(`${usCore}/us-core-narrative-status`, asked)).toMatchObject({ result: 'unknown' });
    expect(await without.contains('http://hl7.org/fhir/ValueSet/narrative-status', asked)).toMatchObject({ result: 'yes' });
  });
});

describe('Code systems of packages', () => {
  test('give the displays of their codes', async () => {
    const system = 'http://hl7.org/fhir/us/core/CodeSystem/condition-category';
    expect(await terminology.lookUp(system, 'health-concern')).toMatchObject({ result: 'yes', concept: { display: 'Health Concern' } });
    expect((await terminology.lookUp(system, 'nothing')).result).toBe('no');
  });
});
