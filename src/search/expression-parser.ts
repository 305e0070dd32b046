/** The part of FHIRPath that search parameters use, as a tree. https://hl7.org/fhirpath/N1/#grammar */

export type Expression =
  | { readonly kind: 'focus' }
  | { readonly kind: 'member'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'call'; readonly of: Expression; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: 'index'; readonly of: Expression; readonly at: number }
  | { readonly kind: 'union'; readonly members: readonly Expression[] }
  | { readonly kind: 'as' | 'is'; readonly of: Expression; readonly type: string }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'compare'; readonly operator: '=' | '!='; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression };

/** The text is no search expression. */
export class ExpressionError extends Error {}

/** The text lies outside of the part of FHIRPath that is compiled. */
export class UnsupportedError extends ExpressionError {}

const lexeme =
  /\s*(?:(?<name>[A-Za-z_]\w*|`[^`]*`)|(?<text>'(?:[^'\\]|\\.)*')|(?<number>\d+(?:\.\d+)?)|(?<variable>%[A-Za-z_]\w*)|(?<sign>!=|[().,|[\]=]))/y;

interface Lexeme {
  readonly kind: 'name' | 'text' | 'number' | 'variable' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

function faultAt(source: string, at: number, what: string): UnsupportedError {
  const before = source.slice(0, at).split('\n');
  return new UnsupportedError(`line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: ${what}`);
}

const shown = ({ kind, text }: Lexeme): string => (kind === 'end' ? 'the end' : `"${text}"`);

function lexemes(source: string): Lexeme[] {
  const found: Lexeme[] = [];
  lexeme.lastIndex = 0;
  while (lexeme.lastIndex < source.trimEnd().length) {
    const at = lexeme.lastIndex;
    const groups = lexeme.exec(source)?.groups;
    if (!groups) throw faultAt(source, at, `"${source.slice(at, at + 20)}" cannot be read`);
    const [kind, text] = Object.entries(groups).find(([, value]) => value !== undefined) as [Lexeme['kind'], string];
    found.push({ kind, text, at: lexeme.lastIndex - text.length });
  }
  return [...found, { kind: 'end', text: '', at: source.length }];
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f' };

const unquoted = (text: string): string => text.slice(1, -1).replace(/\\(.)/g, (_, escaped: string) => escapes[escaped] ?? escaped);

export function parseExpression(source: string): Expression {
  const list = lexemes(source);
  let next = 0;
  const current = (): Lexeme => list[Math.min(next, list.length - 1)] as Lexeme;
  const fault = (wanted: string): UnsupportedError => faultAt(source, current().at, `expected ${wanted} instead of ${shown(current())}`);
  const peek = (text: string): boolean => list[next]?.text === text && list[next]?.kind !== 'text';
  const skip = (text: string): boolean => peek(text) && ++next > 0;
  const expect = (text: string): void => {
    if (!skip(text)) throw fault(`"${text}"`);
  };

  function either(): Expression {
    let left = both();
    while (skip('or')) left = { kind: 'or', left, right: both() };
    return left;
  }

  function both(): Expression {
    let left = comparison();
    while (skip('and')) left = { kind: 'and', left, right: comparison() };
    return left;
  }

  function comparison(): Expression {
    const left = union();
    const operator = peek('=') ? '=' : peek('!=') ? '!=' : undefined;
    if (!operator) return left;
    next++;
    return { kind: 'compare', operator, left, right: union() };
  }

  function union(): Expression {
    const members = [typed()];
    while (skip('|')) members.push(typed());
    return members.length === 1 ? (members[0] as Expression) : { kind: 'union', members };
  }

  function typed(): Expression {
    let of = invocation();
    for (;;) {
      if (skip('as')) of = { kind: 'as', of, type: typeName() };
      else if (skip('is')) of = { kind: 'is', of, type: typeName() };
      else return of;
    }
  }

  /** `Patient`, `FHIR.Patient`. */
  function typeName(): string {
    const name = identifier();
    return skip('.') ? identifier() : name;
  }

  function identifier(): string {
    const found = current();
    if (found.kind !== 'name') throw fault('a name');
    next++;
    return found.text.startsWith('`') ? found.text.slice(1, -1) : found.text;
  }

  function invocation(): Expression {
    let of = term();
    for (;;) {
      if (skip('.')) of = memberOrCall(of);
      else if (skip('[')) of = indexed(of);
      else return of;
    }
  }

  function indexed(of: Expression): Expression {
    const found = current();
    if (found.kind !== 'number') throw fault('a number');
    next++;
    expect(']');
    return { kind: 'index', of, at: Number(found.text) };
  }

  function memberOrCall(of: Expression): Expression {
    const name = identifier();
    if (!skip('(')) return { kind: 'member', of, name };
    if (name === 'as' || name === 'ofType' || name === 'is') {
      const type = typeName();
      expect(')');
      return { kind: name === 'is' ? 'is' : 'as', of, type };
    }
    return { kind: 'call', of, name, arguments: argumentsOf() };
  }

  function argumentsOf(): Expression[] {
    const found: Expression[] = [];
    if (skip(')')) return found;
    do found.push(either());
    while (skip(','));
    expect(')');
    return found;
  }

  function term(): Expression {
    const found = current();
    if (skip('(')) {
      const inner = either();
      expect(')');
      return inner;
    }
    if (found.kind === 'name') return named(found.text);
    if (found.kind === 'sign' || found.kind === 'end') throw fault('a path');
    next++;
    if (found.kind === 'text') return { kind: 'literal', value: unquoted(found.text) };
    return found.kind === 'number' ? { kind: 'literal', value: Number(found.text) } : { kind: 'variable', name: found.text.slice(1) };
  }

  function named(text: string): Expression {
    if (text !== 'true' && text !== 'false') return memberOrCall({ kind: 'focus' });
    next++;
    return { kind: 'literal', value: text === 'true' };
  }

  const parsed = either();
  if (current().kind !== 'end') throw fault('the end');
  return parsed;
}

/** The text of an argument that must be one. */
export function literalText(expression: Expression | undefined): string {
  if (expression?.kind === 'literal' && typeof expression.value === 'string') return expression.value;
  throw new UnsupportedError('expected a text in quotes');
}
