/** Properties of concepts: those that the specification knows, and those that a code system declares. https://hl7.org/fhir/R4/codesystem-concept-properties.html */
import type { JsonObject, Resource } from '../../../fhir/resource.ts';
import type { Report } from '../../validation.ts';
import { choiceOf, eachOf, objectsOf, quoted, textOf } from '../read.ts';

const standardUri = 'http://hl7.org/fhir/concept-properties#';

const standardTypes: Readonly<Record<string, string>> = {
  status: 'code',
  inactive: 'boolean',
  effectiveDate: 'dateTime',
  deprecated: 'dateTime',
  deprecationDate: 'dateTime',
  retirementDate: 'dateTime',
  notSelectable: 'boolean',
  parent: 'code',
  child: 'code',
  partOf: 'code',
  synonym: 'code',
  comment: 'string',
  itemWeight: 'decimal',
};

export function checkDeclaredProperties(system: Resource, at: string, report: Report): void {
  const codes = new Set<string>();
  const uris = new Set<string>();
  eachOf(system, 'property', at, (property, place) => {
    const code = textOf(property, 'code');
    const uri = textOf(property, 'uri');
    if (code !== undefined && codes.has(code))
      report.add('error', 'duplicate', place, `The property ${quoted(code)} is declared already; expected it once`);
    if (uri !== undefined && uris.has(uri))
      report.add(
        uri.startsWith(standardUri) ? 'error' : 'warning',
        'duplicate',
        place,
        `A property with the uri ${quoted(uri)} is declared already; expected it once`,
      );
    if (code !== undefined) codes.add(code);
    if (uri !== undefined) uris.add(uri);
    checkStandard(code, uri, textOf(property, 'type'), place, report);
  });
}

function checkStandard(code: string | undefined, uri: string | undefined, type: string | undefined, at: string, report: Report): void {
  if (uri?.startsWith(standardUri)) {
    const name = uri.slice(standardUri.length);
    const right = standardTypes[name];
    if (right !== undefined && type !== right) report.add('error', 'value', at, `The property ${uri} has the type ${right}, not ${type}`);
    if (right !== undefined && code !== name && standardTypes[code ?? ''] !== undefined)
      report.add(
        'error',
        'value',
        at,
        `The code ${quoted(code ?? '')} is that of another property of the specification; expected ${quoted(name)}`,
      );
  } else if (uri === undefined && code !== undefined && standardTypes[code] !== undefined)
    report.add(
      'warning',
      'business-rule',
      at,
      `The property has the code of a property of the specification; expected its uri ${standardUri}${code} too`,
    );
}

/** Codes of properties that name other concepts of the same system. */
const internal: ReadonlySet<string> = new Set(['parent', 'child']);

export interface ConceptScope {
  readonly declared: ReadonlyMap<string, string | undefined>;
  readonly isCode: (code: string) => boolean;
  /** All codes are here, so that one that is not is none. */
  readonly complete: boolean;
}

export const declaredTypes = (system: Resource): ReadonlyMap<string, string | undefined> => {
  const types = new Map<string, string | undefined>();
  for (const property of objectsOf(system, 'property')) {
    const code = textOf(property, 'code');
    if (code !== undefined && !types.has(code)) types.set(code, textOf(property, 'type'));
  }
  return types;
};

export function checkConceptProperties(concept: JsonObject, at: string, scope: ConceptScope, report: Report): void {
  eachOf(concept, 'property', at, (property, place) => {
    const code = textOf(property, 'code');
    const value = choiceOf(property, 'value');
    if (code === undefined || value === undefined) return;
    const isDeclared = scope.declared.has(code);
    const type = scope.declared.get(code);
    if (!isDeclared && standardTypes[code] === undefined)
      report.add('warning', 'business-rule', place, `The property ${quoted(code)} is not declared; expected it in CodeSystem.property`);
    else if (isDeclared && type !== undefined && value.suffix.toLowerCase() !== type.toLowerCase())
      report.add(
        'error',
        'value',
        place,
        `The property ${quoted(code)} is declared with the type ${type}; expected value${type.charAt(0).toUpperCase()}${type.slice(1)}, not ${value.key}`,
      );
    else if (internal.has(code) && scope.complete && typeof value.value === 'string' && !scope.isCode(value.value))
      report.add(
        'error',
        'code-invalid',
        place,
        `The property ${quoted(code)} names ${quoted(value.value)}, which is no code of this system`,
      );
  });
}
