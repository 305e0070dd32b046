/** The order of answers: numbers, dates, times, quantities. https://hl7.org/fhir/R4/codesystem-questionnaire-enable-operator.html */
import { isObject, type JsonObject } from '../../../fhir/resource.ts';
import { canonicalUnit, ucumSystem } from '../../../fhir/ucum.ts';

/** Below zero, zero, above; undefined when one cannot tell. */
export function compareValues(a: unknown, b: unknown): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  if (isObject(a) && isObject(b)) return compareQuantities(a, b);
  return undefined;
}

const hasTime = /T\d\d:\d\d/;

/** Dates and times; of unequal precision only as far as both go. */
function compareTexts(a: string, b: string): number | undefined {
  if (hasTime.test(a) && hasTime.test(b)) {
    const difference = Date.parse(a) - Date.parse(b);
    return Number.isNaN(difference) ? undefined : difference;
  }
  const [left, right] = [a.split('T')[0] ?? '', b.split('T')[0] ?? ''];
  const length = Math.min(left.length, right.length);
  const [x, y] = [left.slice(0, length), right.slice(0, length)];
  if (x !== y) return x < y ? -1 : 1;
  return a.length === b.length ? 0 : undefined;
}

function compareQuantities(a: JsonObject, b: JsonObject): number | undefined {
  const [x, y] = [a['value'], b['value']];
  if (typeof x !== 'number' || typeof y !== 'number') return undefined;
  if (!hasCode(a) || !hasCode(b)) return undefined;
  if (a['system'] === b['system'] && a['code'] === b['code']) return x - y;
  if (a['system'] !== ucumSystem || b['system'] !== ucumSystem) return undefined;
  const [left, right] = [canonicalUnit(String(a['code'])), canonicalUnit(String(b['code']))];
  if (left === undefined || left.unit !== right?.unit) return undefined;
  return left.toCanonical(x) - right.toCanonical(y);
}

export const hasCode = (quantity: JsonObject): boolean => quantity['system'] !== undefined && quantity['code'] !== undefined;

/** Whether two answers are the same; Codings by system and code, References by their text. */
export function areSame(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) return a === b || compareValues(a, b) === 0;
  if (a['reference'] !== undefined) return a['reference'] === b['reference'];
  if (a['value'] !== undefined)
    return compareQuantities(a, b) === 0 || (a['value'] === b['value'] && a['unit'] === b['unit'] && a['code'] === b['code']);
  return a['system'] === b['system'] && a['code'] === b['code'] && (a['code'] !== undefined || a['display'] === b['display']);
}
