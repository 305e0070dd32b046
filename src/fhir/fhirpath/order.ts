/** `<`, `<=`, `>`, `>=`. https://hl7.org/fhirpath/N1/#comparison */
import { booleanOf, type Compiled } from './compiled.ts';
import { systemValue } from './convert.ts';
import { Decimal } from './decimal.ts';
import { asQuantity } from './equality.ts';
import { fault } from './fault.ts';
import { type SystemValue, typeOfSystemValue } from './item.ts';
import { Quantity } from './quantity.ts';
import { compareQuantities } from './quantity-operation.ts';
import { type Asker, onlyItem } from './single.ts';
import type { Binary } from './syntax.ts';
import { Temporal } from './temporal.ts';
import { compareTemporals } from './temporal-compare.ts';
import type { SystemName, Type } from './type.ts';

/** Values of one family can be compared. */
const families: Readonly<Record<SystemName, string | undefined>> = {
  String: 'string',
  Integer: 'number',
  Decimal: 'number',
  Quantity: 'number',
  Date: 'moment',
  DateTime: 'moment',
  Time: 'time',
  Boolean: undefined,
};

const familyOf = ({ system }: Type): string | undefined => (system === undefined ? undefined : families[system]);

/** The order of strings by their Unicode values. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return surrogateLast(x) - surrogateLast(y);
  }
  return a.length - b.length;
}

/** Halves of characters beyond the first 65536 come after all others. */
const surrogateLast = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

/** Below, equal or above zero; undefined when unknown; `types` when the two are not of one family. */
export function compareValues(a: SystemValue, b: SystemValue): number | undefined | 'types' {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (a instanceof Temporal && b instanceof Temporal) return (a.kind === 'time') === (b.kind === 'time') ? compareTemporals(a, b) : 'types';
  const family = familyOf(typeOfSystemValue(a));
  if (family === undefined || family !== familyOf(typeOfSystemValue(b))) return 'types';
  if (a instanceof Quantity || b instanceof Quantity) return compareQuantities(asQuantity(a) as Quantity, asQuantity(b) as Quantity);
  return asDecimal(a).compare(asDecimal(b));
}

const asDecimal = (value: SystemValue): Decimal => (value instanceof Decimal ? value : Decimal.of(value as number));

const accepts: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** SHALL: values of different types cannot be compared — N1/#comparison */
function checkFamilies(left: Compiled, right: Compiled, asker: Asker): void {
  if (left.types === undefined || right.types === undefined || left.types.length === 0 || right.types.length === 0) return;
  const [a, b] = [left.types.map(familyOf), right.types.map(familyOf)];
  if (!a.some((family) => family !== undefined && b.includes(family))) throw differ(left.types[0], right.types[0], asker);
}

const differ = (a: Type | undefined, b: Type | undefined, { name, span }: Asker, kind: 'semantic' | 'execution' = 'semantic'): Error =>
  fault(kind, span, `${name} compares two numbers, quantities, strings, dates or times, not ${a ?? 'one value'} with ${b ?? 'another'}.`);

export function compileOrder(expression: Binary, left: Compiled, right: Compiled): Compiled {
  const asker = { name: expression.operator, span: expression };
  checkFamilies(left, right, asker);
  const [a, b] = [onlyItem(left, asker), onlyItem(right, asker)];
  const accept = accepts[expression.operator] as (order: number) => boolean;
  const [rawA, rawB] = [left.raw, right.raw];
  return booleanOf(
    (self, run) => {
      const x = a(self, run);
      const y = x === undefined ? undefined : b(self, run);
      if (x === undefined || y === undefined) return undefined;
      const [valueX, valueY] = [systemValue(x, rawA), systemValue(y, rawB)];
      if (valueX === undefined || valueY === undefined) return undefined;
      const order = compareValues(valueX, valueY);
      if (order === 'types') throw differ(typeOfSystemValue(valueX), typeOfSystemValue(valueY), asker, 'execution');
      return order === undefined ? undefined : accept(order);
    },
    left.fixed === true && right.fixed === true,
  );
}
