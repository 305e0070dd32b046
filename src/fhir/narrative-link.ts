/** The links of a narrative: `<a href>` and `<img src>` in its XHTML. https://hl7.org/fhir/R4/narrative.html#xhtml */

const attribute = String.raw`\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*')`;
const pattern = String.raw`(<a(?:${attribute})*?\s+href\s*=\s*|<img(?:${attribute})*?\s+src\s*=\s*)("[^"]*"|'[^']*')`;

const mayHoldLinks = (xhtml: string): boolean => xhtml.includes('href') || xhtml.includes('src');

/** The values of all links, entities resolved, in their order. */
export function narrativeLinks(xhtml: string): string[] {
  if (!mayHoldLinks(xhtml)) return [];
  return Array.from(xhtml.matchAll(new RegExp(pattern, 'g')), (match) => decoded(match[2] ?? ''));
}

/** The XHTML with every link replaced for which `target` has an answer. */
export function replaceNarrativeLinks(xhtml: string, target: (value: string) => string | undefined): string {
  if (!mayHoldLinks(xhtml)) return xhtml;
  return xhtml.replace(new RegExp(pattern, 'g'), (whole: string, before: string, quoted: string) => {
    const now = target(decoded(quoted));
    return now === undefined ? whole : `${before}${quoted.charAt(0)}${encoded(now)}${quoted.charAt(0)}`;
  });
}

const decoded = (quoted: string): string => {
  const value = quoted.slice(1, -1);
  return value.includes('&') ? value.replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&') : value;
};

const encoded = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;');
