/** Issues of one entry, located in the Bundle. https://hl7.org/fhir/R4/operationoutcome-definitions.html#OperationOutcome.issue.expression */
import { FhirError, type Issue } from '../../fhir/outcome.ts';
import { entryAt } from './entry.ts';

/** The same refusal with expressions that start at the Bundle; anything that is no FhirError stays as it is. */
export function located(error: unknown, index: number): unknown {
  if (!(error instanceof FhirError)) return error;
  const issues = error.issues.map(
    (issue): Issue => ({ ...issue, expression: (issue.expression ?? ['']).map((text) => inEntry(text, index)) }),
  );
  return new FhirError(issues, error.status, error.headers);
}

/** `Patient.name` and `resourceType` are places of the entry's resource. */
function inEntry(expression: string, index: number): string {
  const at = entryAt(index);
  if (expression.startsWith('Bundle.entry[')) return expression;
  if (expression === '') return at;
  const dot = /^[A-Z][A-Za-z]*(?=[.[]|$)/.exec(expression)?.[0].length;
  return dot === undefined ? `${at}.resource.${expression}` : `${at}.resource${expression.slice(dot)}`;
}
