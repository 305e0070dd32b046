/** From an access token to the principal it stands for. https://www.rfc-editor.org/rfc/rfc6750, https://www.rfc-editor.org/rfc/rfc9700#section-2.2 */
import { hash as digest } from 'node:crypto';
import type { Database } from '../store/database.ts';
import { type AccessTokenRow, readAccessToken } from '../store/statement/authorization/access-token.ts';
import { policyOf } from './account.ts';
import type { LaunchContext } from './launch-context.ts';
import type { Principal } from './principal.ts';
import { isShapeName } from './study-shape.ts';
import { type Known, tokenCache } from './token-cache.ts';
import type { Withdrawal } from './withdrawal.ts';

export interface Authenticator {
  /** Undefined = the token does not count. The same object for the same token while it is remembered. */
  principalOf(token: string): Principal | undefined | Promise<Principal | undefined>;
  /** Something was withdrawn, here or by another process. */
  withdrawn(what: Withdrawal): void;
  /** Whether withdrawals by others are heard at once; while they are not, hardly anything is remembered. */
  hearing(does: boolean): void;
}

export interface AuthenticatorOptions {
  readonly database: Database;
  /** Tokens of trusted issuers elsewhere; undefined = it is none of theirs, or does not count. */
  readonly foreign?: (token: string) => Promise<Known | undefined>;
  readonly clock?: () => number;
  readonly most?: number;
}

/** Milliseconds that a token is remembered: with notices, and where they may not arrive. */
const remembered = 60_000;
const unheard = 500;

const given = <Name extends string>(name: Name, value: string | null | undefined): { readonly [N in Name]?: string } =>
  value == null ? {} : ({ [name]: value } as { readonly [N in Name]: string });

/** A person without a policy of their own is under the one that bears the name of their role. */
const policiesOf = (row: AccessTokenRow): NonNullable<Principal['policies']> => ({
  ...given('user', row.account_role && policyOf({ role: row.account_role, ...given('policy', row.account_policy) })),
  ...given('system', row.client_policy),
});

export const principalOfRow = (row: AccessTokenRow): Principal => ({
  id: row.authorization_id,
  scopes: row.scopes.split(' '),
  client: row.client,
  policies: policiesOf(row),
  ...given('patient', (row.context as LaunchContext).patient),
  ...given('fhirUser', row.fhir_user),
  ...given('account', row.account),
  ...(isShapeName(row.client_study) ? { genomicStudy: row.client_study } : {}),
  ...given('purpose', row.purpose ?? row.client_purpose?.split(' ')[0]),
});

/** The key under which a token is remembered and kept: no copy of a token stays in memory. */
const hashText = (token: string): string => digest('sha256', token, 'base64url');

export function createAuthenticator({ database, foreign, clock = Date.now, most = 10_000 }: AuthenticatorOptions): Authenticator {
  let isHearing = false;
  const cache = tokenCache({ most, clock, lifetime: () => (isHearing ? remembered : unheard) });
  const asked = new Map<string, Promise<Principal | undefined>>();

  const find = async (token: string, key: string): Promise<Known | undefined> => {
    // Our own tokens have no dots, a JWT has two.
    if (token.includes('.')) return foreign?.(token);
    const [row] = await database.run<AccessTokenRow>(readAccessToken(database.schema, Buffer.from(key, 'base64url')));
    return row && { principal: principalOfRow(row), remaining: row.remaining * 1000 };
  };
  const lookUp = async (token: string, key: string): Promise<Principal | undefined> => {
    const { generation } = cache;
    const known = await find(token, key);
    if (known !== undefined) cache.set(key, known, generation);
    return known?.principal;
  };
  const gathered = (token: string, key: string): Promise<Principal | undefined> => {
    const running = asked.get(key) ?? lookUp(token, key).finally(() => asked.delete(key));
    asked.set(key, running);
    return running;
  };

  return {
    principalOf: (token) => {
      const key = hashText(token);
      return cache.get(key) ?? gathered(token, key);
    },
    withdrawn: ({ kind, id }) => {
      // Whoever asks from here on must not be given what was looked up before.
      asked.clear();
      cache.forget((principal) => kind === 'all' || (kind === 'authorization' ? principal.id : principal[kind]) === id);
    },
    hearing: (does) => {
      isHearing = does;
      asked.clear();
      cache.forget(() => true);
    },
  };
}
