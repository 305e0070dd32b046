/** What a transaction-response or batch-response says of each entry. https://hl7.org/fhir/R4/http.html#transaction-response */
import { isObject, type Resource } from '../../fhir/resource.ts';
import type { RefusedMember, Stored } from './target.ts';

/** The texts of an OperationOutcome in one line. */
export function outcomeText(outcome: unknown): string {
  const issues: unknown[] = isObject(outcome) && Array.isArray(outcome.issue) ? outcome.issue : [];
  const texts = issues
    .filter(isObject)
    .map((issue) => issue.diagnostics ?? (isObject(issue.details) ? issue.details.text : undefined) ?? issue.code);
  return texts.filter((text) => typeof text === 'string').join('; ');
}

export function refusedEntriesOf(response: Resource): Stored {
  const entries: unknown[] = Array.isArray(response.entry) ? response.entry : [];
  const refused: RefusedMember[] = [];
  entries.forEach((entry, i) => {
    const answer = isObject(entry) && isObject(entry.response) ? entry.response : {};
    const status = String(answer.status ?? '');
    if (!/^[45]/.test(status)) return;
    refused.push({ at: `Bundle.entry[${i}]`, text: outcomeText(answer.outcome) || `status ${status}` });
  });
  return { count: entries.length - refused.length, refused };
}
