/**
 * The narrative: one XHTML `div`, a string in JSON and part of the document in XML.
 * https://hl7.org/fhir/R4/narrative.html, https://hl7.org/fhir/R4/xml.html#xhtml
 */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { refusal } from '../outcome.ts';
import { replaceEntities } from './entity.ts';
import { checkCharacters, escapeAttribute, escapeText } from './escape.ts';
import { xhtmlNamespace } from './plan.ts';

const unfit = (what: string) => refusal('structure', `A narrative is not well-formed XHTML: ${what}`);

/** Why a text is not one well-formed `div` of XHTML, or undefined when it is. Says nothing about which elements a narrative may use. */
export function xhtmlFault(div: string): string | undefined {
  try {
    checkDiv(div);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Throws on a fault; answers whether the root declares its namespace itself. */
function checkDiv(div: string): boolean {
  const parser = new SaxesParser({ xmlns: true, position: false, forceXMLVersion: true, defaultXMLVersion: '1.0' });
  let root: SaxesTagNS | undefined;
  parser.on('error', (error) => {
    throw unfit(error.message);
  });
  parser.on('doctype', () => {
    throw unfit('it holds a document type declaration');
  });
  parser.on('opentag', (tag) => {
    root ??= tag;
  });
  checkCharacters(div);
  parser.write(div).close();
  if (root?.local !== 'div') throw unfit('its outermost element must be <div>');
  if (root.uri !== '' && root.uri !== xhtmlNamespace) throw unfit(`its <div> must be in the namespace ${xhtmlNamespace}`);
  return root.uri !== '';
}

/** A narrative of JSON as it stands in XML. Throws a FhirError when no XML document could hold it. */
export function embedXhtml(div: string): string {
  // A reader of XML sees every line break as LF; a reference keeps the CR.
  const text = replaceEntities(div.trim()).replaceAll('\r', '&#13;');
  return checkDiv(text) ? text : text.replace('<div', `<div xmlns="${xhtmlNamespace}"`);
}

type Resolve = (prefix: string) => string | undefined;

/** Needs names from outside: a prefix, or a default namespace that the `div` does not declare itself. */
export const isSelfContained = (tag: SaxesTagNS): boolean =>
  tag.prefix === '' && Object.values(tag.attributes).every(({ prefix }) => prefix === '' || prefix === 'xml' || prefix === 'xmlns');

/** The same XHTML written so that it needs no declaration from around it. `resolve` knows the prefixes of the surrounding document. */
export function rewriteXhtml(div: string, resolve: Resolve): string {
  const parser = new SaxesParser({ xmlns: true, position: false, resolvePrefix: resolve });
  const namespaces: string[] = [];
  let text = '';
  parser.on('opentag', (tag) => {
    text += openTag(tag, tag.uri === namespaces.at(-1) ? '' : ` xmlns="${escapeAttribute(tag.uri)}"`);
    if (!tag.isSelfClosing) namespaces.push(tag.uri);
  });
  parser.on('closetag', (tag) => {
    if (tag.isSelfClosing) return;
    namespaces.pop();
    text += `</${tag.local}>`;
  });
  parser.on('text', (piece) => {
    text += escapeText(piece);
  });
  parser.on('cdata', (piece) => {
    text += escapeText(piece);
  });
  parser.write(div).close();
  return text;
}

function openTag(tag: SaxesTagNS, declaration: string): string {
  let text = `<${tag.local}${declaration}`;
  for (const { prefix, local, value } of Object.values(tag.attributes)) {
    if (prefix === 'xmlns' || (prefix === '' && local === 'xmlns')) continue;
    if (prefix !== '' && prefix !== 'xml') throw unfit(`the attribute ${prefix}:${local} belongs to no XHTML element`);
    text += ` ${prefix === '' ? local : `xml:${local}`}="${escapeAttribute(value)}"`;
  }
  return text + (tag.isSelfClosing ? '/>' : '>');
}
