/** The settings of authorization, as the table of settings names them. */

export interface AuthorizationSettings {
  /** Milliseconds that an access token of a person counts. */
  readonly accessTokenLifetime: number;
  /** Milliseconds that a refresh token may lie unused. */
  readonly refreshTokenLifetime: number;
  /** Who may register clients: nobody but the operator, all, or who has the token. */
  readonly registration: 'closed' | 'open' | 'token';
  readonly registrationToken?: string | undefined;
}
