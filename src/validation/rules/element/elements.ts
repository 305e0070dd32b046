/** The rule that walks through a resource once for all checks of data types. */
import type { Definitions } from '../../../fhir/definitions.ts';
import type { Rule } from '../../validation.ts';
import { narrativeCheck } from '../narrative/narrative.ts';
import { attachmentCheck } from './attachment.ts';
import { compileElementWalk, type ElementCheck } from './element.ts';

export const elementChecks: readonly ElementCheck[] = [attachmentCheck, narrativeCheck];

const walks = new WeakMap<Definitions, ReturnType<typeof compileElementWalk>>();

export const elementsRule: Rule = {
  check(resource, at, report, surroundings) {
    const { definitions } = surroundings;
    const walk = walks.get(definitions) ?? compileElementWalk(definitions, elementChecks);
    walks.set(definitions, walk);
    walk(resource, at, report, surroundings);
  },
};
