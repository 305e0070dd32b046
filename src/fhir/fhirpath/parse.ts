/** Reads the text of an expression into its tree, by the grammar and its precedences. https://hl7.org/fhirpath/N1/grammar.html */
import { type FhirPathError, fault } from './fault.ts';
import { deepestExpression, longestExpression } from './limit.ts';
import { numberLiteral, quantityLiteral, temporalLiteral } from './literal.ts';
import { type Binding, binding, keywords, precisionWords } from './precedence.ts';
import type { BinaryOperator, Expression, RowOperator } from './syntax.ts';
import { type Token, tokenize } from './token.ts';

type Part<T> = T extends Expression ? Omit<T, 'text' | 'start' | 'end' | 'depth'> : never;

/** Throws a syntax fault. */
export function parse(text: string): Expression {
  if (text.length > longestExpression)
    throw fault('syntax', { text, start: 0, end: 20 }, `An expression of more than ${longestExpression} characters is not accepted.`);
  return new Parser(text).whole();
}

class Parser {
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private at = 0;
  private level = 0;

  constructor(text: string) {
    this.text = text;
    this.tokens = tokenize(text);
  }

  whole(): Expression {
    if (this.token().kind === 'end') throw this.fault('An expression is missing.');
    const expression = this.expression(0);
    if (this.token().kind !== 'end') throw this.fault(this.afterTerm());
    return expression;
  }

  private afterTerm(): string {
    const { kind, value } = this.token();
    if (kind === 'symbol' && ')]}'.includes(value)) return `There is no bracket that this ${value} closes.`;
    return 'The expression ends before this: an operator or a dot is missing.';
  }

  private token(): Token {
    return this.tokens[this.at] as Token;
  }

  private fault(message: string, { start, end } = this.token()): FhirPathError {
    return fault('syntax', { text: this.text, start, end }, message);
  }

  private is(kind: Token['kind'], value: string): boolean {
    const token = this.token();
    return token.kind === kind && token.value === value;
  }

  private takes(symbol: string): boolean {
    if (!this.is('symbol', symbol)) return false;
    this.at++;
    return true;
  }

  private expect(symbol: string, message: string): void {
    if (!this.takes(symbol)) throw this.fault(message);
  }

  private make(start: number, part: Part<Expression>, ...inner: readonly Expression[]): Expression {
    const depth = 1 + inner.reduce((deepest, one) => Math.max(deepest, one.depth), 0);
    const end = this.tokens[this.at - 1]?.end ?? start;
    if (depth > deepestExpression) throw this.tooDeep();
    return { ...part, text: this.text, start, end, depth } as Expression;
  }

  private tooDeep(): FhirPathError {
    return this.fault(`The expression has more than ${deepestExpression} levels here, which is not accepted: make it simpler.`);
  }

  /** An expression whose operators bind at least as tight as `least`. */
  private expression(least: number): Expression {
    if (++this.level > deepestExpression) throw this.tooDeep();
    let left = this.signed();
    for (let found = this.operator(least); found !== undefined; found = this.operator(least)) left = this.operation(left, found);
    this.level--;
    return left;
  }

  private operator(least: number): Binding | undefined {
    const { kind, value } = this.token();
    if (kind !== 'symbol' && kind !== 'identifier') return undefined;
    const found = binding.get(value);
    return found !== undefined && found.strength >= least ? found : undefined;
  }

  private operation(left: Expression, { operator, strength, shape }: Binding): Expression {
    this.at++;
    if (shape === 'type') {
      const type = this.typeName();
      return this.make(left.start, { kind: 'type', operator: operator as 'is' | 'as', operand: left, type }, left);
    }
    const right = this.expression(strength + 1);
    if (shape === 'row') return this.row(left, right, operator as RowOperator);
    return this.make(left.start, { kind: 'binary', operator: operator as BinaryOperator, left, right }, left, right);
  }

  /** Joins the row to the left. */
  private row(left: Expression, right: Expression, operator: RowOperator): Expression {
    if (left.kind !== 'row' || left.operator !== operator)
      return this.make(left.start, { kind: 'row', operator, operands: [left, right] }, left, right);
    const operands = left.operands as Expression[];
    operands.push(right);
    const joined = this.make(left.start, { kind: 'row', operator, operands }, right);
    return { ...joined, depth: Math.max(left.depth, joined.depth) };
  }

  private signed(): Expression {
    const { start, value } = this.token();
    if (!this.is('symbol', '+') && !this.is('symbol', '-')) return this.path();
    this.at++;
    if (++this.level > deepestExpression) throw this.tooDeep();
    const operand = this.signed();
    this.level--;
    return this.make(start, { kind: 'polarity', operator: value as '+' | '-', operand }, operand);
  }

