/** The tags of a narrative, without a tree. Well-formedness is checked elsewhere. https://hl7.org/fhir/R4/narrative.html#xhtml */

export interface Tag {
  /** In lower case, without prefix. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** How many tags are open around it. */
  readonly depth: number;
}

const tag = /<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const attribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Opening tags in their order; comments and CDATA are passed over. */
export function tagsOf(xhtml: string): Tag[] {
  const tags: Tag[] = [];
  let depth = 0;
  for (let at = xhtml.indexOf('<'); at >= 0; at = xhtml.indexOf('<', at)) {
    const skipped = behindUnread(xhtml, at);
    if (skipped !== undefined) {
      at = skipped;
      continue;
    }
    tag.lastIndex = at;
    const found = tag.exec(xhtml);
    if (found === null) {
      at++;
      continue;
    }
    const [whole, closing, name = '', attributes = '', empty] = found;
    at += whole.length;
    if (closing !== '') depth--;
    else {
      tags.push({ name: local(name), attributes: attributesOf(attributes), depth });
      if (empty === '') depth++;
    }
  }
  return tags;
}

/** Behind a comment, a CDATA section or an instruction. */
function behindUnread(xhtml: string, at: number): number | undefined {
  const next = xhtml.charCodeAt(at + 1);
  if (next !== 33 && next !== 63) return undefined;
  const end = xhtml.startsWith('<!--', at) ? '-->' : xhtml.startsWith('<![CDATA[', at) ? ']]>' : '>';
  const found = xhtml.indexOf(end, at + 2);
  return found < 0 ? xhtml.length : found + end.length;
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1).toLowerCase();

const none: ReadonlyMap<string, string> = new Map();

function attributesOf(text: string): ReadonlyMap<string, string> {
  if (text === '') return none;
  return new Map(
    [...text.matchAll(attribute)].map(([, name = '', double, single]) => [name.toLowerCase(), decoded(double ?? single ?? '')]),
  );
}

const decoded = (value: string): string =>
  value.includes('&')
    ? value.replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
    : value;
