/** What a GenomicStudy and its analyses share as Procedures of Genomics Reporting. https://build.fhir.org/ig/HL7/genomics-reporting/ */

import { isDeepStrictEqual } from 'node:util';
import { own } from '../fhir/own.ts';
import type { JsonObject } from '../fhir/resource.ts';
import { append, asExtension, asModifier, type CrossVersion, idPart, objectsOf } from './cross-version.ts';

export const reporting = (name: string): string => `http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/${name}`;

/** Where an element of the study or the analysis stands in the Procedure. */
export type Placement =
  /** Under the same or another name; `single`: the first of a list, `list`: a list of one. */
  | { readonly kind: 'element'; readonly name: string; readonly as: 'same' | 'single' | 'list' }
  /** In an extension of the guide, each value in one. */
  | { readonly kind: 'extension'; readonly url: string; readonly value: string }
  /** In an extension whose parts have the names of the elements. */
  | { readonly kind: 'parts'; readonly url: string; readonly parts: Readonly<Record<string, readonly string[]>> };

export type Placements = Readonly<Record<string, Placement>>;

const twin = (name: string): string => `_${name}`;
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/** Moves what the placement can hold from the native element into the Procedure; the rest is left in `rest`. */
export function place(element: string, placement: Placement, native: JsonObject, procedure: JsonObject, rest: JsonObject): void {
  if (placement.kind === 'element') placeElement(element, placement, native, procedure, rest);
  else if (native[element] === undefined) placeValue(placement, undefined, native[twin(element)], procedure);
  else for (const value of listOf(native[element])) placeValue(placement, value as JsonObject, native[twin(element)], procedure);
}

function placeElement(
  element: string,
  { name, as }: Placement & { readonly kind: 'element' },
  native: JsonObject,
  procedure: JsonObject,
  rest: JsonObject,
): void {
  const [value, twinValue] = [native[element], native[twin(element)]];
  if (as === 'single') {
    const [first, ...others] = listOf(value);
    if (first !== undefined) procedure[name] = first;
    if (others.length > 0) rest[element] = others;
    return;
  }
  const wrap = (each: unknown): unknown => (as === 'list' ? [each] : each);
  if (value !== undefined) procedure[name] = wrap(value);
  if (twinValue !== undefined) procedure[twin(name)] = wrap(twinValue);
}

function placeValue(
  placement: Exclude<Placement, { kind: 'element' }>,
  value: JsonObject | undefined,
  twinValue: unknown,
  procedure: JsonObject,
): void {
  if (placement.kind === 'extension') {
    const said = value === undefined ? {} : { [placement.value]: value };
    const beside = twinValue === undefined ? {} : { [twin(placement.value)]: twinValue };
    return append(procedure, 'extension', { url: placement.url, ...said, ...beside });
  }
  const { id, extension, modifierExtension, ...parts } = value ?? {};
  const inner = Object.entries(placement.parts).flatMap(([name, values]) =>
    values.flatMap((valueName) => {
      const part = parts[partName(name, values, valueName)];
      return part === undefined ? [] : [{ url: name, [valueName]: part }];
    }),
  );
  const modifiers = objectsOf(modifierExtension).map(asExtension);
  const all = [...inner, ...objectsOf(extension), ...modifiers];
  append(procedure, 'extension', {
    ...(id === undefined ? {} : { id }),
    url: placement.url,
    extension: all.length > 0 ? all : [idPart(id)],
  });
}

/** `generatedBy` with two possible types is `generatedByIdentifier` or `generatedByReference`. */
const partName = (name: string, values: readonly string[], valueName: string): string =>
  values.length === 1 ? name : `${name}${valueName.slice('value'.length)}`;

/** Puts back what `place` moved; false when the extension is none of these. */
export function takeBack(placements: Placements, extension: JsonObject, native: JsonObject, isList: (element: string) => boolean): boolean {
  for (const [element, placement] of Object.entries(placements)) {
    if (placement.kind === 'element' || placement.url !== extension['url']) continue;
    const value = placement.kind === 'extension' ? extension[placement.value] : objectOf(placement, extension);
    const twinValue = placement.kind === 'extension' ? extension[twin(placement.value)] : undefined;
    if (value === undefined && twinValue === undefined) return false;
    if (isList(element)) append(native, element, value);
    else if (native[element] !== undefined) return false;
    else if (value !== undefined) native[element] = value;
    if (twinValue !== undefined) native[twin(element)] = twinValue;
    return true;
  }
  return false;
}

function objectOf({ parts }: Placement & { readonly kind: 'parts' }, extension: JsonObject): JsonObject {
  const value: JsonObject = extension['id'] === undefined ? {} : { id: extension['id'] };
  for (const inner of objectsOf(extension['extension'])) {
    const values = own(parts, String(inner['url']));
    const valueName = values?.find((name) => inner[name] !== undefined);
    const name = values && valueName && partName(String(inner['url']), values, valueName);
    if (inner['url'] === 'id') continue;
    const modifier = asModifier(inner);
    if (modifier !== undefined) append(value, 'modifierExtension', modifier);
    else if (name === undefined || value[name] !== undefined || Object.keys(inner).length > 2) append(value, 'extension', inner);
    else value[name] = inner[valueName as string];
  }
  return value;
}

/** Puts elements of the Procedure back under their native names; answers the names that were understood. */
export function takeElements(placements: Placements, procedure: JsonObject, native: JsonObject): ReadonlySet<string> {
  const taken = new Set<string>();
  for (const [element, placement] of Object.entries(placements)) {
    if (placement.kind !== 'element') continue;
    const { name, as } = placement;
    const [value, twinValue] = [procedure[name], procedure[twin(name)]];
    // The native element holds one: more of them stay where they are.
    if (as === 'list' && listOf(value).length > 1) continue;
    taken.add(name);
    const unwrap = (each: unknown): unknown => (as === 'list' ? listOf(each)[0] : as === 'single' ? [each] : each);
    if (value !== undefined) native[element] = unwrap(value);
    if (twinValue !== undefined) native[twin(element)] = unwrap(twinValue);
  }
  return taken;
}

/** Elements of a Procedure that nothing native stands for become extensions of R4. */
export function keepOthers(older: CrossVersion, procedure: JsonObject, known: ReadonlySet<string>, native: JsonObject): void {
  for (const name of older.propertiesOf('Procedure', procedure))
    if (!known.has(name)) append(native, 'extension', ...older.extensionsOf('Procedure', procedure, name));
}

export const laboratory = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] };

export const isLaboratory = (category: unknown): boolean => isDeepStrictEqual(category, laboratory);
