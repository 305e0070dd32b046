/** Texts that look like something else: tags of HTML in plain text, white space in base64. https://hl7.org/fhir/R4/security.html#narrative */
import type { ElementCheck } from './element.ts';

/** A tag of HTML, not just a "<" between numbers. */
const tag = /<\/?[A-Za-z][A-Za-z0-9]{0,20}(?:\s[^<>]{0,500})?\/?>/;

export const htmlInStringCheck: ElementCheck = {
  types: ['string'],
  check(visit, report) {
    const { value } = visit;
    if (typeof value !== 'string' || !value.includes('<') || !tag.test(value)) return;
    report.add('information', 'security', visit.at(), 'The text looks as if it held HTML tags; where it is shown as HTML, escape it');
  },
};

export const htmlInMarkdownCheck: ElementCheck = {
  types: ['markdown'],
  check(visit, report) {
    const { value } = visit;
    if (typeof value !== 'string' || !value.includes('<') || !tag.test(value.replace(/`[^`]*`/g, ''))) return;
    report.add(
      'warning',
      'security',
      visit.at(),
      'The markdown holds what looks like an HTML tag; it is not shown as one: expected markdown alone, with "<" escaped',
    );
  },
};

export const base64Check: ElementCheck = {
  types: ['base64Binary'],
  check(visit, report) {
    if (typeof visit.value === 'string' && /\s/.test(visit.value))
      report.add('warning', 'value', visit.at(), 'Base64 should have no white space, for not every reader skips it');
  },
};
