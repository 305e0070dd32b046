/** Conformance resources in memory, from lists, or from the zip files of packages: the newest of each url, and every version by `url|version`. */
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { type Entry, fromBuffer } from 'yauzl';
import type { Resource } from '../../src/fhir/resource.ts';
import type { ConformanceSource } from '../../src/validation/validation.ts';

export interface MemorySource extends ConformanceSource {
  add(...resources: readonly Resource[]): void;
  /** Counts what was asked for. */
  readonly asked: string[];
}

export function memorySource(...resources: readonly Resource[]): MemorySource {
  const known = new Map<string, Resource>();
  const asked: string[] = [];
  let generation = 0;
  const add = (...more: readonly Resource[]): void => {
    for (const resource of more) {
      const { resourceType, url, version } = resource as Resource & { url?: string; version?: string };
      if (url === undefined) continue;
      known.set(`${resourceType} ${url}`, resource);
      if (version !== undefined) known.set(`${resourceType} ${url}|${version}`, resource);
    }
    generation++;
  };
  add(...resources);
  return {
    add,
    asked,
    get generation() {
      return generation;
    },
    find: async (type, canonical) => {
      asked.push(canonical);
      return (
        known.get(`${type} ${canonical}`) ?? (canonical.endsWith('|4.0.1') ? known.get(`${type} ${canonical.split('|')[0]}`) : undefined)
      );
    },
  };
}

/** The JSON files of a zip whose names are wanted. */
export function readZip(path: string, isWanted: (name: string) => boolean = () => true): Promise<[name: string, resource: Resource][]> {
  return new Promise((resolve, reject) => {
    const found: [string, Resource][] = [];
    fromBuffer(readFileSync(path), { lazyEntries: true }, (failure, zip) => {
      if (failure !== null) return reject(failure);
      zip.on('error', reject);
      zip.on('end', () => resolve(found));
      zip.on('entry', (entry: Entry) => {
        if (!entry.fileName.endsWith('.json') || !isWanted(entry.fileName)) return zip.readEntry();
        zip.openReadStream(entry, (error, stream) => {
          if (error !== null) return reject(error);
          text(stream).then((json) => {
            found.push([entry.fileName, JSON.parse(json) as Resource]);
            zip.readEntry();
          }, reject);
        });
      });
      zip.readEntry();
    });
  });
}
