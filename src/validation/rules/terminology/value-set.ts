/** ValueSets: systems, codes and filters of their composition, and their expansion. https://hl7.org/fhir/R4/valueset.html#compositions */
import type { JsonObject, Resource } from '../../../fhir/resource.ts';
import type { Report, Rule } from '../../validation.ts';
import { formFault } from '../element/code-form.ts';
import { eachOf, listOf, numberOf, objectOf, objectsOf, quoted, textOf } from '../read.ts';
import { checkFilter } from './value-set-filter.ts';
import { checkFilterExpressions, parametersOf } from './value-set-parameter.ts';

export const valueSetRule: Rule = {
  types: ['ValueSet'],
  check(valueSet, at, report, _surroundings, found) {
    const parameters = parametersOf(valueSet);
    const compose = objectOf(valueSet, 'compose');
    for (const part of ['include', 'exclude'])
      eachOf(compose, part, `${at}.compose`, (include, place) => {
        checkInclude(include, place, report);
        const system = textOf(include, 'system');
        eachOf(include, 'filter', place, (filter, filterAt) => {
          checkFilterExpressions(filter, filterAt, parameters, report);
          checkFilter(filter, filterAt, system === undefined ? undefined : found('CodeSystem', system), report);
        });
      });
    if (compose !== undefined) checkCycle(valueSet, compose, at, report);
    checkExpansion(valueSet, at, report);
  },
};

const isAbsolute = (uri: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]*:./.test(uri);
const valueSetUrl = /^https?:\/\/(?:terminology\.hl7\.org|hl7\.org\/fhir)\/ValueSet\/[^/]+$/;

function checkInclude(include: JsonObject, at: string, report: Report): void {
  const system = textOf(include, 'system');
  if (system !== undefined && !isAbsolute(system))
    report.add(
      'error',
      'value',
      at,
      `The system ${quoted(system)} is not absolute; expected the url of the code system, of a contained one too`,
    );
  if (system !== undefined && valueSetUrl.test(system))
    report.add('error', 'value', `${at}.system`, `${quoted(system)} is a value set; expected it in valueSet, or a code system`);
  checkConcepts(include, system, at, report);
}

function checkConcepts(include: JsonObject, system: string | undefined, at: string, report: Report): void {
  const seen = new Set<string>();
  eachOf(include, 'concept', at, (concept, place) => {
    const code = textOf(concept, 'code');
    if (code === undefined) return;
    if (seen.has(code)) report.add('warning', 'duplicate', place, `The code ${quoted(code)} is there already; expected it once`);
    seen.add(code);
    const fault = formFault(system, code);
    if (fault !== undefined) report.add('error', 'code-invalid', place, fault);
    else if (system !== undefined) report.askCoding?.({ system, code, display: concept['display'] }, place);
  });
}

/** A value set cannot be made of itself. */
function checkCycle(valueSet: Resource, compose: JsonObject, at: string, report: Report): void {
  const url = textOf(valueSet, 'url');
  eachOf(compose, 'include', `${at}.compose`, (include, place) => {
    listOf(include, 'valueSet').forEach((canonical, i) => {
      if (url !== undefined && typeof canonical === 'string' && canonical.split('|')[0] === url)
        report.add('error', 'business-rule', `${place}.valueSet[${i}]`, 'The value set includes itself; expected another one');
    });
  });
}

/** https://hl7.org/fhir/R4/valueset-definitions.html#ValueSet.expansion.total */
function checkExpansion(valueSet: Resource, at: string, report: Report): void {
  const expansion = objectOf(valueSet, 'expansion');
  if (expansion === undefined) return;
  const place = `${at}.expansion`;
  const total = numberOf(expansion, 'total');
  const count = countCodes(expansion);
  if (total !== undefined && numberOf(expansion, 'offset') === undefined && count > total)
    report.add(
      'error',
      'business-rule',
      `${place}.total`,
      `The total is ${total}, but ${count} codes are listed; expected at least ${count}`,
    );
  if (listOf(expansion, 'parameter').length === 0)
    report.add('warning', 'business-rule', place, 'An expansion should tell its parameters, so that its users know what it is good for');
  if (textOf(expansion, 'identifier') === undefined)
    report.add('information', 'business-rule', place, 'An expansion should have an identifier, so that it can be told from others');
}

/** Entries that only group others are no codes. */
const countCodes = (holder: JsonObject): number =>
  objectsOf(holder, 'contains').reduce(
    (sum, one) => sum + (one['abstract'] === true || one['code'] === undefined ? 0 : 1) + countCodes(one),
    0,
  );
