/** The settings of authorization, as the table of settings names them. */

export interface AuthorizationSettings {
  /** Milliseconds that an access token of a person counts. */
  readonly accessTokenLifetime: number;
  /** Milliseconds that a refresh token may lie unused. */
  readonly refreshTokenLifetime: number;
}
