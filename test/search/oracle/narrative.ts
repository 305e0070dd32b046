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

interface Word {
  readonly text: string;
  readonly negated: boolean;
}

/** Between words that stand together is an AND; NOT is for the word behind it. */
function wordsOf(text: string): readonly Word[] {
  const found: Word[] = [];
  let negated = false;
  for (const each of text.split(' ').filter((one) => one !== 'AND')) {
    if (each !== 'NOT') found.push({ text: each, negated });
    negated = each === 'NOT';
  }
  return found;
}

function holds(words: ReadonlySet<string>, { text, negated }: Word): boolean {
  const word = folded(text.replace('*', ''));
  return negated !== (text.endsWith('*') ? [...words].some((each) => each.startsWith(word)) : words.has(word));
}

/** Words with AND, OR and NOT, without parentheses; `a*` is any word that begins so. */
export function narrativeTest(value: string): (resource: Resource) => boolean {
  const alternatives = value.split(' OR ').map(wordsOf);
  return (resource) => {
    const words = narrativeWords(resource);
    return alternatives.some((all) => all.every((each) => holds(words, each)));
  };
}
