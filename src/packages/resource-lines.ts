/** Compressed lines of resources in order of their canonicals: unpacked when the first is asked for, and parsed one by one. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Resource } from '../fhir/resource.ts';

export interface ResourceLine {
  readonly url: string;
  /** The business version. */
  readonly version: string | undefined;
  /** Bytes of the text. */
  readonly size: number;
  /** Parsed anew each time. */
  read(): Resource;
  /** As much of the text as is asked for. */
  opening(most: number): string;
}

export type ResourceLines = ReadonlyMap<string, readonly ResourceLine[]>;

/** How the scripts begin each line; the rest is read when it is needed. */
const head = /^\{"resourceType":"\w+","url":"([^"\\]+)"(?:,"version":"([^"\\]*)")?/;
const longestHead = 1000;

function lineAt(text: Buffer, start: number, end: number): ResourceLine | undefined {
  const opening = (most: number): string => text.toString('utf8', start, Math.min(end, start + most));
  const [, url, version] = head.exec(opening(longestHead)) ?? [];
  if (url === undefined || end < 0) return undefined;
  return { url, version, size: end - start, opening, read: () => JSON.parse(text.toString('utf8', start, end)) as Resource };
}

/** By canonical without version. Throws an Error when the file is not what the scripts make. */
export function readLines(path: string): ResourceLines {
  const text = gunzipSync(readFileSync(path));
  const lines = new Map<string, ResourceLine[]>();
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf(10, start);
    const line = lineAt(text, start, end);
    if (line === undefined) throw new Error(`${path} is not what the scripts make: "${text.toString('utf8', start, start + 80)}"`);
    lines.set(line.url, [...(lines.get(line.url) ?? []), line]);
    start = end + 1;
  }
  return lines;
}
