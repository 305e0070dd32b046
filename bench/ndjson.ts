/** Bundles as the NDJSON that a bulk export of them would be: references between entries are literal. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

interface Entry {
  readonly fullUrl?: string;
  readonly resource: { readonly resourceType: string; readonly id: string };
}

const textOf = (path: string): string => (path.endsWith('.gz') ? gunzipSync(readFileSync(path)) : readFileSync(path)).toString();

/** `urn:uuid:…` becomes `Type/id`. */
function linesOf(bundle: { readonly entry?: readonly Entry[] }): { type: string; line: string }[] {
  const entries = bundle.entry ?? [];
  const names = new Map(entries.map(({ fullUrl = '', resource }) => [fullUrl, `${resource.resourceType}/${resource.id}`]));
  return entries.map(({ resource }) => {
    const line = JSON.stringify(resource).replace(/"urn:uuid:[0-9a-f-]+"/g, (quoted) => {
      const name = names.get(quoted.slice(1, -1));
      return name === undefined ? quoted : `"${name}"`;
    });
    return { type: resource.resourceType, line };
  });
}

/** Writes `Type.ndjson` of all bundles of a folder; answers the paths. */
export function writeNdjson(folder: string, into: string): string[] {
  const byType = new Map<string, string[]>();
  for (const name of readdirSync(folder).filter((each) => /\.json(\.gz)?$/.test(each)))
    for (const { type, line } of linesOf(JSON.parse(textOf(join(folder, name))) as { readonly entry?: readonly Entry[] })) {
      const lines = byType.get(type) ?? [];
      lines.push(line);
      byType.set(type, lines);
    }
  mkdirSync(into, { recursive: true });
  return [...byType].map(([type, lines]) => {
    const path = join(into, `${type}.ndjson`);
    writeFileSync(path, `${lines.join('\n')}\n`);
    return path;
  });
}

/** UUIDs become others, the same everywhere: the copies refer to each other as the originals do. */
export function copyNdjson(paths: readonly string[], into: string, number: number): string[] {
  mkdirSync(into, { recursive: true });
  const mark = number.toString(16).padStart(4, '0');
  return paths.map((path) => {
    const text = readFileSync(path, 'utf8');
    const copy = join(into, basename(path));
    writeFileSync(
      copy,
      number === 0 ? text : text.replace(/([0-9a-f]{8})-[0-9a-f]{4}-([0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/g, `$1-${mark}-$2`),
    );
    return copy;
  });
}
