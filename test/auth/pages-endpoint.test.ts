/** Launches, identity, logout and administration: what applications and programs ask of the server about people. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { Account } from '../../src/auth/account.ts';
import { makeIdToken } from '../../src/auth/id-token.ts';
import {
  answerOf,
  type Browsing,
  browse,
  callback,
  createPages,
  type Page,
  type PagesWorld,
  password,
  patient,
  verifier,
} from './pages-support.ts';

let world: PagesWorld;
let anna: Account;

const goodbye = 'https://app.example.org/goodbye?x=1';

beforeAll(async () => {
  world = await createPages();
  await world.client({ postLogoutRedirectUris: [goodbye] });
  await world.client({ id: 'other', postLogoutRedirectUris: ['https://other.example.org/'] });
  const scopes = [
    'launch',
    'launch/patient',
    'launch/encounter',
    'patient/*.rs',
    'openid',
    'fhirUser',
    'profile',
    'online_access',
    'offline_access',
  ];
  await world.client({ id: 'house', trusted: true, scopes, launchUri: 'https://app.example.org/launch' });
  await world.put({ resourceType: 'Practitioner', id: 'dr' }, patient('one', 'Amsel'), patient('two', 'Bergmann'), {
    resourceType: 'Encounter',
    id: 'visit',
    status: 'finished',
    class: { code: 'AMB' },
    subject: { reference: 'Patient/one' },
  });
  anna = await world.account({ fhirUser: 'Practitioner/dr' });
  await world.account({ name: 'berta' });
  await world.account({ name: 'self', role: 'patient', policy: undefined, fhirUser: 'Patient/two' });
  await world.account({ name: 'admin', role: 'administrator', policy: undefined });
});
afterAll(() => world.close());

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Record<string, unknown>;
}

async function call(path: string, token?: string, body?: unknown, method = body === undefined ? 'GET' : 'POST'): Promise<Answer> {
  const headers = {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const response = await fetch(`${world.origin}/oauth/${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, json: (await response.json()) as Record<string, unknown> };
}

const ehr = async (): Promise<string> => (await world.token({ scopes: ['system/*.cruds'] })).token;

/** Exchanges the code of an answer. */
async function tokens(page: Page, client = 'house'): Promise<Record<string, unknown>> {
  const form = {
    grant_type: 'authorization_code',
    code: answerOf(page)['code'] ?? '',
    redirect_uri: callback,
    code_verifier: verifier,
    client_id: client,
  };
  const response = await fetch(`${world.origin}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) });
  return (await response.json()) as Record<string, unknown>;
}

const signIn = async (browser: Browsing, name: string, changed: Record<string, string>): Promise<Page> =>
  browser.post(await browser.get(world.request({ client_id: 'house', ...changed })), 'login', { name, password });

describe('A launch that an EHR prepares', () => {
  const prepared = async (body: object): Promise<Answer> => call('launch', await ehr(), { client: 'house', ...body });
  const scope = 'launch launch/patient launch/encounter patient/*.rs openid fhirUser';

  test('answers the value, and where the browser is to be sent', async () => {
    const { status, json } = await prepared({ patient: 'one' });
    expect(status).toBe(201);
    const url = new URL(String(json['launch_url']));
    expect(url.href.startsWith('https://app.example.org/launch?')).toBe(true);
    expect(Object.fromEntries(url.searchParams)).toEqual({ iss: world.base, launch: json['launch'] });
    expect(json['launch']).toMatch(/^[\w-]{43}$/);
  });

  test('gives the application its context, without a question', async () => {
    const context = {
      ...{
        patient: 'one',
        encounter: 'visit',
        intent: 'review',
        need_patient_banner: false,
        smart_style_url: 'https://ehr.example.org/style.json',
      },
      fhirContext: [{ reference: 'ImagingStudy/7' }],
    };
    const { launch } = (await prepared(context)).json;
    const answer = await tokens(await signIn(browse(world.origin), 'anna', { scope, launch: String(launch) }));
    expect(answer).toMatchObject({ ...context, scope });
    const claims = await jwtVerify(String(answer['id_token']), createRemoteJWKSet(new URL(`${world.origin}/oauth/jwks`)), {
      issuer: world.base,
      audience: 'house',
    });
    expect(claims.payload).toMatchObject({ sub: anna.id, fhirUser: `${world.base}/Practitioner/dr` });
  });

  test('is used once', async () => {
    const launch = String((await prepared({ patient: 'one' })).json['launch']);
    const request = { client_id: 'house', scope, launch };
    expect((await browse(world.origin).get(world.request(request))).text).toContain('Sign in');
    expect(answerOf(await browse(world.origin).get(world.request(request)))).toMatchObject({ error: 'invalid_request' });
  });

  test('is for the client that it was prepared for, and for five minutes', async () => {
    await world.client({ id: 'thief', scopes: ['launch', 'patient/*.rs'] });
    const launch = String((await prepared({ patient: 'one' })).json['launch']);
    expect(answerOf(await browse(world.origin).get(world.request({ client_id: 'thief', scope, launch })))).toMatchObject({
      error: 'invalid_request',
    });
    await world.sql('update anamnesis.launch set expires = clock_timestamp()');
    expect(answerOf(await browse(world.origin).get(world.request({ client_id: 'house', scope, launch })))).toMatchObject({
      error: 'invalid_request',
    });
  });

  test('is for the person for whom it was prepared', async () => {
    const launch = String((await prepared({ patient: 'one', user: 'berta' })).json['launch']);
    expect(answerOf(await signIn(browse(world.origin), 'anna', { scope, launch }))).toMatchObject({ error: 'access_denied' });
  });

  test('gives a patient nobody else than themselves', async () => {
    const launch = String((await prepared({ patient: 'one' })).json['launch']);
    expect(answerOf(await signIn(browse(world.origin), 'self', { scope, launch }))).toMatchObject({ error: 'access_denied' });
  });

  test('takes the patient from the encounter', async () => {
    const launch = String((await prepared({ encounter: 'visit' })).json['launch']);
    expect(await tokens(await signIn(browse(world.origin), 'anna', { scope, launch }))).toMatchObject({
      patient: 'one',
      encounter: 'visit',
    });
  });

  test('without an EHR grants no context of one', async () => {
    const browser = browse(world.origin);
    const picker = await signIn(browser, 'anna', { scope });
    const visits = await browser.post(picker, 'patient', { patient: 'two' });
    const answer = await tokens(await browser.post(visits, 'encounter', { encounter: '-' }));
    expect(answer).toMatchObject({ patient: 'two', scope: 'launch/patient patient/*.rs openid fhirUser' });
  });

  test.each([
    [{ patient: 'nobody' }, 'patient'],
    [{ patient: '../one' }, 'patient'],
    [{ patient: 'two', encounter: 'visit' }, 'encounter'],
    [{ client: 'nobody' }, 'client'],
    [{ client: undefined }, 'client'],
    [{ user: 'nobody' }, 'user'],
    [{ fhirContext: [{ reference: 'Patient/one' }] }, 'fhirContext'],
    [{ fhirContext: [{}] }, 'fhirContext'],
    [{ need_patient_banner: 'no' }, 'need_patient_banner'],
    [{ smart_style_url: 'javascript:alert(1)' }, 'smart_style_url'],
    [{ intent: 'a\0b' }, 'intent'],
    [{ nonsense: 1 }, 'not known'],
  ])('as %j is refused, and says why', async (body, named) => {
    const { status, json } = await prepared(body);
    expect(status).toBe(400);
    expect(json).toMatchObject({ error: 'invalid_request', error_description: expect.stringContaining(named) });
  });

  test('needs a token with the right to', async () => {
    const none = await call('launch', undefined, { client: 'house' });
    expect([none.status, none.headers.get('www-authenticate')]).toEqual([401, `Bearer realm="${world.base}"`]);
    expect((await call('launch', 'x'.repeat(43), { client: 'house' })).json).toMatchObject({ error: 'invalid_token' });
    const { token } = await world.token({ scopes: ['patient/*.rs', 'openid'], account: anna.id, context: { patient: 'one' } });
    expect((await call('launch', token, { client: 'house' })).json).toMatchObject({ error: 'insufficient_scope' });
  });

  test('by a person is for that person alone', async () => {
    const { token } = await world.token({ scopes: ['user/*.rs', 'launch'], account: anna.id });
    const launch = String((await call('launch', token, { client: 'house', patient: 'one' })).json['launch']);
    expect(answerOf(await signIn(browse(world.origin), 'berta', { scope, launch }))).toMatchObject({ error: 'access_denied' });
    expect((await call('launch', token, { client: 'house', user: 'berta' })).status).toBe(400);
  });
});

describe('The id token', () => {
  const content = {
    client: 'app',
    scopes: ['openid', 'fhirUser'],
    authenticated: new Date('2026-01-01T00:00:00Z'),
    now: new Date('2026-01-02T00:00:00Z'),
  };
  const made = async (more: object = {}): Promise<Record<string, unknown> | undefined> => {
    const text = await makeIdToken(world.database, { ...content, issuer: world.base, account: anna.id, ...more });
    return text === undefined
      ? undefined
      : (JSON.parse(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>);
  };

  test('says who, by whom, for whom, and since when (OpenID Connect Core, 2)', async () => {
    expect(await made({ nonce: 'n-1' })).toEqual({
      ...{ iss: world.base, sub: anna.id, aud: 'app', nonce: 'n-1', fhirUser: `${world.base}/Practitioner/dr` },
      ...{ auth_time: 1_767_225_600, iat: 1_767_312_000, exp: 1_767_312_600 },
    });
  });

  test('says no more than was granted', async () => {
    const claims = await made({ scopes: ['openid'] });
    expect([claims?.['fhirUser'], claims?.['profile'], claims?.['nonce']]).toEqual([undefined, undefined, undefined]);
    expect(await made({ scopes: ['openid', 'profile'] })).toMatchObject({
      profile: `${world.base}/Practitioner/dr`,
      preferred_username: 'anna',
    });
    expect(await made({ scopes: ['fhirUser'] })).toBeUndefined();
  });

  test('speaks of nobody who is not there', async () => {
    expect(await made({ account: '00000000-0000-4000-8000-000000000000' })).toBeUndefined();
  });
});

describe('userinfo', () => {
  test('says who the token stands for, by GET and by POST (OpenID Connect Core, 5.3)', async () => {
    const { token } = await world.token({ scopes: ['openid', 'fhirUser'], account: anna.id });
    const expected = { sub: anna.id, fhirUser: `${world.base}/Practitioner/dr` };
    expect((await call('userinfo', token)).json).toEqual(expected);
    expect((await call('userinfo', token, {})).json).toEqual(expected);
  });

  test('needs a token, and the scope openid', async () => {
    expect((await call('userinfo')).status).toBe(401);
    const { token } = await world.token({ scopes: ['fhirUser'], account: anna.id });
    const refused = await call('userinfo', token);
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      403,
      expect.stringContaining('error="insufficient_scope", scope="openid"'),
    ]);
  });

  test('stands for no person when a system asks', async () => {
    const { token } = await world.token({ scopes: ['openid', 'system/*.rs'] });
    expect((await call('userinfo', token)).status).toBe(401);
  });
});

describe('Logout', () => {
  const session = async (name = 'anna'): Promise<{ browser: Browsing; hint: string; token: string }> => {
    const browser = browse(world.origin);
    const answer = await tokens(await signIn(browser, name, { scope: 'openid online_access' }));
    return { browser, hint: String(answer['id_token']), token: String(answer['access_token']) };
  };
  const address = (parameters: Record<string, string>): string => `/oauth/logout?${new URLSearchParams(parameters)}`;
  const isSignedIn = async (browser: Browsing): Promise<boolean> =>
    !(await browser.get(world.request({ scope: 'openid' }))).text.includes('Sign in');

  test('at the wish of an application that has the id token, even an old one, ends the session and its tokens', async () => {
    const { browser, token } = await session();
    const old = await makeIdToken(world.database, {
      ...{ issuer: world.base, client: 'app', account: anna.id, scopes: ['openid'] },
      authenticated: new Date(0),
      now: new Date(0),
    });
    expect((await call('userinfo', token)).status).toBe(200);
    const page = await browser.get(address({ id_token_hint: old ?? '', post_logout_redirect_uri: goodbye, state: 'a&b' }));
    expect(page.location).toBe('https://app.example.org/goodbye?x=1&state=a%26b');
    expect(await isSignedIn(browser)).toBe(false);
    expect((await call('userinfo', token)).status).toBe(401);
  });

  test('leaves tokens for when the person is away (offline_access)', async () => {
    const browser = browse(world.origin);
    const answer = await tokens(await signIn(browser, 'anna', { scope: 'openid offline_access' }));
    await browser.get(address({ id_token_hint: String(answer['id_token']) }));
    expect((await call('userinfo', String(answer['access_token']))).status).toBe(200);
  });

  test('without a hint asks the person first (OpenID Connect RP-Initiated Logout, 2)', async () => {
    const { browser } = await session();
    const page = await browser.get(address({ client_id: 'app', post_logout_redirect_uri: goodbye }));
    expect(page.text).toContain('App asks to sign you out.');
    expect(await isSignedIn(browser)).toBe(true);
    const form = (answer: string): string =>
      new URLSearchParams(
        [...page.text.matchAll(/name="(\w+)" value="([^"]*)"/g)]
          .map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')])
          .filter(([name]) => name !== 'answer')
          .concat([['answer', answer]]) as string[][],
      ).toString();
    expect((await browser.send('/oauth/logout', form('stay'))).text).toContain('You are still signed in');
    expect(await isSignedIn(browser)).toBe(true);
    expect((await browser.send('/oauth/logout', form('leave'))).location).toBe(goodbye);
    expect(await isSignedIn(browser)).toBe(false);
  });

  test('by a form of another site does nothing (CSRF)', async () => {
    const { browser } = await session();
    expect((await browser.send('/oauth/logout', 'answer=leave')).status).toBe(403);
    expect((await browser.get('/oauth/logout?answer=leave&csrf=x')).status).toBe(403);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('with the id token of another person asks first', async () => {
    const { hint } = await session('berta');
    const { browser } = await session();
    expect((await browser.get(address({ id_token_hint: hint }))).text).toContain('Sign out?');
    expect(await isSignedIn(browser)).toBe(true);
  });

  test.each([
    ['an address that is not registered', { post_logout_redirect_uri: 'https://evil.example/' }],
    ['that of another client', { post_logout_redirect_uri: 'https://other.example.org/' }],
    ['a longer one', { post_logout_redirect_uri: `${goodbye}&y` }],
  ])('never leads to %s (open redirect)', async (_, given) => {
    const page = await browse(world.origin).get(address({ client_id: 'app', ...given }));
    expect([page.status, page.location]).toEqual([400, undefined]);
  });

  test('takes no hint that this server did not sign, nor one of another client', async () => {
    const { browser, hint } = await session();
    const [head, body] = hint.split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    for (const forged of [`${head}.${body}.AAAA`, `${none}.${body}.`, 'nonsense'])
      expect((await browser.get(address({ id_token_hint: forged }))).status).toBe(400);
    expect((await browser.get(address({ id_token_hint: hint, client_id: 'other' }))).status).toBe(400);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('of somebody who is not signed in says so', async () => {
    expect((await browse(world.origin).get('/oauth/logout')).text).toContain('You were not signed in.');
  });
});

describe('Administration', () => {
  const administrator = async (): Promise<string> => {
    const { accounts } = (await call('admin/accounts', await byName('admin', ['user/*.cruds']))).json;
    expect(accounts).toBeDefined();
    return byName('admin', ['user/*.cruds']);
  };
  const byName = async (name: string, scopes: readonly string[]): Promise<string> => {
    const [row] = await world.database.run<{ id: string }>({ text: 'select id from anamnesis.account where name = $1', values: [name] });
    return (await world.token({ scopes, account: row?.id })).token;
  };

  test('is for administrators, with the scope to', async () => {
    const tried = [undefined, await ehr(), await byName('anna', ['user/*.cruds']), await byName('admin', ['user/*.rs', 'openid'])];
    const statuses: number[] = [];
    for (const token of tried) for (const path of ['admin/accounts', 'admin/clients']) statuses.push((await call(path, token)).status);
    expect(statuses).toEqual([401, 401, 403, 403, 403, 403, 403, 403]);
  });

  test('adds an account with a password that is shown once, and changes it', async () => {
    const token = await administrator();
    const added = await call('admin/accounts', token, { name: 'Neu', role: 'practitioner', fhirUser: 'Practitioner/dr' });
    expect([added.status, added.json]).toEqual([
      201,
      expect.objectContaining({ name: 'neu', role: 'practitioner', policy: 'own-patients', password: expect.any(String) }),
    ]);
    const browser = browse(world.origin);
    const login = await browser.get(world.request({ scope: 'openid' }));
    expect((await browser.post(login, 'login', { name: 'neu', password: String(added.json['password']) })).text).toContain('Allow access?');
    const changed = await call('admin/accounts/neu', token, { disabled: true, policy: 'all-patients', secondFactor: true }, 'PATCH');
    expect(changed.json).toMatchObject({
      disabled: true,
      policy: 'all-patients',
      secondFactor: true,
      otpauth: expect.stringContaining('otpauth://totp/'),
    });
    expect((await browser.get(world.request({ scope: 'openid' }))).text).toContain('Sign in');
  });

  test('never shows what is secret', async () => {
    const token = await administrator();
    const text = JSON.stringify([(await call('admin/accounts', token)).json, (await call('admin/clients', token)).json]);
    expect(text).not.toMatch(/argon2|"password"|"secret"|"totp"/);
    expect(text).toContain('"anna"');
    expect(text).toContain('"house"');
  });

  test.each([
    ['admin/accounts', 'POST', { name: 'x', role: 'king' }, 400],
    ['admin/accounts', 'POST', { name: '<b>', role: 'administrator' }, 400],
    ['admin/accounts', 'POST', { name: 'x', role: 'patient' }, 400],
    ['admin/accounts', 'POST', { name: 'x', role: 'patient', fhirUser: 'Practitioner/1' }, 400],
    ['admin/accounts', 'POST', { name: 'x', role: 'administrator', password: 'short' }, 400],
    ['admin/accounts', 'POST', { name: 'anna', role: 'administrator' }, 409],
    ['admin/accounts', 'POST', { nonsense: true }, 400],
    ['admin/accounts/nobody', 'PATCH', { disabled: true }, 404],
    ['admin/accounts/anna', 'PATCH', { disabled: 'yes' }, 400],
    ['admin/accounts/anna', 'PATCH', [], 400],
    ['admin/clients/nobody', 'PATCH', { disabled: true }, 404],
    ['admin/clients/app', 'PATCH', { disabled: false }, 400],
  ])('%s by %s with %j is refused', async (path, method, body, status) => {
    const answer = await call(path, await administrator(), body, method);
    expect([answer.status, answer.json['error']]).toEqual([status, 'invalid_request']);
  });

  test('shuts a client out', async () => {
    await world.client({ id: 'shut' });
    expect((await call('admin/clients/shut', await administrator(), { disabled: true }, 'PATCH')).status).toBe(200);
    expect((await browse(world.origin).get(world.request({ client_id: 'shut' }))).text).toContain('not known here');
  });
});
