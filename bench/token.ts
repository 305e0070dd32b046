/** CPU of the check of an access token that is remembered: `npx tsx bench/token.ts`. */
import { createAuthenticator } from '../src/auth/authenticate.ts';
import { newSecret } from '../src/auth/secret.ts';
import { authenticateBearer } from '../src/http/auth/bearer.ts';
import type { Database } from '../src/store/database.ts';

const row = { authorization_id: 'a', client: 'c', account: null, scopes: 'system/*.cruds', context: {}, purpose: null, remaining: 3600 };
const database = { schema: 'x', run: async () => [row] } as unknown as Database;
const authenticator = createAuthenticator({ database });
authenticator.hearing(true);
const authenticate = authenticateBearer(authenticator, () => 'http://127.0.0.1:8080/fhir');

type Request = Parameters<typeof authenticate>[0];
const requests = Array.from({ length: 1000 }, () => {
  const authorization = `Bearer ${newSecret().text}`;
  const rawHeaders = [
    'Host',
    '127.0.0.1:8080',
    'Accept',
    'application/fhir+json',
    'Authorization',
    authorization,
    'Connection',
    'keep-alive',
  ];
  return { method: 'GET', headers: { authorization }, rawHeaders } as unknown as Request;
});
const target = { path: ['Patient', '1'], query: [] };
for (const request of requests) await authenticate(request, target);

const count = 300_000;
const rounds = Array.from({ length: 5 }, () => {
  const before = process.cpuUsage();
  for (let i = 0; i < count; i++)
    if (authenticate(requests[i % 1000] as Request, target) instanceof Promise) throw new Error('it was not remembered');
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
});
process.stdout.write(
  `${(rounds.sort((a, b) => a - b)[2] as number).toFixed(2)} µs CPU per check (median of ${rounds.length} × ${count})\n`,
);