  private path(): Expression {
    const { start } = this.token();
    let target = this.term();
    for (;;) {
      if (this.takes('.')) target = this.invocation(start, target);
      else if (this.takes('[')) target = this.indexer(start, target);
      else return target;
    }
  }

  private indexer(start: number, target: Expression): Expression {
    const index = this.expression(0);
    this.expect(']', 'The bracket of the index is not closed: a ] is missing.');
    return this.make(start, { kind: 'indexer', target, index }, target, index);
  }

  private term(): Expression {
    const token = this.token();
    const { kind, value, start } = token;
    if (kind === 'symbol') return this.symbolTerm(value, start);
    if (kind === 'identifier' && (value === 'true' || value === 'false')) {
      this.at++;
      return this.make(start, { kind: 'literal', value: value === 'true' });
    }
    if (kind === 'delimited' || kind === 'identifier') return this.invocation(start, undefined);
    return this.literal(token);
  }

  private symbolTerm(symbol: string, start: number): Expression {
    if (symbol.startsWith('$')) {
      this.at++;
      return this.make(start, { kind: 'special', name: symbol as '$this' });
    }
    if (this.takes('%')) return this.external(start);
    if (this.takes('(')) {
      const inner = this.expression(0);
      this.expect(')', 'The parenthesis is not closed: a ) is missing.');
      return inner;
    }
    if (this.takes('{')) {
      this.expect('}', 'In braces stands nothing: {} is the empty collection.');
      return this.make(start, { kind: 'literal' });
    }
    throw this.fault('A value, a name or a function is missing before this.');
  }

  private external(start: number): Expression {
    const { kind, value } = this.token();
    if (kind !== 'identifier' && kind !== 'delimited' && kind !== 'string')
      throw this.fault('After % stands the name of a variable, such as %resource or %`us-zip`.');
    this.at++;
    return this.make(start, { kind: 'external', name: value });
  }

  private literal(token: Token): Expression {
    this.at++;
    const span = { text: this.text, start: token.start, end: token.end };
    if (token.kind === 'string') return this.make(token.start, { kind: 'literal', value: token.value });
    if (token.kind === 'number') return this.number(token);
    if (token.kind === 'end') throw this.fault('A value, a name or a function is missing.', token);
    return this.make(token.start, { kind: 'literal', value: temporalLiteral(token.kind as 'date', token.value, span) });
  }

  private number({ value, start, end }: Token): Expression {
    const unit = this.token();
    const isWord = unit.kind === 'identifier' && precisionWords.has(unit.value);
    if (unit.kind !== 'string' && !isWord)
      return this.make(start, { kind: 'literal', value: numberLiteral(value, { text: this.text, start, end }) });
    this.at++;
    return this.make(start, { kind: 'literal', value: quantityLiteral(value, unit.value, isWord) });
  }

  /** A name or a function, at the start or after a dot. */
  private invocation(start: number, target: Expression | undefined): Expression {
    const { kind, value } = this.token();
    const reserved = kind === 'identifier' && target === undefined && keywords.has(value);
    if ((kind !== 'identifier' && kind !== 'delimited') || reserved) throw this.fault(this.insteadOfName(reserved));
    this.at++;
    const before = target === undefined ? {} : { target };
    const inner = target === undefined ? [] : [target];
    if (!this.takes('(')) return this.make(start, { kind: 'member', name: value, ...before }, ...inner);
    const args = this.arguments();
    return this.make(start, { kind: 'call', name: value, arguments: args, ...before }, ...inner, ...args);
  }

  private insteadOfName(reserved: boolean): string {
    const { kind, value } = this.token();
    if (reserved) return `"${value}" is a word of the language: an element of that name is written \`${value}\`.`;
    if (kind === 'end') return 'After the dot the name of an element or a function is missing.';
    return 'Here stands the name of an element or a function.';
  }

  private arguments(): Expression[] {
    const found: Expression[] = [];
    if (this.takes(')')) return found;
    do found.push(this.argument());
    while (this.takes(','));
    this.expect(')', 'The parenthesis of the function is not closed: a ) or a comma is missing.');
    return found;
  }

  private argument(): Expression {
    const { start } = this.token();
    const operand = this.expression(0);
    const { kind, value } = this.token();
    if (kind !== 'identifier' || (value !== 'asc' && value !== 'desc')) return operand;
    this.at++;
    return this.make(start, { kind: 'ordered', operand, descending: value === 'desc' }, operand);
  }

  private typeName(): string[] {
    const parts: string[] = [];
    do {
      const { kind, value } = this.token();
      if (kind !== 'identifier' && kind !== 'delimited')
        throw this.fault('Here stands the name of a type, such as Quantity or FHIR.Patient.');
      this.at++;
      parts.push(value);
    } while (this.takes('.'));
    return parts;
  }
}
