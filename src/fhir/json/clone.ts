/** Deep copies of JSON values that print like the original, digits included. */
import { carryExact } from './exact.ts';

/** A deep copy of a JSON value; numbers keep their digits. */
export function cloneJson<T>(value: T): T {
  return (typeof value === 'object' && value !== null ? cloneContainer(value) : value) as T;
}

function cloneContainer(from: object): object {
  return Array.isArray(from) ? cloneArray(from) : cloneObject(from as Record<string, unknown>);
}

function cloneArray(from: readonly unknown[]): unknown[] {
  const to = from.slice();
  let numbers = false;
  for (let i = 0; i < to.length; i++) {
    const item = to[i];
    if (typeof item === 'object' && item !== null) to[i] = cloneContainer(item);
    else if (typeof item === 'number') numbers = true;
  }
  if (numbers) carryExact(from, to);
  return to;
}

function cloneObject(from: Readonly<Record<string, unknown>>): Record<string, unknown> {
  // A spread makes own properties, also of a property named __proto__; it is then safe to assign.
  const to = { ...from };
  let numbers = false;
  for (const key in to) {
    const item = to[key];
    if (typeof item === 'object' && item !== null) to[key] = cloneContainer(item);
    else if (typeof item === 'number') numbers = true;
  }
  if (numbers) carryExact(from, to);
  return to;
}
