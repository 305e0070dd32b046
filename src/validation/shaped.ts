/**
 * A resource without what is not of the kind that its definitions say, so that everything behind the structural check can rely on them.
 * Items of lists keep their indexes. https://hl7.org/fhir/R4/json.html
 */
import type { Definitions, Property } from '../fhir/definitions.ts';
import { carryExact } from '../fhir/json.ts';
import { isObject, type JsonObject, type Resource } from '../fhir/resource.ts';
import { primitiveOf } from './primitive.ts';

export function shapedResource(definitions: Definitions, resource: Resource): Resource {
  return shapeObject(definitions, resource.resourceType, resource) as Resource;
}

function shapeObject(definitions: Definitions, type: string, value: JsonObject): JsonObject {
  const properties = definitions.properties(type);
  const shaped: JsonObject = definitions.isResourceType(type) ? { resourceType: type } : {};
  for (const key of Object.keys(value)) {
    const property = properties.get(key);
    const twinOf = key.startsWith('_') ? properties.get(key.slice(1)) : undefined;
    const kept = property === undefined ? twinOf && shapeTwin(definitions, twinOf, value[key]) : shapeOf(definitions, property, value[key]);
    if (kept !== undefined) shaped[key] = kept;
  }
  carryExact(value, shaped);
  return shaped;
}

function shapeOf(definitions: Definitions, { element, type }: Property, value: unknown): unknown {
  if (element.max > 1) return Array.isArray(value) ? value.map((item) => shapeItem(definitions, type.code, item, true)) : undefined;
  return shapeItem(definitions, type.code, value, false);
}

/** In a list, something must stand in the place of what cannot be kept. */
function shapeItem(definitions: Definitions, type: string, value: unknown, inList: boolean): unknown {
  if (definitions.type(type)?.kind === 'primitive') {
    if (typeof value === primitiveOf(type).json && value !== '') return value;
    return inList ? null : undefined;
  }
  if (!isObject(value)) return inList ? (type === 'Resource' ? null : {}) : undefined;
  if (type !== 'Resource') return shapeObject(definitions, type, value);
  const { resourceType } = value;
  if (typeof resourceType === 'string' && definitions.isResourceType(resourceType)) return shapeObject(definitions, resourceType, value);
  return inList ? null : undefined;
}

function shapeTwin(definitions: Definitions, { element }: Property, value: unknown): unknown {
  const shape = (one: unknown) => (isObject(one) ? shapeObject(definitions, 'Element', one) : undefined);
  if (element.max > 1) return Array.isArray(value) ? value.map((item) => shape(item) ?? null) : undefined;
  return shape(value);
}
