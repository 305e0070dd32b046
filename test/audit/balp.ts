/** The rules of BALP 1.1.3 that AuditEvents of requests have to keep, written down from its pages. https://profiles.ihe.net/ITI/BALP/1.1.3/content.html */
import type { Resource } from '../../src/fhir/resource.ts';
import { type Element, profileOf } from '../support/profile-check.ts';

const dcm = (code: string) => ({ coding: [{ system: 'http://dicom.nema.org/resources/ontology/DCM', code }] });
const custodian = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code: 'custodian' }] };
const recipient = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'IRCP' }] };
const entityType = (code: string) => ({ system: 'http://terminology.hl7.org/CodeSystem/audit-entity-type', code });
const role = (code: string) => ({ system: 'http://terminology.hl7.org/CodeSystem/object-role', code });

type Rules = readonly Omit<Element, 'path'>[];

/** `AuditEvent.agent:client.who` and what is demanded of it. */
const element = (id: string, more: object = {}): Element => {
  const [, sliceName] = /:([a-z]+)$/i.exec(id) ?? [];
  return { id, path: id.replaceAll(/:[a-zA-Z]+/g, ''), ...(sliceName === undefined ? {} : { sliceName }), ...more };
};

const sliced = (path: string, by: string): Element =>
  element(path, { slicing: { discriminator: [{ type: 'pattern', path: by }], rules: 'open' } });

const agent = (name: string, type: object, more: Rules = []): Element[] => [
  element(`AuditEvent.agent:${name}`, { min: 1, max: '1' }),
  element(`AuditEvent.agent:${name}.type`, { min: 1, patternCodeableConcept: type }),
  element(`AuditEvent.agent:${name}.who`, { min: 1 }),
  element(`AuditEvent.agent:${name}.media`, { max: '0' }),
  element(`AuditEvent.agent:${name}.network`, { min: 1 }),
  ...(more as Element[]),
];

const user: Element[] = [
  element('AuditEvent.agent:user', { min: 0, max: '1' }),
  element('AuditEvent.agent:user.type', { min: 1, patternCodeableConcept: recipient }),
  element('AuditEvent.agent:user.who', { min: 1 }),
  element('AuditEvent.agent:user.requestor', { patternBoolean: true }),
  element('AuditEvent.agent:user.media', { max: '0' }),
  element('AuditEvent.agent:user.network', { max: '0' }),
];

const data: Element[] = [
  element('AuditEvent.entity:data', { min: 1, max: '1' }),
  element('AuditEvent.entity:data.what', { min: 1 }),
  element('AuditEvent.entity:data.type', { min: 1, patternCoding: entityType('2') }),
  element('AuditEvent.entity:data.role', { patternCoding: role('4') }),
];

const query: Element[] = [
  element('AuditEvent.entity:query', { min: 1, max: '1' }),
  element('AuditEvent.entity:query.what', { max: '0' }),
  element('AuditEvent.entity:query.type', { min: 1, patternCoding: entityType('2') }),
  element('AuditEvent.entity:query.role', { min: 1, patternCoding: role('24') }),
  element('AuditEvent.entity:query.lifecycle', { max: '0' }),
  element('AuditEvent.entity:query.query', { min: 1 }),
  element('AuditEvent.entity:query.detail', { max: '0' }),
];

const patient: Element[] = [
  element('AuditEvent.entity:patient', { min: 1, max: '1' }),
  element('AuditEvent.entity:patient.what', {
    min: 1,
    type: [{ code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Patient'] }],
  }),
  element('AuditEvent.entity:patient.type', { min: 1, patternCoding: entityType('1') }),
  element('AuditEvent.entity:patient.role', { min: 1, patternCoding: role('1') }),
];

const transaction: Element[] = [
  element('AuditEvent.entity:transaction', { max: '1' }),
  element('AuditEvent.entity:transaction.what', { min: 1 }),
  element('AuditEvent.entity:transaction.type', {
    min: 1,
    patternCoding: { system: 'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType', code: 'XrequestId' },
  }),
];

interface Kind {
  readonly action: string;
  readonly client: object;
  readonly server: object;
  readonly main: readonly Element[];
  readonly user?: readonly Element[];
}

const kinds: Readonly<Record<string, Kind>> = {
  Read: { action: 'R', client: dcm('110152'), server: dcm('110153'), main: data, user },
  Query: { action: 'E', client: dcm('110153'), server: dcm('110152'), main: query, user },
  Create: { action: 'C', client: dcm('110153'), server: dcm('110152'), main: data },
  Update: { action: 'U', client: dcm('110153'), server: dcm('110152'), main: data },
  Delete: { action: 'D', client: dcm('110150'), server: custodian, main: data },
};

/** `IHE.BasicAudit.PatientRead` as a profile. */
export function balp(name: string): Resource {
  const plain = name.replace(/^Patient/, '');
  const kind = kinds[plain];
  if (kind === undefined) throw new Error(`BALP has no pattern ${name} here`);
  return profileOf(name, 'AuditEvent', [
    element('AuditEvent.type', { patternCoding: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest' } }),
    element('AuditEvent.subtype', { min: 1 }),
    element('AuditEvent.action', { min: 1, patternCode: kind.action }),
    element('AuditEvent.outcome', { min: 1, patternCode: '0' }),
    { ...sliced('AuditEvent.agent', 'type'), min: 2 },
    ...agent('client', kind.client),
    ...agent('server', kind.server),
    ...(kind.user ?? []),
    { ...sliced('AuditEvent.entity', 'type'), min: plain === name ? 1 : 2 },
    ...transaction,
    ...kind.main,
    ...(plain === name ? [] : patient),
  ]);
}
