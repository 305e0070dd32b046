/** Quantities compared and reckoned with, across units. https://hl7.org/fhirpath/N1/#quantity-equality, https://hl7.org/fhirpath/N1/#math-1 */
import { Decimal, decimalKey, equivalentDecimals } from './decimal.ts';
import { Quantity, ucumOf } from './quantity.ts';
import { productUnit, ratio, type Units } from './unit.ts';

/** Days of the calendar in the units that UCUM does not know so. https://hl7.org/fhirpath/#unit-conversions */
const days = { year: Decimal.of(365), month: Decimal.of(30) };

/** How many units of `b` one unit of `a` is; undefined when nobody can tell. */
function unitRatio(a: Quantity, b: Quantity, units: Units): Decimal | undefined {
  const [ofA, ofB] = [a.calendar, b.calendar];
  const isLong = ofA === 'year' || ofA === 'month' || ofB === 'year' || ofB === 'month';
  if (!isLong) return ratio(units, ucumUnit(a), ucumUnit(b));
  // A year or month of the calendar is not the mean one of UCUM: N1/#time-valued-quantities.
  if (ofA === undefined || ofB === undefined) return undefined;
  if (ofA === ofB) return Decimal.of(1);
  if (ofA === 'year' && ofB === 'month') return Decimal.of(12);
  if (ofA === 'month' && ofB === 'year') return Decimal.of(1).over(Decimal.of(12));
  return inDays(a, units)?.over(inDays(b, units) ?? Decimal.of(0));
}

function inDays({ calendar, unit }: Quantity, units: Units): Decimal | undefined {
  if (calendar === 'year' || calendar === 'month') return days[calendar];
  return ratio(units, calendar === undefined ? unit : (ucumOf[calendar] ?? unit), 'd');
}

const ucumUnit = ({ calendar, unit }: Quantity): string => (calendar === undefined ? unit : (ucumOf[calendar] ?? unit));

/** Below, equal or above zero; undefined when the units measure different things. */
export function compareQuantities(a: Quantity, b: Quantity, units: Units): number | undefined {
  const factor = unitRatio(a, b, units);
  if (factor === undefined) return undefined;
  // Multiplied by whichever factor has an end, so that nothing is rounded.
  const back = factor.places > 12 ? unitRatio(b, a, units) : undefined;
  return back === undefined ? a.value.times(factor).compare(b.value) : a.value.compare(b.value.times(back));
}

/** A year and a month of the calendar are equivalent to the mean ones. */
const meant = (quantity: Quantity): Quantity => {
  const code = quantity.calendar === 'year' ? 'a' : quantity.calendar === 'month' ? 'mo' : undefined;
  return code === undefined ? quantity : new Quantity(quantity.value, code, undefined);
};

/** SHALL: rounded to the less precise one, in the coarser unit — N1/#quantity-equivalence. */
export function equivalentQuantities(a: Quantity, b: Quantity, units: Units): boolean | undefined {
  const isMixed = (a.calendar === undefined) !== (b.calendar === undefined);
  const [x, y] = isMixed ? [meant(a), meant(b)] : [a, b];
  const factor = unitRatio(x, y, units);
  if (factor === undefined) return undefined;
  if (factor.compare(Decimal.of(1)) <= 0) return equivalentDecimals(x.value.times(factor), y.value);
  const back = unitRatio(y, x, units);
  return back === undefined ? undefined : equivalentDecimals(x.value, y.value.times(back));
}

/** In the unit of the left one; undefined when the units measure different things. */
export function addQuantities(a: Quantity, b: Quantity, sign: 1 | -1, units: Units): Quantity | undefined {
  const factor = unitRatio(b, a, units);
  if (factor === undefined) return undefined;
  const other = b.value.times(factor);
  return a.with(sign === 1 ? a.value.plus(other) : a.value.minus(other));
}

/** Durations of the calendar can only be multiplied and divided by numbers. */
export function multiplyQuantities(a: Quantity, b: Quantity): Quantity | undefined {
  const value = a.value.times(b.value);
  if (b.unit === '1') return a.with(value);
  if (a.unit === '1') return b.with(value);
  if (a.calendar !== undefined || b.calendar !== undefined) return undefined;
  return Quantity.of(value, productUnit(a.unit, b.unit, 1));
}

export function divideQuantities(a: Quantity, b: Quantity): Quantity | undefined {
  const value = a.value.over(b.value);
  if (value === undefined) return undefined;
  if (b.unit === '1') return a.with(value);
  if (a.calendar !== undefined || b.calendar !== undefined) return undefined;
  return Quantity.of(value, productUnit(a.unit, b.unit, -1));
}

/** Same for quantities that are equal, and for no others. */
export function quantityKey(quantity: Quantity, units: Units): string {
  const { value, calendar } = quantity;
  if (calendar === 'year') return `month ${decimalKey(value.times(Decimal.of(12)))}`;
  if (calendar === 'month') return `month ${decimalKey(value)}`;
  const canonical = units.canonical(ucumUnit(quantity));
  const factor = canonical === undefined ? undefined : Decimal.parse(canonical.factor);
  if (canonical === undefined || factor === undefined) return `${ucumUnit(quantity)} ${decimalKey(value)}`;
  return `${canonical.unit} ${decimalKey(value.times(factor))}`;
}

/** SHALL: a number without unit takes the unit, everything else is converted — hl7.org/fhirpath/#toquantity */
export function convertTo(quantity: Quantity, unit: string, units: Units): Quantity | undefined {
  const target = Quantity.of(Decimal.of(1), unit);
  if (quantity.unit === '1') return new Quantity(quantity.value, target.unit, target.calendar);
  const factor = unitRatio(quantity, target, units) ?? unitRatio(meant(quantity), meant(target), units);
  return factor === undefined ? undefined : target.with(Decimal.from(quantity.value.times(factor).big));
}
