/** A compact package, as scripts/packages.ts makes them: a file of lines for each type, opened when the first of the type is asked for. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pinned } from './pinned.ts';
import { type ResourceLine, type ResourceLines, readLines } from './resource-lines.ts';
import type { Shipped } from './shipped.ts';

const ending = '.ndjson.gz';
const none: ResourceLines = new Map();

export interface CompactPackageOptions {
  readonly folder: string;
  /** Without versions, the canonicals of a package that has a newer version beside it mean that one: so its resources get theirs. */
  readonly pin: boolean;
}

export function compactPackage({ folder, pin }: CompactPackageOptions): (type: string, url: string) => readonly Shipped[] {
  let types: ReadonlySet<string> | undefined;
  const typesOf = (): ReadonlySet<string> =>
    (types ??= new Set(readdirSync(folder).flatMap((file) => (file.endsWith(ending) ? [file.slice(0, -ending.length)] : []))));
  const opened = new Map<string, ResourceLines>();
  const linesOf = (type: string): ResourceLines => {
    const known = opened.get(type) ?? (typesOf().has(type) ? readLines(join(folder, `${type}${ending}`)) : none);
    opened.set(type, known);
    return known;
  };
  const ownVersion = (url: string): string | undefined => [...typesOf()].flatMap((type) => linesOf(type).get(url) ?? [])[0]?.version;
  const shipped = (type: string, { url, version, size, read }: ResourceLine): Shipped => ({
    key: `${folder} ${type} ${url}|${version ?? ''}`,
    ...{ version, size },
    read: pin ? () => pinned(read(), ownVersion) : read,
  });
  return (type, url) => (linesOf(type).get(url) ?? []).map((line) => shipped(type, line));
}
