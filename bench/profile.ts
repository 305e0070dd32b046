/**
 * What the check of claimed profiles costs beside the check of the base types and JSON.parse, on the examples of US Core 6.1.0.
 * Run: npx tsx bench/profile.ts
 */
import type { Resource } from '../src/fhir/resource.ts';
import { createProfiles } from '../src/validation/profile/profiles.ts';
import type { PreparedProfile } from '../src/validation/profiles.ts';
import { compileValidator } from '../src/validation/structure.ts';
import type { Report, Surroundings } from '../src/validation/validation.ts';
import { memorySource, readZip } from '../test/support/conformance-source.ts';
import { around, definitions } from '../test/support/profile-check.ts';
import { sharedData } from '../test/support/shared-data.ts';

interface Sample {
  readonly text: string;
  readonly resource: Resource;
  readonly profiles: readonly PreparedProfile[];
  readonly surroundings: Surroundings;
}

const rounds = 15;
const silent: Report = { add: () => undefined, ask: () => undefined };

const zip = (name: string): string => {
  const found = sharedData('ig-packages', name);
  if (found === undefined) throw new Error(`The shared data lacks ${name}`);
  return found;
};

const isDefinition = (name: string): boolean => name.startsWith('package/StructureDefinition-');
const specified = await readZip(zip('hl7.fhir.r4.core-4.0.1.zip'), isDefinition);
const guide = await readZip(zip('hl7.fhir.us.core-6.1.0.zip'));
const own = guide.filter(([name]) => isDefinition(name));
const profiles = createProfiles(definitions, memorySource(...[...specified, ...own].map(([, resource]) => resource)));
const validate = compileValidator(definitions);

async function sampleOf(resource: Resource): Promise<Sample> {
  const claimed = (resource.meta?.['profile'] ?? []) as string[];
  const prepared = await Promise.all(claimed.map((canonical) => profiles.prepare(canonical)));
  await profiles.extensions(resource).prepare();
  return {
    text: JSON.stringify(resource),
    resource,
    profiles: prepared.filter((one) => one !== undefined),
    surroundings: around(resource),
  };
}

const examples = guide.filter(([name]) => name.includes('/example/')).map(([, resource]) => resource);
const samples = (await Promise.all(examples.map(sampleOf))).filter((sample) => sample.profiles.length > 0);

/** Median of the processor's time, in microseconds for one resource. */
function cost(run: (sample: Sample) => void): number {
  const times = Array.from({ length: rounds }, () => {
    const start = process.cpuUsage();
    for (const sample of samples) run(sample);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / samples.length;
  });
  return times.sort((a, b) => a - b)[rounds >> 1] ?? 0;
}

const steps: readonly (readonly [string, (sample: Sample) => void])[] = [
  ['JSON.parse', ({ text }) => void JSON.parse(text)],
  ['base type', ({ resource }) => void validate(resource)],
  [
    'profiles',
    ({ resource, profiles: claimed, surroundings }) => {
      for (const profile of claimed) profile.check(resource, resource.resourceType, silent, surroundings);
    },
  ],
  ['extensions', ({ resource, surroundings }) => profiles.extensions(resource).check(resource.resourceType, silent, surroundings)],
];

for (const [, run] of steps) for (let i = 0; i < 20; i++) samples.forEach(run);
const parse = cost(steps[0]?.[1] ?? (() => undefined));
console.log(`${samples.length} resources`);
for (const [name, run] of steps) {
  const each = cost(run);
  console.log(`  ${name.padEnd(12)} ${each.toFixed(1).padStart(6)} µs each, ${(each / parse).toFixed(2)} × JSON.parse`);
}
