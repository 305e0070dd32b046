/** Allergies and intolerances. https://hl7.org/fhir/uv/ips/STU1.1/StructureDefinition-Composition-uv-ips.html */
import { day, newestFirst, objects, statusCode, when, words } from '../read.ts';
import { absent, type Section, subjectOf } from '../section.ts';

const passed = new Set(['inactive', 'resolved']);
const refuted = new Set(['refuted', 'entered-in-error']);

export const allergies: Section = {
  title: 'Allergies and Intolerances',
  code: '48765-2',
  display: 'Allergies and adverse reactions Document',
  types: ['AllergyIntolerance'],
  required: true,
  columns: ['Allergy or intolerance', 'Criticality', 'Reactions', 'Since'],
  rows: (record) =>
    newestFirst(record.of('AllergyIntolerance'), 'onsetDateTime', 'recordedDate')
      .filter(({ clinicalStatus }) => !passed.has(statusCode(clinicalStatus) ?? ''))
      .filter(({ verificationStatus }) => !refuted.has(statusCode(verificationStatus) ?? ''))
      .map((resource) => ({
        resource,
        cells: [
          words(resource['code']) ?? 'not named',
          String(resource['criticality'] ?? ''),
          objects(resource['reaction'])
            .flatMap(({ manifestation }) => objects(manifestation).map((each) => words(each) ?? ''))
            .join(', '),
          day(when(resource, 'onsetDateTime', 'onsetPeriod', 'recordedDate')),
        ],
      })),
  absence: (record, id) => {
    const earlier = record.of('AllergyIntolerance').length;
    return {
      words: earlier > 0 ? `No current allergies are recorded; ${earlier} earlier or refuted.` : 'There is no information about allergies.',
      resources: [
        {
          resourceType: 'AllergyIntolerance',
          id,
          clinicalStatus: {
            coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active', display: 'Active' }],
          },
          code: absent('no-allergy-info', 'No information about allergies'),
          patient: subjectOf(record),
        },
      ],
    };
  },
};
