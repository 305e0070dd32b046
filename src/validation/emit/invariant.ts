/**
 * Invariants as straight JavaScript. What the emitter does not know is left to the engine, in parts as small as can be; a test proves that
 * both say the same. https://hl7.org/fhirpath/N1/
 */
import type { Definitions } from '../../fhir/definitions.ts';
import { parse } from '../../fhir/fhirpath/parse.ts';
import type { Binary, Call, Expression, External, Member, Row } from '../../fhir/fhirpath/syntax.ts';
import { distinctTexts, onText, toInteger } from './call.ts';
import { type Elements, type Item, one, Paths, Unsupported, unsure } from './elements.ts';
import { and, not, or, type Prelude, quoted } from './javascript.ts';
import { nativeParts } from './native.ts';
import {
  compared,
  different,
  elementsOf,
  equalsLiteral,
  equalTexts,
  integers,
  literal,
  moments,
  only,
  opposite,
  sure,
  type Truth,
  truth,
  type Value,
  writtenText,
} from './value.ts';

const constants: ReadonlyMap<string, string> = new Map([
  ['ucum', 'http://unitsofmeasure.org'],
  ['sct', 'http://snomed.info/sct'],
  ['loinc', 'http://loinc.org'],
]);

export class InvariantEmitter {
  private readonly definitions: Definitions;
  private readonly prelude: Prelude;
  private readonly paths: Paths;
  /** The value that the invariant is about. */
  private readonly root: Item;

  constructor(definitions: Definitions, prelude: Prelude, root: Item) {
    this.definitions = definitions;
    this.prelude = prelude;
    this.paths = new Paths(definitions, prelude);
    this.root = root;
  }

  /** JavaScript that is true when the invariant holds. */
  emit(text: string): string {
    return this.truth(parse(text), this.root).yes();
  }

  private truth(expression: Expression, focus: Item): Truth {
    const part = (pick: 'yes' | 'no') => () => {
      const emitted = this.emitted(expression, focus, pick);
      const native = pick === 'yes' ? nativeParts.get(writtenText(expression)) : undefined;
      return native === undefined ? emitted : `(${native(focus.get)}??${emitted})`;
    };
    return truth(part('yes'), part('no'));
  }

  private emitted(expression: Expression, focus: Item, pick: 'yes' | 'no'): string {
    try {
      return this.asTruth(this.value(expression, focus))[pick]();
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      return this.byEngine(expression, focus, pick);
    }
  }

  private byEngine(expression: Expression, focus: Item, pick: 'yes' | 'no'): string {
    const text = writtenText(expression);
    if (focus !== this.root && /\$index|\$total|%context/.test(text)) throw new Unsupported('what belongs to the outer evaluation');
    const asked = pick === 'yes' ? text : `(${text}).not()`;
    const compiled = this.prelude.constant(`R.expression(${quoted(focus.type)},${quoted(asked)})`);
    return `holds(c,${compiled},${focus.js})`;
  }

  private asTruth(value: Value): Truth {
    if (value.kind === 'truth') return value;
    if (value.kind !== 'elements' || value.elements.kind !== 'one') throw new Unsupported('several values as one truth');
    const { options } = value.elements;
    const isBoolean = ({ type }: Item) => type === 'boolean';
    const isTrue = ({ js, twin }: Item) => or(`${js}===true`, twin === undefined ? 'false' : `(${js}===undefined&&${twin}!==undefined)`);
    return truth(
      () => or(...options.map((item) => (isBoolean(item) ? isTrue(item) : item.there))),
      () => or(...options.map((item) => (isBoolean(item) ? `${item.js}===false` : 'false'))),
    );
  }

  private value(expression: Expression, focus: Item): Value {
    switch (expression.kind) {
      case 'literal':
        return literal(expression);
      case 'external':
        return this.external(expression);
      case 'special':
        if (expression.name !== '$this') throw new Unsupported(expression.name);
        return elementsOf(one(focus));
      case 'member':
        return elementsOf(this.member(expression, focus));
      case 'call':
        return this.call(expression, focus);
      case 'row':
        return expression.operator === '|' ? this.union(expression, focus) : this.row(expression, focus);
      case 'binary':
        return this.binary(expression, focus);
      default:
        throw new Unsupported(expression.kind);
    }
  }

  private external({ name }: External): Value {
    const text = constants.get(name);
    if (text !== undefined) return { kind: 'text', text };
    const isResource = this.definitions.type(this.root.type)?.kind === 'resource';
    if (name === 'context' || (name === 'resource' && isResource)) return elementsOf(one(this.root));
    if (name === 'resource' && this.root.type.includes('.')) return elementsOf(one(unsure(this.root.type.split('.')[0] ?? '')));
    throw new Unsupported(`%${name}`);
  }

