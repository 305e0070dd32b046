/** Problems of now, and illnesses of the past. https://hl7.org/fhir/uv/ips/STU1.1/StructureDefinition-Composition-uv-ips.html */
import type { Resource } from '../../../fhir/resource.ts';
import { day, newestFirst, statusCode, when, words } from '../read.ts';
import { absent, type PatientRecord, type Row, type Section, subjectOf } from '../section.ts';

const current = new Set(['active', 'recurrence', 'relapse']);
const past = new Set(['inactive', 'remission', 'resolved']);
const refuted = new Set(['refuted', 'entered-in-error']);

/** The profile wants a state and a code. */
const conditionsIn = (record: PatientRecord, states: ReadonlySet<string>): readonly Resource[] =>
  newestFirst(record.of('Condition'), 'onsetDateTime', 'onsetPeriod', 'recordedDate').filter(
    ({ clinicalStatus, verificationStatus, code }) =>
      code !== undefined && states.has(statusCode(clinicalStatus) ?? '') && !refuted.has(statusCode(verificationStatus) ?? ''),
  );

const row = (resource: Resource, ...more: readonly string[]): Row => ({
  resource,
  cells: [words(resource['code']) ?? 'not named', day(when(resource, 'onsetDateTime', 'onsetPeriod', 'recordedDate')), ...more],
});

function absenceOf(record: PatientRecord): string {
  const all = record.of('Condition').length;
  if (all === 0) return 'There is no information about problems.';
  const earlier = conditionsIn(record, past).length;
  if (earlier === all) return 'No current problems are recorded; earlier ones stand under past illnesses.';
  return `No current problems are recorded; ${all - earlier} that are refuted or without a state or a code are not shown.`;
}

export const problems: Section = {
  title: 'Problem List',
  code: '11450-4',
  display: 'Problem list - Reported',
  types: ['Condition'],
  required: true,
  columns: ['Problem', 'Since', 'State', 'Severity'],
  rows: (record) =>
    conditionsIn(record, current).map((each) => row(each, statusCode(each['clinicalStatus']) ?? '', words(each['severity']) ?? '')),
  absence: (record, id) => ({
    words: absenceOf(record),
    resources: [
      {
        resourceType: 'Condition',
        id,
        clinicalStatus: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active', display: 'Active' }],
        },
        code: absent('no-problem-info', 'No information about problems'),
        subject: subjectOf(record),
      },
    ],
  }),
};

export const pastIllnesses: Section = {
  title: 'History of Past Illness',
  code: '11348-0',
  display: 'History of Past illness Narrative',
  types: ['Condition'],
  columns: ['Illness', 'Since', 'Until'],
  rows: (record) => conditionsIn(record, past).map((each) => row(each, day(when(each, 'abatementDateTime', 'abatementPeriod')))),
};
