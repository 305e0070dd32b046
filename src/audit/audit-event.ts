/** The AuditEvents of an entry: always the same for the same entry. https://hl7.org/fhir/R4/auditevent.html, https://profiles.ihe.net/ITI/BALP/ */
import { hash } from 'node:crypto';
import type { Resource } from '../fhir/resource.ts';
import { logIdPrefix } from '../repository/log-id.ts';
import { agentsOf, type Roles, uri } from './agent.ts';
import { entitiesOf } from './entity.ts';
import { type Action, type Entry, isEvent, patientsOf, type RequestEntry } from './entry.ts';
import { profileOf } from './profile.ts';
import { type Coding, securityCodes } from './security-code.ts';
import type { SecurityEventKind } from './security-event.ts';
import { linesOf, type Sheet } from './sheet.ts';

/** An entry of the log in its place. */
export interface LogRow {
  readonly seq: number;
  /** FHIR instant. */
  readonly at: string;
  readonly entry: string;
  /** Of the sheet that it is in. */
  readonly hash: string;
}

export const logRows = (sheet: Sheet): LogRow[] =>
  linesOf(sheet).map(({ at, entry }, i): LogRow => ({ seq: sheet.seq + i, at, entry, hash: sheet.hash }));

/** Cannot be guessed from another, and does not tell how many there are. */
export const eventId = ({ hash: sheet, seq }: LogRow, patient: string): string =>
  `${logIdPrefix}${hash('sha256', `${sheet}/${seq}/${patient}`).slice(0, 32)}`;

const reason = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';

const actions: Readonly<Record<string, Action>> = {
  read: 'R',
  vread: 'R',
  'history-instance': 'R',
  'history-type': 'R',
  'history-system': 'R',
  create: 'C',
  update: 'U',
  patch: 'U',
  delete: 'D',
};

/** FHIR's word for the interaction, without what only this server tells apart. */
const interactionOf = ({ k }: RequestEntry): string => {
  const plain = k.replace(/-conditional$/, '');
  return plain === 'search-compartment' ? 'search' : plain;
};

const rolesOf = (action: Action): Roles => (action === 'R' ? 'given' : action === 'D' ? 'deleted' : 'taken');

interface Kind {
  readonly type: Coding;
  readonly subtype: readonly Coding[];
  readonly action: Action;
  readonly roles: Roles;
}

function kindOf(entry: Entry): Kind {
  if (isEvent(entry)) {
    const { type, subtype, action } = securityCodes[entry.k.slice(1) as SecurityEventKind];
    return { type, subtype: subtype === undefined ? [] : [subtype], action, roles: 'event' };
  }
  const code = interactionOf(entry);
  const action = actions[code] ?? 'E';
  const type = { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest', display: 'RESTful Operation' };
  const subtype = code === 'other' ? [] : [{ system: 'http://hl7.org/fhir/restful-interaction', code, display: code }];
  return { type, subtype, action, roles: rolesOf(action) };
}

/** http://hl7.org/fhir/audit-event-outcome */
function outcomeOf({ s }: Entry): '0' | '4' | '8' {
  if (typeof s === 'string') return s === 'success' ? '0' : s === 'refused' ? '4' : '8';
  return s < 400 ? '0' : s < 500 ? '4' : '8';
}

function descriptionOf(entry: Entry): string | undefined {
  if (isEvent(entry)) return entry.d;
  if (entry.r) return 'Written; whether the answer reached the client is not known';
  return entry.s < 400 ? undefined : `${entry.s}${entry.e === undefined ? '' : ` ${entry.e}`}`;
}

function purposesOf({ w = {} }: Entry): object[] {
  const purpose = w.y === undefined ? [] : [{ coding: [{ system: reason, code: w.y }] }];
  return w.g === undefined ? purpose : [...purpose, { coding: [{ system: reason, code: 'BTG', display: 'break the glass' }], text: w.g }];
}

function eventOf(row: LogRow, entry: Entry, patient: string): Resource {
  const { type, subtype, action, roles } = kindOf(entry);
  const purposes = purposesOf(entry);
  const description = descriptionOf(entry);
  const profile = profileOf(entry, patient);
  return {
    resourceType: 'AuditEvent',
    id: eventId(row, patient),
    ...(profile === undefined ? {} : { meta: { profile: [profile] } }),
    type,
    ...(subtype.length === 0 ? {} : { subtype }),
    action,
    recorded: row.at,
    outcome: outcomeOf(entry),
    ...(description === undefined ? {} : { outcomeDesc: description }),
    ...(purposes.length === 0 ? {} : { purposeOfEvent: purposes }),
    agent: agentsOf(entry, roles, action, patient),
    source: {
      observer: { identifier: { system: uri, value: entry.b }, display: 'Anamnesis' },
      type: [{ system: 'http://terminology.hl7.org/CodeSystem/security-source-type', code: '4', display: 'Application Server' }],
    },
    ...entitiesOf(entry, patient),
  } as Resource;
}

export const readEntry = ({ entry }: LogRow): Entry => JSON.parse(entry) as Entry;

/** The AuditEvent of an entry that speaks of one patient, or of all of them (`*`). */
export const auditEventOf = (row: LogRow, patient: string): Resource => eventOf(row, readEntry(row), patient);

export function auditEventsOf(row: LogRow): Resource[] {
  const entry = readEntry(row);
  return patientsOf(entry).map((patient) => eventOf(row, entry, patient));
}
