/** What is told of a line that was not loaded: an OperationOutcome that names it. https://hl7.org/fhir/R4/operationoutcome.html */
import { type FhirError, type Issue, outcomeOf } from '../fhir/outcome.ts';
import type { ImportChange } from './import-change.ts';
import { placeOfLine } from './import-change.ts';

export interface ImportFault {
  /** 0 = of the file as a whole. */
  readonly line: number;
  /** JSON text of the OperationOutcome. */
  readonly outcome: string;
}

/** The reader of JSON takes the line for a text of its own. */
const withinLine = (text: string): string => text.replaceAll('line 1, column', 'column');

/** `line 7.name[0]` is told as `Patient.name[0]`. */
function issueOf(issue: Issue, line: number, change: ImportChange | undefined): Issue {
  const at = placeOfLine(line);
  const name = change === undefined ? '' : ` (${change.type}/${change.id})`;
  const expression = issue.expression?.map((path) =>
    change !== undefined && (path === at || path.startsWith(`${at}.`) || path.startsWith(`${at}[`))
      ? change.type + path.slice(at.length)
      : path,
  );
  return {
    ...issue,
    diagnostics: `Line ${line}${name}: ${withinLine(issue.diagnostics)}`,
    location: (issue.location ?? [at]).map((place) => (place === at ? at : `${at}, ${place.replace('line 1, ', '')}`)),
    ...(expression === undefined ? {} : { expression }),
  };
}

const faults = new Set(['error', 'fatal']);

/** `change`: the resource of the line, where it is one. */
export function faultOfLine(line: number, { issues }: Pick<FhirError, 'issues'>, change?: ImportChange): ImportFault {
  const told = issues.filter(({ severity }) => faults.has(severity));
  return { line, outcome: JSON.stringify(outcomeOf(told.map((issue) => issueOf(issue, line, change)))) };
}

/** Of a file that could not be read, or not to its end. */
export const faultOfFile = (line: number, text: string): ImportFault => ({
  line: 0,
  outcome: JSON.stringify(
    outcomeOf([
      {
        ...{ severity: 'error', code: 'processing' },
        diagnostics: line === 0 ? `The file was not loaded: ${text}.` : `The file was loaded up to line ${line} only: ${text}.`,
      },
    ]),
  ),
});
