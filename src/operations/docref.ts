/**
 * DocumentReference/$docref: the documents of a patient, and the summary that is made when it is fetched.
 * https://hl7.org/fhir/uv/ipa/STU1/OperationDefinition-docref.html, https://hl7.org/fhir/us/core/STU7/OperationDefinition-docref.html
 */
import { randomUUID } from 'node:crypto';
import { baseText, bundleText, pageLinks, searchEntry } from '../fhir/bundle.ts';
import { isId } from '../fhir/id.ts';
import { refusal } from '../fhir/outcome.ts';
import type { FhirResponse, Services } from '../interactions/interaction.ts';
import { isInError, NewestOfEach } from '../record/docref/newest.ts';
import { onDemandSummary } from '../record/docref/on-demand.ts';
import { type DocumentsAsked, documentsQuery } from '../record/docref/query.ts';
import { summaryProfile, summaryType } from '../record/summary/document.ts';
import type { Repository } from '../repository/repository.ts';
import type { StoredVersion } from '../repository/stored-version.ts';
import type { ParseOptions } from '../search/parse-context.ts';
import { type Arguments, text, texts } from './argument.ts';
import type { OperationDefinition } from './definition.ts';
import type { Operation, OperationCall } from './operation.ts';

const many = Number.POSITIVE_INFINITY;

const definition: OperationDefinition = {
  code: 'docref',
  url: 'http://hl7.org/fhir/uv/ipa/OperationDefinition/docref',
  alsoKnownAs: ['http://hl7.org/fhir/us/core/OperationDefinition/docref'],
  documentation:
    'The documents of a patient: with start or end those about care in that time, otherwise the newest of each type and the summary of now (LOINC 60591-5, International Patient Summary 1.1.0), which is made when it is fetched. Other documents are not made; of several types or profiles any is found.',
  system: false,
  type: true,
  instance: false,
  resource: ['DocumentReference'],
  affectsState: false,
  parameter: [
    { name: 'patient', min: 1, max: 1, type: 'id', documentation: 'Id of the patient.' },
    { name: 'start', min: 0, max: 1, type: 'dateTime', documentation: 'Care from this time on.' },
    { name: 'end', min: 0, max: 1, type: 'dateTime', documentation: 'Care up to this time.' },
    { name: 'type', min: 0, max: many, type: 'Coding', documentation: 'Documents of this type, in a query as system|code.' },
    { name: 'on-demand', min: 0, max: 1, type: 'boolean', documentation: 'true: only what is made when it is fetched.' },
    { name: 'profile', min: 0, max: many, type: 'canonical', documentation: 'Documents whose format is this profile.' },
  ],
};

const maxProfileLength = 2000;
/** Documents carry data: pages are small. */
const pageSize = 100;

function patientIdOf(values: Arguments): string {
  const id = text(values, 'patient') ?? '';
  if (isId(id)) return id;
  throw refusal('value', `patient is the id of a patient, such as 17, not "${id.slice(0, 100)}".`, { expression: 'patient' });
}

function isOnDemandOnly(values: Arguments): boolean {
  const value = text(values, 'on-demand') ?? 'false';
  if (value === 'true' || value === 'false') return value === 'true';
  throw refusal('value', `on-demand is true or false, not "${value.slice(0, 20)}".`, { expression: 'on-demand' });
}

function askedOf(values: Arguments): DocumentsAsked {
  const optional = { start: text(values, 'start'), end: text(values, 'end'), after: text(values, '_cursor') };
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as Partial<DocumentsAsked>;
  const profiles = texts(values, 'profile').map((profile) => profile.slice(0, maxProfileLength));
  return { patientId: patientIdOf(values), types: texts(values, 'type'), profiles, ...given };
}

const summaryTokens: ReadonlySet<string> = new Set([
  summaryType.code,
  `${summaryType.system}|${summaryType.code}`,
  `${summaryType.system}|`,
]);

/** A summary is of all of a life, not of the care in some time. */
function asksForSummary({ start, end, types, profiles, after }: DocumentsAsked): boolean {
  if (start !== undefined || end !== undefined || after !== undefined) return false;
  const isOfType = types.length === 0 || types.flatMap((type) => type.split(',')).some((type) => summaryTokens.has(type));
  const isOfProfile = profiles.length === 0 || profiles.some((profile) => [summaryProfile, `${summaryProfile}|1.1.0`].includes(profile));
  return isOfType && isOfProfile;
}

interface Found {
  readonly versions: readonly StoredVersion[];
  readonly next?: string | undefined;
}

/** With a time, a page of all that is about it; otherwise what is most recent of each type. */
async function documents(repository: Repository, services: Services, asked: DocumentsAsked, options: ParseOptions): Promise<Found> {
  const { definitions } = services;
  const page = (after: string | undefined) =>
    repository.search(documentsQuery(definitions, after === undefined ? asked : { ...asked, after }, options));
  if (asked.start !== undefined || asked.end !== undefined) {
    const { matches, next } = await page(asked.after);
    return { versions: matches.filter((version) => !isInError(version)), next };
  }
  const newest = new NewestOfEach();
  for (let after: string | undefined, isFirst = true; isFirst || after !== undefined; isFirst = false) {
    const { matches, next } = await page(after);
    for (const version of matches) if (!isInError(version)) newest.add(version);
    after = next;
  }
  return { versions: newest.versions };
}

/** What was asked, as pairs of a GET. */
const usedPairs = (values: Arguments): [string, string][] =>
  [...values.keys()].flatMap((name) => texts(values, name).map((value): [string, string] => [name, value]));

function bundleOf({ request, arguments: values }: OperationCall, found: Found, made: readonly string[]): FhirResponse {
  const base = baseText(request.base);
  const entries = [...made, ...found.versions.map((version) => searchEntry(base, version, 'match'))];
  const links = pageLinks(`${request.base}/${request.path.join('/')}`, usedPairs(values), found.next);
  const isWhole = found.next === undefined && !values.has('_cursor');
  return { status: 200, body: bundleText({ type: 'searchset', links, ...(isWhole ? { total: entries.length } : {}) }, entries) };
}

function summaryEntry({ request }: OperationCall, services: Services, patientId: string): string {
  const uuid = randomUUID();
  const resource = onDemandSummary({ patientId, base: request.base, at: services.now().toISOString(), uuid });
  return JSON.stringify({ fullUrl: `urn:uuid:${uuid}`, resource, search: { mode: 'match' } });
}

async function run(call: OperationCall, services: Services): Promise<FhirResponse> {
  const { request, arguments: values } = call;
  const { timeZone } = services.settings;
  const maxCount = Math.min(pageSize, services.settings.maxCount);
  const asked = askedOf(values);
  const isOnDemand = isOnDemandOnly(values);
  const zone = timeZone === undefined ? {} : { timeZone };
  const options: ParseOptions = { strict: true, defaultCount: maxCount, maxCount, now: services.now(), base: request.base, ...zone };
  // What is asked in vain is refused all the same.
  documentsQuery(services.definitions, asked, options);
  const repository = services.repository(request.principal);
  const patient = await repository.read('Patient', asked.patientId);
  // "If there is no match, an empty Bundle is returned" — OperationDefinition-docref.html
  if (patient?.body == null) return bundleOf(call, { versions: [] }, []);
  const found: Found = isOnDemand ? { versions: [] } : await documents(repository, services, asked, options);
  return bundleOf(call, found, asksForSummary(asked) ? [summaryEntry(call, services, asked.patientId)] : []);
}

export const docref: Operation = { definition, run };
