/**
 * The code systems and value sets of R4 as lines of JSON, cut to what terminology reads: one resource a line, ordered by canonical.
 * https://hl7.org/fhir/R4/terminologies-systems.html, https://hl7.org/fhir/R4/terminologies-valuesets.html
 */
import { isObject, type Resource } from '../src/fhir/resource.ts';

const codeSystemParts = [
  'resourceType',
  'url',
  'version',
  'content',
  'caseSensitive',
  'hierarchyMeaning',
  'valueSet',
  'supplements',
  'property',
  'concept',
];
const valueSetParts = ['resourceType', 'url', 'version', 'compose'];

/** What people read elsewhere: definitions and translations are two thirds of the text. */
const bulk: ReadonlySet<string> = new Set(['id', 'extension', 'definition', 'designation', 'description']);

function cut<T>(value: T): T {
  if (Array.isArray(value)) return value.map(cut) as T;
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !bulk.has(key) && !key.startsWith('_'));
  return Object.fromEntries(kept.map(([key, part]) => [key, cut(part)])) as T;
}

/** The members in the order that is given, whatever the package has. */
function slim(resource: Resource): object {
  const parts = resource.resourceType === 'CodeSystem' ? codeSystemParts : valueSetParts;
  return Object.fromEntries(parts.flatMap((name) => (resource[name] === undefined ? [] : [[name, cut(resource[name])]])));
}

const orderOf = ({ url, version = '' }: Resource): string => `${url}|${version}`;

/** Compared by code units: the order must not depend on the language of the machine. */
const byCanonical = (a: Resource, b: Resource): number => (orderOf(a) < orderOf(b) ? -1 : 1);

export const terminologyLines = (resources: readonly Resource[]): string =>
  [...resources]
    .sort(byCanonical)
    .map((resource) => `${JSON.stringify(slim(resource))}\n`)
    .join('');
