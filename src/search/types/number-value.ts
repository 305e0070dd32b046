/** Values of number parameters: a prefix and a decimal, whose digits say how precise it is. https://hl7.org/fhir/R4/search.html#number */
import { anyOf, type IntervalTest } from '../condition.ts';
import { unescaped } from '../escape.ts';
import { numberTest, prefixes, splitPrefix } from './prefix.ts';
import { keysOf, type ReadValues, refuseValue, type Searched } from './value.ts';

const decimal = /^[+-]?\d{1,40}(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,3}))?$/;
const forms = `a number is written like 100, -5.40 or 1e-3, with one of the prefixes ${prefixes.join(', ')} or none`;

/** Half of the last digit: 100 means 99.5 to 100.5, 1e2 means 95 to 105. */
function margin(fraction: string | undefined, exponent: string | undefined): number {
  const last = Number(exponent ?? 0) - (fraction?.length ?? 0);
  return Number(`5e${last - (exponent === undefined ? 1 : 2)}`);
}

export function parseNumberTest(searched: Searched, written: string, value = written): IntervalTest {
  const split = splitPrefix(unescaped(written).trim());
  const found = split && decimal.exec(split.rest);
  const number = Number(split?.rest);
  if (!split || !found || !Number.isFinite(number)) throw refuseValue(searched, value, forms);
  const half = margin(found[1], found[2]);
  return numberTest(split.prefix, number, precise(number - half), precise(number + half));
}

/** 5.4 - 0.05 is 5.3500000000000005 in binary: the bounds are meant as decimals. */
const precise = (value: number): number => Number(value.toPrecision(15));

export const numberValues: ReadValues = (searched, _modifier, values) =>
  anyOf(values.map((value) => ({ kind: 'number', keys: keysOf(searched), test: parseNumberTest(searched, value) })));
