/** What clients find by themselves. https://hl7.org/fhir/smart-app-launch/conformance.html, https://www.rfc-editor.org/rfc/rfc8414#section-2, https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata */
import { type RequestHandler, Router } from 'express';
import { assertionAlgorithms } from '../../auth/client-assertion.ts';
import { grants } from '../../auth/grant/grants.ts';
import { originOf } from '../../auth/origin.ts';
import { signingAlgorithm } from '../../auth/signing-key.ts';
import type { AuthContext } from './context.ts';
import { forEverybody } from './cross-origin.ts';

/** https://hl7.org/fhir/smart-app-launch/conformance.html#capabilities */
const capabilities = [
  ...['launch-ehr', 'launch-standalone', 'authorize-post'],
  ...['client-public', 'client-confidential-symmetric', 'client-confidential-asymmetric', 'sso-openid-connect'],
  ...['context-ehr-patient', 'context-ehr-encounter', 'context-standalone-patient', 'context-standalone-encounter'],
  ...['context-banner', 'context-style'],
  ...['permission-offline', 'permission-online', 'permission-patient', 'permission-user', 'permission-v1', 'permission-v2'],
];

const scopes = [
  ...['openid', 'fhirUser', 'profile', 'launch', 'launch/patient', 'launch/encounter', 'offline_access', 'online_access'],
  ...['patient/*.cruds', 'patient/*.rs', 'user/*.cruds', 'user/*.rs', 'system/*.cruds', 'system/*.rs'],
];

const methods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt'];

/** Endpoints by their names in the documents; only those are told that there are. */
const endpoints: Readonly<Record<string, string>> = {
  authorization_endpoint: '/oauth/authorize',
  token_endpoint: '/oauth/token',
  introspection_endpoint: '/oauth/introspect',
  revocation_endpoint: '/oauth/revoke',
  jwks_uri: '/oauth/jwks',
  userinfo_endpoint: '/oauth/userinfo',
  end_session_endpoint: '/oauth/logout',
};

type Documents = (base: string) => { readonly smart: object; readonly server: object };

function documentsFor({ settings }: AuthContext, paths: ReadonlySet<string>): Documents {
  return (base) => {
    const origin = originOf(base);
    const known = Object.entries(endpoints).filter(([, path]) => paths.has(path));
    const server = {
      issuer: base,
      ...Object.fromEntries(known.map(([name, path]) => [name, `${origin}${path}`])),
      ...(settings.registration === 'closed' ? {} : { registration_endpoint: `${origin}/oauth/register` }),
      grant_types_supported: [...grants.keys()],
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      scopes_supported: scopes,
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['none', ...methods],
      token_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
      introspection_endpoint_auth_methods_supported: methods,
      introspection_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
      revocation_endpoint_auth_methods_supported: ['none', ...methods],
      revocation_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
      authorization_response_iss_parameter_supported: true,
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: [signingAlgorithm],
      claims_supported: ['iss', 'sub', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'fhirUser', 'profile', 'preferred_username'],
      claims_parameter_supported: false,
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
    };
    return { server, smart: { ...server, capabilities } };
  };
}

/** "Responses … SHALL be JSON, regardless of Accept headers" */
const send =
  (document: (base: string) => object, { baseOf }: AuthContext): RequestHandler =>
  (request, response) => {
    response.set('Cache-Control', 'public, max-age=300').json(document(baseOf(request)));
  };

/** Below the FHIR base, and where RFC 8414 (section 3.1) puts it: there the path of the issuer comes behind. */
const places: Readonly<Record<'smart' | 'server', string[]>> = {
  smart: ['/fhir/.well-known/smart-configuration'],
  server: [
    ...['/fhir/.well-known/openid-configuration', '/fhir/.well-known/oauth-authorization-server'],
    ...['/.well-known/oauth-authorization-server/fhir', '/.well-known/openid-configuration/fhir'],
  ],
};

/** `paths`: of the endpoints that there are. */
export function discovery(context: AuthContext, paths: ReadonlySet<string>): Router {
  const documents = documentsFor(context, paths);
  return Router()
    .use([places.smart, places.server].flat(), ...forEverybody)
    .get(
      places.smart,
      send((base) => documents(base).smart, context),
    )
    .get(
      places.server,
      send((base) => documents(base).server, context),
    );
}
