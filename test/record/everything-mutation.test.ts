/**
 * A reference to the patient that is put anywhere, into any type, brings the resource into the record; one to another patient does not.
 * EVERYTHING_INSERTIONS=10000 makes so many.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FhirError } from '../../src/fhir/outcome.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import type { Change } from '../../src/repository/change.ts';
import { told } from '../support/everything.ts';
import { type Place, placesOf } from '../support/least-resource.ts';
import { type GraphResource, RecordGraph } from '../support/record-graph.ts';
import { definitions, type TestRepository, testRepository } from '../support/repository.ts';

/** Commits that run at the same time. */
const together = 25;
const insertions = Number(process.env['EVERYTHING_INSERTIONS'] ?? 400);
/** A reference in them is one to what they hold, or makes two patients one: RecordGraph speaks of these. */
const apart = new Set(['Bundle', 'Group', 'Parameters', 'Patient']);

let fixture: TestRepository;
let places: Place[];
const graph = new RecordGraph();
const byPatient = new Map([
  ['p', new Set<string>()],
  ['q', new Set<string>()],
]);

async function stored(resource: Resource): Promise<boolean> {
  const change: Change = { kind: 'update', type: resource.resourceType, id: resource.id ?? '', at: '', resource };
  try {
    await fixture.repository.commit([change]);
    graph.add(`${resource.resourceType}/${resource.id}`, resource as GraphResource);
    return true;
  } catch (fault) {
    if (!(fault instanceof FhirError)) throw fault;
    return false;
  }
}

let seed = 20_261_125;
function random(below: number): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return Math.floor((seed / 2_147_483_648) * below);
}

function inserted(serial: number): { readonly patient: 'p' | 'q'; readonly resource: Resource } {
  const place = places[random(places.length)] as Place;
  const patient = random(2) === 0 ? 'p' : 'q';
  return { patient, resource: { ...place.put(`Patient/${patient}`), id: `i${serial}` } };
}

beforeAll(async () => {
  fixture = await testRepository({ referentialIntegrity: 'off' });
  places = definitions.resourceTypes.flatMap((type) => (apart.has(type) ? [] : placesOf(definitions, type)));
  for (const id of ['p', 'q']) await stored({ resourceType: 'Patient', id });
});
afterAll(() => fixture.close());

test(
  'Whatever refers to the patient is told, and what refers to another is not',
  async () => {
    const types = new Set<string>();
    for (let serial = 0, done = 0; done < insertions; ) {
      const some = Array.from({ length: Math.min(together, insertions - done) }, () => inserted(serial++));
      const taken = await Promise.all(some.map(({ resource }) => stored(resource)));
      some.forEach(({ patient, resource }, i) => {
        if (taken[i] !== true) return;
        done++;
        types.add(resource.resourceType);
        byPatient.get(patient)?.add(`${resource.resourceType}/${resource.id}`);
      });
      expect(serial).toBeLessThan(insertions * 2 + 1000);
    }
    // Rules of single types refuse some: most types take part.
    expect(types.size).toBeGreaterThan(Math.min(100, insertions / 5));
    for (const [patient, inserted] of byPatient) {
      const record = await told(fixture.repository, { type: 'Patient', id: patient }, {});
      expect(new Set(record)).toEqual(new Set([`Patient/${patient}`, ...inserted]));
      expect(record.length).toBe(inserted.size + 1);
      expect(new Set(record)).toEqual(graph.expected(`Patient/${patient}`));
    }
  },
  insertions * 150 + 60_000,
);
