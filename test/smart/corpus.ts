/** Texts with which databases, headers, paths and pages are attacked, written for this server. https://cheatsheetseries.owasp.org/cheatsheets/Injection_Prevention_Cheat_Sheet.html */

/** Each would change a statement, or break it, if it ever became part of its text. */
export const sqlTexts: readonly string[] = [
  "'",
  "''",
  "' or '1'='1",
  "' or 1=1 --",
  "x' or true) --",
  "x') or true --",
  "x')) or true --",
  "x'; drop table anamnesis.res; --",
  "x'; select pg_sleep(5); --",
  "' union select null, null, null --",
  "x'||(select text from anamnesis.ver limit 1)||'",
  'x" or "1"="1',
  '$1 or true',
  '$$; select 1; $$',
  "\\' or 1=1 --",
  "E'\\x27 or true",
  '1 or 1=1',
  '1; select 1',
  '0) or (1=1',
  '1/**/or/**/true',
  '%',
  '_',
  '%%%_%',
  '*',
  '\\',
  '\\\\',
  '\u02bc or \u02bc1\u02bc=\u02bc1',
  '\uff07 or \uff071\uff07=\uff071',
  '{1,2}',
  '{"a"}',
  'null',
  'NaN',
  'Infinity',
  '1e999999',
  '-- ',
  '/* ',
  '(select 1)',
  'array[1]',
  'true',
  'anamnesis.res',
];

/** Each would begin a header, a second answer or a line of a log of its own. */
export const headerTexts: readonly string[] = [
  'x\r\nSet-Cookie: stolen=1',
  'x\nSet-Cookie: stolen=1',
  'x\rSet-Cookie: stolen=1',
  'x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<script>1</script>',
  'x%0d%0aSet-Cookie: stolen=1',
  'x%0aLocation: https://evil.example.org',
  '\u560d\u560aSet-Cookie: stolen=1',
  '\u2028Set-Cookie: stolen=1',
  'x"; stolen="1',
  'x", error="none',
];

/** Each would become part of a page. */
export const markupTexts: readonly string[] = [
  '<script>stolen()</script>',
  '"><img src=x onerror=stolen()>',
  "'><svg onload=stolen()>",
  'javascript:stolen()',
  '{{7*7}}',
  '<%= 7*7 %>',
  '${7*7}',
  '</title><script>stolen()</script>',
];

/** Each is odd in itself. */
export const oddTexts: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\u0001',
  '\ufffe',
  '\ud800',
  '\u{1f600}',
  '../../etc/passwd',
  '..%2f..%2f',
  '%',
  '%zz',
  '%c0%ae',
  '__proto__',
  'constructor',
  'toString',
  '[object Object]',
  'x'.repeat(5000),
  '💊'.repeat(500),
];

export const hostileTexts: readonly string[] = [...sqlTexts, ...headerTexts, ...markupTexts, ...oddTexts];
