/** Which resource an entry means: none may be meant twice in one transaction. https://hl7.org/fhir/R4/http.html#trules */
import { queryText } from '../../fhir/bundle.ts';
import { type FhirError, refusal } from '../../fhir/outcome.ts';
import type { Change } from '../../repository/change.ts';
import type { FhirRequest } from '../interaction.ts';
import { type Entry, entryAt } from './entry.ts';

/** `Patient/1`, `Patient?identifier=a|b`, or undefined for a create that will be a new resource. */
export function identityOf(change: Change): string | undefined {
  if (change.kind === 'create') return change.ifNoneExist === undefined ? undefined : `${change.type}?${sorted(change.ifNoneExist)}`;
  if (change.id !== undefined) return `${change.type}/${change.id}`;
  return change.criteria === undefined ? undefined : `${change.type}?${sorted(change.criteria)}`;
}

/** Neither the order of criteria nor their percent-encoding means anything. */
const sorted = (criteria: string): string =>
  [...new URLSearchParams(criteria)]
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&');

/** The resource that a request of a batch writes. */
export function requestIdentity({ method, path, query, headers }: FhirRequest): string | undefined {
  if (method === 'GET' || method === 'HEAD') return undefined;
  if (method === 'POST') return headers['if-none-exist'] === undefined ? undefined : `${path[0]}?${headers['if-none-exist']}`;
  return path.length > 1 ? path.join('/') : `${path[0]}?${queryText(query)}`;
}

/** A delete comes first (http.html#trules): a create under the same criteria then makes another resource. */
const replaces = (a: Change['kind'], b: Change['kind']): boolean =>
  (a === 'create' && b === 'delete') || (a === 'delete' && b === 'create');

/** Remembers which entry meant which resource. */
export class Identities {
  readonly #known = new Map<string, Map<Change['kind'], number>>();

  /** Throws 400 when an earlier entry means the same resource. */
  add(identity: string, { index }: Entry, kind: Change['kind']): void {
    const known = this.#known.get(identity) ?? new Map<Change['kind'], number>();
    this.#known.set(identity, known);
    for (const [other, earlier] of known) if (!replaces(kind, other)) throw overlap(identity, index, earlier);
    known.set(kind, index);
  }
}

// SHALL: overlapping identities fail the transaction — http.html#trules
function overlap(identity: string, index: number, earlier: number): FhirError {
  const shown = identity.length > 120 ? `${identity.slice(0, 120)}…` : identity;
  const text = `${entryAt(index)} and ${entryAt(earlier)} both write ${shown}: a resource may appear only once in a transaction.`;
  return refusal('invalid', text, { expression: `${entryAt(index)}.request.url` });
}

// SHALL: fullUrl is unique in a Bundle — bundle.html#invs (bdl-7)
export class FullUrls {
  readonly #known = new Map<string, number>();

  /** Throws 400 when an earlier entry has the same fullUrl. */
  add({ fullUrl, index }: Entry): void {
    if (fullUrl === undefined) return;
    const earlier = this.#known.get(fullUrl);
    if (earlier !== undefined)
      throw refusal('invalid', `${entryAt(index)} has the same fullUrl as ${entryAt(earlier)}.`, {
        expression: `${entryAt(index)}.fullUrl`,
      });
    this.#known.set(fullUrl, index);
  }
}
