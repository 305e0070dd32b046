/** The links of a Bundle: which relations its type allows, each once. https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.link */
import type { JsonObject, Resource } from '../../../fhir/resource.ts';
import type { Report, Rule } from '../../validation.ts';
import { eachOf, quoted, textOf } from '../read.ts';
import { entriesOf } from './entry.ts';

const paging: ReadonlySet<string> = new Set(['first', 'previous', 'prev', 'next', 'last']);
const paged: ReadonlySet<string | undefined> = new Set(['searchset', 'history']);

export const linkRelationRule: Rule = {
  types: ['Bundle'],
  check(bundle, at, report) {
    const type = textOf(bundle, 'type');
    const seen = new Set<string>();
    let names: ReadonlySet<string> | undefined;
    eachOf(bundle, 'link', at, (link, place) => {
      const relation = textOf(link, 'relation');
      if (relation === undefined) return;
      checkRelation(relation, type, place, seen, report);
      if (relation === 'stylesheet' && type === 'document') {
        names ??= namesIn(bundle, at);
        checkStylesheet(link, place, names, report);
      }
    });
  },
};

function checkRelation(relation: string, type: string | undefined, at: string, seen: Set<string>, report: Report): void {
  if (paging.has(relation) && !paged.has(type))
    report.add(
      'error',
      'invalid',
      `${at}.relation`,
      `The relation ${quoted(relation)} is for pages of searchset and history, not for a ${type}`,
    );
  else if ((relation === 'self' || paging.has(relation)) && seen.has(relation))
    report.add('error', 'invalid', at, `The relation ${quoted(relation)} is there already; expected it once`);
  seen.add(relation);
}

/** `Type/id` of the entries. */
const namesIn = (bundle: Resource, at: string): ReadonlySet<string> =>
  new Set(entriesOf(bundle, at).flatMap(({ resource }) => (resource === undefined ? [] : [`${resource.resourceType}/${resource.id}`])));

const standardStylesheet = 'https://hl7.org/fhir/fhir.css';

/** https://hl7.org/fhir/R4/documents.html#css */
function checkStylesheet(link: JsonObject, at: string, names: ReadonlySet<string>, report: Report): void {
  const url = textOf(link, 'url');
  if (url === undefined || url === standardStylesheet) return;
  const place = `${at}.url`;
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(url)) {
    report.add(
      'warning',
      'business-rule',
      place,
      `The stylesheet is outside of the document; expected a Binary of the document or ${standardStylesheet}`,
    );
    if (url.startsWith('http://')) report.add('warning', 'business-rule', place, 'The stylesheet is not fetched securely; expected https');
  } else if (!names.has(url))
    report.add(
      'error',
      'not-found',
      place,
      `The stylesheet ${quoted(url)} is not in the document; expected Type/id of an entry or an absolute URL`,
    );
}
