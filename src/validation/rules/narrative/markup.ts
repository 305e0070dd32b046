/** The tags and texts of a narrative, without a tree. Well-formedness is checked elsewhere. https://hl7.org/fhir/R4/narrative.html#xhtml */

export interface Tag {
  /** In lower case, without prefix. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

const tag = /<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const attribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

export interface Reader {
  /** Opening tags in their order. */
  open?(tag: Tag): void;
  /** What stands between tags, with the elements around it, outer ones first; true only during the call. */
  text?(text: string, around: readonly Tag[]): void;
}

/** Comments and CDATA are passed over. */
export function readMarkup(xhtml: string, { open, text }: Reader): void {
  const around: Tag[] = [];
  let behind = 0;
  for (let at = xhtml.indexOf('<'); at >= 0; at = xhtml.indexOf('<', at)) {
    if (text !== undefined && at > behind) text(xhtml.slice(behind, at), around);
    const found = tagAt(xhtml, at);
    at = found?.end ?? behindUnread(xhtml, at) ?? at + 1;
    behind = at;
    if (found === undefined) continue;
    if (found.tag === undefined) around.pop();
    else {
      open?.(found.tag);
      if (!found.isEmpty) around.push(found.tag);
    }
  }
}

/** Without a tag: a closing one. */
function tagAt(xhtml: string, at: number): { tag?: Tag; isEmpty: boolean; end: number } | undefined {
  tag.lastIndex = at;
  const found = tag.exec(xhtml);
  if (found === null) return undefined;
  const [whole, closing, name = '', attributes = '', empty] = found;
  const end = at + whole.length;
  if (closing !== '') return { isEmpty: false, end };
  return { tag: { name: local(name), attributes: attributesOf(attributes) }, isEmpty: empty !== '', end };
}

export function tagsOf(xhtml: string): Tag[] {
  const tags: Tag[] = [];
  readMarkup(xhtml, { open: (one) => tags.push(one) });
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
