/**
 * The text of a `value` attribute as the JSON value of its type.
 * https://hl7.org/fhir/R4/datatypes.html#primitive, https://hl7.org/fhir/R4/json.html#primitive
 */
import { isPlain, maxNumberLength } from '../json/survey.ts';

export interface PrimitiveValue {
  readonly value: string | number | boolean;
  /** The digits, where the number does not print back as they stand. */
  readonly digits?: string;
}

const integer = /^[-+]?(?:0|[1-9]\d*)$/;
const decimal = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

const numberPatterns: Readonly<Record<string, RegExp>> = { integer, positiveInt: integer, unsignedInt: integer, decimal };

/** The value, or undefined when the text is none of the type. Strings of every kind are taken as they are. */
export function primitiveValue(type: string, text: string): PrimitiveValue | undefined {
  if (type === 'boolean') return text === 'true' || text === 'false' ? { value: text === 'true' } : undefined;
  const pattern = numberPatterns[type];
  if (!pattern) return { value: text };
  if (text.length > maxNumberLength || !pattern.test(text)) return undefined;
  const digits = text.replace(/^\+/, '');
  const value = Number(digits);
  if (!Number.isFinite(value)) return undefined;
  return isPlain(digits) ? { value } : { value, digits };
}
