/** ConceptMaps: groups have systems, and each mapping what it needs. https://hl7.org/fhir/R4/conceptmap.html */
import type { JsonObject } from '../../../fhir/resource.ts';
import type { Report, Rule } from '../../validation.ts';
import { eachOf, quoted, textOf } from '../read.ts';

export const conceptMapRule: Rule = {
  types: ['ConceptMap'],
  check(map, at, report) {
    eachOf(map, 'group', at, (group, place) => checkGroup(group, place, report));
  },
};

function checkGroup(group: JsonObject, at: string, report: Report): void {
  const source = textOf(group, 'source');
  const target = textOf(group, 'target');
  if (source === undefined)
    report.add('warning', 'required', at, 'The group does not tell the system of its source codes; expected source');
  const seen = new Set<string>();
  eachOf(group, 'element', at, (element, place) => {
    const code = textOf(element, 'code');
    if (code !== undefined && seen.has(code))
      report.add('warning', 'duplicate', place, `The code ${quoted(code)} is mapped already; expected one element with all its targets`);
    if (code !== undefined) seen.add(code);
    eachOf(element, 'target', place, (one, targetAt) => checkTarget(one, target, targetAt, report));
  });
}

function checkTarget(target: JsonObject, system: string | undefined, at: string, report: Report): void {
  const code = textOf(target, 'code');
  const equivalence = textOf(target, 'equivalence');
  if (code === undefined && equivalence !== 'unmatched')
    report.add(
      'warning',
      'required',
      at,
      `A target with the equivalence ${quoted(equivalence ?? '')} should have a code; only "unmatched" ones go without`,
    );
  if (code !== undefined && system === undefined)
    report.add('warning', 'required', at, 'The group does not tell the system of its target codes; expected target');
}
