/** Whatever a Bundle holds, it is answered: with outcomes, never with a fault of the server. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { localPrincipal } from '../../src/auth/principal.ts';
import { refusal } from '../../src/fhir/outcome.ts';
import { batch } from '../../src/interactions/batch.ts';
import type { FhirRequest, Services } from '../../src/interactions/interaction.ts';
import { fakeRepository } from '../support/fake-repository.ts';
import { definitions } from '../support/repository.ts';
import { base, type ResponseEntry, serverOn } from './bundle-server.ts';

const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'get', '', 7);
const url = fc.oneof(
  fc.constantFrom(
    'Patient',
    'Patient/1',
    'Patient/1/_history',
    'Patient/1/_history/1',
    'Patient?_id=1',
    '_history',
    'metadata',
    '',
    '/',
    '?',
    '#',
    'Patient/$everything',
  ),
  fc.constantFrom(
    'Patient/%',
    'Patient?a=%zz',
    '../x',
    'Patient/1/2/3/4/5/6',
    'Patient/_search',
    `${base}/Patient/1`,
    'urn:uuid:1',
    `Patient/${'a'.repeat(300)}`,
  ),
  fc.string({ maxLength: 12 }),
);
const resource = fc.oneof(
  fc.constantFrom(
    { resourceType: 'Patient' },
    { resourceType: 'Patient', id: '1' },
    { resourceType: 'Patient', id: 5 },
    { resourceType: 'Binary', contentType: 'application/json-patch+json', data: 'W10=' },
    { resourceType: 'Binary', contentType: 'application/json-patch+json', data: '!!' },
    { resourceType: 'Binary', data: 3 },
    { resourceType: 'Parameters', parameter: [{ name: 'operation' }] },
    { resourceType: 'Nothing' },
    { resourceType: 1 },
    null,
    [],
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const header = fc.constantFrom('W/"1"', '1', '*', '', 'identifier=x', 'Fri, 1 Jan 2026', 5, null);
const request = fc.record(
  { method, url, ifMatch: header, ifNoneMatch: header, ifNoneExist: header, ifModifiedSince: header },
  { requiredKeys: [] },
);
const entry = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ fullUrl: fc.constantFrom('urn:uuid:1', 'a b', 'Patient/1', 3), resource, request }, { requiredKeys: [] }),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
);

describe('A Bundle of any content', () => {
  test.each(['batch', 'transaction'])('as %s is answered without a fault of the server', async (type) => {
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 5 }), async (entries) => {
        const answer = await serverOn(fakeRepository()).post(type, entries);
        expect(answer.status).toBeLessThan(500);
        if (type === 'batch') expect(answer.statuses).toHaveLength(entries.length);
        for (const status of answer.statuses) expect(status).toMatch(/^[234]\d\d /);
      }),
      { numRuns: 300 },
    );
  });
});

describe('A fault of the server in one entry of a batch', () => {
  const asked = { method: 'POST', path: [], query: [], headers: {}, base, principal: localPrincipal };
  const bundle = {
    resourceType: 'Bundle',
    type: 'batch',
    entry: [{ request: { method: 'GET', url: 'Patient/1' } }, { request: { method: 'GET', url: 'Patient/2' } }],
  };
  const body = { contentType: 'application/fhir+json', bytes: Buffer.alloc(0), resource: () => bundle, json: () => bundle };
  const run = batch(async ({ path }) => {
    if (path[1] === '1') throw new Error('broken');
    return { status: 200, body: '{"resourceType":"Patient"}' };
  });
  const services = { definitions, now: () => new Date() } as unknown as Services;

  test('is the outcome of that entry when someone records it', async () => {
    const recorded: unknown[] = [];
    const refusalFor: Services['refusalFor'] = (error) => {
      recorded.push(error);
      return refusal('exception', 'The server failed.');
    };
    const answer = await run({ ...asked, body } as FhirRequest, { ...services, refusalFor });
    const { entry: entries } = JSON.parse(String(answer.body)) as { entry: ResponseEntry[] };
    expect(entries.map(({ response }) => response.status)).toEqual(['500 Internal Server Error', '200 OK']);
    expect(recorded).toEqual([new Error('broken')]);
  });

  test('is never hidden otherwise', async () => {
    await expect(run({ ...asked, body } as FhirRequest, services)).rejects.toThrow('broken');
  });
});
