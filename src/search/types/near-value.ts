/** Values of `near`: `latitude|longitude|distance|units`. https://hl7.org/fhir/R4/location.html#positional */
import { rationalOf } from '../../fhir/rational.ts';
import { canonicalUnit } from '../../fhir/ucum.ts';
import { anyOf } from '../condition.ts';
import { splitUnescaped, unescaped } from '../escape.ts';
import type { Cap } from '../sphere.ts';
import { keysOf, type ReadValues, refuseValue, type Searched } from './value.ts';

const forms =
  'it is latitude|longitude|distance|units: degrees from -90 to 90 and from -180 to 180, then, if wanted, a distance and its unit in UCUM, such as 48.21|16.37|5|km';

/** "If the distance is omitted, then the server can use its own discretion as to what distances should be considered near." */
const usualDistance = '50';
/** "If the units are omitted, then kms should be assumed." */
const usualUnit = 'km';

const decimal = /^[+-]?\d{1,20}(?:\.\d{1,40})?(?:[eE][+-]?\d{1,2})?$/;

function metres(distance: string, unit: string): number | undefined {
  const length = canonicalUnit(unit);
  const value = decimal.test(distance) ? rationalOf(distance) : undefined;
  if (length?.unit !== 'm' || !value || value.numerator < 0n) return undefined;
  return length.toCanonical(value);
}

function degree(text: string, most: number): number | undefined {
  const value = Number(text);
  return decimal.test(text) && Math.abs(value) <= most ? value : undefined;
}

function capOf(searched: Searched, value: string): Cap {
  const parts = splitUnescaped(value, '|').map((part) => unescaped(part).trim());
  const [first = '', second = '', distance = '', unit = ''] = parts;
  const [latitude, longitude] = [degree(first, 90), degree(second, 180)];
  // Units are irrelevant where there is no distance.
  const far = distance === '' ? metres(usualDistance, usualUnit) : metres(distance, unit === '' ? usualUnit : unit);
  if (parts.length > 4 || latitude === undefined || longitude === undefined || far === undefined) throw refuseValue(searched, value, forms);
  return { center: { latitude, longitude }, distance: far };
}

export const nearValues: ReadValues = (searched, _modifier, values) =>
  anyOf(values.map((value) => ({ kind: 'near', keys: keysOf(searched), cap: capOf(searched, value) })));
