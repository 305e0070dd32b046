/** The answer of the authorization endpoint: to the client, by way of the browser. https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2, https://www.rfc-editor.org/rfc/rfc9207 */
import type { AuthorizationError } from '../../auth/authorization-request.ts';
import { withParameters } from '../../auth/redirect-uri.ts';
import type { Visit } from './visit.ts';

export interface Target {
  readonly redirectUri: string;
  readonly state?: string | undefined;
}

/** 303, so that nothing that was typed into a form goes along: RFC 9700, section 4.12. */
const send = ({ response, base }: Visit, { redirectUri, state }: Target, parameters: Readonly<Record<string, string>>): void =>
  response.redirect(303, withParameters(redirectUri, { ...parameters, state, iss: base }));

export const answerCode = (visit: Visit, target: Target, code: string): void => send(visit, target, { code });

export const answerError = (visit: Visit, target: Target, { error, message }: AuthorizationError): void =>
  send(visit, target, { error, error_description: message });
