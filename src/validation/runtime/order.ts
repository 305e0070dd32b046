/** The order of two dates, as FHIRPath has it; most pairs are written alike and compare as texts. https://hl7.org/fhirpath/N1/#comparison */
import type { TemporalKind } from '../../fhir/fhirpath/temporal.ts';
import { compareTemporals } from '../../fhir/fhirpath/temporal-compare.ts';
import { parseTemporal } from '../../fhir/fhirpath/temporal-parse.ts';

/** `2024-01-02T03:04:05` */
const clock = 19;

/** Of the same length, and in the same zone. */
const areAlike = (a: string, b: string): boolean =>
  a.length === b.length &&
  (a.length <= 10 || (a.length > clock && a.slice(clock) === b.slice(clock)) || (a.endsWith('Z') && b.endsWith('Z')));

const kindOf = (type: string): TemporalKind => (type === 'date' ? 'date' : 'dateTime');

/** Below, equal or above zero; NaN when it is unknown. */
export function order(a: unknown, b: unknown, typeA: string, typeB: string): number {
  if (typeof a !== 'string' || typeof b !== 'string') return Number.NaN;
  if (areAlike(a, b)) return a < b ? -1 : a > b ? 1 : 0;
  const [x, y] = [parseTemporal(kindOf(typeA), a), parseTemporal(kindOf(typeB), b)];
  return (x === undefined || y === undefined ? undefined : compareTemporals(x, y)) ?? Number.NaN;
}
