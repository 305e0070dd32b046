/**
 * The value sets and code systems that come with the server: compressed lines of `terminology/`, unpacked when the first is asked for
 * and parsed one by one. https://hl7.org/fhir/R4/terminologies-systems.html
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { projectFile } from '../root.ts';
import type { Candidate, Kind, RawByType, TerminologySource } from './source.ts';

interface Line {
  readonly version: string | undefined;
  readonly start: number;
  readonly end: number;
}

type Lines = ReadonlyMap<string, readonly Line[]>;

interface Packed {
  readonly text: Buffer;
  readonly byUrl: Lines;
  /** Canonical of the value set of all codes → canonical of the code system. */
  readonly wholeSystems: ReadonlyMap<string, string>;
}

/** How the generator begins each line; the rest is read when it is needed. */
const head = /^\{"resourceType":"\w+","url":"([^"\\]+)"(?:,"version":"([^"\\]*)")?/;
const wholeSystem = /^[^[]*?"valueSet":"([^"\\]+)"/;
const longestHead = 1000;

function unpack(path: string): Packed {
  const text = gunzipSync(readFileSync(path));
  const byUrl = new Map<string, Line[]>();
  const wholeSystems = new Map<string, string>();
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf(10, start);
    const opening = text.toString('utf8', start, Math.min(end, start + longestHead));
    const [, url, version] = head.exec(opening) ?? [];
    if (url === undefined || end < 0) throw new Error(`${path} is not what scripts/generate.ts makes: "${opening.slice(0, 80)}"`);
    byUrl.set(url, [...(byUrl.get(url) ?? []), { version, start, end }]);
    const whole = wholeSystem.exec(opening)?.[1];
    if (whole !== undefined) wholeSystems.set(whole, url);
    start = end + 1;
  }
  return { text, byUrl, wholeSystems };
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
    const { text, byUrl } = packed(kind);
    return (byUrl.get(url) ?? []).map(({ version, start, end }) => ({
      key: `${folder} ${kind} ${url}|${version ?? ''}`,
      version,
      read: () => JSON.parse(text.toString('utf8', start, end)) as RawByType[K],
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
