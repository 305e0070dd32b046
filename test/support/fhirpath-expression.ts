/** Makes expressions that fit a resource type: paths of its elements, with functions and operators that both engines should agree on. */
import fc from 'fast-check';
import type { Definitions } from '../../src/fhir/definitions.ts';

type Pick = <T>(from: readonly T[]) => T;

/** Chooses by numbers that the generator gives, so that a failing expression shrinks. */
function picker(choices: readonly number[]): Pick {
  let at = 0;
  return (from) => {
    const choice = choices[at++ % choices.length] ?? 0;
    return from[(choice + at) % from.length] as (typeof from)[number];
  };
}

interface Typed {
  readonly text: string;
  /** Name of a FHIR type; undefined for values of the language and for mixtures. */
  readonly type: string | undefined;
}

const texts = ['usual', 'official', 'final', 'Peter', 'phone', 'http://loinc.org', 'a', ''];
const dates = ['@2012-04-01', '@2015', '@1974-12-25', '@2013-05', '@2012-04-01T10:00:00Z'];
const numbers = ['0', '1', '2', '1.5', '100'];

const stringTypes = new Set(['string', 'code', 'uri', 'id', 'markdown', 'url', 'canonical']);
const numberTypes = new Set(['integer', 'positiveInt', 'unsignedInt', 'decimal']);
const dateTypes = new Set(['date', 'dateTime', 'instant']);

export class ExpressionMaker {
  private readonly definitions: Definitions;
  private readonly pick: Pick;

  constructor(definitions: Definitions, choices: readonly number[]) {
    this.definitions = definitions;
    this.pick = picker(choices);
  }

  make(type: string): string {
    return this.pick([
      () => this.path(type, 3).text,
      () => this.truth(type, 3),
      () => this.number(type),
      () => `(${this.path(type, 2).text} | ${this.path(type, 2).text}).count()`,
      () => this.text(type),
    ])();
  }

  private step({ text, type }: Typed): Typed {
    const elements = type === undefined ? [] : (this.definitions.type(type)?.elements ?? []);
    const usable = elements.filter(({ types }) => types.length > 0 && types[0]?.code !== 'Resource' && types[0]?.code !== 'xhtml');
    if (usable.length === 0) return { text, type };
    const element = this.pick(usable);
    const name = ['div', 'contains', 'is', 'as', 'in'].includes(element.name) ? `\`${element.name}\`` : element.name;
    const path = text === '' ? name : `${text}.${name}`;
    if (element.types.length === 1 && !element.choice) return { text: path, type: element.types[0]?.code };
    // fhirpath.js takes a canonical for a uri here; the official cases say that primitives are types of their own.
    const chosen = this.pick(
      element.types.filter(({ code }) => !element.types.some((other) => this.definitions.type(other.code)?.base === code)),
    ).code;
    return { text: `${path}.ofType(${chosen})`, type: chosen };
  }

  private path(type: string, length: number, text = ''): Typed {
    let found: Typed = { text, type };
    for (let i = 0; i < 1 + this.pick([...Array(length).keys()]); i++) found = this.filtered(this.step(found));
    return found.text === '' ? { text: '$this', type } : found;
  }

  private filtered({ text, type }: Typed): Typed {
    const suffix = this.pick([
      () => '',
      () => '',
      () => '',
      () => '.first()',
      () => '.last()',
      () => '.tail()',
      () => `.skip(${this.pick(['0', '1', '2'])})`,
      () => `.take(${this.pick(['0', '1', '2'])})`,
      () => '.distinct()',
      () => (type === undefined ? '' : `.where(${this.truth(type, 1)})`),
      () => (type === undefined ? '' : `.where(${this.truth(type, 1)})`),
    ])();
    return { text: text + suffix, type };
  }

  /** A condition on a value of a type. */
  private truth(type: string, depth: number): string {
    const simple = [
      () => `${this.path(type, 2).text}.exists()`,
      () => `${this.path(type, 2).text}.empty()`,
      () => `${this.path(type, 2).text}.count() ${this.pick(['=', '!=', '<', '<=', '>', '>='])} ${this.pick(['0', '1', '2'])}`,
      () => `${this.path(type, 2).text}.hasValue()`,
      () => `${this.path(type, 2).text}.isDistinct()`,
      () => this.comparison(type),
      () => this.comparison(type),
      () => this.quantified(type),
    ];
    if (depth <= 1) return this.pick(simple)();
    const inner = () => this.truth(type, depth - 1);
    return this.pick([
      ...simple,
      () => `(${inner()} ${this.pick(['and', 'or', 'xor', 'implies'])} ${inner()})`,
      () => `(${inner()}).not()`,
      () => `iif(${inner()}, ${inner()}, ${inner()})`,
    ])();
  }

  private comparison(type: string): string {
    const { text, type: found = '' } = this.path(type, 2);
    const single = `${text}.first()`;
    const order = this.pick(['=', '!=', '~', '!~', '<', '<=', '>', '>=']);
    if (stringTypes.has(found)) return `${single} ${order} '${this.pick(texts)}'`;
    if (numberTypes.has(found)) return `${single} ${order} ${this.pick(numbers)}`;
    if (dateTypes.has(found)) return `${single} ${order} ${this.pick(dates)}`;
    if (found === 'boolean') return `${single} ${this.pick(['=', '!='])} ${this.pick(['true', 'false'])}`;
    return `${text} ${this.pick(['=', '~', '!='])} ${text}`;
  }

  private quantified(type: string): string {
    const { text, type: found } = this.path(type, 1);
    if (found === undefined) return `${text}.exists()`;
    return `${text}.${this.pick(['all', 'exists'])}(${this.truth(found, 1)})`;
  }

  private number(type: string): string {
    const count = () => `${this.path(type, 2).text}.count()`;
    return `${count()} ${this.pick(['+', '-', '*', 'div', 'mod', '/'])} (${count()} + ${this.pick(['1', '2', '3'])})`;
  }

  private text(type: string): string {
    const { text, type: found = '' } = this.path(type, 3);
    if (!stringTypes.has(found)) return `${text}.count()`;
    const call = this.pick([
      "startsWith('P')",
      "endsWith('l')",
      "contains('e')",
      'upper()',
      'lower()',
      'length()',
      "indexOf('e')",
      'substring(1)',
      'substring(0, 3)',
      "replace('e', 'x')",
      "matches('^[A-Z]')",
      "replaceMatches('[aeiou]', '.')",
      'toChars().count()',
      'trim()',
      "$this + '!'",
      "$this & '?'",
    ]);
    return `${text}.select(${call.startsWith('$') ? call : `$this.${call}`})`;
  }
}

/** Numbers from which an expression is made. */
export const choices: fc.Arbitrary<number[]> = fc.array(fc.nat({ max: 997 }), { minLength: 40, maxLength: 40 });
