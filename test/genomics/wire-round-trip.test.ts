/**
 * Genomic studies go over HTTP in one shape and come back in another without loss: whatever R5 lets them say, and the published examples.
 * GENOMIC_STUDIES=1000 makes as many studies; fewer otherwise.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadRegistry } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { compileValidator } from '../../src/validation/structure.ts';
import { sharedData } from '../support/shared-data.ts';
import { canonical, genomicStudies, modifierUrl } from './genomic-study.ts';
import { openServer, type TestServer } from './server.ts';

const { definitions } = loadRegistry();
const validate = compileValidator(definitions);
const many = Number(process.env['GENOMIC_STUDIES'] ?? 40);
const together = 20;

/** An extension that changes the meaning of what has it must be known. */
const changing: Resource = {
  resourceType: 'StructureDefinition',
  id: 'changing',
  url: modifierUrl,
  name: 'Changing',
  status: 'active',
  fhirVersion: '4.0.1',
  kind: 'complex-type',
  abstract: false,
  type: 'Extension',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Extension',
  derivation: 'constraint',
  context: [{ type: 'element', expression: 'Element' }],
  differential: {
    element: [
      { id: 'Extension', path: 'Extension', isModifier: true, isModifierReason: 'It changes all' },
      { id: 'Extension.url', path: 'Extension.url', fixedUri: modifierUrl },
      { id: 'Extension.value[x]', path: 'Extension.value[x]', type: [{ code: 'string' }] },
    ],
  },
};

let server: TestServer;

beforeAll(async () => {
  server = await openServer({ REFERENTIAL_INTEGRITY: 'off' });
  const { status } = await server.put(changing);
  expect(status).toBe(201);
});
afterAll(async () => server.close());

/** As it was sent, but for what the server says of the version. */
function content({ meta, ...rest }: Resource): unknown {
  const { versionId: _, lastUpdated: __, ...left } = meta ?? {};
  return canonical({ ...rest, ...(Object.keys(left).length === 0 ? {} : { meta: left }) });
}

interface Entry {
  readonly resource: Resource;
  readonly response: { readonly status: string; readonly outcome?: unknown };
}

async function batch(entry: readonly unknown[], headers = {}): Promise<Entry[]> {
  const { json } = await server.send('POST', '', { resourceType: 'Bundle', type: 'batch', entry }, headers);
  for (const { response } of json.entry as Entry[]) expect([response.status.slice(0, 2), response.outcome]).toEqual(['20', undefined]);
  return json.entry;
}

const put = (resources: readonly Resource[], shape = 'native'): Promise<Entry[]> =>
  batch(
    resources.map((resource) => ({ resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } })),
    { prefer: `genomic-study=${shape}` },
  );

const get = async (urls: readonly string[], shape: string): Promise<Resource[]> => {
  const entries = await batch(
    urls.map((url) => ({ request: { method: 'GET', url } })),
    { prefer: `genomic-study=${shape}` },
  );
  return entries.map(({ resource }) => resource);
};

describe(`${many} studies at random`, () => {
  const isValid = (study: Resource): boolean => validate(study).every(({ severity }) => severity !== 'error');
  const sample = fc.sample(genomicStudies(definitions).filter(isValid), { numRuns: many, seed: 15 });
  const studies = sample.map((study, i) => ({ ...study, id: `g-${i}` }));

  test.each(['procedure', 'basic', 'incubator'])(
    'come back as they were when they went as %s',
    async (shape) => {
      for (let at = 0; at < studies.length; at += together) {
        const some = studies.slice(at, at + together);
        await put(some);
        const urls = some.map(({ id }) => `GenomicStudy/${id}`);
        const told = await get(urls, shape);
        // Under ids of their own, so that nothing of the first ones is left.
        const copies = told.map((resource) => ({ ...resource, id: `${shape}-${resource.id}` }));
        await put(copies, shape);
        const back = await get(
          copies.map(({ id }) => `GenomicStudy/${id}`),
          'native',
        );
        expect(back.map((each) => content({ ...each, id: each.id?.slice(shape.length + 1) } as Resource))).toEqual(some.map(content));
      }
    },
    600_000,
  );
});

const folder = sharedData('genomics', 'genomics-reporting-examples');
const examples = (folder === undefined ? [] : readdirSync(folder)).map(
  (file) => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Resource,
);
// The published examples lie beside the project and not in it: a clone alone has none.
const withExamples = examples.length > 0 ? test : test.skip;

describe('The published examples', () => {
  withExamples(
    'come back as they were sent, each by its own name',
    async () => {
      const sent = examples.filter(({ id, resourceType }) => id !== undefined && resourceType !== 'Parameters');
      for (const example of sent) {
        const { status, json } = await server.put(example);
        expect([example.id, status, status < 300 ? undefined : json]).toEqual([example.id, 201, undefined]);
      }
      const changed: string[] = [];
      for (const example of sent) {
        const { json } = await server.get(`${example.resourceType}/${example.id}`);
        if (JSON.stringify(content(json)) !== JSON.stringify(content(example))) changed.push(`${example.resourceType}/${example.id}`);
      }
      expect(changed).toEqual([]);
      expect(await server.ids('Procedure')).toEqual(['lungMass-analysis2']);
      expect(await server.ids('GenomicStudy?_id=somaticStudy')).toEqual(['somaticStudy']);
    },
    300_000,
  );

  withExamples('come back as they were when studies went as Basic, or in the shape of the incubator', async () => {
    for (const shape of ['basic', 'incubator']) {
      const [told] = await get(['GenomicStudy/somaticStudy'], shape);
      const again = await server.put({ ...told, id: `as-${shape}` } as Resource);
      expect([again.status, again.json.issue]).toEqual([201, undefined]);
      const { json } = await server.get(`Procedure/as-${shape}`);
      const original = examples.find(({ id }) => id === 'somaticStudy');
      expect(content({ ...json, id: 'somaticStudy' })).toEqual(content(original as Resource));
    }
  });
});
