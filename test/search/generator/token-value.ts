/** Values of token parameters. */
import { type Item, list, object, text } from '../oracle/item.ts';
import { escaped } from '../oracle/text.ts';
import { type Token, textsOf, tokensOf } from '../oracle/token.ts';
import { codedValue } from './coded-value.ts';
import { type Drawn, modified, plain } from './drawn.ts';
import type { Random } from './random.ts';

const otherCase = (code: string): string => (code === code.toUpperCase() ? code.toLowerCase() : code.toUpperCase());

/** Flags and links have no bar in front. */
const hasNoSystem: ReadonlySet<string> = new Set([
  'ContactPoint',
  'boolean',
  'uri',
  'url',
  'canonical',
  'string',
  'String',
  'id',
  'markdown',
  'code',
]);

function formOf(random: Random, { type }: Item, { code = '', system, implicit = [] }: Token): string {
  const own = escaped(code);
  if (type === 'boolean') return random.of(own, own, own === 'true' ? 'false' : 'true');
  const systems = [...(system === undefined ? [] : [system]), ...implicit];
  const named = random.maybe(systems);
  if (named !== undefined) {
    const asked = escaped(named);
    return random.of(own, `${asked}|${own}`, `${asked}|${own}`, `${asked}|`, `${asked}x|${own}`, otherCase(own), `${own}x`);
  }
  return hasNoSystem.has(type)
    ? random.of(own, own, otherCase(own), `${own}x`)
    : random.of(own, `|${own}`, `http://none|${own}`, `${own}x`);
}

/** A flag is only ever true or false. */
const isUsable = ({ code, system }: Token): boolean => (code !== undefined && code !== '') || system !== undefined;

/** By the type of an identifier, where it has one. */
export function typedValue(random: Random, { value }: Item): Drawn | undefined {
  const { type, value: own } = object(value);
  const kind = random.maybe(list(object(type)['coding']).map(object));
  const [system, code, written] = [text(kind?.['system']), text(kind?.['code']), text(own)];
  if (system === undefined || code === undefined || written === undefined) return undefined;
  const value3 = [system, code, written].map(escaped);
  return modified('of-type', random.of(value3, value3, [value3[0] ?? '', 'ZZ', value3[2] ?? '']).join('|'));
}

/** The start of a text that stands beside a code. */
function textValue(random: Random, item: Item): Drawn | undefined {
  const text = random.maybe(textsOf(item).filter((each) => each.length < 150 && /[\p{L}\p{N}]/u.test(each.slice(0, 3))));
  if (text === undefined) return undefined;
  const start = text.slice(0, 3 + random.below(text.length));
  return modified('text', escaped(random.of(start, start.toUpperCase(), `${start}q`)));
}

export function tokenValue(random: Random, item: Item): Drawn | undefined {
  const coded = random.next() < 0.1 ? codedValue(random, item) : undefined;
  if (coded) return coded;
  const beside = random.next() < 0.1 ? textValue(random, item) : undefined;
  if (beside) return beside;
  if (item.type === 'Identifier' && random.next() < 0.5) {
    const drawn = typedValue(random, item);
    if (drawn) return drawn;
  }
  const token = random.maybe(tokensOf(item).filter(isUsable));
  if (token === undefined) return undefined;
  const form = token.code === undefined ? `${escaped(token.system ?? '')}|` : formOf(random, item, token);
  return random.next() < 0.25 ? modified('not', form) : plain(form);
}
