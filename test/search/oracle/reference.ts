/** Reference parameters: what an item refers to, and whether a value names it. https://hl7.org/fhir/R4/search.html#reference */
import type { Resource } from '../../../src/fhir/resource.ts';
import type { Parameter } from './definition.ts';
import { type Item, object, text } from './item.ts';
import { base, type Literal, literalOf } from './literal.ts';
import { unescaped } from './text.ts';
import { tokenTest } from './token.ts';

/** The text by which an item refers to something. */
export function referenceText({ type, value }: Item): string | undefined {
  if (typeof value === 'string') return value;
  if (type === 'Reference') return text(object(value)['reference']);
  const { resourceType, id } = object(value);
  return typeof id === 'string' ? `${resourceType}/${id}` : undefined;
}

const isCanonical = ({ value }: Item): boolean => typeof value === 'string';

const withoutVersion = (canonical: string): string => canonical.replace(/\|.*$/, '');

/** "Servers SHOULD support automatically detecting a |[version] portion … as a search on the business version." */
const namesCanonical = (own: string, asked: string): boolean => own === asked || withoutVersion(own) === asked;

const sameTarget = (own: Literal, asked: Literal): boolean =>
  own.local &&
  asked.local &&
  own.type === asked.type &&
  own.id === asked.id &&
  (asked.version === undefined || asked.version === own.version);

export function referenceTest({ target }: Parameter, modifier: string | undefined, value: string): (item: Item) => boolean {
  if (modifier === 'identifier') {
    const test = tokenTest(undefined, value);
    return (item) => {
      const identifier = object(item.value)['identifier'];
      return item.type === 'Reference' && identifier !== undefined && test({ type: 'Identifier', value: identifier, path: '' });
    };
  }
  const searched = unescaped(value);
  const asked = literalOf(searched);
  return (item) => {
    const own = referenceText(item);
    if (own === undefined) return false;
    if (isCanonical(item)) return namesCanonical(own, searched);
    const literal = literalOf(own);
    if (modifier !== undefined && literal?.type !== modifier) return false;
    if (asked && literal && sameTarget(literal, asked)) return true;
    if (asked === undefined && literal?.local && literal.id === searched) return modifier !== undefined || isTarget(target, literal.type);
    return own === searched || (literal?.version !== undefined && !literal.local && own.startsWith(`${searched}/_history/`));
  };
}

/** Types that a parameter means, where it names any. */
export const isTarget = (target: readonly string[], type: string): boolean => target.length === 0 || target.includes(type);

/** Whether an item leads to a resource: by a local reference, or by the canonical URL of it. */
export function leadsTo(item: Item, { resourceType, id, url, version }: Resource): boolean {
  const own = referenceText(item);
  if (own === undefined) return false;
  if (isCanonical(item)) return typeof url === 'string' && (own === url || own === `${url}|${version}`);
  const literal = literalOf(own);
  return literal !== undefined && literal.local && literal.type === resourceType && literal.id === id;
}

export const absolute = (type: string, id: string): string => `${base}/${type}/${id}`;
