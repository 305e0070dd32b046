/** Records of real input are those that are computed from the input alone: scripts/prove-everything.ts does it with all of it, and exports. */
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FhirError } from '../../src/fhir/outcome.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { projectFile } from '../../src/root.ts';
import { told } from '../support/everything.ts';
import { type GraphResource, RecordGraph } from '../support/record-graph.ts';
import { type TestRepository, testRepository } from '../support/repository.ts';
import { sharedResources } from '../support/shared-resources.ts';

const most = 400;
/** Kept apart: what holds others, what makes other resources of them, and logs. */
const apart = new Set(['Bundle', 'Parameters', 'Basic', 'Procedure']);

/** The smallest of the patients that come with the server. */
function* sampleResources(): Generator<Resource> {
  const folder = projectFile('src', 'cli', 'sample-data');
  const bundles = readdirSync(folder)
    .filter((name) => name.endsWith('.json.gz'))
    .map((name) => gunzipSync(readFileSync(`${folder}/${name}`)).toString())
    .sort((a, b) => a.length - b.length);
  for (const text of bundles.slice(0, 2))
    for (const { resource } of (JSON.parse(text) as { entry: { resource: Resource }[] }).entry) yield resource;
}

/** By name; references by urn:uuid lead to the resource with that id. */
function named(resources: Iterable<Resource>): Map<string, Resource> {
  const found = new Map<string, Resource>();
  for (const resource of resources) {
    const name = `${resource.resourceType}/${resource.id}`;
    if (resource.id === undefined || apart.has(resource.resourceType) || found.has(name)) continue;
    found.set(name, resource);
    if (found.size === most) break;
  }
  const byId = new Map([...found.keys()].map((name) => [name.slice(name.indexOf('/') + 1), name]));
  const text = (resource: Resource): string =>
    JSON.stringify(resource).replaceAll(/"urn:uuid:([0-9a-f-]{36})"/g, (all, id: string) => (byId.has(id) ? `"${byId.get(id)}"` : all));
  return new Map([...found].map(([name, resource]) => [name, JSON.parse(text(resource)) as Resource]));
}

async function store({ repository }: TestRepository, resources: readonly Resource[], graph: RecordGraph): Promise<void> {
  const changes = resources.map(
    (resource) => ({ kind: 'update', type: resource.resourceType, id: resource.id ?? '', at: '', resource }) as const,
  );
  try {
    await repository.commit(changes, { transaction: true });
    for (const resource of resources) graph.add(`${resource.resourceType}/${resource.id}`, resource as GraphResource);
  } catch (fault) {
    if (!(fault instanceof FhirError)) throw fault;
    // What is invalid is left out of both sides.
    if (resources.length > 1) for (const half of halves(resources)) await store({ repository } as TestRepository, half, graph);
  }
}

const halves = <T>(list: readonly T[]): readonly (readonly T[])[] => [list.slice(0, list.length >> 1), list.slice(list.length >> 1)];

describe.each([
  ['the patients that come with the server', sampleResources],
  ['shared data of Synthea, genomics, CGM, US Core and IPS', sharedResources],
])('Of %s', (_name, source) => {
  let fixture: TestRepository;
  const graph = new RecordGraph();
  beforeAll(async () => {
    fixture = await testRepository({ referentialIntegrity: 'off' });
    const resources = [...named(source()).values()];
    for (let from = 0; from < resources.length; from += 40) await store(fixture, resources.slice(from, from + 40), graph);
  }, 240_000);
  afterAll(() => fixture.close());

  test('each record is equal, in one and in pages', async () => {
    for (const patient of graph.patients) {
      const expected = [...graph.expected(patient)].sort();
      const subject = { type: 'Patient', id: patient.slice(8) } as const;
      expect([patient, (await told(fixture.repository, subject, {})).sort()]).toEqual([patient, expected]);
      expect((await told(fixture.repository, subject, { count: 100 })).sort()).toEqual(expected);
    }
  }, 60_000);

  test('the records together are that of all patients', async () => {
    const union = new Set(graph.patients.flatMap((patient) => [...graph.expected(patient)]));
    expect((await told(fixture.repository, { type: 'Patient' }, {})).sort()).toEqual([...union].sort());
  });
});
