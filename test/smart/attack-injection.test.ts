/** SQL, headers, markup and odd texts in every parameter of every endpoint of authorization: refused, never a fault, never part of a header, a page or a row. */
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../auth/token-support.ts';
import { hostileTexts, markupTexts } from './corpus.ts';
import { password, type SmartWorld, smartWorld } from './smart-world.ts';

let world: SmartWorld;
let secret: string;
let admin: string;
let administrator: string;
let before: string;

const counts = async (): Promise<string> =>
  JSON.stringify(
    await world.database.run({
      text: `select (select count(*) from anamnesis.account) accounts, (select count(*) from anamnesis.client where id not like 'dyn%' and registration_token is null) clients,
 (select count(*) from anamnesis.signing_key) keys, (select count(*) from anamnesis.res where not del and tc in (select tc from anamnesis.res where id in ('ann', 'ann-visit', 'ann-c1', 'ann-o1', 'doctor'))) resources`,
      values: [],
    }),
  );

beforeAll(async () => {
  world = await smartWorld();
  const { id } = await world.account({});
  const root = await world.account({ name: 'root', role: 'administrator', fhirUser: undefined, policy: undefined });
  await world.client();
  secret = await world.confidential({ id: 'service', grantTypes: ['client_credentials'], scopes: ['system/*.rs'] });
  admin = (await world.token({ client: 'service', account: id, scopes: ['user/*.rs', 'openid', 'fhirUser'] })).token;
  administrator = (await world.token({ client: 'service', account: root.id, scopes: ['user/*.cruds'] })).token;
  // The first signing key is made in the background.
  await until(async () => (await (await fetch(`${world.origin}/oauth/jwks`)).text()).includes('kid'));
  before = await counts();
}, 180_000);
afterAll(() => world?.close());

const challenge = createHash('sha256').update(randomBytes(32)).digest('base64url');

type Fields = Readonly<Record<string, string>>;

interface Place {
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly fields: () => Fields;
  readonly headers?: () => Record<string, string>;
  readonly json?: boolean;
}

const service = () => ({ authorization: `Basic ${btoa(`service:${secret}`)}` });
const authorizeFields = (): Fields => ({
  ...{ response_type: 'code', client_id: 'app', redirect_uri: 'https://app.example.org/callback', scope: 'launch/patient patient/*.rs' },
  ...{
    state: 's',
    aud: world.base,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    nonce: 'n',
    launch: 'l',
    ui_locales: 'en',
    prompt: 'login',
    max_age: '10',
    login_hint: 'x',
  },
});

const places: Readonly<Record<string, Place>> = {
  'GET authorize': { path: 'oauth/authorize', method: 'GET', fields: authorizeFields },
  'POST authorize': { path: 'oauth/authorize', method: 'POST', fields: authorizeFields },
  'token by code': {
    ...{ path: 'oauth/token', method: 'POST' },
    fields: () => ({
      grant_type: 'authorization_code',
      code: 'c',
      redirect_uri: 'https://app.example.org/callback',
      client_id: 'app',
      code_verifier: 'v'.repeat(43),
    }),
  },
  'token by refresh': {
    path: 'oauth/token',
    method: 'POST',
    fields: () => ({ grant_type: 'refresh_token', refresh_token: 'r', client_id: 'app', scope: 'patient/*.rs' }),
  },
  'token by secret': {
    path: 'oauth/token',
    method: 'POST',
    fields: () => ({ grant_type: 'client_credentials', client_id: 'service', client_secret: 'x', scope: 'system/*.rs' }),
  },
  'token by assertion': {
    ...{ path: 'oauth/token', method: 'POST' },
    fields: () => ({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: 'a.b.c',
      scope: 'system/*.rs',
    }),
  },
  introspect: {
    path: 'oauth/introspect',
    method: 'POST',
    headers: service,
    fields: () => ({ token: 't', token_type_hint: 'access_token' }),
  },
  revoke: { path: 'oauth/revoke', method: 'POST', fields: () => ({ token: 't', token_type_hint: 'refresh_token', client_id: 'app' }) },
  userinfo: {
    path: 'oauth/userinfo',
    method: 'GET',
    headers: () => ({ authorization: `Bearer ${admin}` }),
    fields: () => ({ access_token: 'x', schema: 'openid' }),
  },
  logout: {
    path: 'oauth/logout',
    method: 'GET',
    fields: () => ({
      id_token_hint: 'a.b.c',
      client_id: 'app',
      post_logout_redirect_uri: 'https://app.example.org/bye',
      state: 's',
      ui_locales: 'en',
    }),
  },
  launch: {
    ...{ path: 'oauth/launch', method: 'POST', json: true, headers: () => ({ authorization: `Bearer ${admin}` }) },
    fields: () => ({
      client_id: 'app',
      client: 'app',
      patient: 'ann',
      encounter: 'ann-visit',
      intent: 'x',
      smart_style_url: 'https://a.example/s.json',
      tenant: 't',
      fhirContext: 'x',
    }),
  },
  register: {
    ...{ path: 'oauth/register', method: 'POST', json: true },
    fields: () => ({
      client_name: 'x',
      redirect_uris: 'x',
      scope: 'patient/*.rs',
      jwks_uri: 'https://a.example/jwks',
      logo_uri: 'x',
      client_uri: 'x',
      tos_uri: 'x',
      contacts: 'x',
      token_endpoint_auth_method: 'none',
      software_statement: 'x',
    }),
  },
  'admin, accounts': {
    ...{ path: 'oauth/admin/accounts', method: 'POST', json: true, headers: () => ({ authorization: `Bearer ${administrator}` }) },
    // Each alone is refused: what is hostile must be, too.
    fields: () => ({ name: 'A b', role: 'king', fhirUser: 'x', policy: 'x', language: 'xx', password: 'x' }),
  },
  'admin, clients': {
    ...{ path: 'oauth/admin/clients', method: 'POST', json: true, headers: () => ({ authorization: `Bearer ${administrator}` }) },
    fields: () => ({
      id: 'a b',
      name: 'x',
      kind: 'x',
      redirectUris: 'x',
      scopes: 'x',
      policy: 'x',
      purposes: 'x',
      jwksUri: 'x',
      jwks: 'x',
      trusted: 'x',
    }),
  },
  'smart-configuration': { path: 'fhir/.well-known/smart-configuration', method: 'GET', fields: () => ({ x: '1' }) },
  'openid-configuration': { path: 'fhir/.well-known/openid-configuration', method: 'GET', fields: () => ({ x: '1' }) },
  jwks: { path: 'oauth/jwks', method: 'GET', fields: () => ({ kid: 'x' }) },
};

