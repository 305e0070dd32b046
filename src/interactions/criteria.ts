/** Search criteria of conditional interactions. https://hl7.org/fhir/R4/http.html#cond-update */
import { queryText } from '../fhir/bundle.ts';
import { refusal } from '../fhir/outcome.ts';
import type { FhirRequest } from './interaction.ts';
import { isFormatParameter } from './parameter.ts';

/** The query of a conditional update, patch or delete as criteria text. Throws 412 when there is none: it would mean every resource. */
export function criteriaOf(request: FhirRequest): string {
  const pairs = request.query.filter(([name, value]) => !isFormatParameter(name) && value !== '');
  if (pairs.length > 0) return queryText(pairs);
  const type = request.path[0];
  const text = `${request.method} ${type} needs an id (${type}/[id]) or search criteria (${type}?identifier=system|value) that say which resource is meant.`;
  throw refusal('required', text, { status: 412 });
}

/** If-None-Exist of a create: criteria text without type and question mark. Throws 400 when it is empty or of another type. */
export function readIfNoneExist(header: string | undefined, type: string): string | undefined {
  if (header === undefined) return undefined;
  const mark = header.indexOf('?');
  const before = mark < 0 ? '' : header.slice(0, mark).trim();
  const criteria = header.slice(mark + 1).trim();
  const isOwn = before === '' || before === type || before.endsWith(`/${type}`);
  if (mark >= 0 && !isOwn && !before.includes('='))
    throw refusal('value', `If-None-Exist searches ${type}, the type that is created, not "${before.slice(0, 64)}".`);
  if (criteria === '') throw refusal('value', 'If-None-Exist holds search criteria such as identifier=system|value; it is empty.');
  return isOwn ? criteria : header.trim();
}