  private member({ target, name }: Member, focus: Item): Elements {
    if (target === undefined) return name === focus.type ? one(focus) : this.paths.member(focus, name);
    const isOfChildren = target.kind === 'call' && target.name === 'children' && target.target === undefined;
    return isOfChildren ? this.paths.ofChildren(focus, name) : this.paths.step(this.elements(target, focus), name);
  }

  private elements(expression: Expression, focus: Item): Elements {
    const value = this.value(expression, focus);
    if (value.kind !== 'elements') throw new Unsupported(value.kind);
    return value.elements;
  }

  /** Structures only: of these, equal ones change no answer that is asked for. */
  private union({ operands }: Row, focus: Item): Value {
    return elementsOf({ kind: 'several', parts: operands.map((operand) => this.elements(operand, focus)) });
  }

  private row({ operator, operands }: Row, focus: Item): Truth {
    const all = operands.map((operand) => this.truth(operand, focus));
    const [yes, no] = operator === 'and' ? [and, or] : [or, and];
    return truth(
      () => yes(...all.map((each) => each.yes())),
      () => no(...all.map((each) => each.no())),
    );
  }

  private binary(expression: Binary, focus: Item): Value {
    const { operator } = expression;
    const [left, right] = [this.truth(expression.left, focus), this.truth(expression.right, focus)];
    switch (operator) {
      case 'implies':
        return truth(
          () => or(left.no(), right.yes()),
          () => and(left.yes(), right.no()),
        );
      case 'xor':
        return different(left, right);
      case '=':
        return this.equal(expression, focus);
      case '!=': {
        const { yes, no } = this.equal(expression, focus);
        return truth(no, yes);
      }
      case '<':
      case '<=':
      case '>':
      case '>=':
        return this.order(expression, focus);
      case 'in':
        return this.membership(expression, focus);
      case '+':
        return this.sum(expression, focus);
      default:
        throw new Unsupported(operator);
    }
  }

  private sum(expression: Binary, focus: Item): Value {
    const [left, right] = [this.value(expression.left, focus), this.value(expression.right, focus)];
    if (left.kind !== 'number' || right.kind !== 'number') throw new Unsupported('+');
    return { kind: 'number', js: `(${left.js}+${right.js})` };
  }

  private equal(expression: Binary, focus: Item): Truth {
    const [left, right] = [this.value(expression.left, focus), this.value(expression.right, focus)];
    if (left.kind === 'number' && right.kind === 'number' && !left.isUnsure) return sure(() => `${left.js}===${right.js}`);
    if (left.kind === 'elements' && right.kind === 'elements') return equalTexts(only(left), only(right));
    if (left.kind === 'elements') return equalsLiteral(left.elements, right);
    if (left.kind !== 'truth' || right.kind !== 'truth') throw new Unsupported('=');
    const { yes, no } = different(left, right);
    return truth(no, yes);
  }

  private membership(expression: Binary, focus: Item): Truth {
    const left = this.value(expression.left, focus);
    const operands = expression.right.kind === 'row' && expression.right.operator === '|' ? expression.right.operands : [expression.right];
    if (left.kind !== 'elements') throw new Unsupported('in');
    const { elements } = left;
    const all = operands.map((operand) => equalsLiteral(elements, this.value(operand, focus)));
    const yes = () => or(...all.map((each) => each.yes()));
    return truth(yes, () => and(this.paths.exists(elements), not(yes())));
  }

  private order(expression: Binary, focus: Item): Truth {
    const { operator } = expression;
    const [left, right] = [this.value(expression.left, focus), this.value(expression.right, focus)];
    if (left.kind === 'number' && right.kind === 'number') return compared(`${left.js}`, operator, right.js);
    const a = only(left);
    if (right.kind === 'number') return this.orderOfNumber(expression, focus, a, right.js);
    const b = only(right);
    if (!moments.has(a.type) || !moments.has(b.type)) throw new Unsupported(operator);
    return compared(`order(${a.js},${b.js},${quoted(a.type)},${quoted(b.type)})`, operator, '0');
  }

