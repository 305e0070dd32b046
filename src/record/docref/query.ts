/** The search behind `$docref`: the documents of a patient that stand, newest first. https://hl7.org/fhir/uv/ipa/STU1/OperationDefinition-docref.html */
import type { Definitions } from '../../fhir/definitions.ts';
import { refusal } from '../../fhir/outcome.ts';
import { allOf, anyOf, type Condition } from '../../search/condition.ts';
import { parseSearch } from '../../search/parse.ts';
import type { ParseOptions } from '../../search/parse-context.ts';
import { parseParameter } from '../../search/parse-parameter.ts';
import type { Query } from '../../search/query.ts';
import { dateInterval, zoneOf } from '../../search/types/date-interval.ts';

export interface DocumentsAsked {
  readonly patientId: string;
  /** Dates of care; any precision. */
  readonly start?: string;
  readonly end?: string;
  /** Tokens; [] = all. */
  readonly types: readonly string[];
  /** Canonicals that the format of the content names; [] = any. */
  readonly profiles: readonly string[];
  readonly after?: string;
}

type Pairs = (readonly [name: string, value: string])[];

function checkPeriod({ start, end }: DocumentsAsked, options: ParseOptions): void {
  const [from, to] = (['start', 'end'] as const).map((name) => {
    const value = name === 'start' ? start : end;
    const interval = value === undefined ? undefined : dateInterval(value, zoneOf(options.timeZone));
    if (value !== undefined && interval === undefined)
      throw refusal('value', `${name} is a date or a time, such as 2026-01-31, not "${value.slice(0, 40)}".`, { expression: name });
    return interval;
  });
  if (from && to && from.low >= to.high) throw refusal('value', 'start lies behind end: no care is in between.', { expression: 'start' });
}

/** "The date range relates to care dates": `context.period`; of documents that do not tell it, when they were made. */
function careCondition(definitions: Definitions, { start, end }: DocumentsAsked, options: ParseOptions): readonly Condition[] {
  if (start === undefined && end === undefined) return [];
  const of = (name: string, value: string): readonly Condition[] => {
    const condition = parseParameter({ definitions, type: 'DocumentReference', options }, name, value);
    return condition === undefined ? [] : [condition];
  };
  const within = (name: string): readonly Condition[] => [
    ...(start === undefined ? [] : of(name, `ge${start}`)),
    ...(end === undefined ? [] : of(name, `le${end}`)),
  ];
  return [anyOf([allOf(within('period')), allOf([...of('period:missing', 'true'), ...within('date')])])];
}

const escaped = (text: string): string => text.replace(/[\\,$|]/g, '\\$&');

/** With the version and without: a format may name either. */
const formats = (profile: string): readonly string[] => [...new Set([profile, profile.replace(/\|.*$/, '')])].map(escaped);

/** Throws a FhirError (400) for what cannot be asked. */
export function documentsQuery(definitions: Definitions, asked: DocumentsAsked, options: ParseOptions): Query {
  checkPeriod(asked, options);
  const { patientId, start, end, types, profiles, after } = asked;
  const pairs: Pairs = [
    ...[['patient', `Patient/${patientId}`] as const, ['status', 'current'] as const, ['_sort', '-date'] as const],
    ...(types.length === 0 ? [] : [['type', types.join(',')] as const]),
    ...(profiles.length === 0 ? [] : [['format', profiles.flatMap(formats).join(',')] as const]),
    ...(after === undefined ? [] : [['_cursor', after] as const]),
  ];
  const query = parseSearch(definitions, 'DocumentReference', pairs, options);
  // The page link belongs to all that was asked.
  const used = Object.entries({ start, end }).flatMap(([name, value]): Pairs => (value === undefined ? [] : [[name, value]]));
  return {
    ...query,
    conditions: [...query.conditions, ...careCondition(definitions, asked, options)],
    used: [...query.used, ...used],
  };
}
