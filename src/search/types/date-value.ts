/** Values of date parameters: a prefix and a date of any precision. https://hl7.org/fhir/R4/search.html#date */
import { anyOf, type IntervalTest } from '../condition.ts';
import { unescaped } from '../escape.ts';
import { dateInterval } from './date-interval.ts';
import { intervalTest, prefixes, splitPrefix } from './prefix.ts';
import { keysOf, type ReadValues, refuseValue, type Searched } from './value.ts';

const forms = `a date is YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm[:ss[.sss]][Z|±hh:mm], with one of the prefixes ${prefixes.join(', ')} or none`;

/** `ap` widens the interval by a tenth of its distance from now. */
const approximation = 0.1;

/** Some moment of the value is one of the stored interval. */
export function overlapTest(searched: Searched, value: string): IntervalTest {
  const interval = dateInterval(unescaped(value), searched.zone);
  if (!interval) throw refuseValue(searched, value, forms);
  return intervalTest('ap', interval.low, interval.high);
}

export function dateTest(searched: Searched, value: string): IntervalTest {
  const split = splitPrefix(unescaped(value));
  // A plus sign that was not escaped in the URL arrives as a blank.
  const interval = split && dateInterval(split.rest.replace(/ (?=\d\d:\d\d$)/, '+'), searched.zone);
  if (!interval) throw refuseValue(searched, value, forms);
  const { low, high } = interval;
  if (split.prefix !== 'ap') return intervalTest(split.prefix, low, high);
  const margin = approximation * Math.abs(searched.now - (low + high) / 2);
  return intervalTest('ap', Math.floor(low - margin), Math.ceil(high + margin));
}

export const dateValues: ReadValues = (searched, _modifier, values) =>
  anyOf(
    values.map((value) => {
      const test = dateTest(searched, value);
      return searched.indexing.primaryDate ? { kind: 'date', test } : { kind: 'number', keys: keysOf(searched), test };
    }),
  );
