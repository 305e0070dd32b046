/** Exports of backend services: what their tokens could not read is not in them. https://hl7.org/fhir/smart-app-launch/backend-services.html */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { post } from '../auth/token-support.ts';
import { type SmartWorld, smartWorld } from '../smart/smart-world.ts';
import { type BulkClient, bulkClient, namesOf } from './bulk-client.ts';

let world: SmartWorld;
/** Asks for tokens and files; its jobs are left to the worker, which is started by the test. */
let folder: string;
let key: CryptoKey;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anamnesis-export-access-'));
  world = await smartWorld({ DATA_DIR: folder });
  const { privateKey, publicKey } = await generateKeyPair('ES384', { extractable: true });
  key = privateKey;
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES384' }] };
  const service = { kind: 'confidential' as const, grantTypes: ['client_credentials'], jwks };
  await world.client({ ...service, id: 'all', scopes: ['system/*.cruds'] });
  await world.client({ ...service, id: 'other', scopes: ['system/*.cruds'] });
  await world.client({
    ...service,
    id: 'some',
    scopes: ['system/Patient.rs', 'system/Observation.rs?category=laboratory', 'system/Condition.r'],
  });
  await world.client({ ...service, id: 'study', scopes: ['system/*.rs'], purposes: ['HRESCH'] });
}, 120_000);
afterAll(async () => {
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

async function tokenOf(id: string, scope: string): Promise<string> {
  const time = Math.floor(Date.now() / 1000);
  const claims = { iss: id, sub: id, aud: `${world.origin}/oauth/token`, exp: time + 240, jti: crypto.randomUUID() };
  const assertion = await new SignJWT(claims).setProtectedHeader({ alg: 'ES384', kid: 'k', typ: 'JWT' }).sign(key);
  const { json } = await post(world.origin, 'token', {
    ...{ grant_type: 'client_credentials', scope, client_assertion: assertion },
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  });
  if (typeof json['access_token'] !== 'string') throw new Error(JSON.stringify(json));
  return json['access_token'];
}

/** Each request with a token of its own, as one that has expired would be followed by another. */
const clientOf = (id: string, scope: string): BulkClient => bulkClient(world.base, () => tokenOf(id, scope));

const typesOf = (names: readonly string[]): string[] => [...new Set(names.map((name) => name.split('/')[0] ?? ''))];

describe('The flow of a backend service', () => {
  test('kick-off, status, files whose counts are right, and the end', async () => {
    const client = clientOf('all', 'system/*.cruds');
    const url = await client.kickOff('Patient/$export?_type=Patient,Encounter,Condition,Observation');
    const manifest = await client.manifest(url);
    expect(manifest.requiresAccessToken).toBe(true);
    const lines = await client.all(manifest);
    expect(lines.length).toBe(2 * (1 + 1 + 10 + 6));
    expect(await client.remove(url)).toBe(202);
    expect((await client.status(url)).status).toBe(404);
  });

  test('neither status nor files are for others', async () => {
    const client = clientOf('all', 'system/*.cruds');
    const url = await client.kickOff('$export?_type=Patient');
    const { output } = await client.manifest(url);
    const file = output[0]?.url ?? '';
    expect((await fetch(file)).status).toBe(401);
    const other = clientOf('other', 'system/*.cruds');
    expect((await other.status(url)).status).toBe(404);
    expect(await other.remove(url)).toBe(404);
    await expect(other.lines({ url: file })).rejects.toMatchObject({ status: 404 });
    // The same client, with a token that may read less.
    await expect(clientOf('all', 'system/Observation.rs').lines({ url: file })).rejects.toMatchObject({ status: 403 });
    expect(await client.lines({ url: file })).toHaveLength(2);
  });

  test('files are on the log of accesses', async () => {
    const client = clientOf('all', 'system/*.cruds');
    const manifest = await client.manifest(await client.kickOff('$export?_type=Patient'));
    await client.all(manifest);
    const response = await world.fhir('AuditEvent?type=rest&_count=200');
    const text = JSON.stringify(await response.json());
    const asked = Buffer.from(`GET ${manifest.output[0]?.url}`).toString('base64');
    expect(text).toContain(asked);
    const exported = JSON.stringify(await (await world.fhir('AuditEvent?type=110106')).json());
    expect(exported).toContain('2 resources');
  });
});

describe('Scopes', () => {
  test('limit what is exported when nothing is named', async () => {
    const names = namesOf(
      await clientOf('some', 'system/Patient.rs system/Observation.rs?category=laboratory system/Condition.r').export('$export'),
    );
    expect(typesOf(names)).toEqual(['Observation', 'Patient']);
    expect(names.filter((name) => name.startsWith('Observation'))).toEqual(
      ['ann', 'bob'].flatMap((id) => [1, 3, 5].map((i) => `Observation/${id}-o${i}/1`)),
    );
  });

  test('refuse what is named and out of reach, at the kick-off', async () => {
    const client = clientOf('some', 'system/Patient.rs system/Condition.r');
    const fault = await client.kickOff('$export?_type=Patient,Condition,Encounter').catch((error: unknown) => error);
    expect(fault).toMatchObject({
      status: 403,
      issues: [{ diagnostics: expect.stringContaining('Condition') }, { diagnostics: expect.stringContaining('Encounter') }],
    });
    await expect(client.kickOff('$export?_type=Patient&_typeFilter=Patient%3F_has:Observation:patient:status=final')).rejects.toMatchObject(
      {
        status: 403,
      },
    );
  });
});

describe('Consents', () => {
  const policy = (code: string) => ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code }] });

  const consent = async (more: object): Promise<void> => {
    const response = await world.fhir('Consent', { method: 'POST', body: JSON.stringify({ resourceType: 'Consent', ...more }) });
    if (!response.ok) throw new Error(await response.text());
  };

  test('of research hold for who asks for research', async () => {
    const research = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'research' }] };
    await consent({
      ...{ status: 'active', scope: research, category: [policy('INFA')], policyRule: policy('OPTOUT') },
      patient: { reference: 'Patient/ann' },
    });
    await consent({
      ...{ status: 'active', scope: research, category: [policy('INFA')], policyRule: policy('OPTIN') },
      patient: { reference: 'Patient/bob' },
    });
    const names = namesOf(await clientOf('study', 'system/*.rs').export('Patient/$export?_type=Patient,Observation'));
    expect(names.some((name) => name.includes('bob'))).toBe(true);
    expect(names.filter((name) => name.includes('ann'))).toEqual([]);
    // An export never shows what the token could not read by id.
    const token = await tokenOf('study', 'system/*.rs');
    for (const name of names) {
      const [type, id] = name.split('/');
      expect((await fetch(`${world.base}/${type}/${id}`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    }
  });
});

describe('A withdrawal', () => {
  test('ends a job that has not begun, with a clear state', async () => {
    // No worker: the job waits.
    const idle = await world.serve({ DATA_DIR: folder, JOB_SLOTS: '0' });
    await world.sql(`update anamnesis.job set expires = now() where expires is not null`);
    const token = await tokenOf('other', 'system/*.cruds');
    // The other server would work at it at once.
    await world.sql(
      "create function anamnesis.never() returns trigger language plpgsql as $$begin new.not_before = now() + interval '3 s'; return new; end$$",
    );
    await world.sql('create trigger later before insert on anamnesis.job for each row execute function anamnesis.never()');
    const client = bulkClient(`${idle}/fhir`, async () => token);
    const url = await client.kickOff('$export?_type=Patient');
    await world.sql('drop trigger later on anamnesis.job');
    await world.sql(`update anamnesis."authorization" set revoked = now() where client = 'other'`);
    const again = clientOf('other', 'system/*.cruds');
    await expect(again.manifest(url.replace(idle, world.origin))).rejects.toMatchObject({
      status: 403,
      issues: [{ diagnostics: expect.stringContaining('revoked') }],
    });
  }, 60_000);
});