  /** Digits that a number has lost can matter only where it seems to be equal. */
  private orderOfNumber(expression: Binary, focus: Item, { type, js }: Item, limit: string): Truth {
    const { operator } = expression;
    if (!integers.has(type) && type !== 'decimal') throw new Unsupported(operator);
    const compare = (sign: string, pick: 'yes' | 'no') => {
      const plain = `${js}${sign}${limit}`;
      return and(`${js}!==undefined`, type === 'decimal' ? `(${js}===${limit}?${this.byEngine(expression, focus, pick)}:${plain})` : plain);
    };
    return truth(
      () => compare(operator, 'yes'),
      () => compare(opposite[operator] ?? '', 'no'),
    );
  }

  private call(expression: Call, focus: Item): Value {
    const { name, target } = expression;
    const [argument] = expression.arguments;
    if (name === 'not') return this.negated(target, focus);
    if (name === 'iif' && target === undefined) return this.choice(expression, focus);
    const input = target === undefined ? elementsOf(one(focus)) : this.value(target, focus);
    if (input.kind === 'truth') return this.ofTruth(input, name, argument);
    if (input.kind !== 'elements') throw new Unsupported(name);
    const { elements } = input;
    switch (name) {
      case 'trace':
        return input;
      case 'exists':
        return sure(() => this.paths.exists(argument === undefined ? elements : this.kept(elements, argument)));
      case 'empty':
        return sure(() => not(this.paths.exists(elements)));
      case 'all':
        return sure(() => not(this.paths.any(elements, (item) => not(this.condition(argument, item).yes()))));
      case 'where':
        if (argument === undefined) throw new Unsupported(name);
        return elementsOf(this.kept(elements, argument));
      case 'select':
        return elementsOf(this.selected(elements, argument));
      case 'first':
        return elementsOf(this.paths.first(elements));
      case 'tail':
        return elementsOf(this.paths.tail(elements));
      case 'toInteger':
        return toInteger(only(input));
      case 'count':
        return { kind: 'number', js: this.paths.count(elements) };
      case 'isDistinct':
        return this.distinct(expression, elements, focus);
      case 'hasValue':
        return sure(() => (this.paths.isPrimitive(only(input).type) ? `${only(input).js}!==undefined` : 'false'));
      default:
        return onText(name, only(input), argument, this.prelude);
    }
  }

  private choice(expression: Call, focus: Item): Truth {
    const [condition, then, otherwise] = expression.arguments.map((argument) => this.truth(argument, focus));
    if (condition === undefined || then === undefined) throw new Unsupported('iif');
    const pick = (which: 'yes' | 'no') => () =>
      or(and(condition.yes(), then[which]()), otherwise === undefined ? 'false' : and(not(condition.yes()), otherwise[which]()));
    return truth(pick('yes'), pick('no'));
  }

  private negated(target: Expression | undefined, focus: Item): Truth {
    const { yes, no } = target === undefined ? this.asTruth(elementsOf(one(focus))) : this.truth(target, focus);
    return truth(no, yes);
  }

  private ofTruth({ yes, no }: Truth, name: string, argument: Expression | undefined): Truth {
    if (argument !== undefined || (name !== 'exists' && name !== 'empty')) throw new Unsupported(name);
    const there = () => or(yes(), no());
    return sure(name === 'exists' ? there : () => not(there()));
  }

  private condition(argument: Expression | undefined, item: Item): Truth {
    if (argument === undefined) throw new Unsupported('a function without its condition');
    return this.truth(argument, item);
  }

  private kept(of: Elements, argument: Expression): Elements {
    return { kind: 'kept', of, condition: (item) => this.truth(argument, item).yes() };
  }

  private selected(of: Elements, argument: Expression | undefined): Elements {
    if (argument === undefined) throw new Unsupported('select');
    const step = (item: Item): Elements => {
      const value = this.value(argument, item);
      if (value.kind === 'elements') return value.elements;
      throw new Unsupported('select');
    };
    if (argument.kind === 'member') return { kind: 'each', of, step };
    const isAnswered = (item: Item): string => {
      const { yes, no } = this.asTruth(this.value(argument, item));
      return or(yes(), no());
    };
    return { kind: 'answers', of, isAnswered };
  }

  /** Of less than two there are no equals. */
  private distinct(expression: Expression, elements: Elements, focus: Item): Truth {
    const list = elements.kind === 'each' ? elements.of : elements;
    if (list.kind !== 'list' || list.twin !== undefined) throw new Unsupported('isDistinct');
    const engine = () => this.byEngine(expression, focus, 'yes');
    const texts = elements.kind === 'each' ? distinctTexts(list, elements.step) : undefined;
    const many = () => (texts === undefined ? engine() : `(${texts}??${engine()})`);
    return sure(() => or(`${list.js}===undefined`, `${list.js}.length<2`, many()));
  }
}