/** As bytes, so that what is no text of its own, such as half a surrogate, is sent too. */
function sent({ path, method, fields, headers, json }: Place, changed: Fields): Promise<Response> {
  const values = { ...fields(), ...changed };
  const url = `${world.origin}/${path}`;
  const all = { accept: 'text/html', ...headers?.() };
  if (json)
    return fetch(url, {
      method,
      redirect: 'manual',
      headers: { ...all, 'content-type': 'application/json' },
      body: JSON.stringify(values),
    });
  const form = new URLSearchParams(values);
  if (method === 'GET') return fetch(`${url}?${form}`, { redirect: 'manual', headers: all });
  return fetch(url, { method, redirect: 'manual', headers: all, body: form });
}

async function check(what: string, response: Response): Promise<void> {
  const text = await response.text();
  const head = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  const location = response.headers.get('location') ?? '';
  const isPage = response.headers.get('content-type')?.includes('html') === true;
  expect({
    what,
    fault: response.status >= 500 ? text : undefined,
    cookie: response.headers.getSetCookie().filter((line) => line.startsWith('stolen')),
    split: /^stolen|^x: /im.test(head),
    led: /^https?:\/\/evil|^javascript:/i.test(location),
    markup: isPage ? markupTexts.filter((markup) => markup.includes('<') && text.includes(markup)) : [],
    computed: isPage && /\b49\b/.test(text.replace(/<style>[\s\S]*?<\/style>/g, '')),
  }).toEqual({ what, fault: undefined, cookie: [], split: false, led: false, markup: [], computed: false });
}

describe('Hostile texts', () => {
  it.each(Object.keys(places))(
    'in each parameter of %s',
    async (name) => {
      const place = places[name] as Place;
      for (const parameter of Object.keys(place.fields())) {
        for (const text of hostileTexts)
          await check(`${name}, ${parameter}: ${text.slice(0, 60)}`, await sent(place, { [parameter]: text }));
      }
      expect(world.faults()).toEqual([]);
    },
    180_000,
  );

  it.each(Object.keys(places))(
    'as names of parameters of %s',
    async (name) => {
      const place = places[name] as Place;
      for (const text of hostileTexts) await check(`${name}: ${text.slice(0, 60)}`, await sent(place, { [text]: 'x' }));
    },
    60_000,
  );

  it('in headers', async () => {
    const printable = hostileTexts.filter((text) => /^[\x20-\x7e]+$/.test(text));
    for (const text of printable)
      for (const header of ['authorization', 'cookie', 'accept-language', 'origin', 'referer', 'x-request-id', 'user-agent', 'dpop'])
        for (const path of ['oauth/token', 'oauth/introspect', 'oauth/authorize', 'oauth/userinfo', 'fhir/Patient/ann']) {
          const value = header === 'cookie' ? `session=${text}; anamnesis=${text}` : text;
          const method = /token|introspect/.test(path) ? 'POST' : 'GET';
          await check(
            `${path}, ${header}: ${text.slice(0, 60)}`,
            await fetch(`${world.origin}/${path}`, { method, redirect: 'manual', headers: { [header]: value } }),
          );
        }
  }, 180_000);

  it('in the address of an interaction, and in its forms', async () => {
    for (const text of hostileTexts) {
      const id = encodeURIComponent(text.toWellFormed()).slice(0, 3000) || '%20';
      for (const action of ['', '/login', '/consent', '/patient', `/${id}`]) {
        const body = new URLSearchParams({ csrf: text, name: text, password: text, patient: text, allow: text, code: text });
        const init: RequestInit = action === '' ? {} : { method: 'POST', body };
        await check(
          `${action}: ${text.slice(0, 60)}`,
          await fetch(`${world.origin}/oauth/authorize/${id}${action}`, { redirect: 'manual', ...init }),
        );
      }
    }
  }, 120_000);

  it('in the login of a person', async () => {
    const { browse } = await import('../auth/pages-support.ts');
    const browser = browse(world.origin);
    const login = await browser.get(`${world.origin}/oauth/authorize?${new URLSearchParams({ ...authorizeFields(), launch: '' })}`);
    expect(login.text).toContain('name="password"');
    for (const text of hostileTexts.filter((each) => each.length < 300)) {
      const page = await browser.post(login, 'login', { name: text, password: text });
      expect([
        text,
        page.status < 500,
        page.location,
        markupTexts.filter((markup) => markup.includes('<') && page.text.includes(markup)),
      ]).toEqual([text, true, undefined, []]);
    }
  }, 120_000);

  it('have changed no account, no client, no key and no resource', async () => {
    expect(await counts()).toBe(before);
    expect((await world.fhir('Patient/ann')).status).toBe(200);
    expect(password.length).toBeGreaterThan(0);
  });
});
