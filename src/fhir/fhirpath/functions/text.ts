/** Functions on strings; positions count characters, not UTF-16 units. https://hl7.org/fhirpath/N1/#string-manipulation */
import { booleanOf, type Compiled, several, shapeOf, single } from '../compiled.ts';
import { systemValue } from '../convert.ts';
import { type Item, Node, nothing } from '../item.ts';
import { integer, text } from '../single.ts';
import { systemTypes } from '../type.ts';
import { type Call, define, type FunctionDefinition } from './call.ts';

const string = shapeOf(systemTypes.String);
const number = shapeOf(systemTypes.Integer);

const allFixed = (...parts: readonly (Compiled | undefined)[]): boolean => parts.every((part) => part === undefined || part.fixed === true);

/** Halves of characters beyond the first 65536. */
const hasSurrogates = (value: string): boolean => /[\ud800-\udfff]/.test(value);

/** How many characters stand before a UTF-16 unit. */
function characters(value: string, units = value.length): number {
  if (!hasSurrogates(value)) return units;
  let count = 0;
  for (let at = 0; at < units; at += (value.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) count++;
  return count;
}

/** Test of a string with another: empty when either is. */
const test =
  (holds: (value: string, other: string) => boolean) =>
  (call: Call): Compiled => {
    const argument = call.argument(0);
    const [value, other] = [text(call.input, call.asker), text(argument, call.asker)];
    return booleanOf(
      (self, run) => {
        const found = value(self, run);
        const wanted = found === undefined ? undefined : other(self, run);
        return found === undefined || wanted === undefined ? undefined : holds(found, wanted);
      },
      allFixed(call.input, argument),
    );
  };

const turned =
  (turn: (value: string) => string) =>
  ({ input, asker }: Call): Compiled => {
    const value = text(input, asker);
    return single(
      string,
      (self, run) => {
        const found = value(self, run);
        if (found !== undefined) run.spendText(found.length);
        return found === undefined ? undefined : turn(found);
      },
      input.fixed,
    );
  };

const position =
  (find: (value: string, part: string) => number) =>
  (call: Call): Compiled => {
    const argument = call.argument(0);
    const [value, part] = [text(call.input, call.asker), text(argument, call.asker)];
    return single(number, (self, run) => {
      const [found, wanted] = [value(self, run), part(self, run)];
      if (found === undefined || wanted === undefined) return undefined;
      const at = find(found, wanted);
      return at < 0 ? -1 : characters(found, at);
    });
  };

/** SHALL: a start outside of the string gives nothing — N1/#substring */
function substring(call: Call): Compiled {
  const { input, asker } = call;
  const value = text(input, asker);
  const start = integer(call.argument(0), asker);
  const rest = call.optional(1);
  const length = rest === undefined ? undefined : integer(rest, asker);
  return single(string, (self, run) => {
    const [found, from] = [value(self, run), start(self, run)];
    if (found === undefined || from === undefined) return undefined;
    return cut(found, from, length?.(self, run));
  });
}

function cut(value: string, from: number, length: number | undefined): string | undefined {
  const end = length === undefined ? undefined : from + Math.max(0, length);
  if (!hasSurrogates(value)) return from < 0 || from >= value.length ? undefined : value.slice(from, end);
  const all = [...value];
  return from < 0 || from >= all.length ? undefined : all.slice(from, end).join('');
}

const length = ({ input, asker }: Call): Compiled => {
  const value = text(input, asker);
  return single(
    number,
    (self, run) => {
      const found = value(self, run);
      return found === undefined ? undefined : characters(found);
    },
    input.fixed,
  );
};

/** SHALL: an empty pattern stands around every character — N1/#replace */
function replace(call: Call): Compiled {
  const { input, asker } = call;
  const [value, pattern, by] = [text(input, asker), text(call.argument(0), asker), text(call.argument(1), asker)];
  return single(string, (self, run) => {
    const [found, wanted, other] = [value(self, run), pattern(self, run), by(self, run)];
    if (found === undefined || wanted === undefined || other === undefined) return undefined;
    const parts = wanted === '' ? ['', ...found, ''] : found.split(wanted);
    run.spendText(found.length + parts.length * other.length);
    return parts.join(other);
  });
}

function toChars({ input, asker }: Call): Compiled {
  const value = text(input, asker);
  return several(string, (self, run) => {
    const found = value(self, run) ?? '';
    run.spend(found.length);
    return [...found];
  });
}

function split(call: Call): Compiled {
  const { input, asker } = call;
  const [value, separator] = [text(input, asker), text(call.argument(0), asker)];
  return several(string, (self, run) => {
    const [found, by] = [value(self, run), separator(self, run)];
    if (found === undefined || by === undefined) return nothing;
    const parts = by === '' ? [...found] : found.split(by);
    run.spend(parts.length);
    return parts;
  });
}

function join(call: Call): Compiled {
  const { input, asker } = call;
  const separator = call.optional(0);
  const by = separator === undefined ? undefined : text(separator, asker);
  return single(string, (self, run) => {
    const items = input.many(self, run);
    if (items.length === 0) return undefined;
    const between = by?.(self, run) ?? '';
    const parts = items.map((item) => textIn(call, item));
    run.spendText(parts.reduce((sum, part) => sum + part.length + between.length, 0));
    return parts.join(between);
  });
}

function textIn(call: Call, item: Item): string {
  const value = systemValue(item, call.input.raw);
  if (typeof value === 'string') return value;
  if (item instanceof Node && item.value === undefined) return '';
  throw call.fault('execution', `${call.asker.name} takes strings only: turn the values into some with select(toString()).`);
}

/** SHALL: whitespace is tab, space, line feed and carriage return — hl7.org/fhirpath/#trim */
function trim(value: string): string {
  const isSpace = (at: number) => ' \t\n\r'.includes(value.charAt(at));
  let [start, end] = [0, value.length];
  while (start < end && isSpace(start)) start++;
  while (end > start && isSpace(end - 1)) end--;
  return value.slice(start, end);
}

export const textual: readonly FunctionDefinition[] = [
  define(
    'indexOf',
    1,
    1,
    position((value, part) => value.indexOf(part)),
  ),
  define(
    'lastIndexOf',
    1,
    1,
    position((value, part) => value.lastIndexOf(part)),
  ),
  define('substring', 1, 2, substring),
  define(
    'startsWith',
    1,
    1,
    test((value, start) => value.startsWith(start)),
  ),
  define(
    'endsWith',
    1,
    1,
    test((value, end) => value.endsWith(end)),
  ),
  define(
    'contains',
    1,
    1,
    test((value, part) => value.includes(part)),
  ),
  define(
    'upper',
    0,
    0,
    turned((value) => value.toUpperCase()),
  ),
  define(
    'lower',
    0,
    0,
    turned((value) => value.toLowerCase()),
  ),
  define('trim', 0, 0, turned(trim)),
  define('replace', 2, 2, replace),
  define('length', 0, 0, length),
  define('toChars', 0, 0, toChars),
  define('split', 1, 1, split),
  define('join', 0, 1, join),
];
