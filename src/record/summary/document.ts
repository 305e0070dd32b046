/** The International Patient Summary as a document: Composition, patient, and all that its sections name. https://hl7.org/fhir/uv/ips/STU1.1/ */
import type { JsonObject, Resource } from '../../fhir/resource.ts';
import { isObject } from '../../fhir/resource.ts';
import { paragraph, table } from './narrative.ts';
import type { PatientRecord, Row, Section } from './section.ts';
import { sections } from './sections/table.ts';

export const summaryProfile = 'http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips';
const compositionProfile = 'http://hl7.org/fhir/uv/ips/StructureDefinition/Composition-uv-ips';

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

interface Told {
  readonly section: JsonObject;
  readonly resources: readonly Resource[];
}

const referenceTo = ({ resourceType, id }: Resource): string => `${resourceType}/${id}`;

const headOf = ({ title, code, display }: Section): JsonObject => ({
  title,
  code: { coding: [{ system: 'http://loinc.org', code, display }] },
});

const told = (section: Section, rows: readonly Row[]): Told => ({
  section: { ...headOf(section), text: table(section, rows), entry: rows.map(({ resource }) => ({ reference: referenceTo(resource) })) },
  resources: rows.map(({ resource }) => resource),
});

/** Sections without anything are left out, unless they must be there: then they say so. */
function tell(section: Section, { record, uuid }: SummaryOptions): Told[] {
  const rows = section.rows(record);
  if (rows.length > 0) return [told(section, rows)];
  const absence = section.absence?.(record, uuid());
  if (absence === undefined) return [];
  const entry = [{ reference: referenceTo(absence.resource) }];
  return [{ section: { ...headOf(section), text: paragraph(absence.words), entry }, resources: [absence.resource] }];
}

/** What entries name and cannot be understood without. */
const needed = ['medicationReference', 'device'];

const namedBy = (record: PatientRecord, resource: Resource): readonly Resource[] =>
  needed.flatMap((element) => {
    const link = resource[element];
    return isObject(link) ? (record.find(link['reference']) ?? []) : [];
  });

function compositionOf({ record, at, uuid }: SummaryOptions, author: Resource, tellings: readonly Told[]): Resource {
  const { patient } = record;
  const custodian = patient['managingOrganization'];
  return {
    resourceType: 'Composition',
    id: uuid(),
    meta: { profile: [compositionProfile] },
    status: 'final',
    type: { coding: [{ system: 'http://loinc.org', code: '60591-5', display: 'Patient summary Document' }] },
    subject: { reference: referenceTo(patient) },
    date: at,
    author: [{ reference: referenceTo(author) }],
    title: 'International Patient Summary',
    confidentiality: 'N',
    ...(isObject(custodian) && record.find(custodian['reference']) !== undefined ? { custodian } : {}),
    section: tellings.map(({ section }) => section),
  };
}

const authorOf = ({ uuid, softwareVersion }: SummaryOptions): Resource => ({
  resourceType: 'Device',
  id: uuid(),
  deviceName: [{ name: 'Anamnesis', type: 'manufacturer-name' }],
  type: { text: 'FHIR server' },
  version: [{ value: softwareVersion }],
});

export function summaryDocument(options: SummaryOptions): Resource {
  const { record, base, at, uuid } = options;
  const tellings = sections.flatMap((section) => tell(section, options));
  const author = authorOf(options);
  const composition = compositionOf(options, author, tellings);
  const main = tellings.flatMap(({ resources }) => resources);
  const custodian = isObject(composition['custodian']) ? record.find(composition['custodian']['reference']) : undefined;
  const all = [
    composition,
    record.patient,
    author,
    ...(custodian ? [custodian] : []),
    ...main,
    ...main.flatMap((each) => namedBy(record, each)),
  ];
  const once = new Map(all.map((resource) => [referenceTo(resource), resource]));
  return {
    resourceType: 'Bundle',
    id: uuid(),
    meta: { profile: [summaryProfile] },
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${uuid()}` },
    type: 'document',
    timestamp: at,
    entry: [...once].map(([reference, resource]) => ({ fullUrl: `${base}/${reference}`, resource })),
  };
}
