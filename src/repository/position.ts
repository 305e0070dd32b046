/** Where a page ended, as an opaque text for the next link. */
import { instantOf } from '../fhir/instant.ts';
import { refusal } from '../fhir/outcome.ts';

export const encodePosition = (parts: readonly (string | number)[]): string => Buffer.from(parts.join('~')).toString('base64url');

/** Says whether a part of a position is one that this server can have made. */
export type Pattern = Pick<RegExp, 'test'>;

/** The parts of a position made by `encodePosition`; refused unless each matches its pattern. */
export function decodePosition(text: string, patterns: readonly Pattern[]): string[] {
  const parts = Buffer.from(text, 'base64url').toString().split('~');
  if (parts.length === patterns.length && patterns.every((pattern, i) => pattern.test(parts[i] ?? ''))) return parts;
  throw refusal('invalid', 'The page link is damaged or from elsewhere: start again from the first page', { expression: '_cursor' });
}

export const digits = /^\d{1,18}$/;
export const versionNumber = /^\d{1,9}$/;
/** A real one, with milliseconds and in UTC. */
export const instant: Pattern = { test: (text) => instantOf(text) === text };
