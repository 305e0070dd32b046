/** Words of the narrative. https://hl7.org/fhir/R4/search.html#text */
import type { Resource } from '../../../src/fhir/resource.ts';
import { object } from './item.ts';
import { folded } from './text.ts';

const known = new WeakMap<Resource, ReadonlySet<string>>();

/** Runs of letters and digits between tags and other signs. */
export function narrativeWords(resource: Resource): ReadonlySet<string> {
  const div = String(object(resource['text'])['div'] ?? '');
  const text = div.replace(/<[^>]*>/g, ' ').replace(/&#?\w+;/g, ' ');
  const found = known.get(resource) ?? new Set(folded(text).match(/[\p{L}\p{N}]+/gu) ?? []);
  known.set(resource, found);
  return found;
}

/** `a b` is a AND b; `a OR b`; `NOT a`; `a*`. No parentheses. */
export function narrativeTest(value: string): (resource: Resource) => boolean {
  const alternatives = value.split(' OR ').map((each) => each.split(/ AND | (?!NOT )(?<!NOT )/));
  const holds = (words: ReadonlySet<string>, asked: string): boolean => {
    if (asked.startsWith('NOT ')) return !holds(words, asked.slice(4));
    const word = folded(asked.replace('*', ''));
    return asked.endsWith('*') ? [...words].some((each) => each.startsWith(word)) : words.has(word);
  };
  return (resource) => {
    const words = narrativeWords(resource);
    return alternatives.some((all) => all.every((asked) => holds(words, asked)));
  };
}
