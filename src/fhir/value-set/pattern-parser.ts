/** The text of a regular expression as a tree: what has a meaning without looking back or ahead. https://hl7.org/fhir/R4/valueset.html#compositions */

/** Of a UTF-16 code unit. */
export type CharacterTest = (unit: number) => boolean;

export type PatternNode =
  | { readonly kind: 'character'; readonly test: CharacterTest }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly of: PatternNode; readonly min: number; readonly max: number };

export class PatternError extends Error {}

const deepest = 50;
const longest = 1000;

/** Characters that stand for themselves after a backslash. */
const punctuation = /^[^A-Za-z0-9]$/;
const shorthand: ReadonlyMap<string, RegExp> = new Map([
  ['d', /\d/],
  ['D', /\D/],
  ['w', /\w/],
  ['W', /\W/],
  ['s', /\s/],
  ['S', /\S/],
]);
const control: ReadonlyMap<string, string> = new Map([
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
  ['f', '\f'],
  ['v', '\v'],
]);

const equals =
  (character: string): CharacterTest =>
  (unit) =>
    unit === character.charCodeAt(0);

const lineEnds: ReadonlySet<number> = new Set([0x0a, 0x0d, 0x2028, 0x2029]);
const notLineEnd: CharacterTest = (unit) => !lineEnds.has(unit);

export function parsePattern(source: string): PatternNode {
  if (source.length > longest) throw new PatternError(`it is longer than ${longest} characters`);
  return new Parser(source).whole();
}

class Parser {
  private readonly source: string;
  private at = 0;
  private depth = 0;

  constructor(source: string) {
    this.source = source;
  }

  whole(): PatternNode {
    const node = this.choice();
    if (this.at < this.source.length) throw new PatternError(`the bracket at character ${this.at + 1} was not opened`);
    return node;
  }

  private choice(): PatternNode {
    const options = [this.sequence()];
    while (this.take('|')) options.push(this.sequence());
    return options.length === 1 ? (options[0] as PatternNode) : { kind: 'choice', options };
  }

  private sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (this.at < this.source.length && this.peek() !== '|' && this.peek() !== ')') parts.push(this.repeated());
    return { kind: 'sequence', parts };
  }

  private repeated(): PatternNode {
    const of = this.atom();
    const bounds = this.quantifier();
    if (bounds === undefined) return of;
    if (of.kind === 'start' || of.kind === 'end') throw new PatternError(`nothing to repeat before character ${this.at}`);
    // A lazy quantifier matches the same texts.
    this.take('?');
    if (/^[*+?]/.test(this.peek()) || this.bounds() !== undefined) throw new PatternError(`nothing to repeat at character ${this.at + 1}`);
    return { kind: 'repeat', of, ...bounds };
  }

  private quantifier(): { min: number; max: number } | undefined {
    if (this.take('*')) return { min: 0, max: Number.POSITIVE_INFINITY };
    if (this.take('+')) return { min: 1, max: Number.POSITIVE_INFINITY };
    if (this.take('?')) return { min: 0, max: 1 };
    return this.bounds();
  }

  /** `{2}`, `{2,}`, `{2,5}`. */
  private bounds(): { min: number; max: number } | undefined {
    const found = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.source.slice(this.at, this.at + 20));
    if (!found) return undefined;
    const [all, least = '', comma, most = ''] = found;
    const min = Number(least);
    const max = comma === undefined ? min : most === '' ? Number.POSITIVE_INFINITY : Number(most);
    if (max < min) throw new PatternError(`${all} has its numbers in the wrong order`);
    if (min > longest || (max !== Number.POSITIVE_INFINITY && max > longest)) throw new PatternError(`${all} repeats too often`);
    this.at += all.length;
    return { min, max };
  }

  private atom(): PatternNode {
    if (this.take('(')) return this.group();
    if (this.take('[')) return { kind: 'character', test: this.characterClass() };
    if (this.take('^')) return { kind: 'start' };
    if (this.take('$')) return { kind: 'end' };
    if (this.take('.')) return { kind: 'character', test: notLineEnd };
    if (this.take('\\')) return { kind: 'character', test: this.escaped() };
    const character = this.next();
    if ('*+?{'.includes(character)) throw new PatternError(`nothing to repeat at character ${this.at}`);
    return { kind: 'character', test: equals(character) };
  }

  private group(): PatternNode {
    if (this.take('?') && !this.take(':')) throw new PatternError('looking ahead or back and named groups are not supported');
    if (++this.depth > deepest) throw new PatternError('its brackets are nested too deeply');
    const node = this.choice();
    this.depth--;
    if (!this.take(')')) throw new PatternError('a bracket is not closed');
    return node;
  }

  private escaped(): CharacterTest {
    const character = this.next();
    const regex = shorthand.get(character);
    if (regex) return (unit) => regex.test(String.fromCharCode(unit));
    return equals(this.literal(character));
  }

  /** The character that an escape stands for; its backslash and its letter are read. */
  private literal(letter: string): string {
    const known = control.get(letter);
    if (known !== undefined) return known;
    if (punctuation.test(letter)) return letter;
    const digits = letter === 'u' ? 4 : letter === 'x' ? 2 : 0;
    const hex = this.source.slice(this.at, this.at + digits);
    if (digits === 0 || !/^[0-9A-Fa-f]+$/.test(hex) || hex.length < digits) throw new PatternError(`"\\${letter}" is not supported`);
    this.at += digits;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  private characterClass(): CharacterTest {
    const negated = this.take('^');
    const tests: CharacterTest[] = [];
    while (!this.take(']')) tests.push(this.member());
    return (unit) => tests.some((test) => test(unit)) !== negated;
  }

  private member(): CharacterTest {
    const first = this.memberCharacter();
    if (typeof first !== 'string') return first;
    if (this.peek() !== '-' || this.source[this.at + 1] === ']') return equals(first);
    this.at++;
    const last = this.memberCharacter();
    if (typeof last !== 'string' || last < first) throw new PatternError(`the range that ends at character ${this.at} is out of order`);
    const [low, high] = [first.charCodeAt(0), last.charCodeAt(0)];
    return (unit) => unit >= low && unit <= high;
  }

  private memberCharacter(): string | CharacterTest {
    const character = this.next();
    if (character !== '\\') return character;
    const letter = this.next();
    const regex = shorthand.get(letter);
    return regex ? (unit) => regex.test(String.fromCharCode(unit)) : this.literal(letter);
  }

  private peek(): string {
    return this.source[this.at] ?? '';
  }

  private take(character: string): boolean {
    if (this.source[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private next(): string {
    const character = this.source[this.at];
    if (character === undefined) throw new PatternError('it ends too early');
    this.at++;
    return character;
  }
}
