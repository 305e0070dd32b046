/** Ids of elements, each once in its resource. https://hl7.org/fhir/R4/element-definitions.html#Element.id */
import type { JsonObject } from '../../../fhir/resource.ts';
import type { Rule } from '../../validation.ts';
import { eachOf, quoted, textOf } from '../read.ts';

/** Those of ElementDefinition stand in snapshot and differential; contained resources are scopes of their own. */
const excluded: ReadonlySet<string> = new Set(['snapshot', 'differential', 'contained', 'resource', 'div']);

// SHALL: unique within the resource — element-definitions.html#Element.id
export const elementIdRule: Rule = {
  check(resource, at, report) {
    const seen = new Set<string>();
    const doubled = new Set<string>();
    for (const key in resource) collect(resource[key], key, seen, doubled);
    if (doubled.size > 0)
      for (const { id, path } of placesOf(resource, at, doubled))
        report.add('error', 'business-rule', path, `The id ${quoted(id)} is that of another element of this resource; expected each once`);
    checkContained();

    // SHALL: ids of contained resources are unique — references.html#contained
    function checkContained(): void {
      const known = new Set<string>();
      eachOf(resource, 'contained', at, (one, place) => {
        const id = textOf(one, 'id');
        if (id === undefined) return;
        if (known.has(id))
          report.add('error', 'business-rule', place, `The id ${quoted(id)} is that of another contained resource; expected each once`);
        known.add(id);
      });
    }
  },
};

function collect(value: unknown, key: string, seen: Set<string>, doubled: Set<string>): void {
  if (typeof value !== 'object' || value === null || excluded.has(key)) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, key, seen, doubled);
    return;
  }
  const object = value as JsonObject;
  const { id } = object;
  if (typeof id === 'string') {
    if (seen.has(id)) doubled.add(id);
    seen.add(id);
  }
  for (const name in object) collect(object[name], name, seen, doubled);
}

/** Where ids stand that are there already, in the order of the text. */
function placesOf(resource: JsonObject, at: string, doubled: ReadonlySet<string>): { id: string; path: string }[] {
  const met = new Set<string>();
  const places: { id: string; path: string }[] = [];
  const visit = (value: unknown, key: string, path: string): void => {
    if (typeof value !== 'object' || value === null || excluded.has(key)) return;
    if (Array.isArray(value)) return value.forEach((item, i) => visit(item, key, `${path}[${i}]`));
    const { id } = value as JsonObject;
    if (typeof id === 'string' && doubled.has(id)) {
      if (met.has(id)) places.push({ id, path });
      met.add(id);
    }
    for (const [name, inner] of Object.entries(value)) visit(inner, name, `${path}.${name.replace(/^_/, '')}`);
  };
  for (const [name, inner] of Object.entries(resource)) visit(inner, name, `${at}.${name.replace(/^_/, '')}`);
  return places;
}
