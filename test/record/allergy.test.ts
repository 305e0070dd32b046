/** Which allergies a summary tells of, and what it says where it tells of none: none may be lost. https://hl7.org/fhir/R4/allergyintolerance.html */
import { describe, expect, it } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { allergies } from '../../src/record/summary/sections/allergies.ts';
import { medications } from '../../src/record/summary/sections/medications.ts';
import { recordOf } from './patient-record.ts';

const recordWith = (...resources: readonly Resource[]) => recordOf([{ resourceType: 'Patient', id: 'p' }, ...resources]);

const coded = (code: string | undefined): object | undefined => (code === undefined ? undefined : { coding: [{ code }] });

const allergy = (clinical: string | undefined, verification: string | undefined): Resource =>
  JSON.parse(
    JSON.stringify({
      ...{ resourceType: 'AllergyIntolerance', id: 'a', code: { text: 'Penicillin' }, criticality: 'high' },
      ...{ clinicalStatus: coded(clinical), verificationStatus: coded(verification), onsetDateTime: '2020-02-03' },
      reaction: [{ manifestation: [{ text: 'Rash' }, { text: 'Shock' }] }],
    }),
  ) as Resource;

describe('An allergy', () => {
  it.each([
    ['active', 'confirmed'],
    ['active', 'unconfirmed'],
    ['active', undefined],
    [undefined, 'confirmed'],
    [undefined, undefined],
  ])('that is %s and %s is told, with how bad it is and what it does', (clinical, verification) => {
    const [row, ...others] = allergies.rows(recordWith(allergy(clinical, verification)));
    expect([row?.cells.slice(0, 3), others]).toEqual([['Penicillin', 'high', 'Rash, Shock'], []]);
  });

  it.each([
    ['inactive', 'confirmed'],
    ['resolved', 'confirmed'],
    ['active', 'refuted'],
    [undefined, 'entered-in-error'],
  ])('that is %s and %s is not told', (clinical, verification) => {
    expect(allergies.rows(recordWith(allergy(clinical, verification)))).toEqual([]);
  });
});

describe('Where there is nothing to tell', () => {
  const words = (section: typeof allergies, ...all: readonly Resource[]) => section.absence?.(recordWith(...all), 'x').words;

  it('it is told whether there was anything earlier', () => {
    expect(words(allergies)).toBe('There is no information about allergies.');
    expect(words(allergies, allergy('resolved', undefined))).toBe('No current allergies are recorded; 1 earlier or refuted.');
    expect(words(medications)).toBe('There is no information about medicines.');
    const stopped = ['MedicationStatement', 'MedicationRequest'].map((resourceType) => ({ resourceType, id: 'm', status: 'stopped' }));
    expect(words(medications, ...stopped)).toBe('No current medicines are recorded; 2 earlier.');
  });

  it('no entry claims that there is none', () => {
    for (const section of [allergies, medications]) {
      const [entry] = section.absence?.(recordWith(), 'x').resources ?? [];
      expect(JSON.stringify(entry)).toMatch(/"code":"no-(allergy|medication)-info"/);
    }
  });
});
