/** What a grant is: from a client and what it presents to tokens. https://www.rfc-editor.org/rfc/rfc6749#section-4 */
import type { Definitions } from '../../fhir/definitions.ts';
import type { Database } from '../../store/database.ts';
import type { Client } from '../client.ts';
import type { LaunchContext } from '../launch-context.ts';
import { OAuthError } from '../oauth-error.ts';
import type { SecretBox } from '../secret-box.ts';
import type { AuthorizationSettings } from '../setting.ts';

export interface GrantContext {
  readonly database: Database;
  readonly definitions: Definitions;
  readonly settings: AuthorizationSettings;
  readonly now: () => Date;
  readonly box: SecretBox;
  /** Whether the account may still see the patient in context. */
  readonly mayStillSee: (account: string, patient: string) => Promise<boolean>;
  /** The FHIR base. */
  readonly issuer: string;
}

export interface GrantRequest {
  /** Who has proved itself. */
  readonly client: Client;
  /** Parameters of the body. */
  readonly form: Readonly<Record<string, string | undefined>>;
}

/** https://hl7.org/fhir/smart-app-launch/app-launch.html#response-5 */
export interface TokenResponse extends LaunchContext {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly scope: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
}

/** Throws OAuthError. */
export type Grant = (context: GrantContext, request: GrantRequest) => Promise<TokenResponse>;

export function required(form: GrantRequest['form'], name: string): string {
  const value = form[name];
  if (value === undefined) throw new OAuthError('invalid_request', `The parameter ${name} is missing.`);
  return value;
}
