/** The examples of US Core 6.1.0 against the profiles that they claim, where the shared data lies beside the project. */
import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../../src/fhir/resource.ts';
import { createProfiles } from '../../../src/validation/profile/profiles.ts';
import { compileValidator } from '../../../src/validation/structure.ts';
import type { Report } from '../../../src/validation/validation.ts';
import { memorySource, readZip } from '../../support/conformance-source.ts';
import { around, definitions } from '../../support/profile-check.ts';
import { sharedData } from '../../support/shared-data.ts';
import { type SnapshotElement, withoutRequired } from '../../support/taken-away.ts';

const core = sharedData('ig-packages', 'hl7.fhir.r4.core-4.0.1.zip');
const guide = sharedData('ig-packages', 'hl7.fhir.us.core-6.1.0.zip');

const isDefinition = (name: string): boolean => /package\/StructureDefinition-/.test(name);
const isExample = (name: string): boolean => name.includes('/example/');
const claimed = ({ meta }: Resource): string[] => (Array.isArray(meta?.['profile']) ? (meta['profile'] as string[]) : []);

const load = async () => {
  const parts = await Promise.all([readZip(core ?? '', isDefinition), readZip(guide ?? '', isDefinition), readZip(guide ?? '', isExample)]);
  const [specified, own, examples] = parts.map((part) => part.map(([, resource]) => resource)) as [Resource[], Resource[], Resource[]];
  const snapshots = new Map(
    own.map((one) => [String(one['url']), (one as unknown as { snapshot: { element: SnapshotElement[] } }).snapshot.element]),
  );
  const profiles = createProfiles(definitions, memorySource(...specified, ...own));
  return { profiles, snapshots, examples: examples.filter(({ resourceType }) => definitions.isResourceType(resourceType)) };
};

const validate = compileValidator(definitions);

/** Errors of the profile, and of the base type. */
async function errors({ profiles }: Awaited<ReturnType<typeof load>>, resource: Resource): Promise<string[]> {
  const found = validate(resource)
    .filter(({ severity }) => severity === 'error')
    .map(({ diagnostics }) => diagnostics);
  const report: Report = {
    add: (severity, _code, at, text) => void (severity === 'error' && found.push(`${at}: ${text}`)),
    ask: () => undefined,
  };
  const surroundings = around(resource);
  const extensions = profiles.extensions(resource);
  await extensions.prepare();
  extensions.check(resource.resourceType, report, surroundings);
  for (const canonical of claimed(resource))
    (await profiles.prepare(canonical))?.check(resource, resource.resourceType, report, surroundings);
  return found;
}

// Skipped where the shared data does not lie beside the project: a clone alone has nothing to read here.
const suite = core === undefined || guide === undefined ? describe.skip : describe;

suite('US Core 6.1.0', () => {
  test('accepts its own examples', async () => {
    const world = await load();
    const refused: string[] = [];
    for (const example of world.examples) {
      const [found] = await errors(world, example);
      if (found !== undefined) refused.push(`${example.resourceType}/${example.id}: ${found}`);
    }
    expect(world.examples.length).toBeGreaterThan(150);
    expect(refused).toEqual([]);
  }, 60_000);

  test('finds every required element that is taken away', async () => {
    const world = await load();
    const missed: string[] = [];
    let taken = 0;
    for (const example of world.examples) {
      for (const canonical of claimed(example)) {
        for (const { id, resource } of withoutRequired(example, world.snapshots.get(canonical) ?? [])) {
          taken++;
          if ((await errors(world, resource)).length === 0) missed.push(`${example.resourceType}/${example.id} without ${id}`);
        }
      }
    }
    expect(taken).toBeGreaterThan(800);
    expect(missed).toEqual([]);
  }, 120_000);
});
