/** Separators of search values, which a backslash takes their meaning from. https://hl7.org/fhir/R4/search.html#escaping */

/** Splits at separators that are not escaped; the parts keep their escapes. */
export function splitUnescaped(text: string, separator: ',' | '$' | '|'): readonly string[] {
  if (!text.includes(separator)) return [text];
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === separator) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

/** `a\,b` → `a,b`; a backslash before any other character stands for itself. */
export const unescaped = (text: string): string => (text.includes('\\') ? text.replace(/\\([,$|\\])/g, '$1') : text);
