/**
 * The value sets and code systems that come with the server: compressed lines of `terminology/`, unpacked when the first is asked for
 * and parsed one by one. https://hl7.org/fhir/R4/terminologies-systems.html
 */
import { type ResourceLines, readLines } from '../packages/resource-lines.ts';
import { projectFile } from '../root.ts';
import type { Candidate, Kind, RawByType, TerminologySource } from './source.ts';

interface Packed {
  readonly lines: ResourceLines;
  /** Canonical of the value set of all codes → canonical of the code system. */
  readonly wholeSystems: ReadonlyMap<string, string>;
}

const wholeSystem = /^[^[]*?"valueSet":"([^"\\]+)"/;
const longestHead = 1000;

function unpack(path: string): Packed {
  const lines = readLines(path);
  const wholeSystems = new Map<string, string>();
  for (const { url, opening } of [...lines.values()].flat()) {
    const whole = wholeSystem.exec(opening(longestHead))?.[1];
    if (whole !== undefined) wholeSystems.set(whole, url);
  }
  return { lines, wholeSystems };
}

export function packedSource(folder: string = projectFile('terminology')): TerminologySource {
  const unpacked = new Map<Kind, Packed>();
  const packed = (kind: Kind): Packed => {
    const known = unpacked.get(kind);
    if (known) return known;
    const fresh = unpack(`${folder}/r4-${kind}.ndjson.gz`);
    unpacked.set(kind, fresh);
    return fresh;
  };
  const candidates = <K extends Kind>(kind: K, url: string): Candidate<K>[] => {
    return (packed(kind).lines.get(url) ?? []).map(({ version, read }) => ({
      key: `${folder} ${kind} ${url}|${version ?? ''}`,
      version,
      read: () => read() as unknown as RawByType[K],
    }));
  };
  return {
    find: async <K extends Kind>(kind: K, url: string) => {
      const found = candidates(kind, url);
      if (found.length > 0 || kind === 'CodeSystem') return found;
      const system = packed('CodeSystem').wholeSystems.get(url);
      return (system === undefined ? [] : candidates('CodeSystem', system).map((each) => allCodes(url, system, each))) as Candidate<K>[];
    },
  };
}

/** A code system names the value set of all its codes, which needs no definition of its own. https://hl7.org/fhir/R4/codesystem-definitions.html#CodeSystem.valueSet */
const allCodes = (url: string, system: string, { key, version }: Candidate<'CodeSystem'>): Candidate<'ValueSet'> => ({
  key: `${key} as ${url}`,
  version,
  read: () => ({ url, ...(version === undefined ? {} : { version }), compose: { include: [{ system }] } }),
});
