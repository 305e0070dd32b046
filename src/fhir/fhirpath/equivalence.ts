/**
 * `~`: the same to a reader. https://hl7.org/fhirpath/N1/#equivalent; of FHIR: https://hl7.org/fhir/R4/fhirpath.html#changes
 */
import type { JsonObject } from '../resource.ts';
import { systemValue } from './convert.ts';
import { Decimal, equivalentDecimals } from './decimal.ts';
import { asQuantity, namesIn } from './equality.ts';
import { bodyOf, type Item, type Items, type SystemValue, typeOf } from './item.ts';
import { Quantity } from './quantity.ts';
import { equivalentQuantities } from './quantity-operation.ts';
import { readerOf } from './read.ts';
import { Temporal } from './temporal.ts';
import { compareTemporals } from './temporal-compare.ts';
import type { Type, Types } from './type.ts';

/** SHALL: case and kinds of whitespace do not matter — N1/#string-equivalence */
const plain = (text: string): string => text.toLowerCase().replace(/\s/g, ' ');

function equivalentValues(a: SystemValue, b: SystemValue): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a === b || plain(a) === plain(b);
  if (typeof a !== 'object' && typeof b !== 'object') return a === b;
  if (a instanceof Temporal || b instanceof Temporal) return equivalentMoments(a, b);
  if (a instanceof Quantity || b instanceof Quantity) {
    const [x, y] = [asQuantity(a), asQuantity(b)];
    return x !== undefined && y !== undefined && equivalentQuantities(x, y) === true;
  }
  const [x, y] = [asDecimal(a), asDecimal(b)];
  return x !== undefined && y !== undefined && equivalentDecimals(x, y);
}

const asDecimal = (value: SystemValue): Decimal | undefined =>
  typeof value === 'number' ? Decimal.of(value) : value instanceof Decimal ? value : undefined;

function equivalentMoments(a: SystemValue, b: SystemValue): boolean {
  if (!(a instanceof Temporal && b instanceof Temporal)) return false;
  return (a.kind === 'time') === (b.kind === 'time') && compareTemporals(a, b) === 0;
}

function equivalentItems(a: Item, rawA: Type | undefined, b: Item, rawB: Type | undefined, types: Types): boolean {
  if (a === b && rawA === rawB) return true;
  const [x, y] = [systemValue(a, rawA), systemValue(b, rawB)];
  if (x !== undefined && y !== undefined) return equivalentValues(x, y);
  if (x !== undefined || y !== undefined) return false;
  const type = typeOf(a, rawA, types);
  if (type !== typeOf(b, rawB, types)) return false;
  return equivalentBodies(bodyOf(a), bodyOf(b), type, types);
}

function equivalentBodies(a: JsonObject | undefined, b: JsonObject | undefined, type: Type, types: Types): boolean {
  if (a === undefined || b === undefined) return a === b;
  const same = (name: string) => equivalentMembers(a, b, type, name, types);
  // SHALL: a Coding is its system and code — fhirpath.html#changes
  if (type.name === 'Coding') return same('system') && same('code');
  // SHALL: concepts are equivalent when they share a coding — fhirpath.html#changes
  if (type.name === 'CodeableConcept') return shareCoding(a, b, type, types);
  // SHALL: ids do not matter — fhirpath.html#changes
  return [...namesIn(a, b, type)].every((name) => name === 'id' || same(name));
}

function equivalentMembers(a: JsonObject, b: JsonObject, type: Type, name: string, types: Types): boolean {
  const member = type.members.get(name);
  if (member === undefined) return true;
  const { raw, many } = readerOf(member);
  return equivalentLists(many(a), raw, many(b), raw, types, () => {});
}

function shareCoding(a: JsonObject, b: JsonObject, type: Type, types: Types): boolean {
  const member = type.members.get('coding');
  if (member === undefined) return false;
  const { raw, many } = readerOf(member);
  return many(a).some((one) => many(b).some((other) => equivalentItems(one, raw, other, raw, types)));
}

/** SHALL: order does not matter — N1/#equivalent. `spend` is told how many pairs are looked at. */
export function equivalentLists(
  a: Items,
  rawA: Type | undefined,
  b: Items,
  rawB: Type | undefined,
  types: Types,
  spend: (pairs: number) => void,
): boolean {
  if (a.length !== b.length) return false;
  const left = [...b];
  return a.every((item) => {
    spend(left.length);
    const found = left.findIndex((other) => equivalentItems(item, rawA, other, rawB, types));
    if (found >= 0) left.splice(found, 1);
    return found >= 0;
  });
}
