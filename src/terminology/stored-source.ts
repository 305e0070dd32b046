/** The value sets and code systems that clients stored. https://hl7.org/fhir/R4/references.html#canonical */
import { BoundedCache } from './bounded-cache.ts';
import type { Candidate, Kind, RawByType, TerminologySource } from './source.ts';

/** A version of a resource as the repository gives it. */
export interface StoredDefinition {
  readonly id: string;
  readonly versionId: string;
  /** The whole resource as JSON; null = deleted. */
  readonly body: string | null;
}

export interface StoredDefinitions {
  /** Current versions of the resources with this `url`, last updated first, as far as whoever asks may see them. */
  find(type: Kind, url: string): Promise<readonly StoredDefinition[]>;
  /** The current version; undefined = there is none. */
  read(type: Kind, id: string): Promise<StoredDefinition | undefined>;
}

interface Naming {
  readonly url: string | undefined;
  readonly version: string | undefined;
}

const mostNamings = 1000;

export function storedSource(stored: StoredDefinitions): TerminologySource {
  /** A version's name never changes: it is read once. */
  const namings = new BoundedCache<Naming>(mostNamings);

  function naming(key: string, body: string): Naming {
    const known = namings.get(key);
    if (known) return known;
    const { url, version } = JSON.parse(body) as Naming;
    const fresh = { url, version };
    namings.set(key, fresh, 1);
    return fresh;
  }

  function candidate<K extends Kind>(kind: K, { id, versionId, body }: StoredDefinition): (Candidate<K> & Naming) | undefined {
    if (body === null) return undefined;
    const key = `${kind}/${id}/_history/${versionId}`;
    return { key, ...naming(key, body), read: () => JSON.parse(body) as RawByType[K] };
  }

  return {
    find: async <K extends Kind>(kind: K, url: string) => {
      const found = (await stored.find(kind, url)).map((each) => candidate(kind, each));
      return found.filter((each) => each !== undefined && each.url === url) as Candidate<K>[];
    },
    read: async (id) => {
      const found = await stored.read('ValueSet', id);
      const one = found && candidate('ValueSet', found);
      // A value set without a canonical is known by where it lies.
      return one && { ...one, read: () => ({ ...one.read(), url: one.url ?? `ValueSet/${id}` }) };
    },
  };
}
