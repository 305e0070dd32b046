/** Text as XML 1.0 may carry it. https://www.w3.org/TR/xml/#charsets, https://www.w3.org/TR/xml/#AVNormalize */
import { refusal } from '../outcome.ts';

const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Outside the characters of XML 1.0, which no reference can carry either. */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** Needs no thought in an attribute: most values do not. */
const plain = /^[ !#-%'-;=?-\ud7ff\ue000-\ufffd]*$/;

/** Throws when the text holds a character that no XML document can carry. */
export function checkCharacters(text: string): void {
  const at = text.search(forbidden);
  if (at < 0) return;
  const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  throw refusal('not-supported', `A string holds the character U+${code}, which XML cannot carry; ask for JSON instead`, { status: 406 });
}

/** For an attribute in double quotes; tabs and line breaks become references, else a reader would turn them into spaces. */
export function escapeAttribute(text: string): string {
  if (plain.test(text)) return text;
  checkCharacters(text);
  return text.replace(/[&<>"\t\n\r]/g, (character) => names[character] ?? `&#${character.charCodeAt(0)};`);
}

/** For text between tags. */
export function escapeText(text: string): string {
  checkCharacters(text);
  return text.replace(/[&<>\r]/g, (character) => names[character] ?? '&#13;');
}
