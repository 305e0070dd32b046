/** A browser without a screen: it keeps cookies, follows what it is told to, and fills in forms. */
import { createHash, randomBytes } from 'node:crypto';
import { type Account, addAccount, changeTotp, type NewAccount } from '../../src/auth/account.ts';
import { newTotpSecret } from '../../src/auth/totp.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { createWorld, plainClient, type World } from './token-support.ts';

export const password = 'correct horse battery staple';
export const callback = 'https://app.example.org/callback';

export interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Absolute, of the page itself. */
  readonly url: string;
  /** Where it leads, when it leads elsewhere. */
  readonly location: string | undefined;
}

export interface Browsing {
  /** Follows redirects within the server; stops at others. */
  get(url: string, headers?: Record<string, string>): Promise<Page>;
  /** Sends a form of the page, with the hidden fields that it has. */
  post(page: Page, action: string, fields?: Record<string, string | readonly string[]>): Promise<Page>;
  /** Sends a form as it is. */
  send(url: string, body: string, headers?: Record<string, string>): Promise<Page>;
  readonly cookies: Map<string, string>;
}

const hidden = (html: string): [string, string][] =>
  [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]);

export function browse(origin: string, language = 'en'): Browsing {
  const cookies = new Map<string, string>();
  const once = async (url: string, init: RequestInit): Promise<Page> => {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const headers = { 'accept-language': language, ...(cookie === '' ? {} : { cookie }), ...(init.headers as Record<string, string>) };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = response.headers.get('location');
    const { status } = response;
    return {
      ...{ status, headers: response.headers, url, text: await response.text() },
      location: location === null ? undefined : new URL(location, url).href,
    };
  };
  const follow = async (page: Page): Promise<Page> =>
    page.location?.startsWith(`${origin}/`) ? follow(await once(page.location, {})) : page;
  const send: Browsing['send'] = async (url, body, headers = {}) =>
    follow(
      await once(new URL(url, origin).href, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      }),
    );
  return {
    cookies,
    send,
    get: async (url, headers = {}) => follow(await once(new URL(url, origin).href, { headers })),
    post: (page, action, fields = {}) => {
      const form = new URLSearchParams(hidden(page.text));
      for (const [name, value] of Object.entries(fields)) {
        form.delete(name);
        for (const each of typeof value === 'string' ? [value] : value) form.append(name, each);
      }
      return send(`${page.url.split('?')[0]}/${action}`, form.toString());
    },
  };
}

export interface PagesWorld extends World {
  readonly origin: string;
  readonly base: string;
  account(more?: Partial<NewAccount>): Promise<Account>;
  /** Gives a second factor; answers its secret. */
  totp(account: Account): Promise<string>;
  put(...resources: readonly Resource[]): Promise<void>;
  /** The address of an authorization request; undefined leaves a parameter out. */
  request(changed?: Readonly<Record<string, string | undefined>>): string;
  /** A browser in which the account has signed in, at the page that follows. */
  signedIn(name: string, changed?: Readonly<Record<string, string | undefined>>): Promise<{ browser: Browsing; page: Page }>;
}

export const verifier = randomBytes(32).toString('base64url');
export const challenge = createHash('sha256').update(verifier).digest('base64url');

export async function createPages(environment: NodeJS.ProcessEnv = {}): Promise<PagesWorld> {
  const world = await createWorld();
  const origin = await world.serve(environment);
  const base = `${origin}/fhir`;
  const request: PagesWorld['request'] = (changed = {}) => {
    const usual = {
      ...{
        response_type: 'code',
        client_id: 'app',
        redirect_uri: callback,
        scope: 'launch/patient patient/*.rs openid fhirUser offline_access',
      },
      ...{ state: 'st&te=1', aud: base, code_challenge: challenge, code_challenge_method: 'S256' },
    };
    const given = Object.entries({ ...usual, ...changed }).filter((pair): pair is [string, string] => pair[1] !== undefined);
    return `${origin}/oauth/authorize?${new URLSearchParams(given)}`;
  };
  let system: string | undefined;
  return {
    ...world,
    ...{ origin, base, request },
    account: async (more = {}) => {
      const made = await addAccount(world.database, { name: 'anna', password, role: 'practitioner', policy: 'all-patients', ...more });
      if (made === undefined) throw new Error('the name is taken');
      return made;
    },
    totp: async (account) => {
      const secret = newTotpSecret();
      await changeTotp(world.database, account, secret);
      return secret;
    },
    put: async (...resources) => {
      await world.client({ id: 'loader' }).catch(() => undefined);
      system ??= (await world.token({ client: 'loader', seconds: 3600 })).token;
      for (const resource of resources) {
        const headers = { authorization: `Bearer ${system}`, 'content-type': 'application/fhir+json' };
        const url = `${base}/${resource.resourceType}/${String(resource['id'])}`;
        const response = await fetch(url, { method: 'PUT', headers, body: JSON.stringify(resource) });
        if (!response.ok) throw new Error(await response.text());
      }
    },
    signedIn: async (name, changed = {}) => {
      const browser = browse(origin);
      const page = await browser.post(await browser.get(request(changed)), 'login', { name, password });
      return { browser, page };
    },
  };
}

export const patient = (id: string, family: string, more: object = {}): Resource => ({
  ...{ resourceType: 'Patient', id, name: [{ family, given: ['Maria'] }], gender: 'female', birthDate: '1970-05-31' },
  ...more,
});

export { plainClient };

/** Parameters of an answer to the client. */
export const answerOf = ({ location = '' }: Page): Record<string, string> => Object.fromEntries(new URL(location).searchParams);
