/** Single values out of collections, of the type that a function or an operator needs. https://hl7.org/fhirpath/N1/#singleton-evaluation-of-collections */
import type { Compiled, One } from './compiled.ts';
import { systemValue } from './convert.ts';
import { Decimal } from './decimal.ts';
import { fault, type Span } from './fault.ts';
import { type Item, type Items, Node, type SystemValue } from './item.ts';
import type { Run } from './run.ts';
import type { SystemName, Type } from './type.ts';

export type Value<T> = (self: Item | undefined, run: Run) => T | undefined;

/** What asks, for messages: `startsWith()`, `+`. */
export interface Asker {
  readonly name: string;
  readonly span: Span;
}

const tooMany = ({ name, span }: Asker, count: number): Error =>
  fault('execution', span, `${name} takes one value here, not ${count}: take one with first() or each with select().`);

/** The only item; throws when there are several. */
export function onlyItem(compiled: Compiled, asker: Asker): One {
  const { one, many } = compiled;
  if (one !== undefined) return one;
  return (self, run) => {
    const items = many(self, run);
    if (items.length > 1) throw tooMany(asker, items.length);
    return items[0];
  };
}

/** Throws when there are several. */
export function onlyOf(items: Items, asker: Asker): Item | undefined {
  if (items.length > 1) throw tooMany(asker, items.length);
  return items[0];
}

/** SHALL: a single value that is no boolean counts as true — N1/#singleton-evaluation-of-collections */
export function truth(compiled: Compiled, asker: Asker): Value<boolean> {
  const only = onlyItem(compiled, asker);
  const isBoolean = compiled.raw === undefined && compiled.types?.length === 1 && compiled.types[0]?.name === 'Boolean';
  if (isBoolean) return only as Value<boolean>;
  return (self, run) => {
    const item = only(self, run);
    return item === undefined ? undefined : truthOf(item);
  };
}

export function truthOf(item: Item): boolean {
  const value = item instanceof Node ? item.value : item;
  return typeof value === 'boolean' ? value : true;
}

const accepted: Readonly<Record<string, readonly SystemName[]>> = {
  string: ['String'],
  integer: ['Integer'],
  decimal: ['Integer', 'Decimal'],
  boolean: ['Boolean'],
};

/** Throws a semantic fault when the values can never be of a type that is needed. */
export function checkTypes(compiled: Compiled, names: readonly SystemName[], asker: Asker): void {
  const { types } = compiled;
  if (types === undefined || types.length === 0) return;
  if (types.some((type) => type.system !== undefined && names.includes(type.system))) return;
  throw fault(
    'semantic',
    asker.span,
    `${asker.name} takes ${listed(names)}, not ${listed(types.slice(0, 3).map((type: Type) => type.toString()))}.`,
  );
}

const listed = (names: readonly string[]): string => names.join(' or ');

function valueOf<T>(compiled: Compiled, kind: keyof typeof accepted, asker: Asker, pick: (value: SystemValue) => T | undefined): Value<T> {
  const names = accepted[kind] ?? [];
  checkTypes(compiled, names, asker);
  const only = onlyItem(compiled, asker);
  const { raw } = compiled;
  return (self, run) => {
    const item = only(self, run);
    if (item === undefined) return undefined;
    const value = systemValue(item, raw);
    const found = value === undefined ? undefined : pick(value);
    if (found === undefined && !(item instanceof Node && item.value === undefined))
      throw fault('execution', asker.span, `${asker.name} takes ${listed(names)} here.`);
    return found;
  };
}

export const text = (compiled: Compiled, asker: Asker): Value<string> =>
  valueOf(compiled, 'string', asker, (value) => (typeof value === 'string' ? value : undefined));

export const integer = (compiled: Compiled, asker: Asker): Value<number> =>
  valueOf(compiled, 'integer', asker, (value) => (typeof value === 'number' ? value : undefined));

export const decimal = (compiled: Compiled, asker: Asker): Value<Decimal> =>
  valueOf(compiled, 'decimal', asker, (value) =>
    typeof value === 'number' ? Decimal.of(value) : value instanceof Decimal ? value : undefined,
  );

/** The value of the language, whatever it is; undefined for a structure and for nothing. */
export function system(compiled: Compiled, asker: Asker): Value<SystemValue> {
  const only = onlyItem(compiled, asker);
  const { raw } = compiled;
  return (self, run) => {
    const item = only(self, run);
    return item === undefined ? undefined : systemValue(item, raw);
  };
}
