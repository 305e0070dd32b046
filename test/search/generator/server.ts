/** A server with real histories and official examples in it, and all that it stores in memory beside it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { databaseTarget } from '../../../src/cli/load/database-target.ts';
import type { Resource } from '../../../src/fhir/resource.ts';
import { dispatch } from '../../../src/interactions/routes.ts';
import type { Repository } from '../../../src/repository/repository.ts';
import { knownFaults } from '../../conformance/known-fault.ts';
import { someExamples } from '../../support/examples.ts';
import { type Ask, askerOf, base } from '../../support/fake-server.ts';
import { definitions, testRepository } from '../../support/repository.ts';
import { sharedData } from '../../support/shared-data.ts';
import { isResourceType } from '../oracle/definition.ts';
import { World } from '../oracle/world.ts';

/** The smallest patients of each set; those of the last set in the order in which they refer to each other. */
const sets: readonly (readonly [folder: string, files: number])[] = [
  ['2020-v2.5.0', 3],
  ['2019-v2.4.0-chronic', 1],
  ['conditional-references', 4],
];

const rank = (name: string): number => (/hospital/i.test(name) ? 0 : /practitioner/i.test(name) ? 1 : 2);

function bundlesOf([set, count]: readonly [string, number]): Resource[] {
  const folder = sharedData('synthea', set);
  if (folder === undefined) return [];
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith('.json.gz'))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map((name) => gunzipSync(readFileSync(join(folder, name))).toString());
  const chosen = texts.length <= count ? texts : texts.sort((a, b) => a.length - b.length).slice(0, count);
  return chosen.map((text) => JSON.parse(text) as Resource);
}

/** Every update an hour later than the one before. */
function clock(): () => Date {
  let time = Date.UTC(2025, 0, 1, 0, 30);
  return () => new Date((time += 3_600_000));
}

/** What stands now, read back as it is stored. */
async function currentResources(repository: Repository): Promise<Resource[]> {
  const found = new Map<string, Resource>();
  for (let after: string | undefined; ; ) {
    const page = await repository.history({}, { count: 1000, ...(after === undefined ? {} : { after }) });
    for (const { body } of page.versions) {
      const resource = JSON.parse(body ?? '{}') as Resource;
      const name = `${resource.resourceType}/${resource.id}`;
      if (!found.has(name)) found.set(name, resource);
    }
    if (page.next === undefined) return [...found.values()].filter(({ resourceType }) => isResourceType(resourceType));
    after = page.next;
  }
}

/** Lists of some of everything, each named in another way. */
function listsOf(all: readonly Resource[]): Resource[] {
  const byType = new Map(all.map((each) => [each.resourceType, each]));
  const item = (reference: string) => ({ item: { reference } });
  const names = [...byType.values()].map(({ resourceType, id }) => `${resourceType}/${id}`);
  return [0, 1, 2].map((which) => ({
    resourceType: 'List',
    id: `some-${which}`,
    status: 'current',
    mode: 'working',
    entry: names.filter((_, i) => i % 3 === which).map((name, i) => item([name, `${base}/${name}`, `${name}/_history/1`][i % 3] ?? name)),
  }));
}

/** Some official examples break the standard themselves, and no write takes them. */
const isWithoutFault = ({ resourceType, id }: Resource): boolean =>
  knownFaults['official R4 examples']?.[`${resourceType}-${id}.json`] === undefined;

export interface Asked {
  readonly ask: Ask;
  readonly world: World;
  /** Examples that the server does not take, with its reasons. */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

export async function serverWithEverything(examplesPerType: number): Promise<Asked> {
  const { repository, close } = await testRepository({ base, now: clock(), referentialIntegrity: 'off' });
  const ask = askerOf(dispatch, definitions, repository);
  const { members } = databaseTarget({ runBundle: () => Promise.reject(new Error('not used')), repository });
  const examples = someExamples(examplesPerType).filter(isWithoutFault);
  const refused: string[] = [];
  for (let at = 0; at < examples.length; at += 25) {
    const some = examples.slice(at, at + 25).map((resource) => ({ at: `${resource.resourceType}/${resource.id}`, resource }));
    refused.push(...(await members(some)).refused.map((each) => `${each.at}: ${each.text}`));
  }
  for (const bundle of sets.flatMap(bundlesOf)) {
    const { status, diagnostics } = await ask('POST', '', { body: bundle });
    if (status !== 200) throw new Error(diagnostics);
  }
  for (const list of listsOf(await currentResources(repository))) {
    const { status, diagnostics } = await ask('PUT', `List/${list.id}`, { body: list });
    if (status !== 201) throw new Error(diagnostics);
  }
  const world = new World(await currentResources(repository), new Date('2026-01-02T00:00:00Z'));
  return { ask, world, refused, close };
}
