/** Where an element stands in a resource, so that it can be changed there. https://hl7.org/fhir/R4/json.html#primitive */
import type { Definitions, Property } from '../definitions.ts';
import { isObject, type JsonObject, type Resource } from '../resource.ts';
import { type Carried, carriedFrom, putInto } from './exact-array.ts';

/** One element: `container[key]`, or one item of that list. */
export interface Place {
  /** Absent for the resource itself. */
  readonly parent?: Place;
  readonly container: JsonObject;
  /** JSON property, such as `valueString`. */
  readonly key: string;
  /** Position in a list; absent for an element that does not repeat. */
  readonly index?: number;
  readonly property: Property;
}

/** The value of an element and, for a primitive, the object with its id and extensions (`_birthDate`). */
export interface Item extends Carried {
  readonly twin?: JsonObject | undefined;
}

/** A JSON property by which an element may be known. */
export type Candidate = readonly [key: string, property: Property];

export const twinKey = (key: string): string => `_${key}`;

/** The resource itself as a place. */
export function rootPlace(resource: Resource): Place {
  const type = { code: resource.resourceType };
  const element = { name: resource.resourceType, min: 1, max: 1, types: [type], choice: false, summary: true, modifier: false };
  return { container: { resource }, key: 'resource', property: { element, type } };
}

const repeats = (property: Property): boolean => property.element.max > 1;

export function itemAt(place: Place): Item {
  const { container, key, index } = place;
  if (index === undefined) return item(carriedFrom(container, key), container[twinKey(key)]);
  return listAt(container, key)[index] ?? { value: undefined };
}

const item = (carried: Carried, twin: unknown): Item => (isObject(twin) ? { ...carried, twin } : carried);

/** The items of a repeating element, values and twins side by side. */
export function listAt(container: JsonObject, key: string): Item[] {
  const values = arrayAt(container, key);
  const twins = arrayAt(container, twinKey(key));
  const length = Math.max(values.length, twins.length);
  return Array.from({ length }, (_, i) => item(i < values.length ? carriedFrom(values, i) : { value: null }, twins[i]));
}

const arrayAt = (container: JsonObject, key: string): unknown[] => {
  const value = Object.hasOwn(container, key) ? container[key] : undefined;
  return Array.isArray(value) ? value : [];
};

export function putList(container: JsonObject, key: string, items: readonly Item[]): void {
  const values: unknown[] = [];
  items.forEach((one, i) => {
    putInto(values, i, { value: one.value ?? null, digits: one.digits });
  });
  putOrDelete(
    container,
    key,
    values,
    values.some((value) => value !== null),
  );
  const twins = items.map((one) => one.twin ?? null);
  putOrDelete(
    container,
    twinKey(key),
    twins,
    twins.some((twin) => twin !== null),
  );
}

function putOrDelete(container: JsonObject, key: string, value: unknown, present: boolean): void {
  if (present) container[key] = value;
  else delete container[key];
}

/** Puts an element that does not repeat. */
export function putItem(container: JsonObject, key: string, { value, digits, twin }: Item): void {
  if (value === undefined || value === null) delete container[key];
  else putInto(container, key, { value, digits });
  putOrDelete(container, twinKey(key), twin, twin !== undefined);
}

/** The object in which the children of an element stand: itself, or the twin of a primitive (made when asked for). */
export function objectAt(place: Place, make = false): JsonObject | undefined {
  const { value, twin } = itemAt(place);
  if (isObject(value)) return value;
  if (twin !== undefined || !make) return twin;
  const made = {};
  setItem(place, { ...itemAt(place), twin: made });
  return made;
}

/** Type whose definition has the children of the element. */
export function typeAt(place: Place): string {
  const { value } = itemAt(place);
  if (!isObject(value)) return 'Element';
  const { code } = place.property.type;
  return code === 'Resource' || code === 'DomainResource' ? String(value['resourceType']) : code;
}

/** Every JSON property that carries the element: one, or for a choice one per type. */
export function candidates(definitions: Definitions, type: string, name: string): Candidate[] {
  const plain = name.endsWith('[x]') ? name.slice(0, -3) : name;
  const found: Candidate[] = [];
  for (const [key, property] of definitions.properties(type)) {
    if (key === plain || (property.element.choice && property.element.name === plain)) found.push([key, property]);
  }
  return found;
}

const isPresent = (object: JsonObject, key: string): boolean => Object.hasOwn(object, key) || Object.hasOwn(object, twinKey(key));

/** The children of that name that are there, in order. */
export function childrenOf(definitions: Definitions, parent: Place, name: string): Place[] {
  const container = objectAt(parent);
  if (container === undefined) return [];
  const present = candidates(definitions, typeAt(parent), name).filter(([key]) => isPresent(container, key));
  return present.flatMap(([key, property]): Place[] => {
    if (!repeats(property)) return [{ parent, container, key, property }];
    return listAt(container, key).map((_, index) => ({ parent, container, key, index, property }));
  });
}

function setItem({ container, key, index }: Place, now: Item): void {
  if (index === undefined) putItem(container, key, now);
  else putList(container, key, listAt(container, key).with(index, now));
}

/** Replaces the element, under another property where a choice now has another type. */
export function replaceAt(place: Place, key: string, now: Item): void {
  if (key !== place.key) putItem(place.container, place.key, { value: undefined });
  setItem({ ...place, key }, now);
}

/** Removes the element, and what it leaves empty, since FHIR knows no empty element. */
export function removeAt({ parent, container, key, index }: Place): void {
  if (index === undefined) putItem(container, key, { value: undefined });
  else putList(container, key, listAt(container, key).toSpliced(index, 1));
  if (parent === undefined || Object.keys(container).length > 0) return;
  const rest = itemAt(parent);
  if (rest.twin === container && rest.value !== undefined && rest.value !== null)
    setItem(parent, { value: rest.value, digits: rest.digits });
  else removeAt(parent);
}
