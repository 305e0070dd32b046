/** What an EHR says when it prepares a launch. https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#launch-context-arrives-with-your-access_token */
import type { ContextReference, LaunchContext } from './launch-context.ts';
import { OAuthError } from './oauth-error.ts';

export interface LaunchRequest {
  /** Id of the client that is launched. */
  readonly client: string;
  /** Name of the account of the person who launches it; absent: whoever signs in. */
  readonly user?: string | undefined;
  readonly context: LaunchContext;
}

const refuse = (description: string): never => {
  throw new OAuthError('invalid_request', description);
};

const id = /^[A-Za-z0-9.-]{1,64}$/;

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string' && value !== '' && value.length <= 1000 && !value.includes('\0');
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isHttps: Check = (value) => isText(value) && URL.canParse(value as string) && /^https?:$/.test(new URL(value as string).protocol);

/** "relative reference to a FHIR resource" */
const isRelative: Check = (value) => isText(value) && /^[A-Z][A-Za-z]{0,63}\/[A-Za-z0-9.-]{1,64}$/.test(value as string);
const isType: Check = (value) => isText(value) && /^[A-Z][A-Za-z]{0,63}$/.test(value as string);
const isAbsolute: Check = (value) => isText(value) && URL.canParse(value as string);

const ofContext: Readonly<Record<string, Check>> = {
  reference: isRelative,
  canonical: isAbsolute,
  identifier: isObject,
  type: isType,
  // "Relative role URIs can only be used if they are defined in this specification", which is one. SHALL NOT be the empty string.
  role: (value) => value === 'launch' || isAbsolute(value),
};

/** "Not permitted … unless they include a role other than launch": Patient and Encounter stand in parameters of their own. */
function isContextReference(value: unknown): value is ContextReference {
  if (!isObject(value)) return false;
  const isKnown = Object.entries(value).every(([name, each]) => Object.hasOwn(ofContext, name) && ofContext[name]?.(each) === true);
  const { reference, canonical, identifier, type, role } = value;
  if (!isKnown || (reference === undefined && canonical === undefined && identifier === undefined)) return false;
  const isOwn = /^(Patient|Encounter)(\/|$)/.test(String(reference ?? type ?? ''));
  return !isOwn || (role !== undefined && role !== 'launch');
}

const checks: Readonly<Record<string, readonly [check: Check, right: string]>> = {
  client: [isText, 'the id of a client'],
  user: [isText, 'the name of an account'],
  patient: [(value) => isText(value) && id.test(value as string), 'the id of a Patient'],
  encounter: [(value) => isText(value) && id.test(value as string), 'the id of an Encounter'],
  fhirContext: [
    (value) => Array.isArray(value) && value.length <= 50 && value.every(isContextReference),
    'a list of objects with reference (Type/id), canonical or identifier, and a role that is an absolute URI; Patient and Encounter have parameters of their own',
  ],
  intent: [isText, 'a text'],
  need_patient_banner: [(value) => typeof value === 'boolean', 'true or false'],
  smart_style_url: [isHttps, 'an absolute URL'],
  tenant: [isText, 'a text'],
};

/** Throws OAuthError that names the parameter. */
export function readLaunchRequest(body: unknown): LaunchRequest {
  if (!isObject(body)) return refuse('The body must be a JSON object with client, and with what the application is to know.');
  for (const [name, value] of Object.entries(body)) {
    const [check, right] = (Object.hasOwn(checks, name) ? checks[name] : undefined) ?? [];
    if (check === undefined) return refuse(`A parameter is not known; known are ${Object.keys(checks).join(', ')}.`);
    if (!check(value)) return refuse(`${name} must be ${right}.`);
  }
  const { client, user, ...context } = body;
  if (typeof client !== 'string') return refuse('client is missing: the id of the client that is launched.');
  return { client, user: user as string | undefined, context: context as LaunchContext };
}
