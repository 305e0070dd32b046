/**
 * Elements that a resource type does not have as extensions, and back, without loss. https://hl7.org/fhir/R5/versions.html#extensions,
 * https://hl7.org/fhir/uv/xver-r5.r4/
 */
import type { Definitions, Property } from '../fhir/definitions.ts';
import { isObject, type JsonObject } from '../fhir/resource.ts';

/** `5.0`: the version whose elements the extensions carry. */
export type Version = '4.0' | '5.0' | '6.0';

export const extensionUrl = (version: Version, path: string): string =>
  `http://hl7.org/fhir/${version}/StructureDefinition/extension-${path}`;

/** A modifier extension of an element that has become an extension, which itself has none; it cannot stand there as an ordinary one. */
const modifierUrl = 'https://anamnesis.example/StructureDefinition/modifier-extension';

export const asExtension = ({ url, ...content }: JsonObject): JsonObject => ({
  url: modifierUrl,
  extension: [
    { url: 'url', valueUri: url },
    { ...content, url: 'content' },
  ],
});

/** The modifier extension that `asExtension` made it of; undefined for any other extension. */
export function asModifier({ url, extension }: JsonObject): JsonObject | undefined {
  if (url !== modifierUrl) return undefined;
  const [named, held] = objectsOf(extension);
  return { ...held, url: named?.['valueUri'] };
}

/** ext-1: an extension has a value or extensions, and an element may have an id alone. */
export const idPart = (id: unknown): JsonObject => ({ url: 'id', valueString: id });

/** Read and written by themselves, not as elements. */
const common: ReadonlySet<string> = new Set(['id', 'extension', 'modifierExtension']);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

export const objectsOf = (value: unknown): readonly JsonObject[] => listOf(value).filter(isObject);

export interface CrossVersion {
  /** What a property of an object of the type says, as extensions under the url of its element. */
  extensionsOf(type: string, holder: JsonObject, property: string): JsonObject[];
  /** Puts what an extension says back where it was; false for one that is of another kind. */
  take(type: string, target: JsonObject, extension: JsonObject): boolean;
  /** Names of properties of the type that the object has, in the order of the definition, without id and extensions. */
  propertiesOf(type: string, holder: JsonObject): readonly string[];
}

export function crossVersion(definitions: Definitions, version: Version): CrossVersion {
  const valueProperties = definitions.properties('Extension');
  const isNested = (code: string): boolean => code.includes('.');
  const valueName = (code: string): string => `value${capital(code === 'xhtml' ? 'string' : code)}`;
  const canBeValue = (code: string): boolean => valueProperties.has(valueName(code));

  const propertiesOf = (type: string, holder: JsonObject): readonly string[] =>
    [...definitions.properties(type).keys()].filter(
      (name) => !common.has(name) && (holder[name] !== undefined || holder[`_${name}`] !== undefined),
    );

  function valueExtension(url: string, { type }: Property, value: unknown, twin: unknown): JsonObject {
    if (!canBeValue(type.code)) return nestedExtension(url, type.code, isObject(value) ? value : {});
    const name = valueName(type.code);
    return { url, ...(value == null ? {} : { [name]: value }), ...(twin == null ? {} : { [`_${name}`]: twin }) };
  }

  function nestedExtension(url: string, type: string, holder: JsonObject): JsonObject {
    const inner = propertiesOf(type, holder).flatMap((name) => listed(type, holder, name, nestedUrl(type, name)));
    const own = objectsOf(holder['extension']);
    const modifiers = objectsOf(holder['modifierExtension']).map(asExtension);
    const { id } = holder;
    const all = [...inner, ...own, ...modifiers];
    return { ...(id === undefined ? {} : { id }), url, extension: all.length > 0 ? all : [idPart(id)] };
  }

  /** Inline structures keep a url of their own; all else is named by its element. */
  function nestedUrl(type: string, name: string): string {
    const property = definitions.properties(type).get(name) as Property;
    return isNested(property.type.code) ? extensionUrl(version, property.type.code) : property.element.name;
  }

  function listed(type: string, holder: JsonObject, name: string, url: string): JsonObject[] {
    const property = definitions.properties(type).get(name) as Property;
    const [values, twins] = [listOf(holder[name]), listOf(holder[`_${name}`])];
    return Array.from({ length: Math.max(values.length, twins.length) }, (_, i) => valueExtension(url, property, values[i], twins[i]));
  }

  function elementOf(type: string, url: unknown): string | undefined {
    const prefix = `${extensionUrl(version, type)}.`;
    return typeof url !== 'string' ? undefined : url.startsWith(prefix) ? url.slice(prefix.length) : url.includes(':') ? undefined : url;
  }

  function take(type: string, target: JsonObject, extension: JsonObject): boolean {
    const element = elementOf(type, extension['url']);
    const found = [...definitions.properties(type)].filter(([, property]) => property.element.name === element);
    if (element === undefined || common.has(element)) return false;
    for (const [name, property] of found) if (takeAs(target, name, property, extension)) return true;
    return false;
  }

  function takeAs(target: JsonObject, name: string, property: Property, extension: JsonObject): boolean {
    const { code } = property.type;
    if (!canBeValue(code)) return put(target, name, property, nestedValue(code, extension), undefined);
    const [value, twin] = [extension[valueName(code)], extension[`_${valueName(code)}`]];
    return value === undefined && twin === undefined ? false : put(target, name, property, value, twin);
  }

  function nestedValue(type: string, extension: JsonObject): JsonObject {
    const value: JsonObject = extension['id'] === undefined ? {} : { id: extension['id'] };
    for (const inner of objectsOf(extension['extension'])) {
      if (inner['url'] === 'id') continue;
      const modifier = asModifier(inner);
      if (modifier !== undefined) append(value, 'modifierExtension', modifier);
      else if (!take(type, value, inner)) append(value, 'extension', inner);
    }
    return value;
  }

  return {
    propertiesOf,
    extensionsOf: (type, holder, property) => {
      const { element } = definitions.properties(type).get(property) as Property;
      return listed(type, holder, property, `${extensionUrl(version, type)}.${element.name}`);
    },
    take,
  };
}

function put(target: JsonObject, name: string, { element }: Property, value: unknown, twin: unknown): true {
  if (element.max === 1) {
    if (value !== undefined) target[name] = value;
    if (twin !== undefined) target[`_${name}`] = twin;
    return true;
  }
  const place = Math.max(listOf(target[name]).length, listOf(target[`_${name}`]).length);
  if (value !== undefined) target[name] = padded(target[name], place, value);
  if (twin !== undefined) target[`_${name}`] = padded(target[`_${name}`], place, twin);
  return true;
}

/** Arrays of primitives and of their twins stand side by side, with null where one has nothing to say. */
const padded = (list: unknown, place: number, value: unknown): unknown[] => {
  const before = listOf(list);
  return [...before, ...Array.from({ length: place - before.length }, () => null), value];
};

export function append(target: JsonObject, name: string, ...more: readonly unknown[]): void {
  if (more.length > 0) target[name] = [...listOf(target[name]), ...more];
}
