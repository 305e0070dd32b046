/** The text of `_filter` as a tree. https://hl7.org/fhir/R4/search_filter.html */
import { refusal } from '../../fhir/outcome.ts';

export const operators = [
  'eq',
  'ne',
  'co',
  'sw',
  'ew',
  'gt',
  'lt',
  'ge',
  'le',
  'ap',
  'sa',
  'eb',
  'pr',
  'po',
  'ss',
  'sb',
  'in',
  'ni',
  're',
] as const;
export type Operator = (typeof operators)[number];

/** `subject`, or `subject[gender eq male]`: a step of a path, and what holds of what it leads to. */
export interface FilterStep {
  readonly name: string;
  readonly where?: FilterExpression;
}

export type FilterExpression =
  | { readonly kind: 'test'; readonly path: readonly FilterStep[]; readonly operator: Operator; readonly value: string }
  | { readonly kind: 'and' | 'or'; readonly left: FilterExpression; readonly right: FilterExpression }
  | { readonly kind: 'not'; readonly of: FilterExpression };

/** Deeper brackets, or more tests, are asked by nobody who means well. */
const mostDepth = 20;
const mostTests = 50;

const nameForm = /[A-Za-z_][A-Za-z0-9_-]*/y;
const stringForm = /"(?:[^"\\]|\\.)*"/y;
const tokenForm = /[^\s)\]]+/y;

class Reader {
  readonly #text: string;
  #at = 0;
  #tests = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): FilterExpression {
    const expression = this.#filter();
    if (this.#at < this.#text.length) throw this.#refuse('"and", "or" or the end');
    return expression;
  }

  #refuse(expected: string): Error {
    const found = this.#text.slice(this.#at, this.#at + 20);
    const where = found === '' ? 'at its end' : `at position ${this.#at + 1}, before "${found}"`;
    return refusal('value', `_filter cannot be read ${where}: expected ${expected}`, { expression: '_filter' });
  }

  #blanks(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #match(form: RegExp): string | undefined {
    form.lastIndex = this.#at;
    const found = form.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  /** A word followed by a blank, a bracket or the end. */
  #word(word: string): boolean {
    const end = this.#at + word.length;
    if (!this.#text.startsWith(word, this.#at) || /[^\s([]/.test(this.#text[end] ?? ' ')) return false;
    this.#at = end;
    return true;
  }

  #sign(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false;
    this.#at++;
    return true;
  }

  #expect(sign: string): void {
    this.#blanks();
    if (!this.#sign(sign)) throw this.#refuse(`"${sign}"`);
    this.#blanks();
  }

  /** "and" and "or" are taken from left to right, and neither binds closer. */
  #filter(): FilterExpression {
    if (++this.#depth > mostDepth)
      throw refusal('too-costly', `_filter has more than ${mostDepth} brackets in each other`, { status: 400 });
    let left = this.#operand();
    for (;;) {
      this.#blanks();
      const kind = this.#word('and') ? 'and' : this.#word('or') ? 'or' : undefined;
      if (kind === undefined) break;
      left = { kind, left, right: this.#operand() };
    }
    this.#depth--;
    return left;
  }

  #operand(): FilterExpression {
    this.#blanks();
    const negated = this.#word('not');
    this.#blanks();
    if (this.#sign('(')) {
      const of = this.#filter();
      this.#expect(')');
      return negated ? { kind: 'not', of } : of;
    }
    if (negated) throw this.#refuse('"(": not always has brackets');
    return this.#test();
  }

  #test(): FilterExpression {
    if (++this.#tests > mostTests) throw refusal('too-costly', `_filter has more than ${mostTests} tests`, { status: 400 });
    const path = this.#path();
    this.#blanks();
    const word = this.#match(nameForm) ?? '';
    const operator = operators.find((each) => each === word);
    if (operator === undefined) {
      this.#at -= word.length;
      throw this.#refuse(`one of the operators ${operators.join(', ')}`);
    }
    this.#blanks();
    return { kind: 'test', path, operator, value: this.#value() };
  }

  #path(): FilterStep[] {
    const steps: FilterStep[] = [];
    do {
      const name = this.#match(nameForm);
      if (name === undefined) throw this.#refuse('the name of a search parameter');
      if (!this.#sign('[')) steps.push({ name });
      else {
        const where = this.#filter();
        this.#expect(']');
        steps.push({ name, where });
      }
    } while (this.#sign('.'));
    return steps;
  }

  #value(): string {
    const quoted = this.#match(stringForm);
    if (quoted !== undefined) return this.#unquoted(quoted);
    const token = this.#text[this.#at] === '"' ? undefined : this.#match(tokenForm);
    if (token === undefined) throw this.#refuse('a value: a text in double quotes, a number, a date or a code');
    return token;
  }

  #unquoted(quoted: string): string {
    try {
      return JSON.parse(quoted) as string;
    } catch {
      this.#at -= quoted.length;
      throw this.#refuse('a JSON string');
    }
  }
}

/** Throws 400 with the place of the fault. */
export const parseFilterExpression = (text: string): FilterExpression => new Reader(text).whole();
