/** Libraries of FHIR as backend services with client credentials: fhir-kit-client and MedplumClient. https://hl7.org/fhir/smart-app-launch/backend-services.html */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MedplumClient } from '@medplum/core';
import { Client as FhirKitClient } from 'fhir-kit-client';
import { type SmartWorld, smartWorld } from './smart-world.ts';

let world: SmartWorld;
let secret: string;

beforeAll(async () => {
  world = await smartWorld();
  secret = await world.confidential({ id: 'backend', grantTypes: ['client_credentials'], scopes: ['system/*.cruds'] });
}, 120_000);
afterAll(() => world?.close());

async function tokenFor(scope: string): Promise<string> {
  const { tokenUrl } = await new FhirKitClient({ baseUrl: world.base }).smartAuthMetadata();
  const response = await fetch(tokenUrl ?? '', {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`backend:${secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
  });
  const body = (await response.json()) as { access_token: string };
  expect(response.status).toBe(200);
  return body.access_token;
}

describe('fhir-kit-client', () => {
  it('finds the endpoints of authorization', async () => {
    const found = await new FhirKitClient({ baseUrl: world.base }).smartAuthMetadata();
    expect(String(found.tokenUrl)).toBe(`${world.origin}/oauth/token`);
    expect(String(found.authorizeUrl)).toBe(`${world.origin}/oauth/authorize`);
  });

  it('reads, searches page by page, writes and deletes with its token', async () => {
    const client = new FhirKitClient({ baseUrl: world.base, bearerToken: await tokenFor('system/*.cruds') });
    const first = await client.resourceSearch({ resourceType: 'Condition', searchParams: { patient: 'ann', _count: 6 } });
    const second = await client.nextPage({ bundle: first as never });
    expect([first, second].map((bundle) => (bundle as unknown as { entry: unknown[] }).entry.length)).toEqual([6, 4]);
    const made = await client.create({ resourceType: 'Patient', body: { resourceType: 'Patient', active: true } });
    const id = String(made.id);
    expect(await client.update({ resourceType: 'Patient', id, body: { ...made, active: false } })).toMatchObject({ active: false });
    await client.delete({ resourceType: 'Patient', id });
    await expect(client.read({ resourceType: 'Patient', id })).rejects.toMatchObject({ response: { status: 410 } });
  });

  it('without a token is answered 401, with one that does not reach so far 403', async () => {
    const stranger = new FhirKitClient({ baseUrl: world.base });
    await expect(stranger.read({ resourceType: 'Patient', id: 'ann' })).rejects.toMatchObject({ response: { status: 401 } });
    const narrow = new FhirKitClient({ baseUrl: world.base, bearerToken: await tokenFor('system/Patient.rs') });
    expect(await narrow.read({ resourceType: 'Patient', id: 'ann' })).toMatchObject({ id: 'ann' });
    await expect(narrow.resourceSearch({ resourceType: 'Condition', searchParams: { patient: 'ann' } })).rejects.toMatchObject({
      response: { status: 403 },
    });
    await expect(narrow.create({ resourceType: 'Patient', body: { resourceType: 'Patient' } })).rejects.toMatchObject({
      response: { status: 403 },
    });
  });
});

describe('MedplumClient', () => {
  const open = (): MedplumClient =>
    new MedplumClient({
      baseUrl: `${world.origin}/`,
      fhirUrlPath: 'fhir/',
      tokenUrl: `${world.origin}/oauth/token`,
      clientId: 'backend',
      clientSecret: secret,
      fetch,
    });

  it('logs in with client credentials, reads, searches, creates, patches and runs a batch', async () => {
    const client = open();
    await client.startClientLogin('backend', secret);
    expect(await client.readResource('Patient', 'ann')).toMatchObject({ id: 'ann' });
    expect(await client.searchResources('Observation', { patient: 'Patient/ann', _count: '50' })).toHaveLength(6);
    const made = await client.createResource({ resourceType: 'Patient', name: [{ family: 'Made' }] });
    expect(await client.patchResource('Patient', made.id, [{ op: 'replace', path: '/name/0/family', value: 'Changed' }])).toMatchObject({
      name: [{ family: 'Changed' }],
    });
    const bundle = await client.executeBatch({
      resourceType: 'Bundle',
      type: 'batch',
      entry: [{ request: { method: 'GET', url: 'Patient/ann' } }, { request: { method: 'GET', url: 'Patient/none' } }],
    });
    expect((bundle.entry as { response?: { status?: string } }[]).map(({ response }) => response?.status?.slice(0, 3))).toEqual([
      '200',
      '404',
    ]);
  });

  it('with a wrong secret is refused', async () => {
    await expect(open().startClientLogin('backend', 'wrong')).rejects.toThrow();
  });
});
