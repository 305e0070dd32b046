/** Search criteria of conditional interactions. https://hl7.org/fhir/R4/http.html#cond-update */
import { queryText } from '../fhir/bundle.ts';
import { refusal } from '../fhir/outcome.ts';
import { isResultParameter } from '../search/parse-result.ts';
import type { FhirRequest } from './interaction.ts';
import { isFormatParameter } from './parameter.ts';

/** `_count` and its like shape a result and select nothing: alone they would mean every resource. */
function checkSelects(names: Iterable<string>): void {
  for (const name of names) {
    if (!isResultParameter(name)) continue;
    throw refusal('value', `${name} does not say which resource is meant; criteria are search parameters such as identifier.`, {
      expression: name,
    });
  }
}

/** The query of a conditional update, patch or delete as criteria text. Throws 412 when there is none: it would mean every resource. */
export function criteriaOf(request: FhirRequest): string {
  const pairs = request.query.filter(([name]) => !isFormatParameter(name));
  checkSelects(pairs.map(([name]) => name));
  // One empty value among others stays, so that the search refuses it: to leave it out would select more than was meant.
  if (pairs.some(([, value]) => value !== '')) return queryText(pairs);
  const type = request.path[0];
  const text = `${request.method} ${type} needs an id (${type}/[id]) or search criteria (${type}?identifier=system|value) that say which resource is meant.`;
  throw refusal('required', text, { status: 412 });
}

function otherType(type: string, before: string): Error {
  return refusal('value', `If-None-Exist searches ${type}, the type that is created, not "${before.slice(0, 64)}".`);
}

/** `identifier=a`, `?identifier=a`, `Patient?identifier=a` → `identifier=a`. A question mark may also stand in a value. */
function withoutType(header: string, type: string): string {
  const mark = header.indexOf('?');
  const before = header.slice(0, Math.max(mark, 0)).trim();
  if (mark < 0 || before.includes('=')) return header.trim();
  if (before !== '' && before !== type && !before.endsWith(`/${type}`)) throw otherType(type, before);
  return header.slice(mark + 1).trim();
}

/** If-None-Exist of a create: criteria text without type and question mark. Throws 400 when it is empty or of another type. */
export function readIfNoneExist(header: string | undefined, type: string): string | undefined {
  if (header === undefined) return undefined;
  const criteria = withoutType(header, type);
  const pairs = [...new URLSearchParams(criteria)];
  checkSelects(pairs.map(([name]) => name));
  if (pairs.some(([, value]) => value !== '')) return criteria;
  throw refusal('value', 'If-None-Exist holds search criteria such as identifier=system|value; it is empty.');
}
