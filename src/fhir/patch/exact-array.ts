/** Arrays whose numbers keep their digits when elements move. https://hl7.org/fhir/R4/json.html#decimal */
import { exactNumber, setExactNumber } from '../json.ts';

/** A value on its way from one place to another, with the digits of its number. */
export interface Carried {
  readonly value: unknown;
  readonly digits?: string | undefined;
}

export const carriedFrom = (container: object, key: string | number): Carried => ({
  value: (container as Record<string | number, unknown>)[key],
  digits: exactNumber(container, key),
});

/** Digits are cleared as well as set: 1.5 that replaces 1.50 prints as 1.5. */
export function putInto(container: object, key: string | number, { value, digits }: Carried): void {
  (container as Record<string | number, unknown>)[key] = value;
  if (typeof value !== 'number') return;
  if (digits !== undefined || exactNumber(container, key) !== undefined) setExactNumber(container, key, digits ?? String(value));
}

/** `array.splice` that moves the digits of the elements behind `at` with them. */
export function spliceExact(array: unknown[], at: number, remove: number, ...items: readonly Carried[]): void {
  const behind: [number, Carried][] = [];
  for (let i = at + remove; i < array.length; i++) {
    if (typeof array[i] === 'number') behind.push([i - remove + items.length, carriedFrom(array, i)]);
  }
  array.splice(at, remove, ...items.map((item) => item.value));
  items.forEach((item, i) => {
    putInto(array, at + i, item);
  });
  for (const [i, item] of behind) putInto(array, i, item);
}
