/** Why records are looked at, as clients and issuers say it: https://profiles.ihe.net/ITI/IUA/index.html, http://terminology.hl7.org/CodeSystem/v3-ActReason */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { foreignPurpose } from '../../src/auth/foreign-purpose.ts';
import { isResearch, parsePurposes, purposeFor, readPurpose } from '../../src/auth/purpose.ts';
import { newSecret } from '../../src/auth/secret.ts';
import { basic, createWorld, post, type World } from './token-support.ts';

const reason = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';

describe('A purpose', () => {
  test('is a code, with or without its system', () => {
    expect(readPurpose('HRESCH')).toBe('HRESCH');
    expect(readPurpose(`${reason}|HRESCH`)).toBe('HRESCH');
    expect(readPurpose('urn:oid:2.16.840.1.113883.5.8|TREAT')).toBe('TREAT');
    for (const wrong of ['', '|', 'http://other|TREAT', 'TREAT; drop', '|TREAT']) expect(readPurpose(wrong)).toBeUndefined();
  });

  test('of clinical trials and the like is research', () => {
    for (const code of ['HRESCH', 'CLINTRCH', 'PRECLINTRCH', 'POARCH']) expect(isResearch(code)).toBe(true);
    for (const code of ['TREAT', 'CLINTRL', 'HPAYMT', 'BTG']) expect(isResearch(code)).toBe(false);
  });

  test('may be one of several that a client is registered for, never broken glass', () => {
    expect(parsePurposes('TREAT  HRESCH TREAT')).toEqual(['TREAT', 'HRESCH']);
    for (const wrong of ['', ' ', 'BTG', 'TREAT BTG', 'TREAT http://other|X']) expect(parsePurposes(wrong)).toBeUndefined();
  });

  test('is the first of them where the client does not say, and treatment where none is registered', () => {
    expect(purposeFor(['HRESCH', 'TREAT'], undefined)).toBe('HRESCH');
    expect(purposeFor(['HRESCH', 'TREAT'], 'TREAT')).toBe('TREAT');
    expect(purposeFor([], undefined)).toBe('TREAT');
    expect(purposeFor([], 'TREAT')).toBe('TREAT');
  });

  test('is none that the client is not registered for, not even a kind of it', () => {
    for (const asked of ['HRESCH', 'ETREAT', 'BTG', '']) expect(purposeFor(['TREAT'], asked)).toBeUndefined();
  });
});

describe('The purpose in a token of a trusted issuer', () => {
  test.each([
    ['is not said', {}, {}],
    ['by itself', { purpose_of_use: 'HRESCH' }, { purpose: 'HRESCH' }],
    ['of IHE IUA', { extensions: { ihe_iua: { purpose_of_use: [{ system: reason, code: 'HPAYMT' }] } } }, { purpose: 'HPAYMT' }],
    ['of UDAP', { extensions: { 'hl7-b2b': { purpose_of_use: ['urn:oid:2.16.840.1.113883.5.8|TREAT'] } } }, { purpose: 'TREAT' }],
    ['that is research besides others, sees least', { purpose_of_use: ['TREAT', 'CLINTRCH'] }, { purpose: 'CLINTRCH' }],
    ['that is not known, counts for nothing', { purpose_of_use: 'http://elsewhere|NORM' }, undefined],
    ['of several of which one is not known, counts for nothing', { purpose_of_use: ['TREAT', 'http://elsewhere|NORM'] }, undefined],
    ['that is empty, counts for nothing', { purpose_of_use: [] }, undefined],
    ['that is no text, counts for nothing', { purpose_of_use: [{}, 7] }, undefined],
    ['that claims broken glass, counts for nothing', { purpose_of_use: 'BTG' }, undefined],
  ])('%s', (_, payload, expected) => {
    expect(foreignPurpose(payload)).toEqual(expected);
  });
});

describe('A client says it where it asks for a token', () => {
  let world: World;
  let origin: string;
  const secret = newSecret();
  const service = { kind: 'confidential' as const, secret: secret.hash, grantTypes: ['client_credentials'], scopes: ['system/*.rs'] };

  beforeAll(async () => {
    world = await createWorld();
    await world.client({ ...service, id: 'lab', purposes: ['TREAT', 'HRESCH'] });
    await world.client({ ...service, id: 'plain' });
    origin = await world.serve();
    const { token } = await world.token({ client: 'lab', scopes: ['system/*.cruds'] });
    const put = await fetch(`${origin}/fhir/Patient/p`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
      body: '{"resourceType":"Patient","id":"p"}',
    });
    expect(put.status).toBe(201);
  });
  afterAll(() => world.close());

  const ask = (client: string, more: Record<string, string> = {}) =>
    post(origin, 'token', { grant_type: 'client_credentials', scope: 'system/Patient.rs', ...more }, basic(client, secret.text));
  const reads = async (token: unknown): Promise<number> =>
    (await fetch(`${origin}/fhir/Patient/p`, { headers: { authorization: `Bearer ${String(token)}` } })).status;

  test('and sees as research what patients permit to it, which is nothing here', async () => {
    expect(await reads((await ask('lab')).json['access_token'])).toBe(200);
    expect(await reads((await ask('lab', { purpose_of_use: `${reason}|HRESCH` })).json['access_token'])).toBe(404);
    expect(await reads((await ask('lab', { purpose_of_use: 'TREAT' })).json['access_token'])).toBe(200);
  });

  test('and is refused for another one', async () => {
    for (const purpose of ['HRESCH', 'BTG', 'nonsense|x'])
      expect(await ask('plain', { purpose_of_use: purpose })).toMatchObject({
        status: 400,
        json: { error: 'invalid_request', error_description: expect.stringContaining('purpose_of_use') },
      });
  });
});
