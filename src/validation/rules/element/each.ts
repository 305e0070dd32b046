/** Elements of some data types in a resource, for rules that look things up; resources inside are resources of their own. https://hl7.org/fhir/R4/datatypes.html */
import type { Definitions, TypeReference } from '../../../fhir/definitions.ts';
import { isObject, type JsonObject, type Resource } from '../../../fhir/resource.ts';

type Visit = (value: unknown, type: TypeReference, at: string) => void;

interface Walk {
  readonly definitions: Definitions;
  readonly types: readonly string[];
  readonly visit: Visit;
}

const maxDepth = 200;

export function eachOfType(definitions: Definitions, types: readonly string[], resource: Resource, at: string, visit: Visit): void {
  walk({ definitions, types, visit }, resource, resource.resourceType, at, 0);
}

function walk(by: Walk, object: JsonObject, owner: string, at: string, depth: number): void {
  if (depth > maxDepth) return;
  const properties = by.definitions.properties(owner);
  for (const key in object) {
    const { element, type } = properties.get(key.startsWith('_') ? key.slice(1) : key) ?? {};
    if (element === undefined || type === undefined || type.code === 'Resource') continue;
    const place = `${at}.${element.name}`;
    const inner = key.startsWith('_') ? { code: 'Element' } : type;
    const value = object[key];
    if (Array.isArray(value)) value.forEach((item, i) => visitOne(by, item, inner, `${place}[${i}]`, depth));
    else visitOne(by, value, inner, place, depth);
  }
}

function visitOne(by: Walk, value: unknown, type: TypeReference, at: string, depth: number): void {
  if (by.types.includes(type.code)) by.visit(value, type, at);
  if (isObject(value)) walk(by, value, type.code, at, depth + 1);
}
