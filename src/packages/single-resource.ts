/** The JSON resources of a folder that have a canonical, such as those of `fhir-profiles/`; looked at when the first is asked for. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource } from '../fhir/resource.ts';
import type { Shipped } from './shipped.ts';

function survey(folder: string): ReadonlyMap<string, readonly Shipped[]> {
  const found = new Map<string, Shipped[]>();
  if (!existsSync(folder)) return found;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  for (const path of files.sort().map((file) => join(folder, file))) {
    const read = (): Resource => JSON.parse(readFileSync(path, 'utf8')) as Resource;
    const text = readFileSync(path, 'utf8');
    const { resourceType, url, version } = JSON.parse(text) as Resource & { url?: string; version?: string };
    if (resourceType === undefined || url === undefined) continue;
    const name = `${resourceType} ${url}`;
    found.set(name, [...(found.get(name) ?? []), { key: path, version, size: text.length, read }]);
  }
  return found;
}

export function singleResources(folder: string): (type: string, url: string) => readonly Shipped[] {
  let known: ReturnType<typeof survey> | undefined;
  return (type, url) => {
    known ??= survey(folder);
    return known.get(`${type} ${url}`) ?? [];
  };
}
