/** What people read of doses and problems in a summary: nothing that changes their meaning is left away. https://hl7.org/fhir/R4/dosage.html */
import { describe, expect, it } from '@jest/globals';
import type { JsonObject, Resource } from '../../src/fhir/resource.ts';
import type { PatientRecord } from '../../src/record/summary/section.ts';
import { medications } from '../../src/record/summary/sections/medications.ts';
import { pastIllnesses, problems } from '../../src/record/summary/sections/problems.ts';
import { recordOf } from './patient-record.ts';

const recordWith = (...resources: readonly Resource[]): PatientRecord => recordOf([{ resourceType: 'Patient', id: 'p' }, ...resources]);

const mg = (value: number): JsonObject => ({ value, unit: 'mg' });
const twice: JsonObject = { repeat: { frequency: 2, period: 1, periodUnit: 'd' } };

describe('A dose', () => {
  const cases: readonly (readonly [dosage: JsonObject, text: string])[] = [
    [{ text: 'at night', doseAndRate: [{ doseQuantity: mg(5) }] }, 'at night'],
    [{ doseAndRate: [{ doseQuantity: mg(5) }], timing: twice }, '5 mg, 2 × per 1 d'],
    [{ doseAndRate: [{ doseRange: { low: mg(5), high: mg(10) } }], timing: twice }, '5 mg – 10 mg, 2 × per 1 d'],
    [{ doseAndRate: [{ doseRange: { high: mg(10) } }] }, '? – 10 mg'],
    [{ doseAndRate: [{ doseQuantity: mg(5) }], timing: { code: { text: 'BID' } } }, '5 mg, BID'],
    [{ doseAndRate: [{ doseQuantity: mg(5) }], timing: twice, asNeededBoolean: true }, '5 mg, 2 × per 1 d, as needed'],
    [{ doseAndRate: [{ doseQuantity: mg(5) }], asNeededBoolean: false }, '5 mg'],
    [
      { doseAndRate: [{ doseQuantity: mg(5) }], asNeededCodeableConcept: { text: 'pain' }, route: { text: 'oral' } },
      '5 mg, as needed: pain, oral',
    ],
    [{}, ''],
  ];
  it.each(cases)('%j is told as %s', (dosage, text) => {
    const request = { resourceType: 'MedicationRequest', id: 'm', status: 'active', dosageInstruction: [dosage] };
    expect(medications.rows(recordWith(request)).map(({ cells }) => cells[1])).toEqual([text]);
  });

  it.each([
    ['MedicationRequest', { status: 'active', doNotPerform: true }],
    ['MedicationRequest', { status: 'stopped' }],
    ['MedicationRequest', { status: 'intended' }],
    ['MedicationStatement', { status: 'not-taken' }],
    ['MedicationStatement', { status: 'entered-in-error' }],
  ])('of a %s that is %j is not told', (resourceType, more) => {
    expect(medications.rows(recordWith({ resourceType, id: 'm', ...more }))).toEqual([]);
  });
});

describe('Where no problem is current', () => {
  const condition = (clinical: string | undefined, more: object = {}): Resource => ({
    ...{ resourceType: 'Condition', id: `c-${String(clinical)}`, code: { text: 'Asthma' } },
    ...(clinical === undefined ? {} : { clinicalStatus: { coding: [{ code: clinical }] } }),
    ...more,
  });
  const said = (...all: readonly Resource[]): string | undefined => problems.absence?.(recordWith(...all), 'x').words;

  it('it is told whether nothing is known, all is past, or something is not shown', () => {
    expect(said()).toBe('There is no information about problems.');
    expect(said(condition('resolved'))).toContain('stand under past illnesses');
    expect(said(condition('resolved'), condition(undefined))).toContain('1 that are refuted or without a state or a code are not shown');
    const refuted = condition('active', { verificationStatus: { coding: [{ code: 'refuted' }] } });
    expect(said(refuted)).toContain('1 that are refuted');
  });

  it.each(['active', 'recurrence', 'relapse'])('%s is a problem, and no past illness', (state) => {
    const record = recordWith(condition(state));
    expect(problems.rows(record).map(({ cells }) => [cells[0], cells[2]])).toEqual([['Asthma', state]]);
    expect(pastIllnesses.rows(record)).toEqual([]);
  });
  it.each(['inactive', 'remission', 'resolved'])('%s is a past illness, and no problem', (state) => {
    const record = recordWith(condition(state));
    expect([problems.rows(record).length, pastIllnesses.rows(record).length]).toEqual([0, 1]);
  });
});
