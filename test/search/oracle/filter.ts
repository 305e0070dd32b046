/** `_filter`: tests joined by and, or, not. https://hl7.org/fhir/R4/search_filter.html */
import type { Resource } from '../../../src/fhir/resource.ts';
import { targetsOf } from './chain.ts';
import { dateRange, written } from './date.ts';
import { type Parameter, parametersOf } from './definition.ts';
import type { Item } from './item.ts';
import { missingTest } from './missing.ts';
import { overlap } from './range.ts';
import { soundsAlike } from './sound.ts';
import { stringsOf } from './string.ts';
import { escaped, folded } from './text.ts';
import { valueTest } from './value.ts';
import type { World } from './world.ts';

type Test = (resource: Resource) => boolean;

const lexer = /\s*(\(|\)|\[|\]|\.|"(?:[^"\\]|\\.)*"|[^\s()[\]"]+)/y;

/** Words of a filter; names of paths come in pieces. */
function wordsOf(text: string): string[] {
  lexer.lastIndex = 0;
  const words: string[] = [];
  for (let found = lexer.exec(text); found !== null; found = lexer.exec(text)) words.push(found[1] ?? '');
  return words;
}

class Reader {
  readonly #world: World;
  readonly #words: string[];

  constructor(world: World, text: string) {
    this.#world = world;
    this.#words = wordsOf(text);
  }

  /** Logical operators have no precedence: they are read from left to right. */
  filter(): Test {
    let test = this.#one();
    for (let word = this.#words[0]; word === 'and' || word === 'or'; word = this.#words[0]) {
      this.#words.shift();
      const [left, right] = [test, this.#one()];
      test = word === 'and' ? (resource) => left(resource) && right(resource) : (resource) => left(resource) || right(resource);
    }
    return test;
  }

  #one(): Test {
    const word = this.#words.shift() ?? '';
    if (word === 'not') {
      const inner = this.#one();
      return (resource) => !inner(resource);
    }
    if (word === '(') {
      const inner = this.filter();
      this.#words.shift();
      return inner;
    }
    const operator = this.#words.shift() ?? '';
    const value = this.#words.shift() ?? '';
    return (resource) =>
      pathHolds(
        this.#world,
        resource,
        word.split('.'),
        operator,
        value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value,
      );
  }
}

function pathHolds(world: World, resource: Resource, [code = '', ...rest]: readonly string[], operator: string, value: string): boolean {
  const parameter = parametersOf(resource.resourceType).get(code);
  if (parameter === undefined) return false;
  const items = world.items(resource, parameter);
  if (rest.length > 0)
    return items.some((item) =>
      targetsOf(world, resource, parameter, item).some((target) => pathHolds(world, target, rest, operator, value)),
    );
  if (operator === 'pr') return missingTest(world, parameter, value === 'true' ? 'false' : 'true')(resource);
  if (parameter.xpathUsage === 'phonetic') return soundsAlike(items, escaped(value));
  return items.some(operatorTest(world, parameter, operator, value));
}

const textOperators: Readonly<Record<string, (own: string, asked: string) => boolean>> = {
  eq: (own, asked) => own === asked,
  ne: (own, asked) => own !== asked,
  co: (own, asked) => own.includes(asked),
  sw: (own, asked) => own.startsWith(asked),
  ew: (own, asked) => own.endsWith(asked),
  gt: (own, asked) => own > asked,
  ge: (own, asked) => own >= asked,
  lt: (own, asked) => own < asked,
  le: (own, asked) => own <= asked,
};

function operatorTest(world: World, parameter: Parameter, operator: string, value: string): (item: Item) => boolean {
  if (parameter.type === 'string') {
    const test = textOperators[operator] ?? (() => false);
    return (item) => stringsOf(item).some((each) => test(folded(each), folded(value)));
  }
  if (operator === 'po') {
    const asked = written(value);
    return (item) => {
      const own = dateRange(item);
      return own !== undefined && overlap(own, asked);
    };
  }
  const isOrdered = ['date', 'number', 'quantity'].includes(parameter.type);
  const searched = isOrdered ? `${operator}${value}` : parameter.type === 'token' || parameter.type === 'quantity' ? value : escaped(value);
  const test = valueTest(world, parameter, undefined, searched);
  return !isOrdered && operator === 'ne' ? (item) => !test(item) : test;
}

export const filterTest = (world: World, text: string): Test => new Reader(world, text).filter();
