/** The conformance resources that clients stored, by canonical. https://hl7.org/fhir/R4/references.html#canonical */
import { parseJson } from '../../fhir/json.ts';
import { newest } from '../../fhir/newest.ts';
import type { Resource } from '../../fhir/resource.ts';
import { type NamedType, pinned } from '../../packages/pinned.ts';
import type { StoredDefinition } from '../../terminology/stored-source.ts';
import type { FindVersions } from '../../validation/conformance/source.ts';

export type FindStored = (type: string, url: string) => Promise<readonly StoredDefinition[]>;

interface Stored {
  readonly resource: Resource;
  readonly version: string | undefined;
  readonly size: number;
}

/** Of two that call themselves alike, the one last updated comes first. An older one means the older ones of the same version. */
export const storedVersions =
  (find: FindStored): FindVersions =>
  async (type, url) => {
    const all = await parsed(find, type, url);
    const latest = newest(all);
    return all.map(({ resource, version, size }) => ({
      ...{ version, size },
      read: () => (version === undefined || version === latest?.version ? resource : pinnedToStored(find, resource, version)),
    }));
  };

const parsed = async (find: FindStored, type: string, url: string): Promise<readonly Stored[]> =>
  (await find(type, url)).flatMap(({ body }) => (body === null ? [] : [storedOf(body)])).filter(({ resource }) => resource['url'] === url);

function storedOf(body: string): Stored {
  const resource = parseJson(body) as Resource;
  const { version } = resource;
  return { resource, version: typeof version === 'string' ? version : undefined, size: body.length };
}

async function pinnedToStored(find: FindStored, resource: Resource, version: string): Promise<Resource> {
  const named = new Map<string, { readonly type: NamedType; readonly url: string }>();
  pinned(resource, (url, type) => void named.set(`${type} ${url}`, { type, url }));
  const own = new Set<string>();
  for (const [name, { type, url }] of named) if (await hasOlder(find, type, url, version)) own.add(name);
  return pinned(resource, (url, type) => (own.has(`${type} ${url}`) ? version : undefined));
}

/** The version is there, and without it another one would be meant. */
async function hasOlder(find: FindStored, type: NamedType, url: string, version: string): Promise<boolean> {
  const all = await parsed(find, type, url);
  return all.some((each) => each.version === version) && newest(all)?.version !== version;
}
