/**
 * What structural validation costs, in microseconds per KB of JSON, beside JSON.parse of the same text.
 * Run: npx tsx bench/validate.ts [folder of .json or .json.gz files]
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { loadDefinitions } from '../src/fhir/registry.ts';
import type { Resource } from '../src/fhir/resource.ts';
import { projectFile } from '../src/root.ts';
import { compileValidator } from '../src/validation/structure.ts';

const rounds = 15;

interface Sample {
  readonly text: string;
  readonly resource: Resource;
}

function readSamples(folder: string, most: number): Sample[] {
  const files = readdirSync(folder).filter((name) => /\.json(\.gz)?$/.test(name));
  return files
    .slice(0, most)
    .map((name) => readFileSync(join(folder, name)))
    .map((bytes) => (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8'))
    .map((text) => ({ text, resource: JSON.parse(text) as Resource }))
    .filter(({ resource }) => resource.resourceType !== undefined);
}

/** Resources of the bundles, each printed by itself. */
const apart = (samples: readonly Sample[]): Sample[] =>
  samples
    .flatMap(({ resource }) => (resource.entry as { resource?: Resource }[] | undefined) ?? [])
    .flatMap(({ resource }) => (resource ? [{ text: JSON.stringify(resource), resource }] : []));

/** The best of some rounds, so that other work on the machine counts little. */
function best(run: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    run();
    least = Math.min(least, performance.now() - start);
  }
  return least * 1000;
}

const start = performance.now();
const definitions = loadDefinitions();
const loaded = performance.now();
const validate = compileValidator(definitions);

function report(title: string, samples: readonly Sample[]): void {
  const kilobytes = samples.reduce((sum, { text }) => sum + text.length, 0) / 1024;
  const cold = performance.now();
  const faulty = samples.filter(({ resource }) => validate(resource).length > 0).length;
  const first = performance.now() - cold;
  const parse = best(() => samples.forEach(({ text }) => void JSON.parse(text)));
  const check = best(() => samples.forEach(({ resource }) => void validate(resource)));
  console.log(`${title}: ${samples.length} resources, ${kilobytes.toFixed(0)} KB, ${faulty} faulty, first round ${first.toFixed(0)} ms`);
  console.log(`  JSON.parse  ${(parse / kilobytes).toFixed(2)} µs/KB`);
  console.log(
    `  validate    ${(check / kilobytes).toFixed(2)} µs/KB, ${(check / parse).toFixed(2)} × JSON.parse, ${(check / samples.length).toFixed(1)} µs each`,
  );
}

const synthea = process.argv[2] ?? projectFile('..', 'shared', 'data', 'synthea', '2020-v2.5.0');
console.log(`registry loaded in ${(loaded - start).toFixed(0)} ms`);
if (existsSync(synthea)) {
  const bundles = readSamples(synthea, 20);
  report('bundles', bundles);
  report('resources of the bundles, compact', apart(bundles));
}
report('official examples', readSamples(projectFile('node_modules', 'hl7.fhir.r4.examples'), 1500));
