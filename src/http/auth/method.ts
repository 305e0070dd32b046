/** "The client MUST use the HTTP POST method" (https://www.rfc-editor.org/rfc/rfc6749#section-3.2): secrets do not belong into URLs. */
import type { RequestHandler } from 'express';
import { OAuthError } from '../../auth/oauth-error.ts';

export const onlyPost: RequestHandler = () => {
  throw new OAuthError('invalid_request', 'This endpoint takes POST alone.', { Allow: 'POST, OPTIONS' }, 405);
};
