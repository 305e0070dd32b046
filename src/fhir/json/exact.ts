/**
 * The digits of numbers that a JavaScript number cannot print back: `1.50`, `1e3`, twenty digits.
 * https://hl7.org/fhir/R4/json.html#decimal ("the precision of the decimal value has significance")
 *
 * The texts lie beside the values, by container and key, so that a resource stays plain data for everyone who does not care.
 */

type Key = string | number;

const texts = new WeakMap<object, Map<string, string>>();

/** The text of the number at `container[key]`, or undefined when the number prints as it is (also after it was replaced by another). */
export function exactNumber(container: object, key: Key): string | undefined {
  const text = texts.get(container)?.get(String(key));
  if (text === undefined) return undefined;
  return Number(text) === (container as Record<Key, unknown>)[key] ? text : undefined;
}

/** Remembers `text` as the digits of the number that stands (or will stand) at `container[key]`. */
export function setExactNumber(container: object, key: Key, text: string): void {
  const known = texts.get(container);
  if (known) known.set(String(key), text);
  else texts.set(container, new Map([[String(key), text]]));
}

/** After a shallow copy of one object: the copy prints its own numbers with the digits of the original. Deeper levels need nothing. */
export function carryExact(from: object, to: object): void {
  const known = texts.get(from);
  if (known) texts.set(to, new Map(known));
}

/** True when the container itself (not what lies deeper) has a number with kept digits that still holds. */
export function hasExact(container: object): boolean {
  const known = texts.get(container);
  if (!known) return false;
  for (const key of known.keys()) if (exactNumber(container, key) !== undefined) return true;
  return false;
}

/** Whether `text`, a number of the JSON grammar, is just what JavaScript prints for its value. */
export const printsBack = (text: string): boolean => String(Number(text)) === text;
