/** Headers that every response about one version carries. https://hl7.org/fhir/R4/http.html#versioning */
import { etagOf } from '../fhir/etag.ts';
import { httpDate } from '../fhir/instant.ts';
import { refusal } from '../fhir/outcome.ts';
import type { StoredVersion } from '../repository/stored-version.ts';

// SHALL: ETag with the versionId, and Last-Modified — http.html#read
export const versionHeaders = (version: StoredVersion): Record<string, string> => ({
  etag: etagOf(version.versionId),
  'last-modified': httpDate(version.lastUpdated),
});

export const versionUrl = (base: string, version: StoredVersion): string =>
  `${base}/${version.type}/${version.id}/_history/${version.versionId}`;

export const unknownResource = (type: string, id: string): Error => refusal('not-found', `${type}/${id} is not known here.`);

// SHALL: 410 for a deleted resource — http.html#read
export const deletedResource = (version: StoredVersion): Error =>
  refusal('deleted', `${version.type}/${version.id} was deleted on ${version.lastUpdated}; earlier versions are in its _history.`, {
    headers: versionHeaders(version),
  });
