/** The International Patient Summary as a document: Composition, patient, and all that its sections name. https://hl7.org/fhir/uv/ips/STU1.1/ */
import { baseText } from '../../fhir/bundle.ts';
import { printJson } from '../../fhir/json.ts';
import { isObject, type JsonObject, type Resource } from '../../fhir/resource.ts';
import { type PatientRecord, unknownElement } from './section.ts';
import { sections } from './sections/table.ts';
import { type Copy, copyOf, made, referenceTo, type Told, tell } from './told.ts';

/** Of the guide that summaries conform to. */
export const summaryVersion = '1.1.0';
export const summaryProfile = 'http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips';
const compositionProfile = 'http://hl7.org/fhir/uv/ips/StructureDefinition/Composition-uv-ips';

/** LOINC, of the type of the document. */
export const summaryType = { system: 'http://loinc.org', code: '60591-5', display: 'Patient summary Document' };

export interface SummaryOptions {
  readonly record: PatientRecord;
  /** Absolute FHIR base without trailing slash. */
  readonly base: string;
  /** When it is made, as a FHIR instant. */
  readonly at: string;
  /** A fresh UUID each time. */
  readonly uuid: () => string;
  readonly softwareVersion: string;
}

interface Head {
  readonly author: Copy;
  readonly custodian: Copy | undefined;
}

function compositionOf({ record, at, uuid }: SummaryOptions, { author, custodian }: Head, told: readonly Told[]): Copy {
  // What two sections tell of is contained once.
  const contained = [...new Map(told.flatMap((each) => each.contained).map((each) => [each['id'], each])).values()];
  const id = uuid();
  const composition: Resource = {
    resourceType: 'Composition',
    id,
    meta: { profile: [compositionProfile] },
    ...(contained.length === 0 ? {} : { contained }),
    status: 'final',
    type: { coding: [summaryType] },
    subject: { reference: referenceTo(record.patient) },
    date: at,
    author: [{ reference: author.reference }],
    title: 'International Patient Summary',
    confidentiality: 'N',
    ...(custodian === undefined ? {} : { custodian: { reference: custodian.reference } }),
    section: told.map(({ section }) => section),
  };
  return { reference: referenceTo(composition), text: printJson(composition) };
}

const authorOf = ({ uuid, softwareVersion }: SummaryOptions): Copy =>
  made({
    resourceType: 'Device',
    id: uuid(),
    deviceName: [{ name: 'Anamnesis', type: 'manufacturer-name' }],
    type: { text: 'FHIR server' },
    version: [{ value: softwareVersion }],
  });

/** The profile wants a name and a date of birth: what nobody told is said to be unknown. */
function patientCopy(record: PatientRecord): Copy {
  const { name, birthDate, _birthDate } = record.patient;
  const unknown: JsonObject = {
    ...(Array.isArray(name) && name.length > 0 ? {} : { name: [{ _text: unknownElement }] }),
    ...(birthDate === undefined && _birthDate === undefined ? { _birthDate: unknownElement } : {}),
  };
  return copyOf(record, record.patient, unknown);
}

function custodianOf(record: PatientRecord): Copy | undefined {
  const link = record.patient['managingOrganization'];
  const found = isObject(link) ? record.find(link['reference']) : undefined;
  return found && copyOf(record, found);
}

/** The JSON text of the Bundle; what is stored is passed through as it stands. */
export function summaryText(options: SummaryOptions): string {
  const { record, base, at, uuid } = options;
  const told = sections.flatMap((section) => tell(section, record, uuid));
  const head: Head = { author: authorOf(options), custodian: custodianOf(record) };
  const all = [compositionOf(options, head, told), patientCopy(record), head.author, ...(head.custodian ? [head.custodian] : [])];
  const once = new Map<string, string>();
  // What an entry says of a resource goes before what is merely named.
  for (const { reference, text } of [...all, ...told.flatMap(({ copies }) => copies)]) if (!once.has(reference)) once.set(reference, text);
  const root = baseText(base);
  const entries = [...once].map(([reference, text]) => `{"fullUrl":"${root}/${reference}","resource":${text}}`);
  const identifier = `{"system":"urn:ietf:rfc:3986","value":"urn:uuid:${uuid()}"}`;
  const start = `{"resourceType":"Bundle","id":"${uuid()}","meta":{"profile":["${summaryProfile}"]}`;
  return `${start},"identifier":${identifier},"type":"document","timestamp":"${at}","entry":[${entries.join(',')}]}`;
}
