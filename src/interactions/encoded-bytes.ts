/** Bytes that are kept as base64 in a JSON text: any part of them is decoded without the rest. https://hl7.org/fhir/R4/datatypes.html#base64Binary, RFC 4648 section 4 */

/** A resource's text in two parts: the string of one member, as it stands there, and all else. */
interface Cut {
  readonly value: string;
  readonly rest: string;
}

/** The place of the quotation mark that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}

/** Takes a string member out of the outermost object; undefined when it has none of the name. The text is printed by this server: without blanks. */
export function cutMember(text: string, name: string): Cut | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
    if (char !== '"') continue;
    const end = endOfString(text, at);
    const isMember = depth === 1 && text.startsWith(':"', end + 1) && text.slice(at + 1, end) === name;
    if (isMember) return cutAt(text, at, end + 2);
    at = end;
  }
  return undefined;
}

function cutAt(text: string, start: number, value: number): Cut {
  const end = endOfString(text, value);
  const isLast = text[end + 1] !== ',';
  const rest = isLast ? text.slice(0, start).replace(/,$/, '') + text.slice(end + 1) : text.slice(0, start) + text.slice(end + 2);
  return { value: text.slice(value + 1, end), rest };
}

export class EncodedBytes {
  readonly length: number;
  readonly #text: string;

  constructor(base64: string) {
    // What the specification allows between the digits.
    this.#text = /[^A-Za-z0-9+/=]/.test(base64) ? Buffer.from(base64.replace(/\\[nrt]/g, ''), 'base64').toString('base64') : base64;
    this.length = Buffer.byteLength(this.#text, 'base64');
  }

  /** Bytes from `first` to `last`, both inclusive. */
  part(first: number, last: number): Buffer {
    const start = Math.floor(first / 3);
    const end = Math.floor(last / 3) + 1;
    return Buffer.from(this.#text.slice(start * 4, end * 4), 'base64').subarray(first - start * 3, last + 1 - start * 3);
  }

  get data(): Buffer {
    return Buffer.from(this.#text, 'base64');
  }
}
