/** The entities of an AuditEvent: patient, data, query, request id. https://profiles.ihe.net/ITI/BALP/content.html */
import { anyPatient, type Entry, type EventEntry, isEvent, type RequestEntry, type Touched } from './entry.ts';

type Json = Record<string, unknown>;

const entityType = (code: string, display: string): Json => ({
  system: 'http://terminology.hl7.org/CodeSystem/audit-entity-type',
  code,
  display,
});
const role = (code: string, display: string): Json => ({ system: 'http://terminology.hl7.org/CodeSystem/object-role', code, display });

const person = entityType('1', 'Person');
const system = entityType('2', 'System Object');
const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

const patientEntity = (id: string): Json => ({ what: { reference: `Patient/${id}` }, type: person, role: role('1', 'Patient') });

const requestIdEntity = (id: string): Json => ({
  what: { identifier: { value: id } },
  type: { system: 'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType', code: 'XrequestId' },
});

/** Names without values: of several patients, none is told whom else the request named. */
const namesOnly = (text: string): string =>
  text
    .replace(/Patient\/[A-Za-z0-9\-.]{1,64}/g, 'Patient/…')
    .split('&')
    .map((pair) => {
      const mark = pair.lastIndexOf('?');
      const equals = pair.indexOf('=', mark + 1);
      return equals < 0 ? pair : pair.slice(0, equals);
    })
    .join('&');

export const queryText = ({ m, b, t, f }: RequestEntry, isShared: boolean): string => {
  const [target, form] = isShared ? [namesOnly(t), f && namesOnly(f)] : [t, f];
  return `${m} ${b}${target}${form === undefined ? '' : `\n\n${form}`}`;
};

const queryEntity = (text: string): Json => ({ type: system, role: role('24', 'Query'), query: base64(text) });

const resource = /^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/\d+)?$/;

/** A reference to another patient would put the event into their record. */
const isForeign = (reference: string, patient: string): boolean =>
  reference.startsWith('Patient/') && reference !== `Patient/${patient}` && !reference.startsWith(`Patient/${patient}/`);

const whatOf = (reference: string, patient: string): Json =>
  isForeign(reference, patient) ? { identifier: { value: reference } } : { reference };

/** `request` is told where there is one thing only. */
function dataEntity([action, reference, , status]: Touched, patient: string, isShared: boolean, request?: string): Json {
  if (action === 'E') return queryEntity(isShared ? namesOnly(reference) : reference);
  const detail = [
    ...(request === undefined ? [{ type: 'action', valueString: action }] : [{ type: 'request', valueString: request }]),
    ...(status === undefined ? [] : [{ type: 'status', valueString: String(status) }]),
  ];
  return {
    ...(resource.test(reference) ? { what: whatOf(reference, patient) } : {}),
    type: system,
    role: role('4', 'Domain Resource'),
    ...(resource.test(reference) ? {} : { description: isShared ? namesOnly(reference) : reference }),
    detail,
  };
}

/** Of what an instance request names when nothing was touched: what was asked for. */
function askedFor({ t }: RequestEntry): Touched | undefined {
  const path = t.split('?')[0]?.slice(1) ?? '';
  return resource.test(path) ? ['R', path, []] : undefined;
}

const single = /^(read|vread|create|update|patch|delete)/;

function requestEntities(entry: RequestEntry, patient: string): Json[] {
  const { i = [], p = [] } = entry;
  const isShared = patient !== anyPatient && p.length > 1;
  const place = p.indexOf(patient);
  const items = patient === anyPatient || p.length < 2 ? i : i.filter(([, , places]) => places.includes(place));
  if (!single.test(entry.k)) return [queryEntity(queryText(entry, isShared)), ...items.map((item) => dataEntity(item, patient, isShared))];
  const asked = items.length > 0 ? items : [askedFor(entry) ?? []].filter((item): item is Touched => item.length > 0);
  // A conditional request names by its criteria: they are told like a search.
  const request = queryText(entry, isShared);
  return asked.length === 0 ? [queryEntity(request)] : asked.map((item) => dataEntity(item, patient, isShared, request));
}

function eventEntities({ j, q, w = {} }: EventEntry): Json[] {
  return [
    ...(w.p === undefined ? [] : [patientEntity(w.p)]),
    ...(q === undefined ? [] : [queryEntity(q)]),
    ...(j === undefined ? [] : [{ type: system, role: role('13', 'Security Resource'), name: j }]),
  ];
}

export function entitiesOf(entry: Entry, patient: string): { readonly entity?: readonly Json[] } {
  if (isEvent(entry)) {
    const entity = eventEntities(entry);
    return entity.length === 0 ? {} : { entity };
  }
  const { x } = entry;
  return {
    entity: [
      ...(patient === anyPatient ? [] : [patientEntity(patient)]),
      ...requestEntities(entry, patient),
      ...(x === undefined ? [] : [requestIdEntity(x)]),
    ],
  };
}
