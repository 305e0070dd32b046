/**
 * The value of a FHIRPath Patch operation: a data type, a resource, or parts that build an anonymous type.
 * https://hl7.org/fhir/R4/fhirpatch.html#anonymous
 */
import type { Definitions, Property } from '../definitions.ts';
import { cloneJson } from '../json.ts';
import { isObject, type JsonObject } from '../resource.ts';
import { carriedFrom } from './exact-array.ts';
import { badPatch, unfit } from './patch.ts';
import { type Candidate, candidates, type Item, listAt, putItem, putList, twinKey } from './place.ts';

/** As the Parameters give it: `type` is absent for parts. */
export interface PatchValue {
  readonly type?: string;
  readonly item: Item;
  readonly parts?: readonly JsonObject[];
}

/** The value of one parameter or part; throws 400 when it has none or several. `at` is where it stands. */
export function readValue(definitions: Definitions, part: JsonObject, at: string): PatchValue {
  const parts = part['part'];
  if (Array.isArray(parts) && parts.every(isObject)) return { item: { value: undefined }, parts };
  if (isObject(part['resource'])) return { type: 'Resource', item: { value: part['resource'] } };
  const found = [...definitions.properties('Parameters.parameter')].filter(
    ([key, { element }]) => element.choice && (Object.hasOwn(part, key) || Object.hasOwn(part, twinKey(key))),
  );
  const [one] = found;
  if (one === undefined || found.length > 1) throw badPatch(`${at} needs exactly one value[x], or parts that build the value.`);
  const [key, { type }] = one;
  const twin = part[twinKey(key)];
  return { type: type.code, item: { ...carriedFrom(part, key), ...(isObject(twin) ? { twin } : {}) } };
}

/** Types that stand in for each other: the format of the value itself is checked with the whole resource. */
const families: readonly (readonly string[])[] = [
  ['string', 'code', 'id', 'markdown'],
  // Parameters have no value[x] for XHTML.
  ['string', 'xhtml'],
  ['uri', 'url', 'canonical', 'oid', 'uuid'],
  ['integer', 'unsignedInt', 'positiveInt'],
  ['integer', 'decimal'],
  ['date', 'dateTime', 'instant'],
  ['Quantity', 'Age', 'Count', 'Distance', 'Duration', 'SimpleQuantity', 'MoneyQuantity'],
];

const related = (given: string, wanted: string): boolean =>
  families.some((family) => family.includes(given) && family.includes(wanted)) && !(given === 'decimal' && wanted === 'integer');

function fits(definitions: Definitions, value: PatchValue, [, { type }]: Candidate): boolean {
  if (value.parts !== undefined) return definitions.type(type.code)?.kind === 'complex';
  return value.type === type.code || (value.type !== undefined && related(value.type, type.code));
}

/** SHALL: a value of a wrong type is an error — fhirpatch.html#concept. The property of `type` that takes the value. */
export function propertyFor(definitions: Definitions, type: string, name: string, value: PatchValue): Candidate {
  const all = candidates(definitions, type, name);
  if (all.length === 0) throw unfit(`${type} has no element "${name}".`);
  const fitting = all.filter((candidate) => fits(definitions, value, candidate));
  const chosen = fitting.find(([, property]) => property.type.code === value.type) ?? fitting[0];
  if (chosen === undefined) throw unfit(`${type}.${name} takes ${namesOf(all)}, not ${value.type ?? 'parts'}.`);
  if (fitting.length > 1 && chosen[1].type.code !== value.type)
    throw unfit(`${type}.${name} takes several types that the value could be (${namesOf(fitting)}): name the property instead.`);
  return chosen;
}

const namesOf = (all: readonly Candidate[]): string =>
  all.map(([, { type }]) => (type.code.includes('.') ? 'parts' : type.code)).join(', ');

/** The JSON of the value as an element of that type; a copy each time, since a patch may be applied more than once. */
export function buildItem(definitions: Definitions, value: PatchValue, property: Property): Item {
  const { item, parts } = value;
  if (parts !== undefined) return { value: buildObject(definitions, property.type.code, parts) };
  return { ...item, value: cloneJson(item.value), ...(item.twin === undefined ? {} : { twin: cloneJson(item.twin) }) };
}

function buildObject(definitions: Definitions, type: string, parts: readonly JsonObject[]): JsonObject {
  const built: JsonObject = {};
  for (const part of parts) {
    const name = part['name'];
    if (typeof name !== 'string') throw badPatch(`Every part of a value needs a name: the element of ${type} that it is.`);
    addTo(definitions, built, type, name, readValue(definitions, part, `Part "${name}"`));
  }
  return built;
}

/** Appends to a list, or sets an element that is not there yet. */
export function addTo(definitions: Definitions, container: JsonObject, type: string, name: string, value: PatchValue): void {
  const [key, property] = propertyFor(definitions, type, name, value);
  const item = buildItem(definitions, value, property);
  if (property.element.max > 1) return putList(container, key, [...listAt(container, key), item]);
  const taken = candidates(definitions, type, property.element.name).some(
    ([k]) => Object.hasOwn(container, k) || Object.hasOwn(container, twinKey(k)),
  );
  if (taken) throw unfit(`${type}.${property.element.name} is there already and does not repeat: use "replace".`);
  putItem(container, key, item);
}
