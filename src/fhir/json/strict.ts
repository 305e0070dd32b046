/**
 * The careful JSON reader: finds the exact place of a fault, refuses what is legal JSON but not unambiguous, keeps every digit.
 * https://www.rfc-editor.org/rfc/rfc8259, https://hl7.org/fhir/R4/json.html
 */
import { FhirError } from '../outcome.ts';
import { setExactNumber } from './exact.ts';
import { isPlain, maxNumberLength } from './survey.ts';

/** `line 3, column 14`: both from 1, columns in UTF-16 units. */
export function placeIn(text: string, at: number): string {
  let line = 1;
  let start = 0;
  for (const end of text.slice(0, at).matchAll(/\r\n?|\n/g)) {
    line++;
    start = end.index + end[0].length;
  }
  return `line ${line}, column ${at - start + 1}`;
}

/** A fault of the text itself: 400, with its place in words and as `issue.location`. */
export function faultAt(text: string, at: number, what: string): FhirError {
  const place = placeIn(text, at);
  return new FhirError([{ severity: 'error', code: 'structure', diagnostics: `${what} (${place})`, location: [place] }], 400);
}

const numberGrammar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const numberLike = /[-+.\w]+/y;
const word = /[A-Za-z_]\w*/y;
const whitespace = /[ \t\n\r]*/y;
const plainRun = /[\u0020\u0021\u0023-\u005b\u005d-\uffff]*/y;
const hexadecimal = /[0-9a-fA-F]{4}/y;
const literals = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const escapes = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
]);

const shown = (name: string): string => JSON.stringify(name.length > 64 ? `${name.slice(0, 64)}…` : name);

class StrictReader {
  private at = 0;
  private depth = 0;
  private readonly text: string;
  private readonly maxDepth: number;

  constructor(text: string, maxDepth: number) {
    this.text = text;
    this.maxDepth = maxDepth;
  }

  document(): unknown {
    this.skip();
    if (this.at === this.text.length) throw this.fault('The text is empty; expected JSON');
    const value = this.value();
    this.skip();
    if (this.at < this.text.length) throw this.fault(`Found ${this.found()} after the end of the JSON value`);
    return value;
  }

  private fault(what: string, at = this.at): FhirError {
    return faultAt(this.text, at, what);
  }

  private found(): string {
    const point = this.text.codePointAt(this.at);
    if (point === undefined) return 'the end of the text';
    const visible = point > 32 && (point < 0x7f || point > 0xa0) && !(point >= 0xd800 && point <= 0xdfff);
    return visible ? `"${String.fromCodePoint(point)}"` : `the character U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private skip(): void {
    this.match(whitespace);
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private value(): unknown {
    const next = this.text[this.at];
    if (next === '{') return this.nested(() => this.object());
    if (next === '[') return this.nested(() => this.array());
    if (next === '"') return this.string();
    if (next !== undefined && /[-\d]/.test(next)) return Number(this.number());
    return this.literal();
  }

  private literal(): unknown {
    const from = this.at;
    const name = this.match(word);
    if (name !== undefined && literals.has(name)) return literals.get(name);
    this.at = from;
    throw this.fault(`Expected a JSON value, found ${name === undefined ? this.found() : shown(name)}`);
  }

  private nested<T>(read: () => T): T {
    if (++this.depth > this.maxDepth) throw this.fault(`The JSON is nested deeper than the limit of ${this.maxDepth} levels`);
    const value = read();
    this.depth--;
    return value;
  }

  /** A number's text, whole; its digits are the caller's to keep. */
  private number(): string {
    const from = this.at;
    const text = this.match(numberGrammar);
    this.at = from;
    const whole = this.match(numberLike);
    if (text === undefined || text !== whole) throw this.fault(`${shown(whole ?? '-')} is not a JSON number`, from);
    if (text.length > maxNumberLength) throw this.fault(`A number has more than ${maxNumberLength} characters`, from);
    if (!Number.isFinite(Number(text))) throw this.fault(`The number ${text.slice(0, 40)} is beyond the range of a double`, from);
    return text;
  }

  private isNumberNext(): boolean {
    const c = this.text.charCodeAt(this.at);
    return c === 45 || (c >= 48 && c <= 57);
  }

  /** Reads a value into a container, keeping a number's digits where JavaScript would lose them. */
  private member(container: object, key: string | number): unknown {
    if (!this.isNumberNext()) return this.value();
    const text = this.number();
    if (!isPlain(text)) setExactNumber(container, key, text);
    return Number(text);
  }

  private array(): unknown[] {
    const open = this.at++;
    const values: unknown[] = [];
    this.skip();
    if (this.take(']')) return values;
    for (;;) {
      values.push(this.member(values, values.length));
      this.skip();
      if (this.take(']')) return values;
      this.comma(open, 'array', ']');
    }
  }

  private object(): object {
    const open = this.at++;
    const object = {};
    const places = new Map<string, number>();
    this.skip();
    if (this.take('}')) return object;
    for (;;) {
      const name = this.name(places);
      // An own property in every case: plain assignment of __proto__ would change the prototype.
      const value = this.member(object, name);
      Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
      this.skip();
      if (this.take('}')) return object;
      this.comma(open, 'object', '}');
    }
  }

  private comma(open: number, kind: string, close: string): void {
    if (this.take(',')) return this.skip();
    if (this.at < this.text.length) throw this.fault(`Expected "," or "${close}", found ${this.found()}`);
    throw this.fault(`The text ends inside an ${kind} that begins at ${placeIn(this.text, open)}`);
  }

  private name(places: Map<string, number>): string {
    const from = this.at;
    if (this.text[from] !== '"') throw this.fault(`Expected a property name in double quotes, found ${this.found()}`);
    const name = this.string();
    const earlier = places.get(name);
    if (earlier !== undefined) {
      throw this.fault(`The property ${shown(name)} stands twice in one object, first at ${placeIn(this.text, earlier)}`, from);
    }
    places.set(name, from);
    this.skip();
    if (!this.take(':')) throw this.fault(`Expected ":" after the property name ${shown(name)}, found ${this.found()}`);
    this.skip();
    return name;
  }

  private string(): string {
    const open = this.at++;
    let value = '';
    for (;;) {
      value += this.match(plainRun);
      if (this.take('"')) break;
      if (this.at >= this.text.length) throw this.fault(`The text ends inside a string that begins at ${placeIn(this.text, open)}`);
      if (this.text[this.at] !== '\\') throw this.fault(`A string holds ${this.found()} unescaped`);
      value += this.escape();
    }
    if (!value.isWellFormed()) throw this.fault('A string holds half of a surrogate pair', open);
    return value;
  }

  private escape(): string {
    const from = this.at++;
    const kind = this.text[this.at] ?? '';
    this.at++;
    const value = kind === 'u' ? this.unit() : escapes.get(kind);
    if (value === undefined) throw this.fault('A backslash in a string begins none of the escapes that JSON knows', from);
    // SHOULD NOT: characters below 32 except tab, CR, LF (no XML can carry them, nor PostgreSQL NUL) — datatypes.html#string
    if (value < ' ' && !/[\t\r\n]/.test(value)) throw this.fault('A string holds an escaped control character', from);
    return value;
  }

  private unit(): string | undefined {
    const digits = this.match(hexadecimal);
    return digits === undefined ? undefined : String.fromCharCode(Number.parseInt(digits, 16));
  }
}

/** Reads JSON text with care. Throws a FhirError (400, `structure`) with the line and column of the first fault. */
export const readStrictly = (text: string, maxDepth: number): unknown => new StrictReader(text, maxDepth).document();
