/** Where a page ended, as an opaque text for the next link. */
import { refusal } from '../fhir/outcome.ts';

export const encodePosition = (parts: readonly (string | number)[]): string => Buffer.from(parts.join('~')).toString('base64url');

/** The parts of a position made by `encodePosition`; refused unless each matches its pattern. */
export function decodePosition(text: string, patterns: readonly RegExp[]): string[] {
  const parts = Buffer.from(text, 'base64url').toString().split('~');
  if (parts.length === patterns.length && patterns.every((pattern, i) => pattern.test(parts[i] ?? ''))) return parts;
  throw refusal('invalid', 'The page link is damaged or from elsewhere: start again from the first page', { expression: '_cursor' });
}

export const digits = /^\d{1,18}$/;
export const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
