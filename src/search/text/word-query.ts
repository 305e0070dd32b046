/**
 * What `_text` and `_content` ask for: words, "phrases", AND, OR, NOT, parentheses, and `word*` for words that begin so. Between words
 * that stand together is an AND; NOT binds closest, then AND. FHIR recommends these rules of OData's $search.
 * https://hl7.org/fhir/R4/search.html#text, https://docs.oasis-open.org/odata/odata/v4.0/odata-v4.0-part1-protocol.html
 */
import { refusal } from '../../fhir/outcome.ts';
import { longestWord, wordsOf } from './words.ts';

/** Words in a row; of the last one only the beginning where `open`. */
export interface Phrase {
  readonly kind: 'phrase';
  readonly words: readonly string[];
  readonly open: boolean;
}

export type WordQuery =
  | Phrase
  | { readonly kind: 'not'; readonly of: WordQuery }
  | { readonly kind: 'all' | 'any'; readonly of: readonly WordQuery[] };

/** Each word is looked up by itself, for each row that is tested. */
const mostWords = 64;
const mostDepth = 16;

const form = 'words, "phrases in quotes", AND, OR, NOT, parentheses, and a * at the end of a word for all words that begin so';

/** Signs that stand for operators elsewhere: here they would mean the opposite or nothing. */
const foreign: Readonly<Record<string, string>> = { '-': 'NOT', '!': 'NOT', '~': 'NOT', '+': 'AND', '&': 'AND', '|': 'OR' };

const token = /\s*(?:([()])|"([^"]*)"(\*?)|([^\s()"]+)|(")|$)/y;

class Reader {
  readonly #code: string;
  readonly #text: string;
  #at = 0;
  #words = 0;
  #depth = 0;
  /** The token at hand: '' at the end. */
  #sign = '';
  #phrase: string | undefined;
  #open = false;

  constructor(code: string, text: string) {
    this.#code = code;
    this.#text = text;
    this.#next();
  }

  read(): WordQuery {
    const query = this.#any();
    if (this.#sign !== '') throw this.#refuse('a closing parenthesis has no opening one');
    return query;
  }

  #any(): WordQuery {
    const list = [this.#all()];
    while (this.#takes('OR')) list.push(this.#all());
    return list.length === 1 ? (list[0] as WordQuery) : { kind: 'any', of: list };
  }

  #all(): WordQuery {
    const list = [this.#one()];
    while (this.#takes('AND') || !this.#ends()) list.push(this.#one());
    return list.length === 1 ? (list[0] as WordQuery) : { kind: 'all', of: list };
  }

  #one(): WordQuery {
    if (this.#takes('NOT')) return { kind: 'not', of: this.#deeper(() => this.#one()) };
    if (this.#takes('(')) return this.#deeper(() => this.#inner());
    if (this.#phrase === undefined)
      throw this.#refuse(this.#sign === '' ? 'it ends where a word is missing' : `a word is missing before "${this.#sign}"`);
    return this.#leaf(this.#phrase);
  }

  #inner(): WordQuery {
    const query = this.#any();
    if (!this.#takes(')')) throw this.#refuse('a parenthesis is not closed');
    return query;
  }

  #deeper(read: () => WordQuery): WordQuery {
    if (++this.#depth > mostDepth) throw this.#refuse(`parentheses and NOT stand in each other at most ${mostDepth} times`);
    const query = read();
    this.#depth--;
    return query;
  }

  #leaf(text: string): WordQuery {
    const words = wordsOf(text);
    const open = this.#open;
    if (words.length === 0) throw this.#refuse(`"${text.slice(0, 40)}" has no letter or digit`);
    if (words.some((word) => word.length >= longestWord)) throw this.#refuse(`a word has less than ${longestWord} letters`);
    this.#words += words.length;
    if (this.#words > mostWords) throw this.#refuse(`it has more than ${mostWords} words`);
    this.#next();
    return { kind: 'phrase', words, open };
  }

  #ends = (): boolean => this.#sign === '' || this.#sign === ')' || this.#sign === 'OR';

  #takes(sign: string): boolean {
    if (this.#sign !== sign) return false;
    this.#next();
    return true;
  }

  #next(): void {
    token.lastIndex = this.#at;
    const [, parenthesis, phrase, star, word, quote] = token.exec(this.#text) ?? [];
    this.#at = token.lastIndex;
    this.#phrase = undefined;
    if (quote !== undefined) throw this.#refuse('a quote is not closed (write \\, for a comma within it)');
    if (phrase !== undefined) this.#set('"', phrase, star === '*');
    else if (word !== undefined) this.#word(word);
    else this.#sign = parenthesis ?? '';
  }

  #set(sign: string, phrase: string, open: boolean): void {
    this.#sign = sign;
    this.#phrase = phrase;
    this.#open = open;
  }

  #word(word: string): void {
    const upper = word.toUpperCase();
    if (upper === 'AND' || upper === 'OR' || word === 'NOT') {
      this.#sign = upper;
      return;
    }
    if (upper === 'NOT') throw this.#refuse(`"${word}" may be the word or the operator: write "not" in quotes, or NOT`);
    const operator = foreign[word[0] as string];
    if (operator !== undefined)
      throw this.#refuse(`"${word.slice(0, 40)}" begins with a sign that has no meaning here: write ${operator}, or put it in quotes`);
    const open = word.endsWith('*');
    const text = open ? word.slice(0, -1) : word;
    if (text.includes('*')) throw this.#refuse('a * stands at the end of a word only');
    this.#set(word, text, open);
  }

  #refuse(why: string) {
    const text = `${this.#code} cannot be "${this.#text.slice(0, 100)}": ${why}. It is made of ${form}`;
    return refusal('value', text, { expression: this.#code });
  }
}

/** Throws 400 for everything that is not understood. */
export const parseWordQuery = (code: string, text: string): WordQuery => new Reader(code, text).read();

const not = (query: WordQuery): WordQuery => {
  if (query.kind === 'not') return affirmed(query.of);
  if (query.kind === 'phrase') return { kind: 'not', of: query };
  return { kind: query.kind === 'all' ? 'any' : 'all', of: query.of.map(not) };
};

/** The same with NOT before phrases only. */
const affirmed = (query: WordQuery): WordQuery => {
  if (query.kind === 'not') return not(query.of);
  return query.kind === 'phrase' ? query : { kind: query.kind, of: query.of.map(affirmed) };
};

/** Of a query with NOT before phrases only: something must be there. */
const needsWord = (query: WordQuery): boolean => {
  if (query.kind === 'not') return false;
  if (query.kind === 'phrase') return true;
  return query.kind === 'all' ? query.of.some(needsWord) : query.of.every(needsWord);
};

/** A query that some word has to be there for, and whether what does not match it is meant: only such can be looked up. */
export function lookedUp(query: WordQuery): { readonly query: WordQuery; readonly negated: boolean } {
  const plain = affirmed(query);
  return needsWord(plain) ? { query: plain, negated: false } : { query: not(plain), negated: true };
}
