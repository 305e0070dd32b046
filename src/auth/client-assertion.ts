/** A client proves itself by a signature. https://www.rfc-editor.org/rfc/rfc7523#section-3, https://hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html */
import { decodeJwt, decodeProtectedHeader, type JWK, type JWTPayload, jwtVerify, type ProtectedHeaderParameters } from 'jose';
import { useAssertion } from '../store/statement/authorization/assertion.ts';
import type { Client } from './client.ts';
import { FetchRefused } from './guarded-fetch.ts';
import { candidates, type KeySets, publicKey } from './key-set.ts';
import { OAuthError } from './oauth-error.ts';
import { hashOf } from './secret.ts';
import type { Tables } from './tables.ts';

export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** "SHALL be capable of validating signatures with at least one of RS384 or ES384": both, and nothing else. */
export const assertionAlgorithms: readonly string[] = ['RS384', 'ES384'];

/** Seconds that clocks may differ, and that an assertion may be good for. */
const skew = 30;
const longest = 300;

export interface AssertionContext {
  readonly tables: Tables;
  readonly keySets: KeySets;
  readonly now: () => Date;
  /** Names of this server: its token endpoint and its issuer. */
  readonly audiences: readonly string[];
}

const refuse = (why: string): OAuthError => new OAuthError('invalid_client', `The client assertion does not hold: ${why}.`);

/** The client that an assertion speaks of, before anything of it is proved. */
export function clientOfAssertion(assertion: string): string {
  try {
    const { iss, sub } = decodeJwt(assertion);
    if (typeof iss === 'string' && iss === sub) return iss;
  } catch {
    throw refuse('it is no JWT');
  }
  throw refuse('iss and sub must both be the client_id');
}

function headerOf(assertion: string): ProtectedHeaderParameters & { alg: string; kid: string } {
  const header = decodeProtectedHeader(assertion);
  const { alg, kid, typ } = header;
  if (alg === undefined || !assertionAlgorithms.includes(alg)) throw refuse(`alg must be ${assertionAlgorithms.join(' or ')}`);
  if (typeof kid !== 'string' || kid === '') throw refuse('kid must name the key');
  if (typ !== undefined && !/^(jwt|client-authentication\+jwt)$/i.test(String(typ))) throw refuse('typ must be JWT');
  return { ...header, alg, kid };
}

/** "If the jku header is not whitelisted, the signature verification fails." */
async function keysFor(client: Client, jku: unknown, { keySets }: AssertionContext, kid: string, alg: string): Promise<readonly JWK[]> {
  if (jku !== undefined && jku !== client.jwksUri) throw refuse('jku is not the address that was registered');
  if (client.jwksUri === undefined) return client.jwks?.keys ?? [];
  try {
    return await keySets.at(client.jwksUri, (keys) => candidates(keys, kid, alg).length > 0);
  } catch (error) {
    throw refuse(
      error instanceof FetchRefused
        ? `the key set of the client cannot be used: ${error.message}`
        : 'the key set of the client cannot be read',
    );
  }
}

/** "If no keys match, or more than one key matches, the verification fails." */
async function verified(assertion: string, client: Client, context: AssertionContext): Promise<JWTPayload> {
  const { alg, kid, jku } = headerOf(assertion);
  const matching = candidates(await keysFor(client, jku, context, kid, alg), kid, alg);
  const [key] = matching;
  if (key === undefined || matching.length > 1) throw refuse('exactly one key of the client must have this kid and fit alg');
  try {
    const options = { algorithms: [alg], currentDate: context.now(), clockTolerance: skew, requiredClaims: ['exp', 'jti', 'aud'] };
    return (await jwtVerify(assertion, await publicKey(key, alg), options)).payload;
  } catch {
    throw refuse('its signature, exp or nbf is not valid, or exp, jti or aud is missing');
  }
}

function checkClaims({ exp = 0, iat, aud, jti }: JWTPayload, { now, audiences }: AssertionContext): void {
  const time = now().getTime() / 1000;
  // An audience of several servers would let any of them use the assertion here.
  const [audience, second] = Array.isArray(aud) ? aud : [aud];
  if (audience === undefined || second !== undefined || !audiences.includes(audience)) throw refuse(`aud must be ${audiences[0]}`);
  if (exp > time + longest + skew) throw refuse('exp must be no more than five minutes in the future');
  if (iat !== undefined && iat > time + skew) throw refuse('iat is in the future');
  if (typeof jti !== 'string' || jti === '' || jti.length > 1000) throw refuse('jti must be a text that names this assertion alone');
}

/** Throws OAuthError `invalid_client`. An assertion is good once. */
export async function checkAssertion(assertion: string, client: Client, context: AssertionContext): Promise<void> {
  const payload = await verified(assertion, client, context);
  checkClaims(payload, context);
  const { tables } = context;
  const hash = hashOf(JSON.stringify([client.id, payload.jti]));
  const expires = new Date(((payload.exp ?? 0) + skew + 1) * 1000);
  const fresh = await tables.run(useAssertion(tables.schema, hash, expires));
  if (fresh.length === 0) throw refuse('its jti was used before');
}
