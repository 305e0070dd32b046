/** Medicines that are taken or ordered. https://hl7.org/fhir/uv/ips/STU1.1/StructureDefinition-Composition-uv-ips.html */
import type { JsonObject, Resource } from '../../../fhir/resource.ts';
import { isObject } from '../../../fhir/resource.ts';
import { day, newestFirst, objects, quantity, when, words } from '../read.ts';
import { absent, type PatientRecord, type Row, type Section, subjectOf, unknownElement, unlessTold } from '../section.ts';

const taken = new Set(['active', 'intended', 'on-hold', 'unknown']);
const ordered = new Set(['active', 'on-hold', 'unknown']);

function nameOf(record: PatientRecord, resource: Resource): string {
  const medication = isObject(resource['medicationReference']) ? record.find(resource['medicationReference']['reference']) : undefined;
  const shown = isObject(resource['medicationReference']) ? resource['medicationReference']['display'] : undefined;
  return words(resource['medicationCodeableConcept']) ?? words(medication?.['code']) ?? (typeof shown === 'string' ? shown : 'not named');
}

const range = (value: unknown): string | undefined =>
  isObject(value) ? [quantity(value['low']), quantity(value['high'])].map((bound) => bound ?? '?').join(' – ') : undefined;

/** How much at a time. */
const amountOf = ({ doseAndRate }: JsonObject): string | undefined =>
  objects(doseAndRate)
    .map((each) => quantity(each['doseQuantity']) ?? range(each['doseRange']))
    .find((each) => each !== undefined);

/** How often. */
function rhythmOf({ timing }: JsonObject): string | undefined {
  if (!isObject(timing)) return undefined;
  const { frequency, period, periodUnit } = isObject(timing['repeat']) ? timing['repeat'] : ({} as JsonObject);
  if (frequency === undefined) return words(timing['code']);
  return `${String(frequency)} × per ${[period, periodUnit].filter((part) => part !== undefined).join(' ')}`;
}

function needOf({ asNeededBoolean, asNeededCodeableConcept }: JsonObject): string | undefined {
  const reason = words(asNeededCodeableConcept);
  if (reason !== undefined) return `as needed: ${reason}`;
  return asNeededBoolean === true ? 'as needed' : undefined;
}

const doseOf = (dosage: JsonObject): string =>
  typeof dosage['text'] === 'string'
    ? dosage['text']
    : [amountOf(dosage), rhythmOf(dosage), needOf(dosage), words(dosage['route'])].filter((part) => part !== undefined).join(', ');

const row = (record: PatientRecord, resource: Resource, dosages: unknown, moment: string | undefined): Row => ({
  resource,
  cells: [nameOf(record, resource), objects(dosages).map(doseOf).join('; '), String(resource['status']), day(moment)],
});

export const medications: Section = {
  title: 'Medication Summary',
  code: '10160-0',
  display: 'History of Medication use Narrative',
  types: ['MedicationStatement', 'MedicationRequest'],
  required: true,
  columns: ['Medicine', 'Dose', 'Status', 'Since'],
  rows: (record) => [
    ...newestFirst(record.of('MedicationStatement'), 'effectiveDateTime', 'effectivePeriod', 'dateAsserted')
      .filter(({ status }) => taken.has(String(status)))
      .map((each) => ({
        ...row(record, each, each['dosage'], when(each, 'effectiveDateTime', 'effectivePeriod', 'dateAsserted')),
        // The profile wants to know since when.
        ...unlessTold(each, ['effectiveDateTime', 'effectivePeriod']),
      })),
    ...newestFirst(record.of('MedicationRequest'), 'authoredOn')
      .filter(({ status, doNotPerform }) => ordered.has(String(status)) && doNotPerform !== true)
      .map((each) => row(record, each, each['dosageInstruction'], when(each, 'authoredOn'))),
  ],
  absence: (record, id) => {
    const earlier = record.of('MedicationStatement').length + record.of('MedicationRequest').length;
    return {
      words: earlier > 0 ? `No current medicines are recorded; ${earlier} earlier.` : 'There is no information about medicines.',
      resources: [
        {
          resourceType: 'MedicationStatement',
          id,
          status: 'unknown',
          medicationCodeableConcept: absent('no-medication-info', 'No information about medications'),
          subject: subjectOf(record),
          _effectiveDateTime: unknownElement,
        },
      ],
    };
  },
};
