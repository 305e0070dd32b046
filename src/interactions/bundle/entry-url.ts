/** The url of a Bundle entry's request, relative to the base of the server. https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.request.url */
import { refusal } from '../../fhir/outcome.ts';

export interface EntryUrl {
  readonly path: string[];
  readonly query: [name: string, value: string][];
}

/** `Patient/1`, `Patient?name=x`, `/Patient/1` or the absolute form below `base`; percent-encoding is resolved. Throws 400. */
export function parseEntryUrl(url: string, base: string): EntryUrl {
  const local = relativeTo(url, base);
  const mark = local.indexOf('?');
  const path = mark < 0 ? local : local.slice(0, mark);
  return { path: parsePath(path), query: mark < 0 ? [] : parsePairs(local.slice(mark + 1)) };
}

function relativeTo(url: string, base: string): string {
  if (url === base) return '';
  if (url.startsWith(`${base}/`) || url.startsWith(`${base}?`)) return url.slice(base.length).replace(/^\//, '');
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(url))
    throw refusal('value', `request.url must be relative to the base of this server (such as Patient/1) or start with ${base}/.`);
  return url.startsWith('/') ? url.slice(1) : url;
}

function parsePath(text: string): string[] {
  if (text === '') return [];
  const segments = (text.endsWith('/') ? text.slice(0, -1) : text).split('/').map(decode);
  for (const segment of segments)
    if (isUnusable(segment)) throw refusal('value', `request.url has a path segment that names nothing: "${segment.slice(0, 64)}".`);
  return segments;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is refused
const control = /[\u0000-\u001f\u007f]/;

const isUnusable = (segment: string): boolean =>
  segment === '' || segment === '.' || segment === '..' || segment.length > 256 || control.test(segment);

function parsePairs(text: string): [string, string][] {
  const pairs: [string, string][] = [];
  for (const part of text.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    pairs.push(equals < 0 ? [decodeForm(part), ''] : [decodeForm(part.slice(0, equals)), decodeForm(part.slice(equals + 1))]);
  }
  return pairs;
}

const decodeForm = (text: string): string => {
  const decoded = decode(text.includes('+') ? text.replaceAll('+', ' ') : text);
  if (decoded.includes('\0')) throw refusal('value', 'request.url contains a NUL character.');
  return decoded;
};

function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw refusal(
      'value',
      'request.url is not percent-encoded UTF-8: a "%" is followed by two hexadecimal digits, "%25" stands for itself.',
    );
  }
}
