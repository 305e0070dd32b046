/** Values of literals. https://hl7.org/fhirpath/N1/#literals */
import { Decimal } from './decimal.ts';
import { fault, type Span } from './fault.ts';
import { Quantity } from './quantity.ts';
import { type Temporal } from './temporal.ts';
import { parseTemporal } from './temporal-parse.ts';

/** Of a positive integer; the negative ones go one further. */
export const largestInteger = 2_147_483_647;

export function numberLiteral(digits: string, span: Span): number | Decimal {
  if (digits.includes('.')) return Decimal.parse(digits) as Decimal;
  const value = Number(digits);
  const isNegated = span.text.charAt(span.start - 1) === '-';
  if (value <= (isNegated ? largestInteger + 1 : largestInteger)) return value;
  throw fault('semantic', span, `An integer is at most ${largestInteger}: write ${digits}.0 for a decimal.`);
}

export const quantityLiteral = (digits: string, unit: string, isWord: boolean): Quantity =>
  isWord ? Quantity.calendar(Decimal.parse(digits) as Decimal, unit) : Quantity.of(Decimal.parse(digits) as Decimal, unit);

export function temporalLiteral(kind: 'date' | 'dateTime' | 'time', text: string, span: Span): Temporal {
  const value = parseTemporal(kind, text);
  if (value === undefined)
    throw fault('semantic', span, 'There is no such date or time: the calendar has no such day, or the clock no such hour.');
  return value;
}
