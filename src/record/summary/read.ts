/** Small readings of clinical resources that the sections share: words of a concept, when something was, what state it is in. */
import { exactNumber } from '../../fhir/json.ts';
import { isObject, type JsonObject, type Resource } from '../../fhir/resource.ts';

export const objects = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value : [value]).filter(isObject);

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Its text, else the first display, else the first code. */
export function words(concept: unknown): string | undefined {
  if (!isObject(concept)) return undefined;
  const codings = objects(concept['coding']);
  const shown = codings.map((coding) => textOf(coding['display'])).find((text) => text !== undefined);
  return textOf(concept['text']) ?? shown ?? textOf(codings[0]?.['code']);
}

export const hasCode = (concept: unknown, system: string, codes: readonly string[]): boolean =>
  objects(concept)
    .flatMap(({ coding }) => objects(coding))
    .some((coding) => coding['system'] === system && codes.includes(String(coding['code'])));

/** Code of a status that is a concept, whatever its system. */
export const statusCode = (concept: unknown): string | undefined =>
  isObject(concept) ? textOf(objects(concept['coding'])[0]?.['code']) : undefined;

const momentOf = (value: unknown): string | undefined =>
  isObject(value) ? (textOf(value['start']) ?? textOf(value['end'])) : textOf(value);

/** The first of the elements that says when, as it is written. */
export function when(resource: JsonObject, ...elements: readonly string[]): string | undefined {
  return elements.map((element) => momentOf(resource[element])).find((moment) => moment !== undefined);
}

/** For people: a date without its time. */
export const day = (moment: string | undefined): string => moment?.slice(0, 10) ?? '';

export function quantity(value: unknown): string | undefined {
  if (!isObject(value) || value['value'] === undefined) return undefined;
  const unit = textOf(value['unit']) ?? textOf(value['code']) ?? '';
  const number = exactNumber(value, 'value') ?? String(value['value']);
  return [`${textOf(value['comparator']) ?? ''}${number}`, unit].filter((part) => part !== '').join(' ');
}

/** What an Observation or one of its components found. */
export function finding(observed: JsonObject): string | undefined {
  const { valueQuantity, valueCodeableConcept, valueString, valueBoolean, valueInteger, valueDateTime, valueRatio, valueRange } = observed;
  if (typeof valueBoolean === 'boolean') return valueBoolean ? 'yes' : 'no';
  if (isObject(valueRatio)) return `${quantity(valueRatio['numerator']) ?? '?'} / ${quantity(valueRatio['denominator']) ?? '?'}`;
  if (isObject(valueRange)) return `${quantity(valueRange['low']) ?? ''} – ${quantity(valueRange['high']) ?? ''}`;
  const plain = [valueString, valueInteger, valueDateTime].find((value) => value !== undefined);
  return quantity(valueQuantity) ?? words(valueCodeableConcept) ?? (plain === undefined ? undefined : String(plain));
}

/** With its components, such as both pressures of the blood. */
export function findings(observation: JsonObject): string {
  const parts = objects(observation['component']).map((part) => `${words(part['code']) ?? ''}: ${finding(part) ?? 'not known'}`);
  return [finding(observation), ...parts].filter((part) => part !== undefined).join('; ') || 'not known';
}

const instantOf = (resource: Resource, elements: readonly string[]): number => {
  const moment = when(resource, ...elements);
  return moment === undefined ? Number.NEGATIVE_INFINITY : Date.parse(moment.length === 4 ? `${moment}-01-01` : moment);
};

/** Newest first; those without a date last. */
export const newestFirst = (resources: readonly Resource[], ...elements: readonly string[]): readonly Resource[] =>
  resources
    .map((resource) => ({ resource, at: instantOf(resource, elements) }))
    .sort((a, b) => (a.at === b.at ? 0 : b.at - a.at))
    .map(({ resource }) => resource);

/** The newest of each code. */
export function newestOfEach(observations: readonly Resource[]): readonly Resource[] {
  const seen = new Set<string>();
  return newestFirst(observations, 'effectiveDateTime', 'effectivePeriod', 'effectiveInstant', 'issued').filter(({ code }) => {
    const coding = isObject(code) ? objects(code['coding'])[0] : undefined;
    const key = coding === undefined ? (words(code) ?? '') : `${String(coding['system'])}|${String(coding['code'])}`;
    return !seen.has(key) && seen.add(key).size > 0;
  });
}
