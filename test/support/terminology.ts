/** Terminology over resources that a test holds, and stored ones that it changes. */
import { createTerminology, type TerminologyOptions } from '../../src/terminology/create-terminology.ts';
import type { Candidate, Kind, RawByType, TerminologySource } from '../../src/terminology/source.ts';
import type { StoredDefinition, StoredDefinitions } from '../../src/terminology/stored-source.ts';
import type { Terminology } from '../../src/terminology/terminology.ts';

export interface Definition {
  readonly resourceType: string;
  readonly url?: string;
  readonly version?: string;
  readonly [element: string]: unknown;
}

export function memorySource(definitions: readonly Definition[]): TerminologySource {
  return {
    find: async <K extends Kind>(kind: K, url: string) =>
      definitions
        .filter((one) => one.resourceType === kind && one.url === url)
        .map(
          (one): Candidate<K> => ({
            key: `memory ${kind} ${url}|${one.version ?? ''}`,
            version: one.version,
            read: () => one as unknown as RawByType[K],
          }),
        ),
  };
}

export const terminologyOf = (definitions: readonly Definition[], options: TerminologyOptions = {}): Terminology =>
  createTerminology({ sources: [memorySource(definitions)], ...options });

/** A store of value sets and code systems that counts how often it is asked. */
export class MemoryStore implements StoredDefinitions {
  private readonly stored = new Map<string, StoredDefinition & Definition>();
  asked = 0;

  put(id: string, definition: Definition): void {
    const name = `${definition.resourceType}/${id}`;
    const versionId = String(Number(this.stored.get(name)?.versionId ?? 0) + 1);
    this.stored.set(name, { ...definition, id, versionId, body: JSON.stringify({ ...definition, id }) });
  }

  delete(type: Kind, id: string): void {
    const found = this.stored.get(`${type}/${id}`);
    if (found) this.stored.set(`${type}/${id}`, { ...found, body: null });
  }

  async find(type: Kind, url: string): Promise<readonly StoredDefinition[]> {
    this.asked++;
    return [...this.stored.values()].filter((one) => one.resourceType === type && one.url === url && one.body !== null);
  }

  async read(type: Kind, id: string): Promise<StoredDefinition | undefined> {
    this.asked++;
    return this.stored.get(`${type}/${id}`);
  }
}
