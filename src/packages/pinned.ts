/**
 * An older version of a package means itself: what its resources name without a version, and the package has, is named with its version.
 * https://hl7.org/fhir/R4/references.html#canonical
 */
import { carryExact } from '../fhir/json/exact.ts';
import { isObject, type Resource } from '../fhir/resource.ts';

export type NamedType = 'StructureDefinition' | 'ValueSet' | 'CodeSystem';

/** Elements that hold canonicals; others, such as `url` or `fixedUri`, hold the same text and mean something else. */
const canonicals: ReadonlyMap<string, NamedType> = new Map([
  ...['baseDefinition', 'profile', 'targetProfile'].map((name) => [name, 'StructureDefinition'] as const),
  ...['valueSet', 'valueCanonical', 'sourceCanonical', 'targetCanonical'].map((name) => [name, 'ValueSet'] as const),
]);
const selections = new Set(['include', 'exclude']);

/** The version that is meant by a canonical without one; undefined = whatever it means elsewhere. */
export type Own = (url: string, type: NamedType) => string | undefined;

export const pinned = (resource: Resource, own: Own): Resource => new Pinning(own).walk(resource) as Resource;

class Pinning {
  readonly #own: Own;

  constructor(own: Own) {
    this.#own = own;
  }

  walk(value: unknown): unknown {
    if (!Array.isArray(value) && !isObject(value)) return value;
    const copy = Array.isArray(value)
      ? value.map((each) => this.walk(each))
      : Object.fromEntries(Object.entries(value).map(([key, part]) => [key, this.#member(key, part)]));
    carryExact(value, copy);
    return copy;
  }

  #member(key: string, part: unknown): unknown {
    const type = canonicals.get(key);
    if (type !== undefined) return this.#canonical(type, part);
    const walked = this.walk(part);
    return selections.has(key) && Array.isArray(walked) ? walked.map((each) => this.#selection(each)) : walked;
  }

  #canonical(type: NamedType, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((each) => this.#canonical(type, each));
    if (typeof value !== 'string') return this.walk(value);
    const version = value.includes('|') ? undefined : this.#own(value, type);
    return version === undefined ? value : `${value}|${version}`;
  }

  /** A part of a value set names a code system, and its version beside it. */
  #selection(part: unknown): unknown {
    if (!isObject(part) || part['version'] !== undefined || typeof part['system'] !== 'string') return part;
    const version = this.#own(part['system'], 'CodeSystem');
    return version === undefined ? part : { ...part, version };
  }
}
