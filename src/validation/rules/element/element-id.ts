/** Ids of elements, each once in its resource. https://hl7.org/fhir/R4/element-definitions.html#Element.id */
import type { JsonObject } from '../../../fhir/resource.ts';
import type { Report, Rule } from '../../validation.ts';
import { quoted } from '../read.ts';

/** Those of ElementDefinition stand in snapshot and differential. */
const excluded: ReadonlySet<string> = new Set(['snapshot', 'differential']);

// SHALL: unique within the resource — element-definitions.html#Element.id
export const elementIdRule: Rule = {
  check(resource, at, report) {
    const seen = new Set<string>();
    for (const key in resource) if (key !== 'contained' && key !== 'resourceType') enter(resource[key], key, at, seen, report);
    checkContained(resource, at, report);
  },
};

function enter(value: unknown, key: string, at: string, seen: Set<string>, report: Report): void {
  if (typeof value !== 'object' || value === null || excluded.has(key)) return;
  const place = `${at}.${key.startsWith('_') ? key.slice(1) : key}`;
  if (Array.isArray(value)) value.forEach((item, i) => walk(item, `${place}[${i}]`, seen, report));
  else walk(value, place, seen, report);
}

function walk(value: unknown, at: string, seen: Set<string>, report: Report): void {
  if (typeof value !== 'object' || value === null) return;
  const object = value as JsonObject;
  // A resource has an id of another kind, and is a scope of its own.
  if (object['resourceType'] !== undefined) return;
  const { id } = object;
  if (typeof id === 'string') {
    if (seen.has(id)) report.add('error', 'business-rule', at, `The id ${quoted(id)} is that of another element of this resource; expected each once`);
    seen.add(id);
  }
  for (const key in object) enter(object[key], key, at, seen, report);
}

// SHALL: ids of contained resources are unique — references.html#contained
function checkContained(resource: JsonObject, at: string, report: Report): void {
  const { contained } = resource;
  if (!Array.isArray(contained)) return;
  const seen = new Set<unknown>();
  contained.forEach((one: unknown, i) => {
    const id = typeof one === 'object' && one !== null ? (one as JsonObject)['id'] : undefined;
    if (typeof id !== 'string') return;
    if (seen.has(id)) report.add('error', 'business-rule', `${at}.contained[${i}]`, `The id ${quoted(id)} is that of another contained resource; expected each once`);
    seen.add(id);
  });
}
