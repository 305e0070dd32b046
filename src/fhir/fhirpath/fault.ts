/**
 * What is wrong with an expression or with its evaluation, told with the place in the expression and with what would be right.
 * https://hl7.org/fhirpath/N1/#expressions
 */
import { FhirError, type IssueType } from '../outcome.ts';

/** `syntax` and `semantic` are found when the expression is compiled, `execution` and `cost` when it is evaluated. */
export type FaultKind = 'syntax' | 'semantic' | 'execution' | 'cost';

const issueOf: Readonly<Record<FaultKind, IssueType>> = {
  syntax: 'invalid',
  semantic: 'invalid',
  execution: 'processing',
  cost: 'too-costly',
};

/** A part of the text of an expression. */
export interface Span {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export class FhirPathError extends FhirError {
  readonly kind: FaultKind;
  /** Where in the expression, counted in UTF-16 units from 0. */
  readonly position: number;
  /** The same for people: `line 1, column 5`. */
  readonly place: string | undefined;
  /** What is wrong and what would be right, without the place. */
  readonly reason: string;

  constructor(kind: FaultKind, diagnostics: string, span?: Span, reason = diagnostics) {
    super([{ severity: 'error', code: issueOf[kind], diagnostics, ...(span === undefined ? {} : { location: [placeOf(span)] }) }]);
    this.name = 'FhirPathError';
    this.kind = kind;
    this.position = span?.start ?? 0;
    this.place = span === undefined ? undefined : placeOf(span);
    this.reason = reason;
  }
}

function placeOf({ text, start }: Span): string {
  const before = text.slice(0, start);
  const line = before.split('\n').length;
  return `line ${line}, column ${start - before.lastIndexOf('\n')}`;
}

const longestSnippet = 60;

/** The part of the expression that a message is about, shortened. */
function snippetOf({ text, start, end }: Span): string {
  const snippet = text.slice(start, end).trim();
  return snippet.length > longestSnippet ? `${snippet.slice(0, longestSnippet)}…` : snippet;
}

/** A fault of the part of the expression that `span` marks. */
export function fault(kind: FaultKind, span: Span, message: string): FhirPathError {
  const snippet = snippetOf(span);
  const quoted = snippet === '' ? 'at its end' : `at "${snippet}"`;
  return new FhirPathError(kind, `FHIRPath ${quoted} (${placeOf(span)}): ${message}`, span, message);
}
