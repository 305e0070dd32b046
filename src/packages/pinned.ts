/**
 * An older version of a package means itself: what its resources name without a version, and the package has, is named with its version.
 * https://hl7.org/fhir/R4/references.html#canonical
 */
import { isObject, type Resource } from '../fhir/resource.ts';

/** Elements that hold canonicals; others, such as `url` or `fixedUri`, hold the same text and mean something else. */
const canonicals = new Set([
  'baseDefinition',
  'profile',
  'targetProfile',
  'valueSet',
  'valueCanonical',
  'sourceCanonical',
  'targetCanonical',
]);

/** The canonical of this package's version; undefined = it is none of its own. */
export type Own = (url: string) => string | undefined;

export function pinned(resource: Resource, own: Own): Resource {
  const canonical = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(canonical);
    const version = typeof value === 'string' ? own(value) : undefined;
    return version === undefined ? walk(value) : `${value}|${version}`;
  };
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, canonicals.has(key) ? canonical(part) : walk(part)]));
  };
  return walk(resource) as Resource;
}
