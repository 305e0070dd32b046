/**
 * Every attack of RFC 9700, section 4, and of SMART's own considerations, against the server as clients and browsers meet it: one test for each line.
 * https://www.rfc-editor.org/rfc/rfc9700#section-4, https://hl7.org/fhir/smart-app-launch/best-practices.html
 */
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createLaunch } from '../../src/auth/launch.ts';
import { newSecret } from '../../src/auth/secret.ts';
import { insertRefreshToken } from '../../src/store/statement/authorization/refresh-token.ts';
import { browse } from '../auth/pages-support.ts';
import { signIn } from './sign-in.ts';
import { password, type SmartWorld, smartWorld } from './smart-world.ts';

const callback = 'https://app.example.org/callback';
const dora = { name: 'dora', password, patient: 'ann' };

let world: SmartWorld;
let secret: string;

beforeAll(async () => {
  world = await smartWorld();
  await world.account({});
  await world.account({ name: 'ann', role: 'patient', fhirUser: 'Patient/ann', policy: undefined });
  const scopes = ['launch', 'launch/patient', 'patient/*.rs', 'offline_access', 'online_access', 'openid', 'fhirUser'];
  await world.client({ scopes, postLogoutRedirectUris: ['https://app.example.org/bye'] });
  await world.client({ id: 'other', scopes, redirectUris: ['https://other.example.org/callback', callback] });
  secret = await world.confidential({ id: 'service', grantTypes: ['client_credentials'], scopes: ['system/*.rs'] });
}, 180_000);
afterAll(async () => {
  expect(world?.faults()).toEqual([]);
  await world?.close();
});

type Parameters = Readonly<Record<string, string | undefined>>;

const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');

const given = (parameters: Parameters): URLSearchParams =>
  new URLSearchParams(Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined));

const request = (changed: Parameters = {}): string =>
  `${world.origin}/oauth/authorize?${given({
    ...{ response_type: 'code', client_id: 'app', redirect_uri: callback, scope: 'launch/patient patient/*.rs offline_access' },
    ...{ state: 'the-state', aud: world.base, code_challenge: challenge, code_challenge_method: 'S256', ...changed },
  })}`;

const open = (url: string) => browse(world.origin).get(url);

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly error?: string;
  readonly scope?: string;
}

async function post(path: string, parameters: Parameters, headers: Record<string, string> = {}) {
  const response = await fetch(`${world.origin}/oauth/${path}`, { method: 'POST', body: given(parameters), headers });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text.startsWith('{') ? JSON.parse(text) : {}) as Tokens };
}

const redeem = (code: string | null, changed: Parameters = {}) =>
  post('token', {
    grant_type: 'authorization_code',
    code: code ?? '',
    redirect_uri: callback,
    client_id: 'app',
    code_verifier: verifier,
    ...changed,
  });

const codeOf = async (changed: Parameters = {}, answers = dora): Promise<string | null> =>
  (await signIn(world.origin, request(changed), answers)).searchParams.get('code');

const tokensOf = async (changed: Parameters = {}, answers = dora): Promise<Tokens> => (await redeem(await codeOf(changed, answers))).body;

const read = async (path: string, token: string): Promise<number> =>
  (await fetch(`${world.base}/${path}`, { headers: { authorization: `Bearer ${token}` } })).status;

const basic = () => ({ authorization: `Basic ${btoa(`service:${secret}`)}` });

/** A refusal that stays at the server: a page, and nowhere to go. */
async function staysHere(changed: Parameters): Promise<void> {
  const page = await open(request(changed));
  expect([changed, page.status >= 400 && page.status < 500, page.location]).toEqual([changed, true, undefined]);
}

/** A refusal that the client is told. */
async function isTold(changed: Parameters, error: string): Promise<URLSearchParams> {
  const page = await open(request(changed));
  const told = new URL(page.location ?? 'about:blank');
  expect([changed, told.origin + told.pathname, told.searchParams.get('error')]).toEqual([changed, callback, error]);
  return told.searchParams;
}

