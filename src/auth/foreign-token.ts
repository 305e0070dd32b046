/**
 * Access tokens of trusted issuers elsewhere: JWTs, of which every claim that counts is checked. They cannot be revoked here, so that they
 * count until they expire. https://www.rfc-editor.org/rfc/rfc9068#section-4, https://www.rfc-editor.org/rfc/rfc8725
 */

import { decodeJwt, decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose';
import { isId } from '../fhir/id.ts';
import { own } from '../fhir/own.ts';
import type { Log } from '../log.ts';
import { policyOf } from './account.ts';
import { foreignPurpose } from './foreign-purpose.ts';
import { FetchRefused } from './guarded-fetch.ts';
import { candidates, type KeySets, publicKey } from './key-set.ts';
import type { Principal } from './principal.ts';
import { intersect, parseScope, printScope, type Scope } from './scope.ts';
import { hashOf } from './secret.ts';
import type { Known } from './token-cache.ts';
import type { TrustedIssuer } from './trusted-issuer.ts';

export interface ForeignTokenOptions {
  readonly issuers: readonly TrustedIssuer[];
  readonly keySets: KeySets;
  readonly log: Log;
  readonly now?: () => Date;
}

/** Seconds that clocks may differ. */
const skew = 30;
const types = /^(application\/)?(at\+jwt|jwt)$/i;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** `openid patient/*.rs`, or a list of them; what is no scope gives nothing. */
function scopesOf(claim: unknown, { scopes: most }: TrustedIssuer): readonly string[] {
  const texts = Array.isArray(claim) ? claim.filter((each): each is string => typeof each === 'string') : (textOf(claim) ?? '').split(' ');
  const asked = texts.flatMap((text): Scope[] => {
    try {
      return [parseScope(text)];
    } catch {
      return [];
    }
  });
  return intersect(asked, most).map(printScope);
}

/** A reference of this server, relative; undefined = it is none. */
function localReference(value: unknown, base: string): string | undefined {
  const text = textOf(value);
  const relative = text?.startsWith(`${base}/`) === true ? text.slice(base.length + 1) : text;
  const [type = '', id = '', ...more] = relative?.split('/') ?? [];
  return /^[A-Z][A-Za-z]{0,63}$/.test(type) && isId(id) && more.length === 0 ? `${type}/${id}` : undefined;
}

function patientOf(value: unknown, base: string): string | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  return isId(text) ? text : localReference(text, base)?.match(/^Patient\/(.+)$/)?.[1];
}

const roles: Readonly<Record<string, 'practitioner' | 'patient' | 'related-person'>> = {
  Practitioner: 'practitioner',
  PractitionerRole: 'practitioner',
  Patient: 'patient',
  RelatedPerson: 'related-person',
};

function userPolicy({ policy }: TrustedIssuer, fhirUser: string | undefined): string | undefined {
  const role = own(roles, fhirUser?.split('/')[0] ?? '');
  return policy ?? (role === undefined ? undefined : policyOf({ role }));
}

function principalOf(payload: JWTPayload, issuer: TrustedIssuer): Principal | undefined {
  const { claims, audience, systemPolicy } = issuer;
  const client = textOf(payload['client_id']) ?? textOf(payload['azp']) ?? '';
  const patient = patientOf(payload[claims.patient], audience);
  const fhirUser = localReference(payload[claims.fhirUser], audience);
  const user = userPolicy(issuer, fhirUser);
  const why = foreignPurpose(payload);
  if (why === undefined) return undefined;
  return {
    id: `foreign:${hashOf(JSON.stringify([issuer.issuer, payload.sub, client, patient, why.purpose])).toString('base64url')}`,
    scopes: scopesOf(payload[claims.scope], issuer),
    // Never to be taken for one of our own.
    client: `${issuer.issuer} ${client}`,
    policies: { ...(user === undefined ? {} : { user }), ...(systemPolicy === undefined ? {} : { system: systemPolicy }) },
    ...why,
    ...(patient === undefined ? {} : { patient }),
    ...(fhirUser === undefined ? {} : { fhirUser }),
  };
}

/** Undefined where it is no token of the issuer, as far as can be seen before its signature. */
function headerOf(token: string, { algorithms }: TrustedIssuer): { alg: string; kid: string } | undefined {
  const { alg = '', kid, typ } = decodeProtectedHeader(token);
  const isUsable = algorithms.includes(alg) && typeof kid === 'string' && (typ === undefined || types.test(typ));
  return isUsable ? { alg, kid } : undefined;
}

async function verified(token: string, issuer: TrustedIssuer, keySets: KeySets, now: Date): Promise<JWTPayload | undefined> {
  const header = headerOf(token, issuer);
  if (header === undefined) return undefined;
  const { alg, kid } = header;
  const fitting = candidates(await keySets.at(issuer.jwksUri, (keys) => candidates(keys, kid, alg).length > 0), kid, alg);
  const [key] = fitting;
  if (key === undefined || fitting.length > 1) return undefined;
  const options = { issuer: issuer.issuer, audience: issuer.audience, algorithms: [alg], currentDate: now, clockTolerance: skew };
  const { payload } = await jwtVerify(token, await publicKey(key, alg), { ...options, requiredClaims: ['exp', 'sub', 'aud'] });
  return payload.iat !== undefined && payload.iat > now.getTime() / 1000 + skew ? undefined : payload;
}

/** Undefined for whatever does not count, without a reason: whoever sent it is told nothing more. */
export function foreignTokens({
  issuers,
  keySets,
  log,
  now = () => new Date(),
}: ForeignTokenOptions): (token: string) => Promise<Known | undefined> {
  const byName = new Map(issuers.map((issuer) => [issuer.issuer, issuer]));
  return async (token) => {
    try {
      const issuer = byName.get(decodeJwt(token).iss ?? '');
      const payload = issuer && (await verified(token, issuer, keySets, now()));
      if (issuer === undefined || payload === undefined) return undefined;
      const principal = principalOf(payload, issuer);
      return principal && { principal, remaining: ((payload.exp ?? 0) + skew) * 1000 - now().getTime() };
    } catch (error) {
      if (error instanceof FetchRefused) log.warn({ reason: error.message }, 'the keys of a trusted issuer cannot be fetched');
      return undefined;
    }
  };
}
