/** Media types and preference lists of HTTP headers. https://www.rfc-editor.org/rfc/rfc9110.html#name-content-negotiation */

export interface MediaType {
  /** Lower case, without parameters: `application/fhir+json`, a range such as `text/*`, or a bare word such as `json`. */
  readonly type: string;
  /** Lower-case names, values without quotes. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** One member of Accept, Accept-Encoding and their like. */
export interface Preference extends MediaType {
  /** 0 to 1; 0 = not acceptable. */
  readonly quality: number;
}

const token = /^[!#$%&'*+\-.^_`|~0-9a-z]+(?:\/[!#$%&'*+\-.^_`|~0-9a-z]+)?$/;
/** As the grammar has it, and without the leading zero, as some HTTP libraries write it. */
const quality = /^(?:0?\.\d{0,3}|0|1(?:\.0{0,3})?)$/;

/** Splits at a separator outside double quotes. */
function split(text: string, separator: string): string[] {
  if (!text.includes('"')) return text.split(separator);
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\' && quoted) i++;
    else if (text[i] === '"') quoted = !quoted;
    else if (text[i] === separator && !quoted) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

const unquote = (text: string): string => (text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text);

function parameter(text: string): [string, string] {
  const equals = text.indexOf('=');
  if (equals < 0) return [text.trim().toLowerCase(), ''];
  return [text.slice(0, equals).trim().toLowerCase(), unquote(text.slice(equals + 1).trim())];
}

/** Undefined when the text is no media type at all. */
export function parseMediaType(text: string): MediaType | undefined {
  const [head = '', ...rest] = split(text, ';');
  const type = head.trim().toLowerCase();
  if (!token.test(type)) return undefined;
  return { type, parameters: new Map(rest.filter((part) => part.trim() !== '').map(parameter)) };
}

function preference(text: string): Preference | undefined {
  const media = parseMediaType(text);
  if (media === undefined) return undefined;
  const q = media.parameters.get('q') ?? '1';
  return quality.test(q) ? { ...media, quality: Number(q) } : undefined;
}

/** The members of a preference list in their order; malformed ones are left out, as if they were not sent. */
export const parsePreferences = (header: string): Preference[] =>
  split(header, ',')
    .map(preference)
    .filter((member) => member !== undefined);
