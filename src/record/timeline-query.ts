/** The search behind a timeline: clinical events in the compartment of a patient, newest first. https://hl7.org/fhir/R4/compartmentdefinition-patient.html */
import type { Definitions } from '../fhir/definitions.ts';
import { refusal } from '../fhir/outcome.ts';
import type { Condition } from '../search/condition.ts';
import { always, never } from '../search/condition.ts';
import { mergeTypes } from '../search/merge-types.ts';
import { parseSearch } from '../search/parse.ts';
import type { ParseOptions } from '../search/parse-context.ts';
import { parseParameter } from '../search/parse-parameter.ts';
import type { Query } from '../search/query.ts';
import { compartmentScope } from '../search/scope.ts';
import { dateInterval, zoneOf } from '../search/types/date-interval.ts';
import { intervalTest } from '../search/types/prefix.ts';
import { eventTypes } from './event.ts';

export interface TimelineOptions {
  readonly patient: string;
  /** [] = all events. */
  readonly types: readonly string[];
  /** Tokens, any of them. */
  readonly category?: string;
  readonly start?: string;
  readonly end?: string;
  readonly count: number;
  readonly after?: string;
}

type Pairs = [name: string, value: string][];

/** Types that can be events of a patient here. */
export const timelineTypes = (definitions: Definitions): readonly string[] => {
  const members = definitions.compartment('Patient');
  return eventTypes.filter((type) => definitions.isResourceType(type) && members.has(type));
};

function typesOf(definitions: Definitions, asked: readonly string[]): readonly string[] {
  const known = timelineTypes(definitions);
  const wrong = asked.find((type) => !known.includes(type));
  if (wrong !== undefined)
    throw refusal('value', `_type lists types of clinical events: "${wrong.slice(0, 64)}" is none. They are ${known.join(', ')}.`, {
      expression: '_type',
    });
  return asked.length === 0 ? known : asked;
}

function periodOf(name: 'start' | 'end', value: string, options: ParseOptions): Condition {
  const interval = dateInterval(value, zoneOf(options.timeZone));
  if (interval === undefined)
    throw refusal('value', `${name} is a date, such as 2026-01-31, not "${value.slice(0, 40)}".`, { expression: name });
  return { kind: 'date', test: intervalTest(name === 'start' ? 'ge' : 'le', interval.low, interval.high) };
}

/** A compartment also holds what a patient did or said of others, which are no events of their own. */
function ownOf(definitions: Definitions, types: readonly string[], patient: string, options: ParseOptions): Condition {
  const conditionOf = (type: string): Condition => {
    const parameter = ['patient', 'subject'].find((code) => definitions.searchParameters(type).has(code));
    return (parameter && parseParameter({ definitions, type, options }, parameter, `Patient/${patient}`)) || always;
  };
  return mergeTypes(types.map((type) => ({ type, condition: conditionOf(type) })));
}

/** Types without a category have none of it. */
function categoryOf(definitions: Definitions, types: readonly string[], value: string, options: ParseOptions): Condition {
  return mergeTypes(types.map((type) => ({ type, condition: parseParameter({ definitions, type, options }, 'category', value) ?? never })));
}

/** Throws a FhirError (400) for what cannot be asked. */
export function timelineQuery(definitions: Definitions, asked: TimelineOptions, options: ParseOptions): Query {
  const { patient, category, start, end, count, after } = asked;
  const types = typesOf(definitions, asked.types);
  const pairs: Pairs = [
    ['_type', types.join(',')],
    ['_count', String(count)],
  ];
  if (after !== undefined) pairs.push(['_cursor', after]);
  const query = parseSearch(definitions, compartmentScope(definitions, 'Patient', patient, '*'), pairs, options);
  const more: readonly (Condition | undefined)[] = [
    ownOf(definitions, types, patient, options),
    start === undefined ? undefined : periodOf('start', start, options),
    end === undefined ? undefined : periodOf('end', end, options),
    category === undefined ? undefined : categoryOf(definitions, types, category, options),
  ];
  // The page link belongs to all that was asked.
  const used = Object.entries({ category, start, end }).flatMap(([name, value]): Pairs => (value === undefined ? [] : [[name, value]]));
  return {
    ...query,
    conditions: [...query.conditions, ...more.filter((condition) => condition !== undefined)],
    used: [...query.used, ...used],
  };
}
