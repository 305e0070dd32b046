/** If-Match, If-None-Match, If-Modified-Since: what must hold before an interaction runs. https://hl7.org/fhir/R4/http.html#concurrency, #cread */
import { readEntityTags } from '../fhir/etag.ts';
import { type FhirError, refusal } from '../fhir/outcome.ts';
import type { StoredVersion } from '../repository/stored-version.ts';
import type { FhirRequest, Services } from './interaction.ts';

/** Whole seconds: Last-Modified has no finer grain. */
const seconds = (time: number): number => Math.floor(time / 1000);

function unchangedSince(header: string, version: StoredVersion): boolean {
  const since = Date.parse(header);
  // RFC 9110 section 13.1.3: a date that cannot be read is ignored.
  return !Number.isNaN(since) && seconds(Date.parse(version.lastUpdated)) <= seconds(since);
}

/** True when the client already has this version (304). If-None-Match wins over If-Modified-Since. Throws 400. */
export function isNotModified(request: FhirRequest, version: StoredVersion): boolean {
  const tags = request.headers['if-none-match'];
  if (tags !== undefined) {
    const known = readEntityTags('If-None-Match', tags);
    return known === '*' || known.includes(version.versionId);
  }
  const since = request.headers['if-modified-since'];
  return since !== undefined && unchangedSince(since, version);
}

const current = (request: FhirRequest, services: Services): Promise<StoredVersion | undefined> =>
  services.repository(request.principal).read(request.path[0] as string, request.path[1] as string);

function noVersion(request: FhirRequest): FhirError {
  return refusal('conflict', `If-Match is given, but ${request.path.join('/')} has no current version.`, { status: 412 });
}

/** Of several tags at most one can be current: that one is demanded, or the first, which then fails. */
async function oneOf(request: FhirRequest, services: Services, tags: readonly string[]): Promise<string | undefined> {
  const version = await current(request, services);
  return tags.find((tag) => tag === version?.versionId) ?? tags[0];
}

/** The versionId that must be current for a write to `[type]/[id]`; undefined = no demand. Throws 400, 412. */
export async function readIfMatch(request: FhirRequest, services: Services): Promise<string | undefined> {
  const header = request.headers['if-match'];
  if (header === undefined) return undefined;
  const tags = readEntityTags('If-Match', header);
  if (tags !== '*') return tags.length === 1 ? tags[0] : oneOf(request, services, tags);
  if (((await current(request, services))?.body ?? null) === null) throw noVersion(request);
  return undefined;
}

/** If-Match of a conditional write: the resource is found by criteria, so exactly one version can be meant. Throws 400. */
export function readConditionalIfMatch(request: FhirRequest): string | undefined {
  const header = request.headers['if-match'];
  if (header === undefined) return undefined;
  const tags = readEntityTags('If-Match', header);
  if (tags === '*' || tags.length !== 1)
    throw refusal('value', 'If-Match of a conditional interaction names exactly one version, such as W/"3".');
  return tags[0];
}

/** True for `If-None-Match: *` of an update: create, but never replace. Throws 400 for anything else. */
export function readOnlyCreate(request: FhirRequest): boolean {
  const header = request.headers['if-none-match'];
  if (header === undefined) return false;
  if (readEntityTags('If-None-Match', header) === '*') return true;
  throw refusal('not-supported', 'If-None-Match of an update is * (create only); to replace a certain version use If-Match.');
}
