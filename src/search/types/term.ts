/** The text that goes with a code, for `:text`. https://hl7.org/fhir/R4/search.html#token */
import { hash64 } from '../hash.ts';
import type { IndexKey } from '../index-key.ts';
import type { TermRow } from '../index-rows.ts';
import { termText } from '../index-text.ts';
import type { RowCollector } from '../row-collector.ts';
import { longestSearch, normalised } from './string.ts';

/** Texts are found by their beginning, which may be as long as this: what stands behind makes no difference. */
export function indexTerm(key: IndexKey, value: unknown, rows: RowCollector): void {
  if (typeof value !== 'string' || key.terms === undefined) return;
  let term = key.terms.get(value);
  if (term === undefined) key.terms.set(value, (term = termOf(key, value)));
  if (term !== null) rows.term(term);
}

function termOf({ text, key }: IndexKey, value: string): TermRow | null {
  const start = normalised(value).slice(0, longestSearch);
  return start === '' ? null : { token: hash64(termText(text, start)), key, value: start };
}

/** Element types whose values have a text beside the code. */
export const typesWithText: ReadonlySet<string> = new Set(['Coding', 'CodeableConcept', 'Identifier', 'CodeableReference']);
