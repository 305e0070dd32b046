/** Sections as XHTML that people can read. https://hl7.org/fhir/R4/narrative.html */
import type { Row, Section } from './section.ts';

const replacements: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Characters that XML does not know, such as controls, are left out. */
export const xmlText = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML 1.0 does not allow
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (character) => replacements[character] as string);

const narrative = (inner: string) => ({
  status: 'generated' as const,
  div: `<div xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">${inner}</div>`,
});

export const paragraph = (text: string) => narrative(`<p>${xmlText(text)}</p>`);

export function table({ columns }: Pick<Section, 'columns'>, rows: readonly Row[], note = '') {
  const head = columns.map((column) => `<th>${xmlText(column)}</th>`).join('');
  const body = rows.map(({ cells }) => `<tr>${cells.map((cell) => `<td>${xmlText(cell)}</td>`).join('')}</tr>`).join('');
  const below = note === '' ? '' : `<p>${xmlText(note)}</p>`;
  return narrative(`<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>${below}`);
}
