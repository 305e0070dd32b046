/** What the authorization server and the commands tell the log of: logins, tokens, changes of accounts. https://hl7.org/fhir/R4/valueset-audit-event-sub-type.html */

/** What happened; each has its codes in `security-code.ts`. */
export type SecurityEventKind =
  | 'login'
  | 'logout'
  | 'lockout'
  | 'authorize'
  | 'token'
  | 'revoke'
  | 'introspect'
  | 'launch'
  | 'register'
  | 'break-glass'
  | 'account'
  | 'client'
  | 'policy'
  | 'key'
  | 'export'
  | 'import'
  | 'audit';

/** Never a secret: no token, code, password, assertion, session or launch value, whole or in part. */
export interface SecurityEvent {
  readonly kind: SecurityEventKind;
  readonly outcome: 'success' | 'refused' | 'failed';
  /** In few words what was done or why it was refused, such as `invalid_grant` or `password changed`. */
  readonly detail?: string;
  /** Whom or what it was done to, such as `client/growth-chart` or `account/anna`. */
  readonly subject?: string;
  /** IP address of who asked. */
  readonly address?: string | undefined;
  readonly requestId?: string | undefined;
  /** Name or id of the account, as far as known: also that of a failed login. */
  readonly account?: string | undefined;
  /** `Practitioner/7` */
  readonly fhirUser?: string | undefined;
  readonly client?: string | undefined;
  /** Id of the authorization. */
  readonly authorization?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  /** Id of the patient in context. */
  readonly patient?: string | undefined;
  /** Of use: http://terminology.hl7.org/CodeSystem/v3-ActReason */
  readonly purpose?: string | undefined;
  /** That a person gave for breaking the glass. */
  readonly reason?: string | undefined;
  /** Parameters of the request without secrets, such as `grant_type=authorization_code`. */
  readonly query?: string | undefined;
}

/** Resolves when the event is stored; rejects when it cannot be: then what it tells of must not be answered as done. */
export type RecordEvent = (event: SecurityEvent) => Promise<void>;

/** Where auditing is switched off. */
export const recordNothing: RecordEvent = () => Promise.resolve();
