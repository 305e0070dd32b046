/** FHIRPath Patch: operations in a Parameters resource. https://hl7.org/fhir/R4/fhirpatch.html */
import type { Definitions } from '../definitions.ts';
import { isObject, type JsonObject, type Resource } from '../resource.ts';
import { type Locate, readElementPath } from './element-path.ts';
import { badPatch, keepingIdentity, type Patch, unfit } from './patch.ts';
import { addTo, buildItem, type PatchValue, propertyFor, readValue } from './patch-value.ts';
import { listAt, objectAt, type Place, putList, removeAt, replaceAt, typeAt } from './place.ts';

/** One operation as the Parameters give it. */
interface Operation {
  readonly path: string;
  readonly locate: Locate;
  readonly parts: ReadonlyMap<string, JsonObject>;
  readonly at: string;
  readonly definitions: Definitions;
}

type Step = (resource: Resource) => void;

const operations: Readonly<Record<string, (operation: Operation) => Step>> = { add, insert, delete: remove, replace, move };

/** Reads a FHIRPath Patch; throws 400 when the Parameters hold none. */
export function readFhirPathPatch(parameters: Resource, definitions: Definitions): Patch {
  const list = parameters['parameter'] ?? [];
  if (!Array.isArray(list)) throw badPatch('Parameters.parameter must be a list of operations.');
  const steps = list.map((operation, i) => readOperation(operation, `Parameters.parameter[${i}]`, definitions));
  return keepingIdentity((current) => {
    // SHALL: operations are applied in order — fhirpatch.html#concept
    for (const step of steps) step(current);
    return current;
  });
}

function readOperation(parameter: unknown, at: string, definitions: Definitions): Step {
  if (!isObject(parameter) || parameter['name'] !== 'operation')
    throw badPatch(`${at} must be named "operation" and have the parts type and path.`);
  const parts = readParts(parameter['part'], at);
  const type = parts.get('type')?.['valueCode'] ?? parts.get('type')?.['valueString'];
  const path = parts.get('path')?.['valueString'];
  const read = typeof type === 'string' && Object.hasOwn(operations, type) ? operations[type] : undefined;
  if (read === undefined) throw badPatch(`${at}: the part "type" must be a valueCode of ${Object.keys(operations).join(', ')}.`);
  if (typeof path !== 'string') throw badPatch(`${at}: the part "path" must be a valueString with a FHIRPath expression.`);
  return read({ path, locate: readElementPath(path, definitions), parts, at, definitions });
}

const known = new Set(['type', 'path', 'name', 'value', 'index', 'source', 'destination']);

function readParts(list: unknown, at: string): Map<string, JsonObject> {
  if (!Array.isArray(list)) throw badPatch(`${at} has no parts: an operation needs type and path.`);
  const parts = new Map<string, JsonObject>();
  for (const part of list as unknown[]) {
    const name = isObject(part) ? part['name'] : undefined;
    if (!isObject(part) || typeof name !== 'string' || !known.has(name))
      throw badPatch(`${at}: an operation has the parts ${[...known].join(', ')} only.`);
    if (parts.has(name)) throw badPatch(`${at}: the part "${name}" stands twice.`);
    parts.set(name, part);
  }
  return parts;
}

function valuePart({ parts, at, definitions }: Operation): PatchValue {
  const part = parts.get('value');
  if (part === undefined) throw badPatch(`${at}: the part "value" is missing.`);
  return readValue(definitions, part, `${at}: the part "value"`);
}

function integerPart({ parts, at }: Operation, name: string): number {
  const value = parts.get(name)?.['valueInteger'];
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
    throw badPatch(`${at}: the part "${name}" must be a valueInteger of 0 or more.`);
  return value;
}

function add(operation: Operation): Step {
  const value = valuePart(operation);
  const name = operation.parts.get('name')?.['valueString'];
  if (typeof name !== 'string') throw badPatch(`${operation.at}: the part "name" must be a valueString with the element to add.`);
  return (resource) => {
    const place = single(operation, resource);
    const container = objectAt(place, true);
    if (container !== undefined) addTo(operation.definitions, container, typeAt(place), name, value);
  };
}

function insert(operation: Operation): Step {
  const value = valuePart(operation);
  const index = integerPart(operation, 'index');
  return (resource) => {
    const place = wholeList(operation, resource);
    const items = listAt(place.container, place.key);
    if (index > items.length)
      throw unfit(`The index ${index} lies beyond the end of ${operation.path}, which has ${items.length} elements.`);
    putList(
      place.container,
      place.key,
      items.toSpliced(index, 0, buildItem(operation.definitions, value, propertyAt(operation, place, value)[1])),
    );
  };
}

/** SHALL: only a single element can be deleted, and none is no error — fhirpatch.html#concept */
function remove(operation: Operation): Step {
  return (resource) => {
    const found = operation.locate(resource);
    if (found.length > 1) throw several(operation.path, found.length);
    const [place] = found;
    if (place !== undefined) removeAt(inside(place));
  };
}

function replace(operation: Operation): Step {
  const value = valuePart(operation);
  return (resource) => {
    const place = inside(single(operation, resource));
    const [key, property] = propertyAt(operation, place, value);
    replaceAt(place, key, buildItem(operation.definitions, value, property));
  };
}

function move(operation: Operation): Step {
  const source = integerPart(operation, 'source');
  const destination = integerPart(operation, 'destination');
  return (resource) => {
    const place = wholeList(operation, resource);
    const items = listAt(place.container, place.key);
    const moved = items[source];
    if (moved === undefined || destination >= items.length)
      throw unfit(`${operation.path} has ${items.length} elements: source and destination must be below that.`);
    putList(place.container, place.key, items.toSpliced(source, 1).toSpliced(destination, 0, moved));
  };
}

/** The property that the new value takes where the old one stands. */
function propertyAt({ definitions }: Operation, place: Place, value: PatchValue): ReturnType<typeof propertyFor> {
  const type = place.parent === undefined ? place.property.type.code : typeAt(place.parent);
  return propertyFor(definitions, type, place.property.element.name, value);
}

/** SHALL: the statement returns a single element — fhirpatch.html#concept */
function single({ locate, path }: Operation, resource: Resource): Place {
  const found = locate(resource);
  const [place] = found;
  if (place === undefined) throw unfit(`No element stands at ${path}.`);
  if (found.length > 1) throw several(path, found.length);
  return place;
}

/** The first element of a list of which the path names every one. */
function wholeList({ locate, path }: Operation, resource: Resource): Place {
  const found = locate(resource);
  const [first] = found;
  if (first === undefined) throw unfit(`No element stands at ${path}: use "add" for the first one.`);
  const { container, key } = inside(first);
  const whole = found.every((place, i) => place.container === container && place.key === key && place.index === i);
  if (!whole || found.length !== listAt(container, key).length) throw unfit(`${path} must name one whole list, such as Patient.name.`);
  return first;
}

function inside(place: Place): Place {
  if (place.parent === undefined) throw unfit('A patch changes elements of the resource, not the resource as a whole.');
  return place;
}

const several = (path: string, count: number): Error => unfit(`${path} names ${count} elements, not one: make it more selective.`);
