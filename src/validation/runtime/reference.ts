/**
 * References: their form, the types of their targets, and the type that they name.
 * https://hl7.org/fhir/R4/references.html#literal
 */
import type { Definitions } from '../../fhir/definitions.ts';
import { nearest } from '../../fhir/nearest.ts';
import type { JsonObject } from '../../fhir/resource.ts';
import { shown, type Walk } from '../walk.ts';

const relative = /^([A-Z][A-Za-z]*)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?(?:#\S*)?$/;
const conditional = /^([A-Z][A-Za-z]*)\?./;
const contained = /^#[^\s#]*$/;
const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const restful = /^https?:.*\/([A-Z][A-Za-z]*)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;

const forms = 'Type/id, #id of a contained resource, an absolute URI, or in a transaction Type?parameter=value';

const isIdCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 45 || code === 46;

/** Whether an id is all that stands from there on. */
function isIdFrom(text: string, start: number): boolean {
  const length = text.length - start;
  if (length < 1 || length > 64) return false;
  for (let i = start; i < text.length; i++) if (!isIdCode(text.charCodeAt(i))) return false;
  return true;
}

const hash = 35;

/** Whether it has a form of the specification; local references are noted. */
export function isReference({ isResourceType }: Definitions, walk: Walk, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  if (value.charCodeAt(0) === hash) {
    walk.around?.fragments.add(value);
    return contained.test(value);
  }
  const slash = value.indexOf('/');
  if (slash > 0 && isIdFrom(value, slash + 1) && isResourceType(value.slice(0, slash))) return true;
  const type = (relative.exec(value) ?? conditional.exec(value))?.[1];
  return type === undefined ? absolute.test(value) && !/\s/.test(value) : isResourceType(type);
}

export function badReference(definitions: Definitions, walk: Walk, value: string, path: string): void {
  const type = (relative.exec(value) ?? conditional.exec(value))?.[1];
  if (type === undefined) walk.fault('value', () => `Not a literal reference: expected ${forms}`, path);
  else walk.fault('value', () => `The reference names ${shown(type)}, which is no resource type${suggestion(definitions, type)}`, path);
}

export function suggestion(definitions: Definitions, type: string): string {
  const meant = nearest(type, definitions.resourceTypes);
  return meant === undefined ? '' : `; did you mean ${shown(meant)}?`;
}

/** The type of the target as far as the literal reference tells. */
function literalType(reference: string, walk: Walk): string | undefined {
  if (reference.charCodeAt(0) === hash) return containedType(reference, walk);
  return (relative.exec(reference) ?? conditional.exec(reference) ?? restful.exec(reference))?.[1];
}

function containedType(reference: string, { around }: Walk): string | undefined {
  if (reference === '#') return around?.contained === true ? (around.root['resourceType'] as string) : undefined;
  return around?.inside().get(reference.slice(1));
}

/** The types that a reference may have as its target. */
export class Targets {
  readonly types: readonly string[];
  private readonly allowed: ReadonlySet<string>;
  private readonly definitions: Definitions;

  constructor(types: readonly string[], definitions: Definitions) {
    this.types = types;
    this.allowed = new Set(types);
    this.definitions = definitions;
  }

  /** SHALL: the target is of one of the types — references.html#Reference */
  accepts(walk: Walk, value: unknown): boolean {
    const type = this.typeOf(walk, value);
    if (type === undefined || this.allowed.has(type) || this.allowed.has('DomainResource')) return true;
    // Types beside those of the standard stand in for others.
    return !this.definitions.isResourceType(type) || this.definitions.additionalTypes.includes(type);
  }

  typeOf(walk: Walk, value: unknown): string | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    const { reference, type } = value as JsonObject;
    if (typeof reference !== 'string') return typeof type === 'string' ? type : undefined;
    const slash = reference.indexOf('/');
    if (slash > 0) {
      const first = reference.slice(0, slash);
      if (this.allowed.has(first)) return first;
    }
    return literalType(reference, walk) ?? (typeof type === 'string' ? type : undefined);
  }
}

export function wrongTarget(walk: Walk, value: unknown, targets: Targets): void {
  const found = shown(targets.typeOf(walk, value) ?? '');
  const types = targets.types.slice(0, 10).join(', ');
  walk.fault('value', () => `A reference to ${found} is not allowed here; expected one to ${types}`);
}

/** SHALL: Reference.type is a resource type, and that of the reference — references.html#Reference */
export function checkReferenceType(definitions: Definitions, walk: Walk, { type, reference }: JsonObject): void {
  if (typeof type !== 'string' || type.includes(':')) return;
  if (!definitions.isResourceType(type))
    return walk.fault('value', () => `${shown(type)} is no resource type${suggestion(definitions, type)}`, 'type');
  const literal = typeof reference === 'string' ? literalType(reference, walk) : undefined;
  if (literal !== undefined && literal !== type && definitions.isResourceType(literal))
    walk.fault('value', () => `The reference leads to a ${literal}, but its type says ${shown(type)}; expected the same`);
}
