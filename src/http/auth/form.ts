/** The body of a request to an endpoint of OAuth: one form, each parameter once. https://www.rfc-editor.org/rfc/rfc6749#section-3.2 */
import express, { type RequestHandler } from 'express';
import { OAuthError } from '../../auth/oauth-error.ts';

/** By name; what was sent without a value counts as not sent. */
export type Form = Readonly<Record<string, string | undefined>>;

const bytes = 65_536;
const parameters = 100;

const parse = express.urlencoded({ extended: false, limit: bytes, parameterLimit: parameters });

/** Parameters sent without a value MUST be treated as if they were omitted, and MUST NOT be included more than once. */
function single(given: Readonly<Record<string, unknown>>): Form {
  const form: Record<string, string | undefined> = Object.create(null) as Record<string, string | undefined>;
  for (const [name, value] of Object.entries(given)) {
    if (typeof value !== 'string') throw new OAuthError('invalid_request', 'A parameter is given more than once.');
    if (value.includes('\0')) throw new OAuthError('invalid_request', 'A parameter holds the character NUL.');
    if (value !== '') form[name] = value;
  }
  return form;
}

const read: RequestHandler = (request, _, next) => {
  if (request.is('application/x-www-form-urlencoded') === false)
    throw new OAuthError('invalid_request', 'The body must be application/x-www-form-urlencoded.');
  request.body = single((request.body ?? {}) as Record<string, unknown>);
  next();
};

/** Before every handler that takes a form; the parameters are then `formOf(request)`. */
export const form: readonly RequestHandler[] = [parse, read];

export const formOf = (request: { readonly body?: unknown }): Form => (request.body ?? {}) as Form;

/** Parameters of the query, by the same rules. */
export const queryOf = (request: { readonly query: unknown }): Form => single((request.query ?? {}) as Record<string, unknown>);
