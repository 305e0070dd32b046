/** Authorization requests: https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1, https://hl7.org/fhir/smart-app-launch/app-launch.html, https://www.rfc-editor.org/rfc/rfc9700 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { disableClient } from '../../src/auth/client.ts';
import { isRegistered } from '../../src/auth/redirect-uri.ts';
import { answerOf, type Browsing, browse, callback, createPages, type Page, type PagesWorld, password, patient } from './pages-support.ts';

let world: PagesWorld;

beforeAll(async () => {
  world = await createPages();
  await world.client();
  await world.client({ id: 'off' });
  await disableClient(world.database, 'off');
  await world.client({ id: 'backend', grantTypes: ['client_credentials'], kind: 'confidential' });
  await world.client({ id: 'house', trusted: true });
  await world.account();
  await world.put(patient('one', 'Amsel'));
});
afterAll(() => world.close());

const ask = (changed: Record<string, string | undefined>, browser: Browsing = browse(world.origin)): Promise<Page> =>
  browser.get(world.request(changed));

describe('Nothing is sent anywhere', () => {
  const never = async (url: string): Promise<Page> => {
    const page = await browse(world.origin).get(url);
    expect([page.status, page.location]).toEqual([400, undefined]);
    expect(page.text).toContain('This does not work');
    return page;
  };

  test.each([undefined, '', 'nobody', 'off', 'app\0', 'x'.repeat(3000)])('for the client %j (RFC 6749, 4.1.2.1)', async (id) => {
    await never(world.request({ client_id: id }));
  });

  test.each([
    ['none at all', undefined],
    ['a longer path', `${callback}/more`],
    ['a prefix of what is registered', 'https://app.example.org/call'],
    ['user information before another host', 'https://app.example.org@evil.example/callback'],
    ['a fragment', `${callback}#x`],
    ['a query', `${callback}?x=1`],
    ['a port', 'https://app.example.org:8443/callback'],
    ['the default port', 'https://app.example.org:443/callback'],
    ['another case', 'https://App.example.org/callback'],
    ['an encoded letter', 'https://app.example.org/c%61llback'],
    ['a path that climbs', 'https://app.example.org/x/../callback'],
    ['a trailing slash', `${callback}/`],
    ['another scheme', 'http://app.example.org/callback'],
    ['a backslash', 'https://evil.example\\@app.example.org/callback'],
    ['a subdomain', 'https://app.example.org.evil.example/callback'],
    ['a script', 'javascript:alert(1)'],
    ['white space', ` ${callback}`],
  ])('to a redirect URI with %s: "exact string matching" (RFC 9700, 2.1)', async (_, uri) => {
    await never(world.request({ redirect_uri: uri }));
  });

  test('when the client or the redirect URI is given twice', async () => {
    await never(`${world.request()}&redirect_uri=https://evil.example/`);
    await never(`${world.request()}&client_id=app`);
  });
});

describe('A loopback address of a program on the machine', () => {
  const native = { kind: 'public' as const, redirectUris: ['http://127.0.0.1/callback'] };

  test('may have any port (RFC 8252, 7.3), and nothing else', () => {
    expect(isRegistered(native, 'http://127.0.0.1:51004/callback')).toBe(true);
    for (const uri of [
      'http://127.0.0.1:1/other',
      'http://localhost:1/callback',
      'https://127.0.0.1:1/callback',
      'http://127.0.0.1:1@evil.example/callback',
    ])
      expect([uri, isRegistered(native, uri)]).toEqual([uri, false]);
    expect(isRegistered({ ...native, kind: 'confidential' }, 'http://127.0.0.1:51004/callback')).toBe(false);
    expect(isRegistered({ kind: 'public', redirectUris: ['http://127.0.0.1:80/callback'] }, 'http://127.0.0.1:81/callback')).toBe(false);
  });
});

describe('The client is told by redirect, with state and iss (RFC 9207, 2)', () => {
  test.each([
    ['response_type', undefined, 'invalid_request'],
    ['response_type', 'token', 'unsupported_response_type'],
    ['response_type', 'code id_token', 'unsupported_response_type'],
    ['response_mode', 'fragment', 'invalid_request'],
    ['code_challenge', undefined, 'invalid_request'],
    ['code_challenge', 'too-short', 'invalid_request'],
    ['code_challenge_method', undefined, 'invalid_request'],
    ['code_challenge_method', 'plain', 'invalid_request'],
    ['aud', undefined, 'invalid_request'],
    ['aud', 'https://evil.example/fhir', 'invalid_request'],
    ['scope', undefined, 'invalid_scope'],
    ['scope', 'nonsense system/*.cruds user/*.cruds', 'invalid_scope'],
    ['scope', 'patient/Observation.rs?subject:Patient.name=x', 'invalid_scope'],
    ['scope', 'patient/Observation.rs?nonsense=x', 'invalid_scope'],
    ['scope', 'patient/Observation.rs?_count=1', 'invalid_scope'],
    ['scope', 'patient/Nonsense.rs', 'invalid_scope'],
    ['prompt', 'sometimes', 'invalid_request'],
    ['prompt', 'none login', 'invalid_request'],
    ['max_age', '-1', 'invalid_request'],
    ['request', 'eyJ', 'request_not_supported'],
    ['request_uri', 'https://evil.example', 'request_uri_not_supported'],
    ['launch', 'never-made', 'invalid_scope'],
  ])('%s=%j is %s', async (name, value, error) => {
    const page = await ask({ [name]: value });
    expect(page.location?.startsWith(`${callback}?`)).toBe(true);
    expect(answerOf(page)).toMatchObject({ error, state: 'st&te=1', iss: world.base });
    expect(answerOf(page)['code']).toBeUndefined();
  });

  test('also where state itself is missing, which SMART requires', async () => {
    const { state, ...rest } = answerOf(await ask({ state: undefined }));
    expect([state, rest['error'], rest['iss']]).toEqual([undefined, 'invalid_request', world.base]);
  });

  test('a parameter that is given twice: "MUST NOT be included more than once" (RFC 6749, 3.1)', async () => {
    const page = await browse(world.origin).get(`${world.request()}&scope=patient/*.rs`);
    expect(answerOf(page)).toMatchObject({ error: 'invalid_request' });
  });

  test('a client that may not act for people is refused', async () => {
    expect(answerOf(await ask({ client_id: 'backend' }))).toMatchObject({ error: 'unauthorized_client' });
  });

  test('a launch that is unknown is refused', async () => {
    await world.client({ id: 'ehr-app', scopes: ['launch', 'patient/*.rs'] });
    const page = await ask({ client_id: 'ehr-app', scope: 'launch patient/*.rs', launch: 'x'.repeat(43) });
    expect(answerOf(page)).toMatchObject({ error: 'invalid_request' });
  });
});

describe('A request', () => {
  test('may be sent as a form, too (authorize-post)', async () => {
    const page = await browse(world.origin).send('/oauth/authorize', world.request().split('?')[1] ?? '');
    expect(page.text).toContain('Sign in');
  });

  test('names the audience with or without a slash at its end', async () => {
    expect((await ask({ aud: `${world.base}/` })).text).toContain('Sign in');
  });

  test('leaves nothing of itself in the address of the page', async () => {
    expect((await ask({ login_hint: 'anna' })).url).toMatch(/\/oauth\/authorize\/[\w-]{43}$/);
  });

  test('with login_hint has the name filled in', async () => {
    expect((await ask({ login_hint: 'anna' })).text).toContain('value="anna"');
  });

  test('speaks the language of ui_locales before that of the browser', async () => {
    const page = await ask({ ui_locales: 'xx fr-CA de' }, browse(world.origin, 'es'));
    expect(page.text).toContain('<html lang="fr">');
    expect(page.headers.get('content-language')).toBe('fr');
  });
});

describe('Pages are sent', () => {
  test('so that nobody frames them, runs something in them or keeps them', async () => {
    const { headers, text } = await ask({});
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'self' https:\/\/app\.example\.org; frame-ancestors 'none'$/,
    );
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(text).not.toMatch(/<script|src=|@import|url\(|\son\w+=|style="/i);
  });

  test('with cookies that scripts and forms of other sites do not get', async () => {
    const page = await fetch(world.request(), { redirect: 'manual' });
    for (const cookie of page.headers.getSetCookie()) expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
    const tls = await createPages({ BASE_URL: 'https://fhir.example.org/fhir' });
    await tls.client();
    const safe = await fetch(tls.request({ aud: 'https://fhir.example.org/fhir' }), { redirect: 'manual' });
    const [cookie] = safe.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-anamnesis-browser=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
    await tls.close();
  });

  test('under the name that the server has, whatever Host says', async () => {
    const fixed = await createPages({ BASE_URL: 'https://fhir.example.org/fhir' });
    await fixed.client();
    const page = await fetch(fixed.request({ aud: 'https://fhir.example.org/fhir', response_type: 'token' }), { redirect: 'manual' });
    expect(new URL(page.headers.get('location') ?? '').searchParams.get('iss')).toBe('https://fhir.example.org/fhir');
    await fixed.close();
  });
});

describe('What the client puts in', () => {
  test('is text and never markup', async () => {
    const mark = '"><script>alert(1)</script><b x="';
    await world.client({
      id: 'marked',
      name: mark,
      redirectUris: [callback],
      details: { policy_uri: 'javascript:alert(1)', tos_uri: 'https://x"onclick="y' },
    });
    const browser = browse(world.origin);
    const login = await ask({ client_id: 'marked', login_hint: mark, ui_locales: mark, state: mark }, browser);
    expect(login.text).not.toContain('<script');
    expect(login.text).toContain('&lt;script&gt;');
    const picker = await browser.post(login, 'login', { name: 'anna', password });
    const search = await browser.get(
      `${picker.url}?name=${encodeURIComponent(mark)}&birthdate=${encodeURIComponent(mark)}&identifier=${encodeURIComponent(mark)}`,
    );
    expect(search.text).not.toContain('<script');
    const consent = await browser.post(await browser.get(picker.url), 'patient', { patient: 'one' });
    expect(consent.text).not.toMatch(/<script|javascript:|"onclick/);
    const answer = await browser.post(consent, 'cancel');
    expect(answerOf(answer)['state']).toBe(mark);
  });

  test('cannot break out of a header', async () => {
    const page = await ask({ state: 'a\r\nSet-Cookie: x=1', response_type: 'token' });
    expect(page.headers.get('set-cookie') ?? '').not.toContain('x=1');
    expect(answerOf(page)['state']).toBe('a\r\nSet-Cookie: x=1');
  });
});

describe('prompt', () => {
  test('none without a session: login_required (OpenID Connect Core, 3.1.2.6)', async () => {
    expect(answerOf(await ask({ prompt: 'none' }))).toMatchObject({ error: 'login_required', state: 'st&te=1' });
  });

  test('none with a choice to be made: interaction_required', async () => {
    const { browser } = await world.signedIn('anna');
    expect(answerOf(await ask({ prompt: 'none' }, browser))).toMatchObject({ error: 'interaction_required' });
  });

  test('none with a client that needs consent: consent_required', async () => {
    const { browser } = await world.signedIn('anna');
    expect(answerOf(await ask({ prompt: 'none', scope: 'openid fhirUser' }, browser))).toMatchObject({ error: 'consent_required' });
  });

  test('none with all that is needed: a code at once', async () => {
    const { browser } = await world.signedIn('anna');
    expect(answerOf(await ask({ prompt: 'none', client_id: 'house', scope: 'openid' }, browser))['code']).toMatch(/^[\w-]{43}$/);
  });

  test('consent asks people for a trusted client, too', async () => {
    const { browser } = await world.signedIn('anna');
    expect((await ask({ prompt: 'consent', client_id: 'house', scope: 'openid' }, browser)).text).toContain('Allow access?');
  });

  test('login makes who has signed in sign in again, once', async () => {
    const { browser } = await world.signedIn('anna');
    const again = await ask({ prompt: 'login', client_id: 'house', scope: 'openid' }, browser);
    expect(again.text).toContain('Sign in');
    expect(answerOf(await browser.post(again, 'login', { name: 'anna', password }))['code']).toBeDefined();
  });
});

describe('max_age', () => {
  test('0 makes who has signed in sign in again, and a long one does not', async () => {
    const { browser } = await world.signedIn('anna');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await ask({ max_age: '0', client_id: 'house', scope: 'openid' }, browser)).text).toContain('Sign in');
    expect(answerOf(await ask({ max_age: '3600', client_id: 'house', scope: 'openid' }, browser))['code']).toBeDefined();
  });
});
