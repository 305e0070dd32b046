/** A Coding never comes from a supplement, which only adds to another code system. https://hl7.org/fhir/R4/codesystem.html#supplements */
import { isObject } from '../../../fhir/resource.ts';
import type { Rule } from '../../validation.ts';
import { quoted, textOf } from '../read.ts';
import { eachOfType } from './each.ts';

export const supplementRule: Rule = {
  check(resource, at, report, { definitions }, found) {
    eachOfType(definitions, ['Coding'], resource, at, (coding, _, place) => {
      const system = isObject(coding) ? textOf(coding, 'system') : undefined;
      if (system === undefined || system.length > mostCharacters) return;
      const definition = found('CodeSystem', system);
      if (definition?.['content'] !== 'supplement') return;
      const supplemented = textOf(definition, 'supplements');
      const right = supplemented === undefined ? 'the code system that it supplements' : quoted(supplemented);
      report.add(
        'error',
        'value',
        `${place}.system`,
        `${quoted(system)} is a supplement, which has no codes of its own; expected ${right}`,
      );
    });
  },
};

const mostCharacters = 1000;
