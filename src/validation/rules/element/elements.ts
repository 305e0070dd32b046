/** The rule that walks through a resource once for all checks of data types. */
import type { Definitions } from '../../../fhir/definitions.ts';
import type { Resource } from '../../../fhir/resource.ts';
import type { Report, Rule } from '../../validation.ts';
import { narrativeCheck } from '../narrative/narrative.ts';
import { listOf, objectOf } from '../read.ts';
import { attachmentCheck } from './attachment.ts';
import { codeFormCheck } from './code-form.ts';
import { plausibleDateCheck } from './date.ts';
import { compileElementWalk, type ElementCheck } from './element.ts';
import { missingCodeCheck } from './missing-code.ts';
import { referenceTargetCheck } from './reference.ts';
import { base64Check, htmlInMarkdownCheck, htmlInStringCheck } from './text.ts';
import { canonicalCheck, codingSystemCheck, identifierCheck, uriCheck } from './uri.ts';

export const elementChecks: readonly ElementCheck[] = [
  attachmentCheck,
  narrativeCheck,
  referenceTargetCheck,
  canonicalCheck,
  uriCheck,
  identifierCheck,
  codeFormCheck,
  missingCodeCheck,
  codingSystemCheck,
  htmlInStringCheck,
  htmlInMarkdownCheck,
  base64Check,
  plausibleDateCheck,
];

const walks = new WeakMap<Definitions, ReturnType<typeof compileElementWalk>>();

export const elementsRule: Rule = {
  check(resource, at, report, surroundings) {
    const { definitions } = surroundings;
    const walk = walks.get(definitions) ?? compileElementWalk(definitions, elementChecks);
    walks.set(definitions, walk);
    walk(resource, at, report, surroundings);
    checkId(resource, at, report);
  },
};

// SHALL: an id of a resource has no extensions — resource.html#id
function checkId(resource: Resource, at: string, report: Report): void {
  if (listOf(objectOf(resource, '_id'), 'extension').length > 0)
    report.add('error', 'structure', `${at}.id`, 'The id of a resource has no extensions; expected a plain value');
}
