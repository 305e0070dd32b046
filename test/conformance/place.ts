/** Whether two validators point at the same place. https://hl7.org/fhir/R4/operationoutcome-definitions.html#OperationOutcome.issue.expression */
import type { Issue } from '../../src/fhir/outcome.ts';
import type { RecordedIssue } from './manifest.ts';

/**
 * A path as both could write it: without the comment that HL7 puts after a resource (its type and id), without the type of a choice
 * (`value.ofType(Quantity)`), and without the filter that names a slice.
 */
export const normalPath = (expression: string): string =>
  expression
    .replace(/\/\*.*?\*\//g, '')
    .replace(/\.(?:ofType|as|where|resolve)\([^()]*\)/g, '')
    .replace(/\s+/g, '');

/** HL7 writes `[line,column]`, or within a sentence of its JSON reader `at Line 15`. */
const lineOf = ({ diagnostics = '', details }: RecordedIssue): string | undefined =>
  (/^\[(\d+),/.exec(diagnostics) ?? /at Line (\d+)/.exec(details?.text ?? ''))?.[1];

const isError = ({ severity }: { readonly severity: string }): boolean => severity === 'error' || severity === 'fatal';

export const errorsOf = <T extends { readonly severity: string }>(issues: readonly T[]): T[] => issues.filter(isError);

/**
 * What HL7 means: of references within a Bundle it counts entries and items from one (and then names no type and id of the resource), and it
 * names the first entry whichever fullUrl is at fault.
 */
function meantPaths({ expression = [], details: { text = '' } = {} }: RecordedIssue): string[] {
  const countsFromOne = (path: string): boolean => /^Bundle\.entry\[\d+\]\.resource\.[^/]*$/.test(path) || /isn't reachable/.test(text);
  const meant = expression.map((path) =>
    countsFromOne(path) ? path.replace(/\[(\d+)\]/g, (_, index: string) => `[${Math.max(0, Number(index) - 1)}]`) : path,
  );
  return [...expression, ...meant].map(normalPath);
}

const isOfAnyEntry = ({ expression, details: { text = '' } = {} }: RecordedIssue): boolean =>
  text.startsWith('The fullUrl ') && expression?.[0] === 'Bundle.entry[0]';

/** Faults of the text are compared by their line, and all by their path. */
function isSame(ours: Issue, theirs: RecordedIssue): boolean {
  const line = /^line (\d+)/.exec(ours.location?.[0] ?? '')?.[1];
  if (line !== undefined && line === lineOf(theirs)) return true;
  const paths = (ours.expression ?? []).map(normalPath);
  if (isOfAnyEntry(theirs) && paths.some((path) => /^Bundle\.entry\[\d+\]$/.test(path))) return true;
  const meant = meantPaths(theirs);
  return paths.some((path) => meant.includes(path));
}

export const atSamePlace = (ours: readonly Issue[], theirs: readonly RecordedIssue[]): boolean =>
  errorsOf(ours).some((issue) => errorsOf(theirs).some((recorded) => isSame(issue, recorded)));
