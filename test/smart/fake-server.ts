/** A SMART server of a few lines that can be told to play false, to see what the sample application does then. */
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Request } from 'express';
import { sampleApp } from '../../src/http/sample-app.ts';

export interface Fake {
  readonly origin: string;
  readonly base: string;
  /** Each request: `POST /oauth/token`, with its parameters. */
  readonly asked: { readonly what: string; readonly parameters: URLSearchParams }[];
  /** Parameters of requests to a path, in their order. */
  to(what: string): URLSearchParams[];
  plays: Plays;
  /** From here on every access token given so far is refused. */
  endAccess(): void;
  close(): Promise<void>;
}

/** What it says otherwise than it should. */
export interface Plays {
  /** Laid over the answer of the redirect; undefined takes a parameter away. */
  answer?: Record<string, string | undefined>;
  discovery?: Record<string, unknown>;
  token?: Record<string, unknown>;
  /** Scopes that it does not grant. */
  withheld?: readonly string[];
  /** Scopes in place of those asked for. */
  scope?: string;
  refuseRefresh?: boolean;
  claims?: Record<string, unknown>;
  conditions?: readonly object[];
}

const person = {
  resourceType: 'Patient',
  id: 'p1',
  name: [{ given: ['Ann'], family: 'Example' }],
  gender: 'female',
  birthDate: '1960-02-03',
};

const weight = (index: number) => ({
  resourceType: 'Observation',
  id: `o${index}`,
  status: 'final',
  category: [{ coding: [{ code: 'vital-signs' }] }],
  code: { text: 'Body Weight', coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
  effectiveDateTime: `2024-0${9 - index}-01`,
  valueQuantity: { value: 70 + index, unit: 'kg' },
});

const condition = (index: number) => ({
  resourceType: 'Condition',
  id: `c${index}`,
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: { text: `Condition ${index}` },
  onsetDateTime: `20${20 - index}-01-01`,
});

const textOf = (object: object): string => Buffer.from(JSON.stringify(object)).toString('base64url');
const parametersOf = (request: Request): URLSearchParams => new URLSearchParams((request.body ?? request.query) as Record<string, string>);

function resourcesOf(plays: Plays): Record<string, readonly object[]> {
  const conditions = plays.conditions ?? Array.from({ length: 10 }, (_, index) => condition(index));
  return { Condition: conditions, Observation: Array.from({ length: 5 }, (_, index) => weight(index)) };
}

function page(base: string, request: Request, all: readonly object[]): object {
  const [count, offset] = [Number(request.query._count ?? 10), Number(request.query.offset ?? 0)];
  const next = new URL(`${base}${request.url}`);
  next.searchParams.set('offset', String(offset + count));
  const link = offset + count < all.length ? [{ relation: 'next', url: next.href }] : [];
  const entry = all.slice(offset, offset + count).map((resource) => ({ resource, search: { mode: 'match' } }));
  return { resourceType: 'Bundle', type: 'searchset', total: all.length, link, entry };
}

export async function fakeServer(): Promise<Fake> {
  const app = express();
  const asked: Fake['asked'] = [];
  const granted = { nonce: '', scope: '' };
  let tokens = new Set<string>();
  const fake = { plays: {} as Plays, base: '', origin: '' };

  app.use(express.urlencoded({ extended: false }), (request, _, next) => {
    asked.push({ what: `${request.method} ${request.path}`, parameters: parametersOf(request) });
    next();
  });
  app.use('/app/', sampleApp({ baseOf: () => fake.base }));

  app.get('/fhir/.well-known/smart-configuration', (_, response) => {
    const endpoint = (name: string) => `${fake.origin}/oauth/${name}`;
    response.json({
      issuer: fake.base,
      authorization_endpoint: endpoint('authorize'),
      token_endpoint: endpoint('token'),
      revocation_endpoint: endpoint('revoke'),
      end_session_endpoint: endpoint('logout'),
      code_challenge_methods_supported: ['S256'],
      ...fake.plays.discovery,
    });
  });

  app.get('/oauth/authorize', (request, response) => {
    const { redirect_uri, state, nonce, scope } = request.query as Record<string, string>;
    const withheld = new Set(fake.plays.withheld);
    granted.nonce = nonce ?? '';
    granted.scope =
      fake.plays.scope ??
      (scope ?? '')
        .split(' ')
        .filter((one) => !withheld.has(one))
        .join(' ');
    const url = new URL(redirect_uri ?? '');
    for (const [name, value] of Object.entries({ code: 'the-code', state, iss: fake.base, ...fake.plays.answer }))
      if (value !== undefined) url.searchParams.set(name, value);
    response.redirect(url.href);
  });

  app.post('/oauth/token', (request, response) => {
    const { grant_type, client_id } = request.body as Record<string, string>;
    if (grant_type === 'refresh_token' && fake.plays.refuseRefresh) return void response.status(400).json({ error: 'invalid_grant' });
    const token = randomUUID();
    tokens.add(token);
    const claims = {
      iss: fake.base,
      aud: client_id,
      exp: Date.now() / 1000 + 300,
      nonce: granted.nonce,
      name: 'Ann Example',
      ...fake.plays.claims,
    };
    response.json({
      access_token: token,
      token_type: 'Bearer',
      expires_in: 300,
      refresh_token: randomUUID(),
      scope: granted.scope,
      patient: 'p1',
      id_token: `${textOf({ alg: 'ES384' })}.${textOf(claims)}.c2ln`,
      ...fake.plays.token,
    });
  });

  app.post('/oauth/revoke', (_, response) => void response.json({}));
  app.get('/oauth/logout', (request, response) => response.redirect(String(request.query.post_logout_redirect_uri)));

  app.use('/fhir', (request, response, next) => {
    if (tokens.has(request.headers.authorization?.slice(7) ?? '')) return next();
    response.status(401).json({ resourceType: 'OperationOutcome', issue: [] });
  });
  app.get('/fhir/Patient/p1', (_, response) => void response.json(person));
  app.get(
    '/fhir/:type',
    (request, response) => void response.json(page(fake.origin, request, resourcesOf(fake.plays)[request.params.type] ?? [])),
  );

  const server: Server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  fake.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  fake.base = `${fake.origin}/fhir`;
  return Object.assign(fake, {
    asked,
    to: (what: string) => asked.filter((each) => each.what === what).map(({ parameters }) => parameters),
    endAccess: () => {
      tokens = new Set();
    },
    close: () => new Promise<void>((resolve) => (server.close(() => resolve()), server.closeAllConnections())),
  });
}