describe('RFC 9700', () => {
  it('4.1 redirect URI validation: anything but the registered URI, character by character, is not followed', async () => {
    const variants = [
      ...[
        'https://app.example.org/callback/',
        'https://app.example.org/callback?x=1',
        'https://app.example.org/callback#x',
        'https://app.example.org/callbacks',
      ],
      ...[
        'https://app.example.org/Callback',
        'https://APP.example.org/callback',
        'https://app.example.org:443/callback',
        'http://app.example.org/callback',
      ],
      ...[
        'https://app.example.org/x/../callback',
        'https://app.example.org/callback/..',
        'https://app.example.org/%63allback',
        'https://app.example.org//callback',
      ],
      ...[
        'https://app.example.org.evil.example/callback',
        'https://evil.example/https://app.example.org/callback',
        'https://app.example.org@evil.example/callback',
      ],
      ...[
        'https://evil.example\\@app.example.org/callback',
        'https://app.example.org/callback\r\nX: y',
        'https://app.example.org/callback ',
        '//app.example.org/callback',
      ],
      ...['javascript:alert(1)', 'data:text/html,x', '*', '', 'https://other.example.org/callback'],
    ];
    for (const redirect_uri of variants) await staysHere({ redirect_uri });
    await staysHere({ redirect_uri: undefined });
  });

  it('4.2 credentials in the Referer header: the pages send none and lead nobody elsewhere', async () => {
    const page = await open(request());
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.text).not.toMatch(/(?:src|href)="?(?:https?:)?\/\//);
  });

  it('4.3.1 a code from the history of a browser: a second use is refused and ends what the first gave', async () => {
    const code = await codeOf();
    const { body } = await redeem(code);
    expect(await read('Patient/ann', body.access_token)).toBe(200);
    expect((await redeem(code)).body.error).toBe('invalid_grant');
    expect(await read('Patient/ann', body.access_token)).toBe(401);
    expect((await post('token', { grant_type: 'refresh_token', refresh_token: body.refresh_token, client_id: 'app' })).body.error).toBe(
      'invalid_grant',
    );
  });

  it('4.3.2 an access token in a URL is refused, and no page or answer puts one there', async () => {
    const { access_token } = await tokensOf();
    expect((await fetch(`${world.base}/Patient/ann?access_token=${access_token}`)).status).toBe(400);
    const answered = await signIn(world.origin, request(), dora);
    expect([...answered.searchParams.keys()].sort()).toEqual(['code', 'iss', 'state']);
  });

  it('4.4 mix-up: success and error both name their issuer, which is the one of the discovery', async () => {
    const found = (await (await fetch(`${world.base}/.well-known/smart-configuration`)).json()) as Record<string, unknown>;
    expect(found).toMatchObject({ issuer: world.base, authorization_response_iss_parameter_supported: true });
    expect((await signIn(world.origin, request(), dora)).searchParams.get('iss')).toBe(world.base);
    expect((await isTold({ scope: 'nonsense' }, 'invalid_scope')).get('iss')).toBe(world.base);
  });

  it('4.5 code injection: a code is good for its client, its redirect URI and its verifier alone', async () => {
    const wrong: Parameters[] = [
      { client_id: 'other' },
      { redirect_uri: 'https://other.example.org/callback' },
      { redirect_uri: undefined },
      { code_verifier: randomBytes(32).toString('base64url') },
      { code_verifier: undefined },
      { code_verifier: '' },
      { code_verifier: challenge },
    ];
    for (const changed of wrong) {
      const { status, body } = await redeem(await codeOf(), changed);
      expect([changed, status, body.access_token]).toEqual([changed, 400, undefined]);
    }
  });

  it('4.6 access token injection: no token ever comes by way of the browser', async () => {
    for (const response_type of ['token', 'id_token', 'code token', 'code id_token', 'none', '', undefined]) {
      const page = await open(request({ response_type }));
      expect([response_type, page.location ?? '']).toEqual([response_type, expect.not.stringContaining('access_token')]);
      if (page.location !== undefined)
        expect(new URL(page.location).searchParams.get('error')).toMatch(/^(unsupported_response_type|invalid_request)$/);
    }
  });

  it('4.7 CSRF: forms need what only the browser that opened them has, and a request without state or challenge is refused', async () => {
    const [own, strange] = [browse(world.origin), browse(world.origin)];
    const login = await own.get(request());
    const csrf = /name="csrf" value="([^"]+)"/.exec(login.text)?.[1] ?? '';
    for (const form of [`csrf=${csrf}x`, 'csrf=', ''])
      expect((await own.send(`${login.url}/login`, `${form}&name=dora&password=${password}`)).status).toBe(403);
    const elsewhere = await strange.send(`${login.url}/login`, new URLSearchParams({ csrf, name: 'dora', password }).toString());
    expect([elsewhere.status >= 400, elsewhere.location]).toEqual([true, undefined]);
    await isTold({ state: undefined }, 'invalid_request');
  });

  it('4.8 PKCE downgrade: without a challenge, or with another method than S256, nothing begins', async () => {
    await isTold({ code_challenge: undefined }, 'invalid_request');
    await isTold({ code_challenge_method: 'plain' }, 'invalid_request');
    await isTold({ code_challenge_method: undefined }, 'invalid_request');
    await isTold({ code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request');
    for (const code_challenge of ['short', `${challenge}=`, `${challenge}AA`, '*'.repeat(43)])
      await isTold({ code_challenge }, 'invalid_request');
  });

  it('4.9 a token for another resource server: aud must be this FHIR base', async () => {
    for (const aud of ['https://evil.example/fhir', `${world.base}/Patient`, `${world.origin}.evil.example/fhir`, undefined])
      await isTold({ aud }, 'invalid_request');
  });

  it('4.10 stolen tokens: none of what was handed out stands in the database', async () => {
    const code = await codeOf();
    const { body } = await redeem(code);
    const tables = ['code', 'access_token', 'refresh_token', 'login_session', 'interaction', '"authorization"', 'client', 'account'];
    const rows = await Promise.all(
      tables.map((table) => world.database.run({ text: `select t::text from anamnesis.${table} t`, values: [] })),
    );
    const kept = JSON.stringify(rows);
    expect(kept.length).toBeGreaterThan(1000);
    for (const text of [code ?? '-', body.access_token, body.refresh_token, secret, password])
      expect([text, kept.includes(text)]).toEqual([text, false]);
    expect(
      world.log.filter((line) =>
        [code ?? '-', body.access_token, body.refresh_token, secret, password].some((text) => line.includes(text)),
      ),
    ).toEqual([]);
  });

  it('4.11 open redirection: neither a wrong request nor a logout leads to where nobody registered', async () => {
    await staysHere({ client_id: 'nobody', redirect_uri: 'https://evil.example/' });
    for (const post_logout_redirect_uri of [
      'https://evil.example/',
      'https://app.example.org/bye/../x',
      '//evil.example',
      'https://app.example.org/callback',
    ]) {
      const page = await open(`${world.origin}/oauth/logout?${given({ client_id: 'app', post_logout_redirect_uri })}`);
      expect([post_logout_redirect_uri, page.location]).toEqual([post_logout_redirect_uri, undefined]);
      expect(page.text).not.toContain('href="https://evil.example');
    }
  });

  it('4.12 no 307: what was typed into a form is sent nowhere else', async () => {
    const login = await open(request());
    const browser = browse(world.origin);
    const own = await browser.get(request());
    const csrf = /name="csrf" value="([^"]+)"/.exec(own.text)?.[1] ?? '';
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ');
    const answer = await fetch(`${own.url}/login`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie },
      body: new URLSearchParams({ csrf, name: 'dora', password }),
    });
    expect([login.status, answer.status]).toEqual([200, 303]);
  });

  it('4.13 reverse proxies: forwarded headers of a stranger change neither issuer nor addresses', async () => {
    const headers = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.example;proto=https',
      'x-forwarded-for': '10.0.0.1',
    };
    const found = await (await fetch(`${world.base}/.well-known/smart-configuration`, { headers })).text();
    expect(found).not.toContain('evil.example');
    const page = await browse(world.origin).get(request(), headers);
    expect(page.text).not.toContain('evil.example');
  });

  it('4.14 refresh tokens: each is used once; a second use ends the whole authorization', async () => {
    const first = await tokensOf();
    const use = (refresh_token: string, more: Parameters = {}) =>
      post('token', { grant_type: 'refresh_token', refresh_token, client_id: 'app', ...more });
    const second = (await use(first.refresh_token)).body;
    expect((await use(second.refresh_token, { client_id: 'other' })).body.error).toBe('invalid_grant');
    expect((await use(first.refresh_token)).body.error).toBe('invalid_grant');
    expect((await use(second.refresh_token)).body.error).toBe('invalid_grant');
    expect(await read('Patient/ann', second.access_token)).toBe(401);
  });

  it('4.15 a client as a person: a token of its own bears no scope, patient or user of a person', async () => {
    for (const scope of ['user/*.rs', 'patient/*.rs', 'openid fhirUser', 'launch/patient', 'offline_access']) {
      const { status, body } = await post('token', { grant_type: 'client_credentials', scope }, basic());
      expect([scope, status, body.error]).toEqual([scope, 400, 'invalid_scope']);
    }
    const { body } = await post('token', { grant_type: 'client_credentials', scope: 'system/*.rs' }, basic());
    const about = (await post('introspect', { token: body.access_token }, basic())).body as unknown as Record<string, unknown>;
    expect(about).toMatchObject({ active: true, client_id: 'service' });
    expect([about.fhirUser, about.patient, body.refresh_token]).toEqual([undefined, undefined, undefined]);
  });

  it('4.16 clickjacking: no page may stand in a frame', async () => {
    const pages = [
      await open(request()),
      await open(request({ client_id: 'nobody' })),
      await open(`${world.origin}/oauth/logout`),
      await open(`${world.origin}/`),
      await open(`${world.origin}/app/`),
    ];
    for (const { headers, url } of pages)
      expect([url, headers.get('content-security-policy')]).toEqual([url, expect.stringContaining("frame-ancestors 'none'")]);
  });

  it('4.17 communication within the browser: answers come by the query of the redirect and in no other way', async () => {
    for (const response_mode of ['fragment', 'form_post', 'web_message', 'jwt']) {
      const page = await open(request({ response_mode }));
      const isQuery = page.location === undefined || !page.location.includes('#');
      expect([response_mode, isQuery, page.text.includes('postMessage')]).toEqual([response_mode, true, false]);
      if (page.location !== undefined) expect(new URL(page.location).searchParams.get('error')).toBe('invalid_request');
    }
  });
});

