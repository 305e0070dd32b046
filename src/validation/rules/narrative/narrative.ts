/** Narratives: formatting only, nothing active, links that lead somewhere, in the language of the resource. https://hl7.org/fhir/R4/narrative.html */
import type { Report } from '../../validation.ts';
import type { ElementCheck, Visit } from '../element/element.ts';
import { quoted, textOf } from '../read.ts';
import { isAllowedAttribute, isAllowedElement } from './allowed.ts';
import { hasId } from './element-id.ts';
import { type Tag, tagsOf } from './markup.ts';
import { languagesOf } from './section.ts';

export const narrativeCheck: ElementCheck = {
  types: ['xhtml'],
  check(visit, report) {
    const { value: xhtml } = visit;
    if (typeof xhtml !== 'string') return;
    const tags = tagsOf(xhtml);
    checkTags(tags, visit, report);
    checkLinks(tags, visit, report);
    checkLanguage(tags, visit, report);
    checkRoot(tags[0], visit, report);
    checkSections(xhtml, visit, report);
    if (/&(?!amp;|lt;|gt;|quot;|apos;|#)[A-Za-z][A-Za-z0-9]*;/.test(xhtml))
      report.add(
        'warning',
        'structure',
        visit.at(),
        'The narrative uses names of HTML for characters; expected the Unicode characters themselves',
      );
  },
};

// SHALL: only basic formatting, no active content — narrative.html#xhtml
function checkTags(tags: readonly Tag[], visit: Visit, report: Report): void {
  const strange = new Set<string>();
  const attributes = new Set<string>();
  for (const { name, attributes: own } of tags) {
    if (!isAllowedElement(name)) strange.add(name);
    else for (const attribute of own.keys()) if (!isAllowedAttribute(name, attribute)) attributes.add(`${attribute} on <${name}>`);
  }
  if (strange.size > 0)
    report.add(
      'error',
      'structure',
      visit.at(),
      `The narrative has the elements ${list(strange)}; expected only basic formatting, tables, lists, links and images`,
    );
  if (attributes.size > 0)
    report.add(
      'error',
      'structure',
      visit.at(),
      `The narrative has the attributes ${list(attributes)}; expected only those of basic formatting, nothing active`,
    );
}

const list = (names: ReadonlySet<string>): string => quoted([...names].slice(0, 10).join(', '));

const linkable: ReadonlySet<string> = new Set(['http', 'https', 'ftp', 'mailto', 'tel', 'sms', 'cid']);

function checkLinks(tags: readonly Tag[], visit: Visit, report: Report): void {
  for (const { name, attributes } of tags) {
    const href = attributes.get('href');
    const target = href ?? attributes.get('src');
    if (target === undefined) continue;
    const scheme = /^\s*([A-Za-z][A-Za-z0-9+.-]*):/.exec(target)?.[1]?.toLowerCase();
    if (scheme !== undefined && !linkable.has(scheme) && !(scheme === 'data' && name === 'img'))
      report.add(
        'error',
        'value',
        visit.at(),
        `The link ${quoted(target)} does not lead to what can be opened; expected http, https, ftp, mailto or tel`,
      );
    else if (name === 'a' && target.startsWith('#') && target.length > 1) {
      if (!hasId(target.slice(1), visit.resource, tags))
        report.add(
          'warning',
          'not-found',
          visit.at(),
          `The link ${quoted(target)} leads nowhere; expected an id of the narrative or the resource`,
        );
    }
  }
}

function checkLanguage(tags: readonly Tag[], visit: Visit, report: Report): void {
  const language = textOf(visit.resource, 'language');
  const root = tags[0]?.attributes;
  const own = root?.get('lang') ?? root?.get('xml:lang');
  if (language === undefined || own === undefined || visit.ownerType !== 'Narrative') return;
  if (own.toLowerCase() !== language.toLowerCase())
    report.add(
      'warning',
      'business-rule',
      resourceOf(visit),
      `The resource is in the language ${quoted(language)}, its narrative in ${quoted(own)}; expected the same`,
    );
}

/** The path before `.text.div`. */
const resourceOf = (visit: Visit): string => visit.at().replace(/\.text\.div$/, '');

function checkSections(xhtml: string, visit: Visit, report: Report): void {
  if (!xhtml.includes('lang')) return;
  const { sections, isMixed } = languagesOf(xhtml);
  if (isMixed)
    report.add(
      'warning',
      'business-rule',
      visit.at(),
      `The narrative has sections by language (${list(new Set(sections))}) and content outside of them; expected all of it in sections`,
    );
}

function checkRoot(root: Tag | undefined, visit: Visit, report: Report): void {
  const namespace = root?.attributes.get('xmlns');
  if (root !== undefined && namespace === undefined)
    report.add('error', 'structure', visit.at(), 'The <div> tells no namespace; expected xmlns="http://www.w3.org/1999/xhtml"');
}
