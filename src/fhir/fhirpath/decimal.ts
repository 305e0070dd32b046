/**
 * Exact decimals that know how many digits they were written with: `1.50` has two decimal places.
 * https://hl7.org/fhirpath/N1/#decimal, https://hl7.org/fhir/R4/datatypes.html#decimal
 */
import { Decimal as Exact } from 'decimal.js';
import { type Rational, rationalOf } from '../rational.ts';

/** More digits than any FHIR decimal has; halves are rounded away from zero. */
const Big = Exact.clone({ precision: 60, rounding: Exact.ROUND_HALF_UP, toExpNeg: -400, toExpPos: 400 });
type Big = Exact;

const written = /^[+-]?\d{1,400}(?:\.(\d{1,400}))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Decimal places that a product keeps. */
const longestScale = 60;

/** Decimal places of a quotient, a root or a logarithm that has no end. */
const endless = 16;

export class Decimal {
  readonly big: Big;
  /** Decimal places that the text had, or that the arithmetic leaves. */
  readonly scale: number;

  constructor(big: Big, scale: number) {
    // There is one zero.
    this.big = big.isZero() ? big.abs() : big;
    this.scale = scale;
  }

  /** Undefined when the text is no number, or one out of all bounds. */
  static parse(text: string): Decimal | undefined {
    const found = written.exec(text);
    if (found === null) return undefined;
    return new Decimal(new Big(text), Math.max(0, (found[1]?.length ?? 0) - Number(found[2] ?? 0)));
  }

  /** Of a finite number. */
  static of(value: number): Decimal {
    return Decimal.from(new Big(value));
  }

  /** As many decimal places as the value has. */
  static from(big: Big): Decimal {
    return new Decimal(big, big.decimalPlaces());
  }

  /** A result that may go on for ever. */
  static rounded(big: Big): Decimal | undefined {
    if (!big.isFinite()) return undefined;
    const short =
      big.decimalPlaces() <= endless ? big : big.abs().lt(1e-3) ? big.toSignificantDigits(endless) : big.toDecimalPlaces(endless);
    return Decimal.from(short);
  }

  plus(other: Decimal): Decimal {
    return new Decimal(this.big.plus(other.big), Math.max(this.scale, other.scale));
  }

  minus(other: Decimal): Decimal {
    return new Decimal(this.big.minus(other.big), Math.max(this.scale, other.scale));
  }

  times(other: Decimal): Decimal {
    const scale = this.scale + other.scale;
    const product = this.big.times(other.big);
    return scale <= longestScale ? new Decimal(product, scale) : new Decimal(product.toDecimalPlaces(longestScale), longestScale);
  }

  /** The fraction, rounded where it has no end. */
  static ofRational({ numerator, denominator }: Rational): Decimal {
    return Decimal.rounded(new Big(String(numerator)).div(String(denominator))) as Decimal;
  }

  toRational(): Rational {
    return rationalOf(this.big.toFixed()) as Rational;
  }

  /** Undefined when divided by zero. */
  over(other: Decimal): Decimal | undefined {
    return other.big.isZero() ? undefined : Decimal.rounded(this.big.div(other.big));
  }

  negated(): Decimal {
    return new Decimal(this.big.negated(), this.scale);
  }

  compare(other: Decimal): number {
    return this.big.comparedTo(other.big);
  }

  /** To that many decimal places; halves away from zero unless told otherwise. */
  rounded(places: number, mode: 'half' | 'down' | 'up' = 'half'): Decimal {
    const rounding = mode === 'half' ? Exact.ROUND_HALF_UP : mode === 'down' ? Exact.ROUND_FLOOR : Exact.ROUND_CEIL;
    return new Decimal(this.big.toDecimalPlaces(places, rounding), places);
  }

  /** Decimal places without trailing zeros. */
  get places(): number {
    return this.big.decimalPlaces();
  }

  /** Half of its last decimal place: the value may be off by so much. */
  get half(): Decimal {
    return new Decimal(new Big(10).pow(-this.scale).div(2), this.scale + 1);
  }

  toNumber(): number {
    return this.big.toNumber();
  }

  toString(): string {
    return this.big.abs().lt('1e400') && this.scale <= 400 ? this.big.toFixed(this.scale) : this.big.toString();
  }
}

/** SHALL: values are rounded to the precision of the less precise one — N1/#equivalent. */
export function equivalentDecimals(a: Decimal, b: Decimal): boolean {
  const places = Math.min(a.places, b.places);
  return a.rounded(places).compare(b.rounded(places)) === 0;
}

/** Same for equal values, however they are written. */
export const decimalKey = ({ big }: Decimal): string => (big.isZero() ? '0' : big.toString());
