/** Whether a write is refused for every required element that is taken away from an example of a guide. */
import type { Definitions } from '../../src/fhir/definitions.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { sharedData } from '../support/shared-data.ts';
import { type SnapshotElement, withoutRequired } from '../support/taken-away.ts';
import { inZip } from '../validation/example.ts';
import { packageResources } from './package-zip.ts';
import { errorsOf } from './place.ts';
import type { DeletionScore } from './score.ts';
import { Worlds } from './world.ts';

const guide = 'hl7.fhir.us.core#6.1.0';

const profilesOf = ({ meta }: Resource): string[] => (Array.isArray(meta?.['profile']) ? (meta['profile'] as string[]) : []);

/** Undefined where the shared data is absent. */
export async function takeAway(definitions: Definitions): Promise<DeletionScore | undefined> {
  const path = sharedData('ig-packages', `${guide.replace('#', '-')}.zip`);
  if (path === undefined) return undefined;
  const snapshots = new Map((await packageResources(guide)).map(({ url, snapshot }) => [url, snapshot as Snapshot | undefined]));
  const world = await new Worlds(definitions).with([], [guide]);
  const missed: string[] = [];
  let taken = 0;
  for (const { name, resource: example } of await inZip(path, /^package\/example\/.*\.json$/, 1)) {
    for (const profile of profilesOf(example)) {
      for (const { id, resource } of withoutRequired(example, snapshots.get(profile)?.element ?? [])) {
        taken++;
        if (errorsOf(await world.refusals(resource)).length === 0) missed.push(`${name} without ${id}`);
      }
    }
  }
  return { taken, missed };
}

interface Snapshot {
  readonly element: readonly SnapshotElement[];
}
