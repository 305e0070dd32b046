/** CodeSystems: what they say of themselves fits what they hold. https://hl7.org/fhir/R4/codesystem.html */
import type { JsonObject, Resource } from '../../../fhir/resource.ts';
import type { Found, Report, Rule } from '../../validation.ts';
import { eachOf, listOf, numberOf, objectOf, objectsOf, quoted, textOf } from '../read.ts';
import { type ConceptScope, checkConceptProperties, checkDeclaredProperties, declaredTypes } from './concept-property.ts';
import { mayHaveCode } from './known-code.ts';

export const codeSystemRule: Rule = {
  types: ['CodeSystem'],
  check(system, at, report, _surroundings, found) {
    const codes = new Set<string>();
    collectCodes(system, codes);
    checkContent(system, at, codes.size, report);
    checkDeclaredProperties(system, at, report);
    const complete = system['content'] === 'complete';
    checkConcepts(system, at, { declared: declaredTypes(system), isCode: (code) => codes.has(code), complete }, report);
    checkFilters(system, at, report);
    checkPropertyCodings(system, at, report, found);
  },
};

function collectCodes(holder: JsonObject, codes: Set<string>): void {
  for (const concept of objectsOf(holder, 'concept')) {
    const code = textOf(concept, 'code');
    if (code !== undefined) codes.add(code);
    collectCodes(concept, codes);
  }
}

// SHALL: content says how much of the system is here — codesystem-definitions.html#CodeSystem.content
function checkContent(system: Resource, at: string, codes: number, report: Report): void {
  const content = textOf(system, 'content');
  const count = numberOf(system, 'count');
  if (content === 'not-present' && codes > 0)
    report.add(
      'error',
      'business-rule',
      `${at}.concept[0]`,
      'The content is "not-present", yet there are concepts; expected none, or another content',
    );
  if (content === 'complete' && codes === 0)
    report.add(
      'warning',
      'business-rule',
      at,
      'The content is "complete", yet there are no concepts; expected "not-present", or the concepts',
    );
  if (content === 'complete' && count !== undefined && codes > 0 && count !== codes)
    report.add('warning', 'business-rule', `${at}.count`, `The count is ${count}, but there are ${codes} concepts; expected ${codes}`);
  if (content === 'fragment' && count !== undefined && codes > count)
    report.add(
      'warning',
      'business-rule',
      `${at}.count`,
      `The count is ${count}, but there are ${codes} concepts already in this fragment`,
    );
  checkSupplement(content, textOf(system, 'supplements'), at, report);
}

function checkSupplement(content: string | undefined, supplements: string | undefined, at: string, report: Report): void {
  if (content === 'supplement' && supplements === undefined)
    report.add('error', 'required', at, 'A supplement must name the code system it is for; expected supplements');
  if (content !== undefined && content !== 'supplement' && supplements !== undefined)
    report.add(
      'error',
      'business-rule',
      `${at}.content`,
      `The code system supplements another; expected the content "supplement", not ${quoted(content)}`,
    );
}

function checkConcepts(holder: JsonObject, at: string, scope: ConceptScope, report: Report): void {
  eachOf(holder, 'concept', at, (concept, place) => {
    checkConceptProperties(concept, place, scope, report);
    checkConcepts(concept, place, scope, report);
  });
}

function checkFilters(system: Resource, at: string, report: Report): void {
  const seen = new Set<string>();
  eachOf(system, 'filter', at, (filter, place) => {
    const code = textOf(filter, 'code');
    if (code !== undefined && seen.has(code))
      report.add('error', 'duplicate', place, `The filter ${quoted(code)} is there already; expected it once`);
    if (code !== undefined) seen.add(code);
    if (listOf(filter, 'operator').length === 0) report.add('warning', 'required', place, 'A filter is of no use without an operator');
  });
}

function checkPropertyCodings(holder: JsonObject, at: string, report: Report, found: Found): void {
  eachOf(holder, 'concept', at, (concept, place) => {
    eachOf(concept, 'property', place, (property, propertyAt) => {
      const coding = objectOf(property, 'valueCoding');
      const [system, code] = [textOf(coding, 'system'), textOf(coding, 'code')];
      const known = system === undefined ? undefined : found('CodeSystem', system);
      if (known !== undefined && code !== undefined && !mayHaveCode(known, code))
        report.add('error', 'code-invalid', `${propertyAt}.value.code`, `The code system ${system} has no code ${quoted(code)}`);
    });
    checkPropertyCodings(concept, place, report, found);
  });
}
