import { describe, expect, test } from '@jest/globals';
import { impliedProfiles } from '../../../src/validation/profile/implied-profile.ts';
import { errorsOf, profileOf } from '../../support/profile-check.ts';

const coded = (...coding: object[]) => ({ resourceType: 'Observation', status: 'final', code: { coding } });
const loinc = (code: string) => ({ system: 'http://loinc.org', code });

describe('profiles that the specification asks for', () => {
  test.each([
    ['85353-1', 'vitalspanel'],
    ['9279-1', 'resprate'],
    ['8867-4', 'heartrate'],
    ['2708-6', 'oxygensat'],
    ['8310-5', 'bodytemp'],
    ['8302-2', 'bodyheight'],
    ['9843-4', 'headcircum'],
    ['29463-7', 'bodyweight'],
    ['39156-5', 'bmi'],
    ['85354-9', 'bp'],
  ])('LOINC %s is a vital sign: %s', (code, profile) => {
    expect(impliedProfiles(coded(loinc(code)))).toEqual([`http://hl7.org/fhir/StructureDefinition/${profile}`]);
  });

  test('codes of SNOMED CT count, too, and the first kind of several', () => {
    expect(impliedProfiles(coded({ system: 'http://snomed.info/sct', code: '60621009' }))).toEqual([
      'http://hl7.org/fhir/StructureDefinition/bmi',
    ]);
    expect(impliedProfiles(coded(loinc('85354-9'), loinc('8867-4')))).toEqual(['http://hl7.org/fhir/StructureDefinition/heartrate']);
  });

  test('other codes, systems and resources are none', () => {
    expect(impliedProfiles(coded(loinc('1234-5')))).toEqual([]);
    expect(impliedProfiles(coded({ system: 'http://other', code: '8867-4' }))).toEqual([]);
    expect(impliedProfiles({ ...coded(loinc('8867-4')), resourceType: 'Condition' })).toEqual([]);
    expect(impliedProfiles({ resourceType: 'Observation', code: 'x' })).toEqual([]);
  });
});

describe('published profiles that say what nobody meant', () => {
  test('vs-1 is about a dateTime, not about a period', async () => {
    const constraint = [{ key: 'vs-1', severity: 'error', human: 'x', expression: '($this as dateTime).toString().length() >= 8' }];
    const profile = profileOf('timed', 'Observation', [{ path: 'Observation.effective[x]', constraint }]);
    expect(await errorsOf({ ...coded(), effectivePeriod: { start: '2020' } }, [profile])).toEqual([]);
    expect(await errorsOf({ ...coded(), effectiveDateTime: '2020-01-01' }, [profile])).toEqual([]);
    expect(await errorsOf({ ...coded(), effectiveDateTime: '2020-01' }, [profile])).toHaveLength(1);
  });
});
