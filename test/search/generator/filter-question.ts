/** Questions in the language of `_filter`. */
import type { Parameter } from '../oracle/definition.ts';
import type { Item } from '../oracle/item.ts';
import { type Prefix, withoutPrefix } from '../oracle/range.ts';
import { stringsOf } from '../oracle/string.ts';
import { folded } from '../oracle/text.ts';
import { tokensOf } from '../oracle/token.ts';
import type { World } from '../oracle/world.ts';
import { searchable } from './parameter-question.ts';
import { type Question, question } from './question.ts';
import type { Random } from './random.ts';
import { soundValue } from './sound-value.ts';
import { drawValue } from './value.ts';

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

function textTest(random: Random, item: Item): string | undefined {
  const text = random.maybe(
    stringsOf(item).filter((each) => each.length < 60 && /^[\p{L}\p{N} ,.'-]+$/u.test(each) && /\p{L}/u.test(folded(each))),
  );
  if (text === undefined) return undefined;
  const [start, end] = [text.slice(0, 4), text.slice(-4)].map((each) => (/[\p{L}\p{N}]/u.test(each) ? each : text));
  return random.of(
    `eq ${quoted(text)}`,
    `sw ${quoted(start ?? '')}`,
    `ew ${quoted(end ?? '')}`,
    `co ${quoted(text.slice(1))}`,
    `ge ${quoted(text)}`,
    `lt ${quoted(text)}`,
  );
}

function soundTest(random: Random, item: Item): string | undefined {
  const drawn = soundValue(random, item);
  return drawn && /^[\p{L}\p{N} '-]+$/u.test(drawn.value) ? `eq ${quoted(drawn.value)}` : undefined;
}

const comparable: ReadonlySet<Prefix> = new Set(['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap']);

function orderedTest(random: Random, parameter: Parameter, item: Item): string | undefined {
  const drawn = drawValue(random, parameter, item);
  if (!drawn || /[\s()[\]\\]/.test(drawn.value)) return undefined;
  const { prefix, rest } = withoutPrefix(drawn.value);
  return comparable.has(prefix) ? `${prefix} ${rest}` : undefined;
}

function tokenTest(random: Random, item: Item): string | undefined {
  const token = random.maybe(tokensOf(item));
  if (token?.code === undefined || !/^[\w.-]+$/.test(token.code)) return undefined;
  const system = token.system !== undefined && /^[\w.:/-]+$/.test(token.system) && random.next() < 0.5 ? `${token.system}|` : '';
  return `eq ${system}${token.code}`;
}

function testOf(random: Random, parameter: Parameter, item: Item): string | undefined {
  switch (parameter.type) {
    case 'string':
      if (parameter.xpathUsage === 'phonetic') return soundTest(random, item);
      return textTest(random, item);
    case 'date':
    case 'number':
    case 'quantity':
      return orderedTest(random, parameter, item);
    case 'token':
      return tokenTest(random, item);
    default:
      return undefined;
  }
}

function oneTest(random: Random, world: World, type: string): string | undefined {
  const resource = random.maybe(world.of(type));
  const parameter =
    resource && random.maybe(searchable(type).filter((each) => world.items(resource, each).length > 0 && each.code !== '_lastUpdated'));
  if (!resource || !parameter) return undefined;
  if (random.next() < 0.1 && parameter.type !== 'composite') return `${parameter.code} pr ${random.of('true', 'false')}`;
  const item = random.maybe(world.items(resource, parameter));
  const test = item && testOf(random, parameter, item);
  if (test === undefined) return undefined;
  return random.next() < 0.15 ? `not (${parameter.code} ${test})` : `${parameter.code} ${test}`;
}

export function filterQuestions(random: Random, world: World, count: number): Question[] {
  return Array.from({ length: count }, () => {
    const type = random.maybe(world.all)?.resourceType ?? '';
    const tests = Array.from({ length: 3 }, () => oneTest(random, world, type)).filter((each) => each !== undefined);
    const [a, b, c] = tests;
    if (a === undefined) return [];
    const text =
      b === undefined
        ? a
        : c === undefined
          ? `${a} ${random.of('and', 'or')} ${b}`
          : random.of(`(${a} or ${b}) and ${c}`, `${a} or (${b} and ${c})`, `not (${a} or ${b}) or ${c}`);
    return [question('filter', type, ['_filter', text])];
  }).flat();
}
