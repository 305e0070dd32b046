/** The request target below the FHIR base, parsed once: path segments and query pairs, percent-decoded. https://www.rfc-editor.org/rfc/rfc3986.html */
import { refusal } from '../fhir/outcome.ts';

export interface Target {
  readonly path: string[];
  readonly query: [name: string, value: string][];
}

/** Ids have 64 characters, the longest type or operation name about as many; anything far beyond cannot name a thing here. */
const longestSegment = 256;

/** C0 controls and DEL: no path holds them, and PostgreSQL cannot store NUL. */
function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}

function decode(text: string, where: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw refusal('value', `${where} is not percent-encoded UTF-8: a "%" is followed by two hexadecimal digits, "%25" stands for itself.`);
  }
}

function checkSegment(segment: string): void {
  if (segment === '') throw refusal('value', 'The path has an empty segment ("//").');
  if (segment === '.' || segment === '..') throw refusal('value', 'The path must not contain "." or ".." segments.');
  if (segment.length > longestSegment)
    throw refusal('value', `A path segment is longer than ${longestSegment} characters; an id has at most 64.`);
}

/** `/Patient/1` → `['Patient', '1']`; a trailing slash does not count. */
export function parsePath(text: string): string[] {
  if (text === '' || text === '/') return [];
  const end = text.endsWith('/') ? text.length - 1 : text.length;
  const segments = text.slice(1, end).split('/');
  for (let i = 0; i < segments.length; i++) {
    const given = segments[i] as string;
    const segment = decode(given, 'The path');
    checkSegment(segment);
    // Node's parser lets none through as it stands, so only a decoded one can hold it.
    if (segment !== given && hasControl(segment)) throw refusal('value', 'The path contains a control character.');
    segments[i] = segment;
  }
  return segments;
}

function decodeForm(text: string): string {
  return decode(text.includes('+') ? text.replaceAll('+', ' ') : text, 'The query');
}

function pair(text: string): [string, string] {
  const equals = text.indexOf('=');
  const name = decodeForm(equals < 0 ? text : text.slice(0, equals));
  const value = equals < 0 ? '' : decodeForm(text.slice(equals + 1));
  if (name.includes('\0') || value.includes('\0')) throw refusal('value', 'The query contains a NUL character.');
  return [name, value];
}

/** Pairs of a query or of an `application/x-www-form-urlencoded` body, in their order. */
export function parseQuery(text: string): [name: string, value: string][] {
  if (text === '') return [];
  const pairs: [string, string][] = [];
  for (const part of text.split('&')) if (part !== '') pairs.push(pair(part));
  return pairs;
}

/** `url` is the request target, `skip` the length of the base path in front. */
export function parseTarget(url: string, skip: number): Target {
  const mark = url.indexOf('?', skip);
  if (mark < 0) return { path: parsePath(url.slice(skip)), query: [] };
  return { path: parsePath(url.slice(skip, mark)), query: parseQuery(url.slice(mark + 1)) };
}
