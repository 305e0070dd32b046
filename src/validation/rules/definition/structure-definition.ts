/** StructureDefinitions: kind, type and base fit, and so does every element. https://hl7.org/fhir/R4/structuredefinition.html */
import type { JsonObject, Resource } from '../../../fhir/resource.ts';
import type { Found, Report, Rule, Surroundings } from '../../validation.ts';
import { eachOf, listOf, objectOf, objectsOf, quoted, textOf } from '../read.ts';
import { checkElement } from './element-definition.ts';
import { expressionFault } from './expression.ts';

const standard = 'http://hl7.org/fhir/StructureDefinition/';

export const structureDefinitionRule: Rule = {
  types: ['StructureDefinition'],
  check(structure, at, report, surroundings, found) {
    const { definitions } = surroundings;
    checkBase(structure, at, report, surroundings, found);
    checkContext(structure, at, report, surroundings);
    const constrains = structure['derivation'] === 'constraint' && definitions.type(textOf(structure, 'type') ?? '') !== undefined;
    for (const view of ['differential', 'snapshot'])
      eachOf(objectOf(structure, view), 'element', `${at}.${view}`, (element, place) =>
        checkElement(element, place, constrains, definitions, report),
      );
  },
};

function checkBase(structure: Resource, at: string, report: Report, { definitions }: Surroundings, found: Found): void {
  const base = textOf(structure, 'baseDefinition');
  if (base === undefined) return;
  const place = `${at}.baseDefinition`;
  if (base.split('|')[0] === textOf(structure, 'url'))
    return report.add('error', 'business-rule', place, 'A definition cannot be its own base; expected what it is derived from');
  const definition = found('StructureDefinition', base);
  const name = base.startsWith(standard) ? base.slice(standard.length).split('|')[0] : undefined;
  const type = textOf(definition, 'type') ?? (name !== undefined && definitions.type(name) !== undefined ? name : undefined);
  if (type === undefined) {
    if (definition === undefined)
      report.add(
        'warning',
        'not-found',
        place,
        `The base ${quoted(base)} is not known, so that the differential cannot be compared with it`,
      );
    return;
  }
  if (structure['derivation'] === 'constraint' && structure['type'] !== undefined && structure['type'] !== type)
    report.add('error', 'business-rule', `${at}.type`, `A constraint is of the type of its base; expected ${quoted(type)}`);
  if (type === 'Extension' && definition !== undefined) checkExtensionUrl(structure, definition, place, report);
}

/** What fixes the url of an extension is told by every definition along the way. */
function checkExtensionUrl(structure: Resource, base: Resource, at: string, report: Report): void {
  const fixed = fixedUrl(base);
  if (fixed !== undefined && fixedUrl(structure) !== undefined && fixed !== fixedUrl(structure))
    report.add(
      'error',
      'business-rule',
      at,
      `The base fixes the url of the extension as ${quoted(fixed)}; expected the same, or the base Extension`,
    );
}

function fixedUrl(structure: JsonObject): string | undefined {
  for (const view of ['differential', 'snapshot']) {
    const element = objectsOf(objectOf(structure, view), 'element').find(({ path }) => path === 'Extension.url');
    const fixed = textOf(element, 'fixedUri');
    if (fixed !== undefined) return fixed;
  }
  return undefined;
}

/** https://hl7.org/fhir/R4/defining-extensions.html#context */
function checkContext(structure: Resource, at: string, report: Report, { definitions }: Surroundings): void {
  if (structure['type'] === 'Extension' && structure['derivation'] === 'constraint' && listOf(structure, 'context').length === 0)
    report.add('warning', 'required', at, 'An extension should tell where it may be used; expected a context');
  eachOf(structure, 'context', at, (context, place) => {
    const expression = textOf(context, 'expression');
    if (context['type'] === 'element' && expression === 'Element')
      report.add('warning', 'business-rule', place, 'The extension may be used on every element; is that meant?');
    const fault = context['type'] === 'fhirpath' && expression !== undefined ? expressionFault(expression, definitions) : undefined;
    if (fault !== undefined) report.add('error', 'invalid', `${place}.expression`, `The context cannot be read: ${fault}`);
  });
  listOf(structure, 'contextInvariant').forEach((expression, i) => {
    const fault = typeof expression === 'string' ? expressionFault(expression, definitions) : undefined;
    if (fault !== undefined)
      report.add('error', 'invalid', `${at}.contextInvariant[${i}]`, `The invariant of the context cannot be read: ${fault}`);
  });
}
