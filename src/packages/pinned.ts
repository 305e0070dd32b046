/**
 * An older version of a package means itself: what its resources name without a version, and the package has, is named with its version.
 * https://hl7.org/fhir/R4/references.html#canonical
 */
import { isObject, type JsonObject, type Resource } from '../fhir/resource.ts';

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

const selections = new Set(['include', 'exclude']);

/** The version that the package has of a canonical; undefined = it is none of its own. */
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
    const parts = Object.entries(value).map(([key, part]) => [key, canonicals.has(key) ? canonical(part) : walk(part)] as const);
    return Object.fromEntries(parts.map(([key, part]) => [key, selections.has(key) && Array.isArray(part) ? part.map(selection) : part]));
  };
  /** A part of a value set names a code system, and its version beside it. */
  const selection = (part: unknown): unknown => {
    const version = isObject(part) && part['version'] === undefined && typeof part['system'] === 'string' ? own(part['system']) : undefined;
    return version === undefined ? part : { ...(part as JsonObject), version };
  };
  return walk(resource) as Resource;
}
