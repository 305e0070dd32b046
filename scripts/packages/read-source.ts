/** The JSON files of a package: of a folder, a zip archive, or what npm installed. https://confluence.hl7.org/display/FHIR/NPM+Package+Specification */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import yauzl from 'yauzl';
import { isObject, type JsonObject } from '../../src/fhir/resource.ts';

export interface SourceFile {
  /** Without folder. */
  readonly name: string;
  readonly json: JsonObject;
}

/** Examples and what tools leave behind lie in folders of their own, and are no part of a package. */
const isOfPackage = (path: string): boolean => /^(package\/)?[^/]+\.json$/.test(path) && !basename(path).startsWith('.');

function parsed(path: string, content: string): SourceFile[] {
  const json: unknown = JSON.parse(content);
  return isObject(json) ? [{ name: basename(path), json }] : [];
}

function folderFiles(folder: string): SourceFile[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isOfPackage);
  return files.sort().flatMap((file) => parsed(file, readFileSync(join(folder, file), 'utf8')));
}

async function zipFiles(path: string): Promise<SourceFile[]> {
  const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false });
  const found: SourceFile[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      if (isOfPackage(entry.fileName)) found.push(...parsed(entry.fileName, await text(await zip.openReadStreamPromise(entry))));
    }
  } finally {
    zip.close();
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export const readSource = async (path: string): Promise<SourceFile[]> =>
  statSync(path).isDirectory() ? folderFiles(path) : zipFiles(path);
