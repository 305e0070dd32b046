/** Quantities compared and reckoned with, across units. https://hl7.org/fhirpath/N1/#quantity-equality, https://hl7.org/fhirpath/N1/#math-1 */
import { inverse, one, type Rational, reduced, times } from '../rational.ts';
import { Decimal, decimalKey, equivalentDecimals } from './decimal.ts';
import { Quantity, ucumOf } from './quantity.ts';
import { plainUnit, productUnit, ratio } from './unit.ts';

const whole = (numerator: bigint): Rational => ({ numerator, denominator: 1n });

/** Days of the calendar in the units that UCUM does not know so. https://hl7.org/fhirpath/#unit-conversions */
const days = { year: whole(365n), month: whole(30n) };

const monthsOfYear = whole(12n);

const ucumUnit = ({ calendar, unit }: Quantity): string => (calendar === undefined ? unit : (ucumOf[calendar] ?? unit));

/** How many units of `b` one unit of `a` is; undefined when nobody can tell. */
function unitRatio(a: Quantity, b: Quantity): Rational | undefined {
  if (a.foreign !== undefined || b.foreign !== undefined) return a.foreign === b.foreign ? one : undefined;
  const [ofA, ofB] = [a.calendar, b.calendar];
  const isLong = ofA === 'year' || ofA === 'month' || ofB === 'year' || ofB === 'month';
  if (!isLong) return ratio(ucumUnit(a), ucumUnit(b));
  // SHALL: a year or month of the calendar is not the mean one of UCUM — N1/#time-valued-quantities
  if (ofA === undefined || ofB === undefined) return undefined;
  if (ofA === ofB) return one;
  if (ofA === 'year' && ofB === 'month') return monthsOfYear;
  if (ofA === 'month' && ofB === 'year') return inverse(monthsOfYear);
  const [daysOfA, daysOfB] = [inDays(a), inDays(b)];
  return daysOfA === undefined || daysOfB === undefined ? undefined : times(daysOfA, inverse(daysOfB));
}

function inDays(quantity: Quantity): Rational | undefined {
  const { calendar } = quantity;
  return calendar === 'year' || calendar === 'month' ? days[calendar] : ratio(ucumUnit(quantity), 'd');
}

/** Below, equal or above zero; undefined when the units measure different things. */
export function compareQuantities(a: Quantity, b: Quantity): number | undefined {
  const factor = unitRatio(a, b);
  if (factor === undefined) return undefined;
  if (factor === one) return a.value.compare(b.value);
  const [x, y] = [times(a.value.toRational(), factor), b.value.toRational()];
  const [left, right] = [x.numerator * y.denominator, y.numerator * x.denominator];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A year and a month of the calendar are equivalent to the mean ones. */
function meant(quantity: Quantity): Quantity {
  const code = quantity.calendar === 'year' ? 'a' : quantity.calendar === 'month' ? 'mo' : undefined;
  return code === undefined ? quantity : new Quantity(quantity.value, code);
}

const inUnits = ({ value }: Quantity, factor: Rational): Decimal => Decimal.ofRational(times(value.toRational(), factor));

/** SHALL: rounded to the less precise one, in the coarser unit — N1/#quantity-equivalence */
export function equivalentQuantities(a: Quantity, b: Quantity): boolean | undefined {
  const isMixed = (a.calendar === undefined) !== (b.calendar === undefined);
  const [x, y] = isMixed ? [meant(a), meant(b)] : [a, b];
  const factor = unitRatio(x, y);
  if (factor === undefined) return undefined;
  if (factor.numerator <= factor.denominator) return equivalentDecimals(inUnits(x, factor), y.value);
  return equivalentDecimals(x.value, inUnits(y, inverse(factor)));
}

const hasLength = ({ calendar }: Quantity): boolean => calendar !== 'year' && calendar !== 'month';

/**
 * In the unit of the left one; undefined when the units measure different things.
 * SHALL: years and months are added to their like only — hl7.org/fhirpath/#-addition
 */
export function addQuantities(a: Quantity, b: Quantity, sign: 1 | -1): Quantity | undefined {
  const factor = a.calendar === b.calendar || (hasLength(a) && hasLength(b)) ? unitRatio(b, a) : undefined;
  if (factor === undefined) return undefined;
  const other = factor === one ? b.value : inUnits(b, factor);
  return a.with(sign === 1 ? a.value.plus(other) : a.value.minus(other));
}

const isUcum = ({ calendar, foreign }: Quantity): boolean => calendar === undefined && foreign === undefined;

/** Durations of the calendar and units that UCUM does not know can only be multiplied and divided by numbers. */
export function multiplyQuantities(a: Quantity, b: Quantity): Quantity | undefined {
  const value = a.value.times(b.value);
  if (b.unit === '1') return a.with(value);
  if (a.unit === '1') return b.with(value);
  return isUcum(a) && isUcum(b) ? Quantity.of(value, productUnit(a.unit, b.unit, 1)) : undefined;
}

export function divideQuantities(a: Quantity, b: Quantity): Quantity | undefined {
  const value = a.value.over(b.value);
  if (value === undefined) return undefined;
  if (b.unit === '1') return a.with(value);
  return isUcum(a) && isUcum(b) ? Quantity.of(value, productUnit(a.unit, b.unit, -1)) : undefined;
}

/** SHALL: a number without unit takes the unit, everything else is converted — hl7.org/fhirpath/#toquantity */
export function convertTo(quantity: Quantity, unit: string): Quantity | undefined {
  const target = Quantity.of(Decimal.of(1), unit);
  if (quantity.unit === '1') return target.with(quantity.value);
  const factor = unitRatio(quantity, target) ?? unitRatio(meant(quantity), meant(target));
  return factor === undefined ? undefined : target.with(inUnits(quantity, factor));
}

/** Same for quantities that are equal, and for no others. */
export function quantityKey(quantity: Quantity): string {
  const { value, calendar, foreign } = quantity;
  if (foreign !== undefined) return `${foreign} ${decimalKey(value)}`;
  if (calendar === 'year') return `month ${decimalKey(value.times(Decimal.of(12)))}`;
  if (calendar === 'month') return `month ${decimalKey(value)}`;
  const code = ucumUnit(quantity);
  const unit = plainUnit(code);
  if (unit === undefined) return `${code} ${decimalKey(value)}`;
  const { numerator, denominator } = reduced(times(value.toRational(), unit.scale));
  return `${unit.unit} ${denominator === 1n ? numerator : `${numerator}/${denominator}`}`;
}
