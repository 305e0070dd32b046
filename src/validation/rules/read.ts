/** Parts of a resource as they are wanted; what is of another kind counts as absent, for the structural check has told of it. */
import { isObject, type JsonObject } from '../../fhir/resource.ts';

export function textOf(holder: JsonObject | undefined, name: string): string | undefined {
  const value = holder?.[name];
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(holder: JsonObject | undefined, name: string): number | undefined {
  const value = holder?.[name];
  return typeof value === 'number' ? value : undefined;
}

export function objectOf(holder: JsonObject | undefined, name: string): JsonObject | undefined {
  const value = holder?.[name];
  return isObject(value) ? value : undefined;
}

export function listOf(holder: JsonObject | undefined, name: string): readonly unknown[] {
  const value = holder?.[name];
  return Array.isArray(value) ? value : [];
}

export const objectsOf = (holder: JsonObject | undefined, name: string): JsonObject[] => listOf(holder, name).filter(isObject);

export const textsOf = (holder: JsonObject | undefined, name: string): string[] =>
  listOf(holder, name).filter((item) => typeof item === 'string');

/** Visits the objects of a list, each with its path. */
export function eachOf(
  holder: JsonObject | undefined,
  name: string,
  at: string,
  visit: (item: JsonObject, at: string, index: number) => void,
): void {
  listOf(holder, name).forEach((item, index) => {
    if (isObject(item)) visit(item, `${at}.${name}[${index}]`, index);
  });
}

/** `valueString` → its name, type suffix and value; undefined when no choice of that name is there. */
export function choiceOf(
  holder: JsonObject,
  name: string,
): { readonly key: string; readonly suffix: string; readonly value: unknown } | undefined {
  for (const key in holder)
    if (key.startsWith(name) && /^[A-Z]/.test(key.slice(name.length))) return { key, suffix: key.slice(name.length), value: holder[key] };
  return undefined;
}

/** The values of all extensions with a url, in their order. */
export const extensionValues = (holder: JsonObject | undefined, url: string): unknown[] =>
  objectsOf(holder, 'extension').flatMap((extension) => (extension['url'] === url ? [choiceOf(extension, 'value')?.value] : []));

const maxShown = 80;

/** A value of the resource as it may stand in an error text. */
export const quoted = (text: string): string => `"${text.length > maxShown ? `${text.slice(0, maxShown)}…` : text}"`;
