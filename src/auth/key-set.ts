/** Public keys of others, by value or by address, kept as long as their owners say. https://www.rfc-editor.org/rfc/rfc7517#section-5, https://hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html */
import { type CryptoKey, importJWK, type JWK } from 'jose';
import type { GuardedFetch } from './guarded-fetch.ts';

export interface KeySets {
  /** The keys at an address. `known` says whether one is there that is looked for: if not, they are fetched anew, but not each time. */
  at(url: string, known: (keys: readonly JWK[]) => boolean): Promise<readonly JWK[]>;
}

interface Kept {
  readonly keys: readonly JWK[];
  readonly fetched: number;
  readonly until: number;
}

const second = 1000;
/** Without a word of the owner; at least, so that nobody makes this server fetch at every request; and at most. */
const usual = 300 * second;
const least = 10 * second;
const longest = 86_400 * second;
const mostSets = 1000;
const mostKeys = 50;

/** https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2 */
function lifeOf(cacheControl: string): number {
  if (/\b(no-store|no-cache)\b/i.test(cacheControl)) return least;
  const age = /\bmax-age="?(\d{1,9})/i.exec(cacheControl)?.[1];
  return age === undefined ? usual : Math.min(longest, Math.max(least, Number(age) * second));
}

const isKey = (value: unknown): value is JWK => typeof value === 'object' && value !== null && typeof (value as JWK).kty === 'string';

/** Undefined = it is no set of keys. */
export function keysOf(set: unknown): readonly JWK[] | undefined {
  const keys = typeof set === 'object' && set !== null ? (set as { keys?: unknown }).keys : undefined;
  return Array.isArray(keys) && keys.length <= mostKeys && keys.every(isKey) ? keys : undefined;
}

export function createKeySets(fetch: GuardedFetch, clock: () => number = Date.now): KeySets {
  const kept = new Map<string, Kept>();
  const asked = new Map<string, Promise<readonly JWK[]>>();

  const load = async (url: string): Promise<readonly JWK[]> => {
    const { body, cacheControl } = await fetch.json(url);
    const keys = keysOf(body);
    if (keys === undefined) throw new Error('the document is no set of keys');
    const fetched = clock();
    for (const oldest of kept.keys()) {
      if (kept.size < mostSets) break;
      kept.delete(oldest);
    }
    kept.set(url, { keys, fetched, until: fetched + lifeOf(cacheControl) });
    return keys;
  };
  const loadOnce = (url: string): Promise<readonly JWK[]> => {
    const running = asked.get(url) ?? load(url).finally(() => asked.delete(url));
    asked.set(url, running);
    return running;
  };
  return {
    at: async (url, known) => {
      const found = kept.get(url);
      const time = clock();
      if (found === undefined || time >= found.until) return loadOnce(url);
      if (known(found.keys) || time < found.fetched + least) return found.keys;
      return loadOnce(url);
    },
  };
}

/** Which kind of key a signature needs; what is not here is never accepted. https://www.rfc-editor.org/rfc/rfc7518#section-3.1 */
const keyTypes: Readonly<Record<string, string>> = {
  RS256: 'RSA',
  RS384: 'RSA',
  RS512: 'RSA',
  PS256: 'RSA',
  PS384: 'RSA',
  PS512: 'RSA',
  ES256: 'EC',
  ES384: 'EC',
  ES512: 'EC',
};

export const asymmetricAlgorithms: readonly string[] = Object.keys(keyTypes);

/** The keys that could have made the signature: of the right kind, for signatures, and for this algorithm where they say so. */
export const candidates = (keys: readonly JWK[], kid: string, algorithm: string): readonly JWK[] =>
  keys.filter(
    (key) =>
      key.kid === kid &&
      key.kty === keyTypes[algorithm] &&
      (key.use === undefined || key.use === 'sig') &&
      (key.alg === undefined || key.alg === algorithm) &&
      (key.key_ops === undefined || key.key_ops.includes('verify')),
  );

/** Only the public part, whatever else stands there. https://www.rfc-editor.org/rfc/rfc7518#section-6 */
export async function publicKey({ kty, n, e, crv, x, y }: JWK, algorithm: string): Promise<CryptoKey> {
  const jwk = kty === 'RSA' ? { kty, n, e } : { kty, crv, x, y };
  return (await importJWK(jwk as JWK, algorithm)) as CryptoKey;
}
