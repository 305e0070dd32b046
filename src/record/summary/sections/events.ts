/** Immunizations, procedures, plans, directives and what somebody can do. https://hl7.org/fhir/uv/ips/STU1.1/StructureDefinition-Composition-uv-ips.html */
import { day, newestFirst, objects, when, words } from '../read.ts';
import { absent, type Section, subjectOf, unknownElement, unlessTold } from '../section.ts';

const absenceOf = (others: number, what: string, done: string): string =>
  others === 0 ? `There is no information about ${what}.` : `No ${what} are recorded that ${done}; ${others} that were not.`;

export const immunizations: Section = {
  title: 'Immunizations',
  code: '11369-6',
  display: 'History of Immunization note',
  types: ['Immunization'],
  columns: ['Vaccine', 'Given', 'Lot', 'Route'],
  rows: (record) =>
    newestFirst(record.of('Immunization'), 'occurrenceDateTime')
      .filter(({ status }) => status === 'completed')
      .map((resource) => ({
        resource,
        cells: [
          words(resource['vaccineCode']) ?? 'not named',
          day(when(resource, 'occurrenceDateTime', 'occurrenceString')),
          String(resource['lotNumber'] ?? ''),
          words(resource['route']) ?? '',
        ],
      })),
  absence: (record, id) => ({
    words: absenceOf(record.of('Immunization').length, 'immunizations', 'were given'),
    resources: [
      {
        ...{ resourceType: 'Immunization', id, status: 'not-done', patient: subjectOf(record), _occurrenceDateTime: unknownElement },
        vaccineCode: absent('no-immunization-info', 'No information about immunizations'),
      },
    ],
  }),
};

const performed = ['performedDateTime', 'performedPeriod', 'performedString', 'performedAge', 'performedRange'] as const;
const done = new Set(['completed', 'in-progress', 'stopped', 'unknown']);

export const procedures: Section = {
  title: 'History of Procedures',
  code: '47519-4',
  display: 'History of Procedures Document',
  types: ['Procedure'],
  columns: ['Procedure', 'Date', 'Site', 'Status'],
  rows: (record) =>
    newestFirst(record.of('Procedure'), 'performedDateTime', 'performedPeriod')
      .filter(({ status, code }) => code !== undefined && done.has(String(status)))
      .map((resource) => ({
        resource,
        ...unlessTold(resource, performed),
        cells: [
          words(resource['code']) ?? 'not named',
          day(when(resource, 'performedDateTime', 'performedPeriod', 'performedString')),
          objects(resource['bodySite'])
            .map((site) => words(site) ?? '')
            .join(', '),
          String(resource['status']),
        ],
      })),
  absence: (record, id) => ({
    words: absenceOf(record.of('Procedure').length, 'procedures', 'were done'),
    resources: [
      {
        ...{ resourceType: 'Procedure', id, status: 'unknown', subject: subjectOf(record), _performedDateTime: unknownElement },
        code: absent('no-procedure-info', 'No information about past history of procedures'),
      },
    ],
  }),
};

export const plans: Section = {
  title: 'Plan of Care',
  code: '18776-5',
  display: 'Plan of care note',
  types: ['CarePlan'],
  columns: ['Plan', 'From', 'Activities'],
  rows: (record) =>
    newestFirst(record.of('CarePlan'), 'period', 'created')
      .filter(({ status }) => status === 'active')
      .map((resource) => ({
        resource,
        cells: [
          typeof resource['title'] === 'string'
            ? resource['title']
            : (objects(resource['category'])
                .map((each) => words(each))
                .find((each) => each !== undefined) ?? 'not named'),
          day(when(resource, 'period', 'created')),
          objects(resource['activity'])
            .flatMap(({ detail }) => objects(detail).map(({ code }) => words(code) ?? ''))
            .filter((each) => each !== '')
            .join(', '),
        ],
      })),
};

const advance = ['adr', 'acd'];

export const advanceDirectives: Section = {
  title: 'Advance Directives',
  code: '42348-3',
  display: 'Advance directives',
  types: ['Consent'],
  columns: ['Directive', 'Date', 'Status'],
  rows: (record) =>
    newestFirst(record.of('Consent'), 'dateTime')
      .filter(
        ({ status, scope }) =>
          status === 'active' &&
          objects(scope)
            .flatMap(({ coding }) => objects(coding))
            .some(({ code }) => advance.includes(String(code))),
      )
      .map((resource) => ({
        resource,
        cells: [
          objects(resource['category'])
            .map((each) => words(each) ?? '')
            .join(', ') || 'not named',
          day(when(resource, 'dateTime')),
          String(resource['status']),
        ],
      })),
};

export const functionalStatus: Section = {
  title: 'Functional Status',
  code: '47420-5',
  display: 'Functional status assessment note',
  types: ['ClinicalImpression'],
  columns: ['Assessment', 'Found', 'Date'],
  rows: (record) =>
    newestFirst(record.of('ClinicalImpression'), 'effectiveDateTime', 'effectivePeriod', 'date')
      .filter(({ status }) => status === 'completed')
      .map((resource) => ({
        resource,
        cells: [
          words(resource['code']) ?? String(resource['description'] ?? 'assessment'),
          String(resource['summary'] ?? ''),
          day(when(resource, 'effectiveDateTime', 'effectivePeriod', 'date')),
        ],
      })),
};
