/** The order of results. https://hl7.org/fhir/R4/search.html#sort */
import type { Resource } from '../../../src/fhir/resource.ts';
import { dateRange } from './date.ts';
import { type Parameter, parametersOf } from './definition.ts';
import type { Item } from './item.ts';
import { numberRange } from './number.ts';
import { amountOf } from './quantity.ts';
import { compare, type Rational } from './rational.ts';
import { referenceText } from './reference.ts';
import { stringsOf } from './string.ts';
import { folded } from './text.ts';
import { tokensOf } from './token.ts';
import type { World } from './world.ts';

type Key = Rational | string | undefined;

const least: Rational = { n: -(10n ** 30n), d: 1n };

function keysOf({ type }: Parameter, item: Item): readonly Key[] {
  switch (type) {
    case 'date': {
      const range = dateRange(item);
      return range === undefined ? [] : [range.low?.at ?? least];
    }
    case 'number': {
      const range = numberRange(item);
      return range === undefined ? [] : [range.low?.at ?? least];
    }
    case 'quantity': {
      const amount = amountOf(item);
      return amount === undefined ? [] : [amount.range.low?.at ?? least];
    }
    case 'string':
      return stringsOf(item)
        .map(folded)
        .filter((text) => text !== '');
    case 'token':
      return tokensOf(item).flatMap(({ code }) => (code === undefined ? [] : [code]));
    case 'reference':
      return [referenceText(item)].filter((text) => text !== undefined && !text.startsWith('#'));
    case 'uri':
      return [referenceText(item)].filter((text) => text !== undefined);
    default:
      return [];
  }
}

/** By code points, as "C" collates them: UTF-16 would put what is behind the basic plane before its end. */
function compareText(a: string, b: string): number {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return Buffer.compare(one, other);
}

const compareKeys = (a: Rational | string, b: Rational | string): number =>
  typeof a === 'string' || typeof b === 'string' ? compareText(String(a), String(b)) : compare(a, b);

/** "The sort is based on the item … that comes earliest in the specified sort order." */
function keyOf(world: World, parameter: Parameter, sign: number, resource: Resource): Key {
  const keys = world.items(resource, parameter).flatMap((item) => keysOf(parameter, item));
  return keys.toSorted((a, b) => sign * compareKeys(a as Rational | string, b as Rational | string))[0];
}

export interface Order {
  readonly key: (resource: Resource) => Key;
  readonly sign: 1 | -1;
}

export const ordersOf = (world: World, type: string, sort: string): readonly Order[] =>
  sort.split(',').map((each) => {
    const sign = each.startsWith('-') ? -1 : 1;
    const parameter = parametersOf(type).get(each.replace(/^-/, ''));
    if (parameter === undefined) throw new Error(`${type} has no ${each}`);
    const keys = new Map<Resource, Key>();
    const key = (resource: Resource): Key => {
      if (!keys.has(resource)) keys.set(resource, keyOf(world, parameter, sign, resource));
      return keys.get(resource);
    };
    return { sign, key };
  });

/** Above zero when the second must not stand behind the first. Missing values come last, whatever the direction. */
export function compareBy(orders: readonly Order[], a: Resource, b: Resource): number {
  for (const { key, sign } of orders) {
    const [one, other] = [key(a), key(b)];
    if (one === undefined && other === undefined) continue;
    if (one === undefined || other === undefined) return one === undefined ? 1 : -1;
    const order = sign * compareKeys(one, other);
    if (order !== 0) return order;
  }
  return 0;
}
