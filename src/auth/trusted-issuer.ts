/** Issuers elsewhere whose access tokens count here, as the operator describes them in a file. https://www.rfc-editor.org/rfc/rfc9068 */
import { asymmetricAlgorithms } from './key-set.ts';
import { parseScopes, type Scope } from './scope.ts';

export interface TrustedIssuer {
  /** The claim `iss`, to the letter. */
  readonly issuer: string;
  /** Where its public keys are. */
  readonly jwksUri: string;
  /** What `aud` must hold: the FHIR base unless told otherwise. */
  readonly audience: string;
  readonly algorithms: readonly string[];
  /** What its tokens can give at most, whatever they say. */
  readonly scopes: readonly Scope[];
  readonly claims: { readonly scope: string; readonly patient: string; readonly fhirUser: string };
  /** Policies of its persons and of what acts for itself; absent: that of the role that goes with fhirUser. */
  readonly policy?: string;
  readonly systemPolicy?: string;
}

const usualAlgorithms = ['RS256', 'ES256', 'RS384', 'ES384'];
/** Nothing that needs no person, unless the operator says so. */
const usualScopes = 'openid fhirUser profile launch/patient patient/*.cruds user/*.cruds';
const names = 'issuer jwks_uri audience algorithms scopes scope_claim patient_claim fhir_user_claim policy system_policy'.split(' ');

type Given = Readonly<Record<string, unknown>>;

function textOf(given: Given, name: string, standard?: string): string {
  const value = given[name] ?? standard;
  if (typeof value === 'string' && value !== '') return value;
  throw new Error(`${name} must be a text`);
}

function algorithmsOf({ algorithms = usualAlgorithms }: Given): readonly string[] {
  const isList =
    Array.isArray(algorithms) && algorithms.length > 0 && algorithms.every((each) => asymmetricAlgorithms.includes(each as string));
  if (isList) return algorithms as string[];
  throw new Error(`algorithms must be some of ${asymmetricAlgorithms.join(', ')}`);
}

function issuerOf(value: unknown, base: string | undefined): TrustedIssuer {
  if (typeof value !== 'object' || value === null) throw new Error('each issuer must be an object');
  const given = value as Given;
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`"${unknown}" is not known; known are ${names.join(', ')}`);
  const audience = given['audience'] ?? base;
  if (audience === undefined) throw new Error('audience is needed where BASE_URL is not set');
  const { policy, system_policy: systemPolicy } = given;
  return {
    issuer: textOf(given, 'issuer'),
    jwksUri: textOf(given, 'jwks_uri'),
    audience: textOf({ audience }, 'audience'),
    algorithms: algorithmsOf(given),
    scopes: parseScopes(textOf(given, 'scopes', usualScopes)),
    claims: {
      scope: textOf(given, 'scope_claim', 'scope'),
      patient: textOf(given, 'patient_claim', 'patient'),
      fhirUser: textOf(given, 'fhir_user_claim', 'fhirUser'),
    },
    ...(policy === undefined ? {} : { policy: textOf(given, 'policy') }),
    ...(systemPolicy === undefined ? {} : { systemPolicy: textOf(given, 'system_policy') }),
  };
}

/** Throws an Error that says in a few words what is wrong. `base`: the FHIR base, where it is fixed. */
export function trustedIssuers(text: string, base: string | undefined): readonly TrustedIssuer[] {
  const list: unknown = JSON.parse(text);
  if (!Array.isArray(list)) throw new Error('it must be a list of issuers');
  const issuers = list.map((each) => issuerOf(each, base));
  if (new Set(issuers.map(({ issuer }) => issuer)).size < issuers.length) throw new Error('an issuer stands in it twice');
  return issuers;
}
