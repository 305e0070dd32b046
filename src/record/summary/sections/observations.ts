/** Results, vital signs, habits and pregnancies: of each kind the newest. https://hl7.org/fhir/uv/ips/STU1.1/StructureDefinition-Composition-uv-ips.html */
import { parseJson } from '../../../fhir/json.ts';
import { isObject, type JsonObject, type Resource } from '../../../fhir/resource.ts';
import { day, findings, hasCode, newestFirst, newestOfEach, objects, when, words } from '../read.ts';
import { type PatientRecord, type Row, type Section, unlessTold } from '../section.ts';

const loinc = 'http://loinc.org';
const effective = ['effectiveDateTime', 'effectivePeriod', 'effectiveInstant', 'effectiveTiming'] as const;
/** Elsewhere in the summary. */
const habits = ['72166-2', '74013-4'];
const pregnancyStatus = ['82810-3'];
const pregnancyOutcomes = ['11636-8', '11637-6', '11638-4', '11639-2', '11640-0', '11612-9', '11613-7', '11614-5', '33065-4'];
const deliveryDates = ['11778-8', '11779-6', '11780-4'];
const pregnancy = [...pregnancyStatus, ...pregnancyOutcomes, ...deliveryDates];

/** Habits and pregnancies, which may be under any category: LOINC. */
export const lifeCodes: readonly string[] = [...habits, ...pregnancy];

const standing = new Set(['final', 'amended', 'corrected']);

const inCategory = ({ category }: Resource, codes: readonly string[]): boolean =>
  objects(category)
    .flatMap(({ coding }) => objects(coding))
    .some(({ code }) => codes.includes(String(code)));

const rowOf = (record: PatientRecord, resource: Resource): Row => ({
  resource,
  ...unlessTold(resource, effective),
  cells: [
    words(resource['code']) ?? 'not named',
    // With the digits as they were written.
    findings(parseJson(record.textOf(resource)) as Resource),
    objects(resource['interpretation'])
      .map((each) => words(each) ?? '')
      .join(', '),
    day(when(resource, 'effectiveDateTime', 'effectivePeriod', 'effectiveInstant', 'issued')),
  ],
});

const columns = ['What', 'Found', 'Interpretation', 'Date'];

const observationsWith = (record: PatientRecord, isWanted: (observation: Resource) => boolean): readonly Resource[] =>
  record.of('Observation').filter((each) => standing.has(String(each['status'])) && isWanted(each));

const isElsewhere = ({ code }: Resource): boolean => hasCode(code, loinc, [...habits, ...pregnancy]);

/** The profiles of results take only what is final. */
const results = (record: PatientRecord): readonly Resource[] =>
  newestOfEach(
    observationsWith(
      record,
      (each) => each['status'] === 'final' && inCategory(each, ['laboratory', 'imaging', 'procedure', 'exam']) && !isElsewhere(each),
    ),
  );

const reports = (record: PatientRecord): readonly Resource[] =>
  newestFirst(record.of('DiagnosticReport'), 'effectiveDateTime', 'effectivePeriod', 'issued')
    .filter(({ status, category }) => status === 'final' && objects(category).length === 1)
    .slice(0, 10);

const reportRow = (resource: Resource): Row => ({
  resource,
  ...unlessTold(resource, effective),
  cells: [
    words(resource['code']) ?? 'not named',
    typeof resource['conclusion'] === 'string' ? resource['conclusion'] : `report with ${objects(resource['result']).length} results`,
    '',
    day(when(resource, 'effectiveDateTime', 'effectivePeriod', 'issued')),
  ],
});

export const diagnosticResults: Section = {
  title: 'Results',
  code: '30954-2',
  display: 'Relevant diagnostic tests/laboratory data note',
  types: ['Observation', 'DiagnosticReport'],
  columns,
  rows: (record) => [...results(record).map((each) => rowOf(record, each)), ...reports(record).map(reportRow)],
};

/**
 * A vital sign has the code of its profile whatever others it has: narrower and older codes, and what R4
 * wants beside them. https://hl7.org/fhir/R4/observation-vitalsigns.html
 */
const magic: ReadonlyMap<string, { readonly code: string; readonly display: string }> = new Map([
  ['55284-4', { code: '85354-9', display: 'Blood pressure panel with all children optional' }],
  ['8331-1', { code: '8310-5', display: 'Body temperature' }],
]);

function magicCode({ code }: Resource): JsonObject {
  const codings = isObject(code) ? objects(code['coding']) : [];
  const wanted = codings.map((coding) => (coding['system'] === loinc ? magic.get(String(coding['code'])) : undefined)).find((each) => each);
  if (wanted === undefined || hasCode(code, loinc, [wanted.code])) return {};
  return { code: { ...(code as object), coding: [...codings, { system: loinc, ...wanted }] } };
}

export const vitalSigns: Section = {
  title: 'Vital Signs',
  code: '8716-3',
  display: 'Vital signs note',
  types: ['Observation'],
  columns,
  rows: (record) =>
    newestOfEach(observationsWith(record, (each) => inCategory(each, ['vital-signs']))).map((each) => {
      const row = rowOf(record, each);
      return { ...row, change: { ...row.change, ...magicCode(each) } };
    }),
};

/**
 * What is told as the guide wants it would conform to the profile of results as well, and no entry of the Bundle may conform to two of them:
 * such a copy stands within the Composition. What carries a security label has to keep it, which only resources beside it can.
 */
function isTwofold({ status, meta, contained, valueCodeableConcept }: Resource): boolean {
  if (status !== 'final' || contained !== undefined || (isObject(meta) && meta['security'] !== undefined)) return false;
  return !isObject(valueCodeableConcept) || objects(valueCodeableConcept['coding']).some(({ system }) => system === loinc);
}

const dated = ({ effectiveDateTime }: Resource): boolean => effectiveDateTime !== undefined;

export const socialHistory: Section = {
  title: 'Social History',
  code: '29762-2',
  display: 'Social history note',
  types: ['Observation'],
  columns,
  rows: (record) =>
    newestOfEach(
      observationsWith(record, (each) => dated(each) && objects(each['component']).length === 0 && hasCode(each['code'], loinc, habits)),
    ).map((each) => rowOf(record, each)),
  isContained: isTwofold,
};

export const pregnancies: Section = {
  title: 'History of Pregnancy',
  code: '10162-6',
  display: 'History of pregnancies Narrative',
  types: ['Observation'],
  columns,
  rows: (record) =>
    newestOfEach(observationsWith(record, (each) => isObject(each['code']) && hasCode(each['code'], loinc, pregnancy))).map((each) =>
      rowOf(record, each),
    ),
  isContained: isTwofold,
};
