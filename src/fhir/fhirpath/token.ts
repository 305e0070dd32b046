/** Cuts the text of an expression into tokens, in one pass. https://hl7.org/fhirpath/N1/grammar.html */

import { unescaped } from './escape.ts';
import { fault } from './fault.ts';

export type TokenKind = 'identifier' | 'delimited' | 'string' | 'number' | 'date' | 'dateTime' | 'time' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** What it says: the name, the unescaped string, the digits, the symbol. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const space = /[ \t\r\n]+|\/\/[^\r\n]*|\/\*[\s\S]*?\*\//y;
const identifier = /[A-Za-z_][A-Za-z0-9_]*/y;
const number = /[0-9]+(?:\.[0-9]+)?/y;
const symbol = /<=|>=|!=|!~|\$(?:this|index|total)(?![A-Za-z0-9_])|[()[\]{}.,+\-*/&|<>=~%]/y;
const clock = '[0-9]{2}(?::[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]+)?)?)?';
const time = new RegExp(`@T(${clock})`, 'y');
const date = new RegExp(`@([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(?:(T)(?:(${clock})(Z|[+-][0-9]{2}:[0-9]{2})?)?)?`, 'y');

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function afterSpace(text: string, start: number): number {
  let at = start;
  for (let found = matchAt(space, text, at); found !== null; found = matchAt(space, text, at)) at += found[0].length;
  return at;
}

/** Index of the quote that closes the one at `start`. */
function closing(text: string, start: number, what: string): number {
  const quote = text.charAt(start);
  for (let at = start + 1; at < text.length; at++) {
    if (text.charAt(at) === '\\') at++;
    else if (text.charAt(at) === quote) return at;
  }
  throw fault('syntax', { text, start, end: text.length }, `This ${what} is not closed: a ${quote} is missing.`);
}

function quoted(text: string, start: number, kind: 'string' | 'delimited'): Token {
  const last = closing(text, start, kind === 'string' ? 'string' : 'name');
  return { kind, value: unescaped(text.slice(start + 1, last)), start, end: last + 1 };
}

function moment(text: string, start: number): Token {
  const ofDay = matchAt(time, text, start);
  if (ofDay !== null) return { kind: 'time', value: ofDay[1] ?? '', start, end: start + ofDay[0].length };
  const found = matchAt(date, text, start);
  if (found === null)
    throw fault('syntax', { text, start, end: start + 1 }, 'After @ stands a date, such as @2026-01-31, @2026-01-31T12:00 or @T12:00.');
  return { kind: found[2] === undefined ? 'date' : 'dateTime', value: found[0].slice(1), start, end: start + found[0].length };
}

function next(text: string, start: number): Token {
  const first = text.charAt(start);
  if (first === "'") return quoted(text, start, 'string');
  if (first === '`') return quoted(text, start, 'delimited');
  if (first === '@') return moment(text, start);
  for (const [kind, pattern] of [
    ['identifier', identifier],
    ['number', number],
    ['symbol', symbol],
  ] as const) {
    const found = matchAt(pattern, text, start);
    if (found !== null) return { kind, value: found[0], start, end: start + found[0].length };
  }
  throw strange(text, start);
}

function strange(text: string, start: number): Error {
  const first = String.fromCodePoint(text.codePointAt(start) ?? 0);
  const span = { text, start, end: start + first.length };
  if (text.startsWith('/*', start)) return fault('syntax', { text, start, end: start + 2 }, 'This comment is not closed: */ is missing.');
  if (first === '"') return fault('syntax', span, "Strings stand in single quotes, such as 'abc'.");
  if (first === '$') return fault('syntax', span, 'Known are $this, $index and $total.');
  if (first === '!') return fault('syntax', span, 'Known are != and !~; to negate, write .not().');
  return fault('syntax', span, 'This character has no meaning here.');
}

/** All tokens, an `end` last. Throws a syntax fault. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = afterSpace(text, 0);
  while (at < text.length) {
    const token = text.startsWith('/*', at) ? undefined : next(text, at);
    if (token === undefined) throw strange(text, at);
    tokens.push(token);
    at = afterSpace(text, token.end);
  }
  tokens.push({ kind: 'end', value: '', start: text.length, end: text.length });
  return tokens;
}
