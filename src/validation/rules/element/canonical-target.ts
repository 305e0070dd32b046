/** Canonicals that lead to another type of resource than may stand there. https://hl7.org/fhir/R4/references.html#canonical */
import type { Rule } from '../../validation.ts';
import { quoted } from '../read.ts';
import { eachOfType } from './each.ts';

/** The type of resource that a URL names: `http://example.org/ValueSet/x`. */
const namedType = /\/([A-Z][A-Za-z]+)\/[^/|#]+(?:\|[^|]*)?$/;

/** Only what names another type is looked up: whatever names the right one, or none, is for those who use it. */
export const canonicalTargetRule: Rule = {
  check(resource, at, report, { definitions }, found) {
    eachOfType(definitions, ['canonical'], resource, at, (canonical, { targets }, place) => {
      if (typeof canonical !== 'string' || targets === undefined) return;
      const type = namedType.exec(canonical)?.[1] ?? '';
      if (!definitions.isResourceType(type) || targets.includes(type)) return;
      if (targets.some((target) => found(target, canonical) !== undefined) || found(type, canonical) === undefined) return;
      report.add('error', 'value', place, `${quoted(canonical)} is a ${type}; expected the canonical URL of a ${targets.join(' or ')}`);
    });
  },
};
