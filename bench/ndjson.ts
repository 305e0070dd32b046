/** Bundles as the NDJSON that a bulk export of them would be: references between entries are literal. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** Writes `Type.ndjson` of all bundles below a folder, `times` over with other ids each time; answers the paths, patients first. */
export function writeNdjson(folder: string, into: string, times = 1): string[] {
  const byType = new Map<string, string[]>();
  for (const name of readdirSync(folder).filter((each) => /\.json(\.gz)?$/.test(each)))
    for (const { type, line } of linesOf(JSON.parse(textOf(join(folder, name))))) byType.set(type, [...(byType.get(type) ?? []), line]);
  mkdirSync(into, { recursive: true });
  return [...byType].map(([type, lines]) => {
    const copies = Array.from({ length: times }, (_, i) => lines.map((line) => copyOf(line, i)));
    const path = join(into, `${type}.ndjson`);
    writeFileSync(path, `${copies.flat().join('\n')}\n`);
    return path;
  });
}

/** Other UUIDs, the same in all lines: the copies refer to each other as the originals do. */
const copyOf = (line: string, i: number): string =>
  i === 0
    ? line
    : line.replace(
        /([0-9a-f]{8})-([0-9a-f]{4}-[0-9a-f]{4})/g,
        (_, head, rest) => `${(0xffffffff & (parseInt(head, 16) + i)) >>> 0}`.padStart(8, '0').slice(-8) + `-${rest}`,
      );
