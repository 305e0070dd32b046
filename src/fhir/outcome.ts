/**
 * OperationOutcome as an error: every refusal is a FhirError, turned into HTTP in one place.
 * https://hl7.org/fhir/R4/operationoutcome.html, https://hl7.org/fhir/R4/valueset-issue-type.html
 */

export type Severity = 'fatal' | 'error' | 'warning' | 'information';

/** The one table: issue type → HTTP status. */
export const statusOfIssue = {
  invalid: 400,
  structure: 400,
  required: 422,
  value: 400,
  invariant: 422,
  'business-rule': 422,
  'code-invalid': 422,
  'not-supported': 400,
  'not-found': 404,
  deleted: 410,
  conflict: 409,
  duplicate: 412,
  'multiple-matches': 412,
  'too-long': 413,
  'too-costly': 403,
  forbidden: 403,
  login: 401,
  security: 403,
  processing: 422,
  throttled: 429,
  timeout: 503,
  transient: 503,
  exception: 500,
  'no-store': 507,
  informational: 200,
} as const;

export type IssueType = keyof typeof statusOfIssue;

export interface Issue {
  readonly severity: Severity;
  readonly code: IssueType;
  /** What was wrong, where, and what would be right. Never patient data, never a stack trace. */
  readonly diagnostics: string;
  /** FHIRPath of the element, such as `Patient.name[0].given`. */
  readonly expression?: readonly string[];
  /** Line and column for faults of the text itself, such as `line 3, column 14`. */
  readonly location?: readonly string[];
}

export interface OperationOutcome {
  readonly resourceType: 'OperationOutcome';
  readonly issue: readonly Issue[];
}

/** A refusal that a client can act on. */
export class FhirError extends Error {
  readonly status: number;
  readonly issues: readonly Issue[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(issues: readonly Issue[], status?: number, headers: Readonly<Record<string, string>> = {}) {
    super(issues.map((issue) => issue.diagnostics).join('; '));
    this.name = 'FhirError';
    this.issues = issues;
    this.status = status ?? statusOfIssue[issues[0]?.code ?? 'exception'];
    this.headers = headers;
  }
}

export interface RefusalDetail {
  readonly expression?: string;
  /** Overrides the status of the table, such as 415 or 406. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A FhirError with one issue of severity error. */
export function refusal(code: IssueType, diagnostics: string, detail: RefusalDetail = {}): FhirError {
  const issue: Issue = {
    severity: 'error',
    code,
    diagnostics,
    ...(detail.expression === undefined ? {} : { expression: [detail.expression] }),
  };
  return new FhirError([issue], detail.status, detail.headers);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what no string of FHIR and no XML may hold
const unreadable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** A refusal quotes what it refuses, which may be no text, or be cut within a character. */
const readable = (text: string): string => text.toWellFormed().replace(unreadable, '\ufffd');

const readableIssue = ({ diagnostics, expression, location, ...rest }: Issue): Issue => ({
  ...rest,
  diagnostics: readable(diagnostics),
  ...(expression === undefined ? {} : { expression: expression.map(readable) }),
  ...(location === undefined ? {} : { location: location.map(readable) }),
});

export const outcomeOf = (issues: readonly Issue[]): OperationOutcome => ({
  resourceType: 'OperationOutcome',
  issue: issues.map(readableIssue),
});