describe('RFC 6749', () => {
  it('3.1 a parameter twice is refused wherever it stands', async () => {
    const page = await open(`${request()}&client_id=other`);
    expect([page.status >= 400, page.location]).toEqual([true, undefined]);
    for (const name of ['scope', 'state', 'code_challenge', 'aud']) {
      const twice = await open(`${request()}&${name}=x`);
      expect([name, new URL(twice.location ?? 'about:blank').searchParams.get('error')]).toEqual([name, 'invalid_request']);
    }
    const body = new URLSearchParams([
      ['grant_type', 'client_credentials'],
      ['grant_type', 'refresh_token'],
    ]);
    expect((await fetch(`${world.origin}/oauth/token`, { method: 'POST', body, headers: basic() })).status).toBe(400);
  });

  it('10.2 a confidential client without its secret is nobody', async () => {
    const tries: [Parameters, Record<string, string>][] = [
      [{ client_id: 'service' }, {}],
      [{ client_id: 'service', client_secret: '' }, {}],
      [{ client_id: 'service', client_secret: 'wrong' }, {}],
      [{}, { authorization: `Basic ${btoa('service:')}` }],
      [{}, { authorization: `Basic ${btoa(`nobody:${secret}`)}` }],
      [{ client_id: 'app' }, {}],
    ];
    for (const [parameters, headers] of tries) {
      const { status, body } = await post('token', { grant_type: 'client_credentials', scope: 'system/*.rs', ...parameters }, headers);
      expect([parameters, status >= 400 && status < 500, body.access_token]).toEqual([parameters, true, undefined]);
    }
  });

  it('6 a refresh that does not say who asks is answered to a public client alone', async () => {
    const { refresh_token } = await tokensOf();
    expect((await post('token', { grant_type: 'refresh_token', refresh_token })).status).toBe(200);
    const { text, hash } = newSecret();
    const { authorization } = await world.token({ client: 'service', scopes: ['system/*.rs'] });
    await world.database.run(insertRefreshToken('anamnesis', hash, authorization, 'system/*.rs offline_access', 600));
    const { status, body } = await post('token', { grant_type: 'refresh_token', refresh_token: text });
    expect([status, body.error]).toEqual([401, 'invalid_client']);
  });

  it('10.3 answers with tokens are kept by no cache', async () => {
    const { headers } = await post('token', { grant_type: 'client_credentials', scope: 'system/*.rs' }, basic());
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('RFC 7009 and 7662', () => {
  it('a client can neither end nor ask about the token of another', async () => {
    const { access_token } = await tokensOf();
    await post('revoke', { token: access_token, client_id: 'other' });
    expect(await read('Patient/ann', access_token)).toBe(200);
    const nobody = await post('introspect', { token: access_token });
    expect([nobody.status, (nobody.body as unknown as { active?: boolean }).active]).toEqual([401, undefined]);
  });
});

describe('RFC 7523, assertions of backend services', () => {
  let sign: (changed?: object, header?: object, key?: Parameters_[2]) => Promise<string>;
  type Parameters_ = [object?, object?, (Awaited<ReturnType<typeof generateKeyPair>>['privateKey'] | Uint8Array)?];
  let pem: Uint8Array;

  beforeAll(async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES384', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES384', use: 'sig' };
    pem = new TextEncoder().encode(JSON.stringify(jwk));
    await world.client({
      id: 'signed',
      kind: 'confidential',
      jwks: { keys: [jwk] },
      grantTypes: ['client_credentials'],
      scopes: ['system/*.rs'],
      redirectUris: [],
    });
    sign = (changed = {}, header = {}, key = privateKey) => {
      const claims = {
        iss: 'signed',
        sub: 'signed',
        aud: `${world.origin}/oauth/token`,
        exp: Math.floor(Date.now() / 1000) + 200,
        jti: randomBytes(16).toString('hex'),
        ...changed,
      };
      return new SignJWT(claims).setProtectedHeader({ alg: 'ES384', kid: 'k', ...header }).sign(key);
    };
  });

  const ask = async (client_assertion: string) =>
    post('token', {
      grant_type: 'client_credentials',
      scope: 'system/*.rs',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion,
    });

  const refused = async (what: string, assertion: string): Promise<void> => {
    const { status, body } = await ask(assertion);
    expect([what, status >= 400 && status < 500, body.access_token]).toEqual([what, true, undefined]);
  };

  it('a right one is good, and good once', async () => {
    const assertion = await sign();
    expect((await ask(assertion)).status).toBe(200);
    await refused('replay', assertion);
  });

  it('claims that are too old, too long, for others or of others are refused', async () => {
    const now = Math.floor(Date.now() / 1000);
    const wrong: [string, object][] = [
      ['expired', { exp: now - 120 }],
      ['longer than five minutes', { exp: now + 900 }],
      ['without an end', { exp: undefined }],
      ['not yet', { nbf: now + 600 }],
      ['another audience', { aud: 'https://evil.example/token' }],
      ['no audience', { aud: undefined }],
      ['without an id', { jti: undefined }],
      ['of another issuer', { iss: 'service' }],
      ['of another subject', { sub: 'service' }],
    ];
    for (const [what, changed] of wrong) await refused(what, await sign(changed));
  });

  it('algorithm confusion: none, and the public key as a secret', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { iss: 'signed', sub: 'signed', aud: `${world.origin}/oauth/token`, exp: Math.floor(Date.now() / 1000) + 200, jti: 'n' };
    for (const alg of ['none', 'None', 'NONE', '']) await refused(alg, `${part({ alg, kid: 'k' })}.${part(claims)}.`);
    for (const alg of ['HS256', 'HS384']) await refused(alg, await sign({}, { alg }, pem));
  });

  it('keys that the assertion brings along, or names in odd ways, are not taken', async () => {
    const strange = await generateKeyPair('ES384', { extractable: true });
    const jwk = await exportJWK(strange.publicKey);
    await refused('embedded', await sign({}, { jwk, kid: 'k' }, strange.privateKey));
    await refused('jku of a stranger', await sign({}, { jku: 'https://evil.example/jwks', kid: 'k' }, strange.privateKey));
    for (const kid of ["' or '1'='1", '../../etc/passwd', 'k\0', '', 'x'.repeat(10_000)])
      await refused(kid.slice(0, 20), await sign({}, { kid }, strange.privateKey));
  });
});

describe('Login', () => {
  it('session fixation: a cookie that was there before the login is not the session after it', async () => {
    const browser = browse(world.origin);
    const login = await browser.get(request());
    const before = new Map(browser.cookies);
    await browser.post(login, 'login', { name: 'dora', password });
    const fresh = [...browser.cookies].filter(([name, value]) => before.get(name) !== value);
    expect(fresh.length).toBeGreaterThan(0);
    const planted = browse(world.origin);
    for (const [name] of fresh) planted.cookies.set(name, 'planted-by-somebody-else');
    const page = await planted.get(request());
    await planted.post(page, 'login', { name: 'dora', password });
    expect([...planted.cookies.values()]).not.toContain('planted-by-somebody-else');
  });

  it('cookies are out of reach of scripts and of other sites', async () => {
    const answer = await fetch(request(), { redirect: 'manual' });
    const first = await fetch(new URL(answer.headers.get('location') ?? '', world.origin), { redirect: 'manual' });
    const lines = [...answer.headers.getSetCookie(), ...first.headers.getSetCookie()];
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(/(?=.*HttpOnly)(?=.*SameSite=(?:Lax|Strict))/i);
  });

  it('enumeration: an unknown name and a wrong password are answered alike', async () => {
    const texts = await Promise.all(
      ['dora', 'nobody-here'].map(async (name) => {
        const browser = browse(world.origin);
        const page = await browser.post(await browser.get(request()), 'login', { name, password: 'a wrong password 1' });
        return [
          page.status,
          page.text
            .replaceAll(name, '')
            .replace(/value="[^"]*"/g, '')
            .replace(/authorize\/[\w-]+/g, ''),
        ];
      }),
    );
    expect(texts[0]).toEqual(texts[1]);
  });

  it('password guessing: after some wrong ones even the right one has to wait', async () => {
    await world.account({ name: 'guessed' });
    let status = 0;
    for (let count = 0; count < 30 && status !== 429; count++) {
      const browser = browse(world.origin);
      status = (await browser.post(await browser.get(request()), 'login', { name: 'guessed', password: `a wrong password ${count}` }))
        .status;
    }
    expect(status).toBe(429);
    const browser = browse(world.origin);
    const page = await browser.post(await browser.get(request()), 'login', { name: 'guessed', password });
    expect([page.status, page.text.includes('id="consent"')]).toEqual([429, false]);
  });
});

describe('SMART App Launch', () => {
  const launched = async (client = 'app', account?: string) =>
    createLaunch(world.database, { context: { patient: 'bob' }, ...(account === undefined ? {} : { account }) }, client);
  const scope = 'launch patient/*.rs';

  it('a launch is good once, for the client and the person whom it was made for', async () => {
    const launch = await launched();
    expect(await codeOf({ launch, scope }, { name: 'dora', password, patient: '' })).toMatch(/^[\w-]{43}$/);
    await isTold({ launch, scope }, 'invalid_request');
    await isTold({ launch: await launched('other'), scope }, 'invalid_request');
    await isTold({ launch: 'x'.repeat(43), scope }, 'invalid_request');
  });

  it('a patient launched on a record of somebody else is not given it', async () => {
    const url = request({ launch: await launched(), scope });
    const told = await signIn(world.origin, url, { name: 'ann', password }).catch(() => undefined);
    expect(told?.searchParams.get('code') ?? undefined).toBeUndefined();
  });

  it('the picker takes no patient whom the person may not see', async () => {
    await world.account({ name: 'narrow', policy: 'own-patients' });
    const browser = browse(world.origin);
    const picker = await browser.post(await browser.get(request()), 'login', { name: 'narrow', password });
    expect(picker.text).not.toContain('value="bob"');
    const forced = await browser.post(picker, 'patient', { patient: 'bob' });
    expect([forced.location, forced.text.includes('id="consent"')]).toEqual([undefined, false]);
  });

  it('a consent gives no more than was asked, whatever the form says', async () => {
    const browser = browse(world.origin);
    const login = await browser.get(request({ scope: 'launch/patient patient/Condition.rs' }));
    const picker = await browser.post(login, 'login', { name: 'dora', password });
    const consent = await browser.post(picker, 'patient', { patient: 'ann' });
    const ticked = [...consent.text.matchAll(/name="allow" value="([^"]+)" checked/g)].map(([, value = '']) => value);
    const answer = await browser.post(consent, 'consent', {
      allow: [...ticked, 's1-change', 's0-view', 's2-view', 'offline', 'identity', 'user/*.cruds'],
    });
    const { body } = await redeem(new URL(answer.location ?? '').searchParams.get('code'));
    expect(body.scope).toBe('launch/patient patient/Condition.rs');
    expect(await read('Observation?patient=ann', body.access_token)).toBe(403);
  });

  it('scopes beyond those of the client are refused or left out, never given', async () => {
    for (const wanted of ['user/*.cruds', 'system/*.rs', 'patient/*.cruds']) {
      const page = await open(request({ scope: `launch/patient ${wanted}` }));
      if (page.location !== undefined) expect(new URL(page.location).searchParams.get('error')).toBe('invalid_scope');
      else {
        const { scope: granted } = await tokensOf({ scope: `launch/patient patient/Patient.rs ${wanted}` });
        expect(granted?.split(' ')).not.toContain(wanted);
      }
    }
  });

  it('a token of one patient reads nothing of another, by whatever way', async () => {
    const { access_token } = await tokensOf();
    const headers = { authorization: `Bearer ${access_token}` };
    const ways = [
      'Patient/bob',
      'Condition/bob-c1',
      'Patient/bob/_history',
      'Patient/bob/$everything',
      'Patient/bob/Condition',
      'Condition?patient=bob',
      'Patient?_id=bob',
      'Condition?subject:Patient.name=Other',
      'Patient?_has:Condition:patient:_id=bob-c1',
      'Encounter?_include=Encounter:subject&_id=bob-visit',
      '?_type=Patient,Condition&_id=bob,bob-c1',
      '_history',
      'Condition/_history',
    ];
    for (const way of ways) {
      const response = await fetch(`${world.base}/${way}`, { headers });
      const text = await response.text();
      expect([way, response.status < 500, /bob-c\d|of bob|"Other"/.test(text.replaceAll(encodeURI(way), '').replaceAll(way, ''))]).toEqual([
        way,
        true,
        false,
      ]);
    }
  });
});
