/** The value sets and code systems among the JSON resources of a folder, such as `fhir-profiles/`; read when the first is asked for. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFile } from '../root.ts';
import type { Candidate, Kind, TerminologySource } from './source.ts';

interface Found {
  readonly path: string;
  readonly version: string | undefined;
}

const isKind = (type: unknown): type is Kind => type === 'ValueSet' || type === 'CodeSystem';

interface Definition {
  readonly resourceType: string;
  readonly url?: string;
  readonly version?: string;
}

const read = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

function survey(folder: string): ReadonlyMap<string, readonly Found[]> {
  const found = new Map<string, Found[]>();
  if (!existsSync(folder)) return found;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  for (const path of files.sort().map((file) => join(folder, file))) {
    const { resourceType, url, version } = read<Definition>(path);
    if (!isKind(resourceType) || url === undefined) continue;
    const name = `${resourceType} ${url}`;
    found.set(name, [...(found.get(name) ?? []), { path, version }]);
  }
  return found;
}

export function folderSource(folder: string = projectFile('fhir-profiles')): TerminologySource {
  let known: ReturnType<typeof survey> | undefined;
  return {
    find: async <K extends Kind>(kind: K, url: string) => {
      known ??= survey(folder);
      return (known.get(`${kind} ${url}`) ?? []).map(({ path, version }): Candidate<K> => ({ key: path, version, read: () => read(path) }));
    },
  };
}
