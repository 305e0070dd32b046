/**
 * Time of the extraction of index rows, in microseconds per resource: `npx tsx bench/extract.ts [folder of gzipped bundles]`.
 * Without a folder the official Observation examples are taken.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { loadDefinitions } from '../src/fhir/registry.ts';
import type { Resource } from '../src/fhir/resource.ts';
import { projectFile } from '../src/root.ts';
import { compileExtractor } from '../src/search/extract.ts';

function fromBundles(folder: string): Resource[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.json.gz'))
    .slice(0, 10);
  return files.flatMap((file) => {
    const bundle = JSON.parse(
      gunzipSync(readFileSync(join(folder, file)))
        .toString()
        .replaceAll('urn:uuid:', 'Patient/'),
    ) as { entry: { resource: Resource }[] };
    return bundle.entry.map(({ resource }, i) => ({ id: String(i), ...resource }));
  });
}

function examples(): Resource[] {
  const folder = projectFile('node_modules', 'hl7.fhir.r4.examples');
  const files = readdirSync(folder).filter((file) => file.startsWith('Observation-'));
  return files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Resource);
}

const folder = process.argv[2];
const resources = folder === undefined ? examples() : fromBundles(folder);
const extract = compileExtractor(loadDefinitions());

function measure(list: readonly Resource[]): { readonly microseconds: number; readonly tokens: number } {
  let tokens = 0;
  let count = 0;
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 8; round++) {
    const start = performance.now();
    for (const resource of list) tokens += extract(resource).tokens.length;
    count += list.length;
    best = Math.min(best, ((performance.now() - start) * 1000) / list.length);
  }
  return { microseconds: best, tokens: tokens / count };
}

const types = [...new Set(resources.map(({ resourceType }) => resourceType))].sort();
for (const type of types) {
  const own = resources.filter(({ resourceType }) => resourceType === type);
  const { microseconds, tokens } = measure(own);
  console.log(
    `${type.padEnd(28)} ${String(own.length).padStart(6)} resources ${microseconds.toFixed(1).padStart(7)} µs each ${tokens.toFixed(1).padStart(6)} tokens`,
  );
}
