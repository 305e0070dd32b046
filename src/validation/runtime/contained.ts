/** Rules on contained resources, beside those on any resource. https://hl7.org/fhir/R4/references.html#contained, https://hl7.org/fhir/R4/domainresource.html#invs */
import { isObject, type JsonObject } from '../../fhir/resource.ts';
import type { Constraint } from '../invariants.ts';
import { pathOf, shown, type Walk } from '../walk.ts';

/** A contained resource by itself. */
export function checkContained(walk: Walk, resource: JsonObject): void {
  if (resource['id'] === undefined) walk.fault('required', () => 'A contained resource must have an id');
  if (resource['contained'] !== undefined) fails(walk, 'dom-2: A contained resource must not contain resources itself', 'contained');
  const { meta } = resource;
  if (!isObject(meta)) return;
  for (const name of ['versionId', 'lastUpdated'])
    if (meta[name] !== undefined) fails(walk, `dom-4: A contained resource must not have a ${name}`, `meta.${name}`);
  if (meta['security'] !== undefined) fails(walk, 'dom-5: A contained resource must not have a security label', 'meta.security');
}

const fails = (walk: Walk, text: string, path: string): void => walk.add('error', 'invariant', () => text, path);

/** Contained resources together: `holds` asks the engine about dom-3. */
export function checkContainedTogether(walk: Walk, owner: JsonObject, dom3: Constraint | undefined, holds: () => boolean): void {
  const { contained } = owner;
  if (!Array.isArray(contained) || walk.contained) return;
  const ids = new Set<unknown>();
  let isAnyUnknown = false;
  contained.forEach((resource: unknown, i) => {
    if (!isObject(resource) || typeof resource['id'] !== 'string') return;
    const { id } = resource;
    if (ids.has(id))
      walk.fault('duplicate', () => `Another contained resource has the id ${shown(id)} already`, `${pathOf('contained', i)}.id`);
    ids.add(id);
    isAnyUnknown ||= walk.around?.fragments.has(`#${id}`) !== true;
  });
  // What no Reference names may be named by a canonical or a URI, or may refer to the resource around.
  if (isAnyUnknown && dom3 !== undefined && !walk.isTooDeep && !holds()) walk.add('error', 'invariant', () => dom3.text);
}
