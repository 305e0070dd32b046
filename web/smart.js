/** Launch, tokens and logout: this application as a public client. https://hl7.org/fhir/smart-app-launch/app-launch.html */
import { clearPending, keepPending, takePending } from './store.js';

/** What went wrong, in words for the person before the screen. */
export class SmartError extends Error {}

const types = ['Patient', 'Encounter', 'Condition', 'Observation', 'MedicationRequest', 'Medication', 'AllergyIntolerance', 'Immunization'];
const scopesFor = (launch) =>
  [
    'openid',
    'fhirUser',
    'profile',
    'online_access',
    launch === undefined ? 'launch/patient' : 'launch',
    ...types.map((type) => `patient/${type}.rs`),
  ].join(' ');

const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
const sha256 = async (text) => base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));

/** https://hl7.org/fhir/smart-app-launch/conformance.html#using-well-known */
async function discover(issuer) {
  const response = await fetch(`${issuer}/.well-known/smart-configuration`, { headers: { accept: 'application/json' } });
  if (!response.ok) throw new SmartError(`The server at ${issuer} does not say how to sign in.`);
  const found = await response.json();
  if (found.issuer !== undefined && found.issuer !== issuer) throw new SmartError('The server speaks in the name of another one.');
  if (!found.code_challenge_methods_supported?.includes('S256')) throw new SmartError('The server does not know PKCE with S256.');
  return found;
}

/** Leaves the page for the server's sign-in; `launch` is what an EHR gave. */
export async function authorize({ issuer, clientId, redirectUri }, launch) {
  const { authorization_endpoint: endpoint } = await discover(issuer);
  const pending = { issuer, state: random(), verifier: random(), nonce: random() };
  keepPending(pending);
  const url = new URL(endpoint);
  const asked = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: scopesFor(launch),
    state: pending.state,
    nonce: pending.nonce,
    aud: issuer,
    code_challenge: await sha256(pending.verifier),
    code_challenge_method: 'S256',
    ...(launch === undefined ? {} : { launch }),
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  location.assign(url.href);
}

const refusals = {
  access_denied: 'The access was not allowed.',
  invalid_scope: 'The server did not grant what this application asks for.',
  login_required: 'You are not signed in.',
};

/** The answer that came with the redirect must belong to the question of this tab and come from the server that was asked. */
function checkAnswer(answer, pending, issuer) {
  if (pending === undefined || answer.get('state') !== pending.state)
    throw new SmartError('This answer does not belong to a question of this tab.');
  // RFC 9207 section 2.4: the client MUST compare iss with the issuer it asked.
  if (answer.get('iss') !== pending.issuer || pending.issuer !== issuer) throw new SmartError('The answer comes from another server.');
  const error = answer.get('error');
  if (error === null) return;
  const words = refusals[error] ?? `The server refused: ${error}.`;
  throw new SmartError([words, answer.get('error_description') ?? ''].join(' ').trim());
}

async function post(endpoint, fields) {
  const response = await fetch(endpoint, { method: 'POST', body: new URLSearchParams(fields), headers: { accept: 'application/json' } });
  const body = await response.json().catch(() => ({}));
  return { response, body };
}

const claimsOf = (token) => {
  const bytes = Uint8Array.from(atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
};

/** OpenID Connect core, 3.1.3.7: a token that came straight from the token endpoint needs no look at its signature. */
function checkedClaims(token, { clientId }, { issuer, nonce }) {
  const claims = claimsOf(token);
  const audience = [claims.aud].flat();
  const holds = claims.iss === issuer && audience.includes(clientId) && claims.exp * 1000 > Date.now() && claims.nonce === nonce;
  if (!holds) throw new SmartError('The id token is not for this application.');
  return claims;
}

const lasting = ({ body, previous = {}, endpoints }) => ({
  ...previous,
  endpoints,
  accessToken: body.access_token,
  refreshToken: body.refresh_token ?? previous.refreshToken,
  scopes: (body.scope ?? '').split(' '),
  expires: Date.now() + (body.expires_in ?? 300) * 1000,
});

/** Turns the answer of the redirect into a session. */
export async function finish(settings, answer) {
  const pending = takePending();
  checkAnswer(answer, pending, settings.issuer);
  const endpoints = await discover(settings.issuer);
  const { response, body } = await post(endpoints.token_endpoint, {
    grant_type: 'authorization_code',
    code: answer.get('code') ?? '',
    redirect_uri: settings.redirectUri,
    client_id: settings.clientId,
    code_verifier: pending.verifier,
  });
  if (!response.ok || body.token_type?.toLowerCase() !== 'bearer')
    throw new SmartError('The server did not give access. Please connect again.');
  if (body.patient === undefined) throw new SmartError('No patient was chosen, so there is no history to show.');
  const claims = body.id_token === undefined ? {} : checkedClaims(body.id_token, settings, pending);
  const context = { patient: body.patient, encounter: body.encounter, banner: body.need_patient_banner !== false };
  const previous = {
    issuer: settings.issuer,
    idToken: body.id_token,
    user: claims.fhirUser,
    name: claims.name ?? claims.preferred_username,
    ...context,
  };
  return lasting({ body, previous, endpoints });
}

/** A new access token; undefined when the server gives none any more. */
export async function refresh(session, { clientId }) {
  if (session.refreshToken === undefined) return undefined;
  const asked = { grant_type: 'refresh_token', refresh_token: session.refreshToken, client_id: clientId };
  const { response, body } = await post(session.endpoints.token_endpoint, asked);
  if (response.ok) return lasting({ body, previous: session, endpoints: session.endpoints });
  // What the server could not do for the moment may work later; what it refused never will.
  if (response.status >= 500 || response.status === 429) throw new SmartError('The server is busy. Please try again in a moment.');
  return undefined;
}

/** Ends the tokens, then leaves for the server's own sign-out. */
export async function logout({ endpoints, refreshToken, accessToken, idToken }, { clientId, redirectUri }) {
  clearPending();
  const token = refreshToken ?? accessToken;
  if (endpoints.revocation_endpoint !== undefined)
    await post(endpoints.revocation_endpoint, { token, client_id: clientId }).catch(() => undefined);
  if (endpoints.end_session_endpoint === undefined) return location.assign(redirectUri);
  const url = new URL(endpoints.end_session_endpoint);
  const asked = {
    client_id: clientId,
    post_logout_redirect_uri: redirectUri,
    ...(idToken === undefined ? {} : { id_token_hint: idToken }),
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  location.assign(url.href);
}

const reads = (rights) => rights === 'read' || rights === '*' || /^c?ru?d?s$/.test(rights);

/** What was granted of a type: `all`, `part` (only what a condition holds of) or `none`. */
export function granted(scopes, type) {
  const of = scopes.map((scope) => /^(?:patient|user)\/(\*|[A-Za-z]+)\.([a-z*]+)(\?.*)?$/.exec(scope)).filter((found) => found !== null);
  const fitting = of.filter(([, named, rights]) => (named === '*' || named === type) && reads(rights));
  if (fitting.length === 0) return 'none';
  return fitting.some(([, , , condition]) => condition === undefined) ? 'all' : 'part';
}
