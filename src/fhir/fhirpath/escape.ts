/** Escapes in strings and delimited names. https://hl7.org/fhirpath/N1/#string */

const escape = /\\(u[0-9a-fA-F]{4}|[\s\S]|$)/g;

const meaning: Readonly<Record<string, string>> = { r: '\r', n: '\n', t: '\t', f: '\f' };

/** An escape that is not known means the character behind the backslash. */
export function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(escape, (_, code: string) =>
    code.length === 5 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (meaning[code] ?? code),
  );
}

const special = /['\\\r\n\t\f]/g;

const written: Readonly<Record<string, string>> = { '\r': '\\r', '\n': '\\n', '\t': '\\t', '\f': '\\f' };

/** The literal of a string. */
export const stringLiteral = (value: string): string => `'${value.replace(special, (found) => written[found] ?? `\\${found}`)}'`;
