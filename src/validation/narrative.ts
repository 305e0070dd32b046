/**
 * Whether a narrative is one well-formed XHTML `div`. Plain ones are told by a quick scan, all others by the XML parser.
 * https://hl7.org/fhir/R4/narrative.html
 */
import { SaxesParser } from 'saxes';
import { replaceEntities } from '../fhir/xml/entity.ts';
import { embedXhtml } from '../fhir/xml/xhtml.ts';
import { PlainTag } from './plain-tag.ts';

const plainReference = /&(?:amp|lt|gt|quot|apos|#(?:[1-9]\d{2,3}|x[1-9a-fA-F][0-9a-fA-F]{1,2}));/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML has none of them
const unusual = /]]>|[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const root = '<div xmlns="http://www.w3.org/1999/xhtml">';

const maxDepth = 250;

/** True = certainly well-formed; false = not known. */
function isPlain(text: string): boolean {
  if (!text.startsWith(root) || unusual.test(text) || !text.isWellFormed() || !arePlainReferences(text)) return false;
  const tag = new PlainTag(text);
  const open = ['div'];
  for (let at = text.indexOf('<', root.length); at >= 0; at = text.indexOf('<', at)) {
    if (!tag.read(at)) return false;
    at = tag.end;
    if (tag.closes) {
      if (open.pop() !== tag.name) return false;
    } else if (!tag.isEmpty && open.push(tag.name) > maxDepth) return false;
    if (open.length === 0) return at === text.length;
  }
  return false;
}

function arePlainReferences(text: string): boolean {
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    plainReference.lastIndex = at;
    if (!plainReference.test(text)) return false;
  }
  return true;
}

/**
 * Elements nested beyond all sense, or broken before that shows. Looked into only where there are tags enough for it; without namespaces
 * the parser takes the same time for every tag, with them it searches all the open ones.
 */
function isTooDeep(text: string): boolean {
  if (!mayBeDeep(text)) return false;
  const parser = new SaxesParser({ position: false });
  let depth = 0;
  parser.on('error', stop);
  parser.on('opentag', () => {
    if (++depth > maxDepth) stop();
  });
  parser.on('closetag', () => {
    depth--;
  });
  return !succeeds(() => parser.write(replaceEntities(text.trim())).close());
}

function mayBeDeep(text: string): boolean {
  let tags = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) if (++tags > maxDepth) return true;
  return false;
}

function stop(): never {
  throw new Error('not a narrative');
}

function succeeds(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch {
    return false;
  }
}

// SHALL: an XHTML fragment, well-formed — narrative.html#xhtml
export function isNarrative(text: string): boolean {
  if (isPlain(text)) return true;
  return /^\s*<div[\s/>]/.test(text) && !isTooDeep(text) && succeeds(() => embedXhtml(text));
}
