/** Texts as searches compare them. https://hl7.org/fhir/R4/search.html#string, https://hl7.org/fhir/R4/search.html#escaping */

/** At the separators that no backslash stands before. */
export function parts(value: string, separator: string): string[] {
  const found: string[] = [];
  let part = '';
  for (let at = 0; at < value.length; at++) {
    const isEscape = value[at] === '\\' && at + 1 < value.length;
    if (!isEscape && value[at] === separator) {
      found.push(part);
      part = '';
    } else part += isEscape ? value.slice(at, ++at + 1) : value[at];
  }
  return [...found, part];
}

export const unescaped = (value: string): string => value.replace(/\\([\\,$|])/g, '$1');

export const escaped = (value: string): string => value.replace(/[\\,$|]/g, '\\$&');

/** Case, combining characters and white space that means nothing do not count. */
export const folded = (value: string): string =>
  value
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
