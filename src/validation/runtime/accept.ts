/** Values of primitive types, as far as they can be told at a glance; what is unusual is looked at with care. https://hl7.org/fhir/R4/datatypes.html#primitive */
import { exactNumber } from '../../fhir/json.ts';
import type { JsonObject } from '../../fhir/resource.ts';
import { type Primitive, primitiveOf } from '../primitive.ts';

/** `owner[key]` is the value. */
export type Accept = (value: unknown, owner?: object, key?: string | number) => boolean;

/** So long a text is read faster by a regular expression. */
const short = 40;

/** Whether all characters are above the limit: neither control characters nor, from 32 on, white space. */
function isAbove(text: string, limit: number): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) <= limit) return false;
  return true;
}

const hasNoBlank = (accepts: (value: unknown) => boolean, limit: number): Accept => {
  return (value) => typeof value === 'string' && value !== '' && ((value.length <= short && isAbove(value, limit)) || accepts(value));
};

/** `1.0` and `1e2` are whole in value, but not as FHIR writes integers. */
export function isWrittenBroken(owner: object, key: string | number): boolean {
  const text = exactNumber(owner as JsonObject, key);
  return text !== undefined && /[.eE]/.test(text);
}

function acceptOf(type: string, { json, accepts, whole }: Primitive): Accept {
  if (whole) return (value, owner, key) => typeof value === 'number' && accepts(value) && !isWrittenBroken(owner as object, key ?? '');
  if (json === 'number') return (value) => typeof value === 'number' && accepts(value);
  if (json === 'boolean') return (value) => typeof value === 'boolean';
  if (type === 'string' || type === 'markdown') return hasNoBlank(accepts, 31);
  if (type === 'code' || type === 'uri' || type === 'url' || type === 'canonical') return hasNoBlank(accepts, 32);
  return (value) => typeof value === 'string' && value !== '' && accepts(value);
}

const made = new Map<string, Accept>();

/** One function for each type, for all that ask. */
export function acceptsOf(type: string): Accept {
  const known = made.get(type) ?? acceptOf(type, primitiveOf(type));
  made.set(type, known);
  return known;
}
