/** A refusal of an OAuth endpoint as JSON. https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
import type { ErrorRequestHandler } from 'express';
import { OAuthError } from '../../auth/oauth-error.ts';

/** The last handler of a router whose clients are programs. */
export const refused: ErrorRequestHandler = (error, _, response, next) => {
  const status = (error as { status?: unknown } | undefined)?.status;
  const shown =
    error instanceof OAuthError || typeof status !== 'number' || status < 400 || status >= 500
      ? error
      : new OAuthError('invalid_request', 'The path or the body of the request cannot be read.', {}, status);
  if (!(shown instanceof OAuthError) || response.headersSent) return void next(error);
  response.status(shown.status).set(shown.headers).json({ error: shown.error, error_description: shown.message });
};
