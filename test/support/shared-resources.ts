/** Resources of other publishers, where the shared data is present: examples of guides, exports, some patients of Synthea. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { isObject, type Resource } from '../../src/fhir/resource.ts';
import { sharedData } from './shared-data.ts';

/** Folders, and how many files of each are read. */
const sources: readonly (readonly [folder: string, files: number])[] = [
  ['genomics/genomics-reporting-examples', 1000],
  ['ips/hl7-ips-2-examples', 100],
  ['cgm/hl7-cgm-examples', 100],
  ['us-core-inferno-patients', 100],
  ['synthea/conditional-references', 4],
  ['synthea/2019-v2.4.0-chronic', 1],
  ['synthea/2020-v2.5.0', 2],
  ['bulk-ndjson-10-patients', 100],
];

function textsOf(path: string): string[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  return path.includes('.ndjson') ? text.split('\n').filter((line) => line !== '') : [text];
}

/** A resource, and those that it carries as a Bundle. */
function* withEntries(value: unknown): Generator<Resource> {
  if (!isObject(value) || typeof value['resourceType'] !== 'string') return;
  yield value as unknown as Resource;
  if (value['resourceType'] !== 'Bundle' || !Array.isArray(value['entry'])) return;
  for (const entry of value['entry']) if (isObject(entry)) yield* withEntries(entry['resource']);
}

export function* sharedResources(): Generator<Resource> {
  for (const [folder, most] of sources) {
    const found = sharedData(...folder.split('/'));
    const files = found === undefined ? [] : readdirSync(found).filter((name) => /\.(json|ndjson)(\.gz)?$/.test(name));
    for (const file of files.sort().slice(0, most))
      for (const text of textsOf(join(found ?? '', file))) yield* withEntries(JSON.parse(text));
  }
}
