/** A refusal in the words of OAuth. https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */

/** https://www.iana.org/assignments/oauth-parameters/oauth-parameters.xhtml#extensions-error */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'
  | 'access_denied'
  | 'unsupported_response_type'
  | 'server_error'
  | 'temporarily_unavailable'
  | 'invalid_token'
  | 'insufficient_scope'
  | 'invalid_redirect_uri'
  | 'invalid_client_metadata'
  | 'unsupported_token_type';

const statusOf: Partial<Record<OAuthErrorCode, number>> = {
  invalid_client: 401,
  invalid_token: 401,
  insufficient_scope: 403,
  access_denied: 403,
  server_error: 500,
  temporarily_unavailable: 503,
};

export class OAuthError extends Error {
  readonly error: OAuthErrorCode;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  /** `description`: what was wrong and what would be right, without anything that was sent. */
  constructor(error: OAuthErrorCode, description: string, headers: Readonly<Record<string, string>> = {}, status?: number) {
    super(description);
    this.name = 'OAuthError';
    this.error = error;
    this.status = status ?? statusOf[error] ?? 400;
    this.headers = headers;
  }
}
