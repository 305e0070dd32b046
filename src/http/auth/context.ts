/** What the pages and endpoints of authorization may use. */
import type { IncomingMessage } from 'node:http';
import type { RecordEvent } from '../../audit/security-event.ts';
import type { Authenticator } from '../../auth/authenticate.ts';
import type { KeySets } from '../../auth/key-set.ts';
import type { SecretBox } from '../../auth/secret-box.ts';
import type { AuthorizationSettings } from '../../auth/setting.ts';
import type { Services } from '../../interactions/interaction.ts';
import type { Log } from '../../log.ts';
import type { Database } from '../../store/database.ts';

export interface AuthContext {
  readonly database: Database;
  readonly log: Log;
  readonly now: () => Date;
  readonly settings: AuthorizationSettings;
  /** Tells the log of accesses: waited for before the answer is sent. */
  readonly record: RecordEvent;
  readonly box: SecretBox;
  /** Keys of clients and of issuers elsewhere. */
  readonly keySets: KeySets;
  /** Whether pages of the origin belong to a registered client. */
  readonly isRegisteredOrigin: (origin: string) => boolean;
  /** For endpoints that take an access token. */
  readonly authenticator: Authenticator;
  /** Absolute FHIR base as the client sees it, without trailing slash: the issuer. */
  readonly baseOf: (request: IncomingMessage) => string;
  /** For pages that show resources, such as the choice of a patient. */
  readonly services: () => Services | Promise<Services>;
}
