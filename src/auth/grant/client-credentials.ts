/** client_credentials: a client that acts for itself. https://hl7.org/fhir/smart-app-launch/backend-services.html, https://www.rfc-editor.org/rfc/rfc6749#section-4.4 */
import { FhirError } from '../../fhir/outcome.ts';
import { createAuthorization } from '../authorization.ts';
import type { Client } from '../client.ts';
import { OAuthError } from '../oauth-error.ts';
import { purposeFor, treatment } from '../purpose.ts';
import { intersect, parseScopes, printScope, type Scope } from '../scope.ts';
import { checkScope } from '../scope-filter.ts';
import { inOneTransaction } from '../tables.ts';
import type { Grant, GrantContext } from './grant.ts';
import { accessSeconds, issueAccessToken } from './issue.ts';

/** "SHALL be short-lived; the expires_in value SHOULD NOT exceed 300" */
const mostSeconds = 300;

const refuse = (why: string): OAuthError => new OAuthError('invalid_scope', why);

/** "A pre-defined default value", RFC 6749, section 3.3. Services of SMART, which prove themselves by keys, SHALL say what they want. */
const usualScope = ({ secret, scopes }: Client): string =>
  secret === undefined ? '' : scopes.filter((scope) => scope.startsWith('system/')).join(' ');

/** What is asked for and was allowed beforehand. */
function granted(asked: string | undefined, client: Client, { definitions, now, issuer }: GrantContext): readonly Scope[] {
  try {
    const scopes = parseScopes(asked ?? usualScope(client));
    if (scopes.length === 0) throw refuse('The parameter scope is missing: ask for what is needed, such as system/Patient.rs.');
    for (const scope of scopes) {
      if (scope.kind === 'plain' || scope.level !== 'system')
        throw refuse('A client that acts for itself has scopes of system/ alone: no patient and no person is there.');
      checkScope(scope, definitions, { now, base: issuer });
    }
    const found = intersect(scopes, parseScopes(client.scopes.join(' ')));
    if (found.length > 0) return found;
  } catch (error) {
    if (error instanceof FhirError) throw refuse(error.message);
    throw error;
  }
  throw refuse('Nothing of what scope asks for is allowed to this client.');
}

/** As IHE IUA lets clients say it. https://profiles.ihe.net/ITI/IUA/index.html */
function purposeOf({ purposes = [] }: Client, asked: string | undefined): string {
  const purpose = purposeFor(purposes, asked);
  if (purpose !== undefined) return purpose;
  throw new OAuthError('invalid_request', `purpose_of_use must be one of those of the client: ${purposes.join(', ') || treatment}.`);
}

/** "Refresh tokens SHOULD NOT be issued." */
export const clientCredentials: Grant = async (context, { client, form }) => {
  if (client.kind === 'public') throw new OAuthError('unauthorized_client', 'A public client cannot act for itself.');
  const scopes = granted(form.scope, client, context).map(printScope);
  const purpose = purposeOf(client, form['purpose_of_use']);
  const seconds = Math.min(mostSeconds, accessSeconds(context.settings));
  return inOneTransaction(context.database, async (tables) => {
    const authorization = await createAuthorization(tables, { client: client.id, scopes, purpose });
    return issueAccessToken(tables, { authorization, scopes: scopes.join(' '), seconds });
  });
};
