/** The official examples of R4, with which search is compared against other engines. https://hl7.org/fhir/R4/downloads.html */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource } from '../../src/fhir/resource.ts';
import { projectFile } from '../../src/root.ts';

const folder = projectFile('node_modules', 'hl7.fhir.r4.examples');

/** One after the other, since all of them together are large; files that hold no resource are left out. */
export function* officialExamples(): Generator<Resource> {
  for (const file of readdirSync(folder).sort()) if (/^[A-Z]\w+-.*\.json$/.test(file)) yield read(file);
}

const read = (file: string): Resource => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Resource;

/** A few of every type, none of them large; more where the values are of many types. */
export function someExamples(perType: number): readonly Resource[] {
  const seen = new Map<string, number>();
  const found: Resource[] = [];
  for (const file of readdirSync(folder).sort()) {
    const type = /^([A-Z]\w+)-.*\.json$/.exec(file)?.[1];
    const count = seen.get(type ?? '') ?? 0;
    if (type === undefined || count >= (type === 'Observation' ? 64 : perType)) continue;
    const text = readFileSync(join(folder, file), 'utf8');
    if (text.length > 60_000) continue;
    seen.set(type, count + 1);
    found.push(JSON.parse(text) as Resource);
  }
  return found;
}
