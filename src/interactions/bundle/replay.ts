/**
 * A history Bundle as a transaction: what was true at its end is made true here, whatever versions led there.
 * https://hl7.org/fhir/R4/http.html#other-bundles
 */
import { isObject, type JsonObject } from '../../fhir/resource.ts';

export interface Replay {
  /** By index of the Bundle: the entry to process, or undefined where a newer one of the same resource stands for it. */
  readonly entries: readonly unknown[];
  /** By index: the entry that stands for it. */
  readonly standIns: readonly number[];
}

interface Version {
  /** `Patient/1` */
  readonly identity: string;
  readonly time: string;
}

const identityInUrl = /(?:^|\/)([A-Z][A-Za-z]*\/[A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]*)?$/;

/** Entries that name no resource are left as they are: the transaction then says what is wrong with them. */
export function replayOf(given: readonly unknown[]): Replay {
  const versions = given.map((entry) => (isObject(entry) ? versionOf(entry) : undefined));
  const newest = new Map<string, number>();
  versions.forEach((version, index) => {
    if (version === undefined) return;
    const known = versions[newest.get(version.identity) ?? -1];
    // A history has its newest entries first: http.html#history. Times decide where it was sorted otherwise.
    if (known === undefined || (known.time !== '' && version.time > known.time)) newest.set(version.identity, index);
  });
  const standIns = versions.map((version, index) => (version === undefined ? index : (newest.get(version.identity) ?? index)));
  const entries = given.map((entry, index) => (standIns[index] === index ? asRequest(entry, versions[index]) : undefined));
  return { entries, standIns };
}

function versionOf({ resource, request, response }: JsonObject): Version | undefined {
  const identity = identityOf(resource) ?? identityInUrl.exec(textOf(request, 'url'))?.[1];
  if (identity === undefined) return undefined;
  return { identity, time: textOf(response, 'lastModified') || textOf(isObject(resource) ? resource['meta'] : undefined, 'lastUpdated') };
}

const identityOf = (resource: unknown): string | undefined => {
  const [type, id] = [textOf(resource, 'resourceType'), textOf(resource, 'id')];
  return type === '' || id === '' ? undefined : `${type}/${id}`;
};

const textOf = (object: unknown, name: string): string => {
  const value = isObject(object) ? object[name] : undefined;
  return typeof value === 'string' ? value : '';
};

// SHALL: a POST uses the id of its resource, so that references are preserved — http.html#other-bundles
function asRequest(entry: unknown, version: Version | undefined): unknown {
  if (!isObject(entry) || version === undefined) return entry;
  const { request, fullUrl, resource } = entry;
  const url = version.identity;
  if (textOf(request, 'method') === 'DELETE') return { request: { method: 'DELETE', url } };
  return {
    request: { method: 'PUT', url },
    ...(resource === undefined ? {} : { resource }),
    ...(fullUrl === undefined ? {} : { fullUrl }),
  };
}
