/** A SearchParameter: its expression fits what it is for, and it narrows down what it is derived from. https://hl7.org/fhir/R4/searchparameter.html */
import type { Definitions } from '../../../fhir/definitions.ts';
import { compileFhirPath } from '../../../fhir/fhirpath/fhirpath.ts';
import { parse } from '../../../fhir/fhirpath/parse.ts';
import type { Expression } from '../../../fhir/fhirpath/syntax.ts';
import { FhirError } from '../../../fhir/outcome.ts';
import type { Resource } from '../../../fhir/resource.ts';
import type { Report, Rule } from '../../validation.ts';
import { quoted, textOf, textsOf } from '../read.ts';

export const searchParameterRule: Rule = {
  types: ['SearchParameter'],
  check(parameter, at, report, { definitions }, found) {
    checkExpression(parameter, at, report, definitions);
    const derivedFrom = textOf(parameter, 'derivedFrom');
    const general = derivedFrom === undefined ? undefined : found('SearchParameter', derivedFrom);
    if (general !== undefined) checkDerivation(parameter, general, at, report);
  },
};

function checkExpression(parameter: Resource, at: string, report: Report, definitions: Definitions): void {
  const expression = textOf(parameter, 'expression');
  if (expression === undefined) return;
  for (const base of textsOf(parameter, 'base')) {
    const fault = definitions.type(base) === undefined ? undefined : faultFor(expression, base, definitions);
    if (fault !== undefined) return report.add('error', 'invalid', `${at}.expression`, fault);
  }
}

function faultFor(expression: string, type: string, definitions: Definitions): string | undefined {
  try {
    compileFhirPath(expression, { definitions, type, published: true });
  } catch (error) {
    if (error instanceof FhirError) return `The expression cannot be used on ${type}: ${error.message}`;
    throw error;
  }
  const isForeign = (branch: Expression): boolean => isOfAnother(startOf(branch), type, definitions);
  return branchesOf(parse(expression)).every(isForeign)
    ? `The expression selects nothing of ${type}, which is a base of the parameter; expected a path that begins with ${type}`
    : undefined;
}

/** Each branch is for the bases whose name it begins with. */
function branchesOf(expression: Expression): readonly Expression[] {
  return expression.kind === 'row' && expression.operator === '|' ? expression.operands.flatMap(branchesOf) : [expression];
}

/** The name that a path begins with. */
function startOf(expression: Expression): string | undefined {
  if (expression.kind === 'member') return expression.target === undefined ? expression.name : startOf(expression.target);
  if (expression.kind === 'call') return expression.target === undefined ? undefined : startOf(expression.target);
  if (expression.kind === 'indexer') return startOf(expression.target);
  if (expression.kind === 'type') return startOf(expression.operand);
  return undefined;
}

function isOfAnother(name: string | undefined, type: string, definitions: Definitions): boolean {
  if (name === undefined || !definitions.isResourceType(name)) return false;
  for (let each: string | undefined = type; each !== undefined; each = definitions.type(each)?.base) if (each === name) return false;
  return definitions.isResourceType(type);
}

// SHALL: a derived parameter is for the same types of resources, and of the same type — searchparameter-definitions.html#SearchParameter.derivedFrom
function checkDerivation(parameter: Resource, general: Resource, at: string, report: Report): void {
  const bases = textsOf(general, 'base');
  const name = quoted(textOf(general, 'url') ?? '');
  for (const base of textsOf(parameter, 'base'))
    if (!bases.includes(base) && !bases.includes('Resource') && !bases.includes('DomainResource'))
      report.add(
        'error',
        'business-rule',
        at,
        `The parameter is derived from ${name}, which is not for ${base}; expected one of its bases: ${bases.join(', ')}`,
      );
  const [type, wanted] = [textOf(parameter, 'type'), textOf(general, 'type')];
  if (type !== undefined && wanted !== undefined && type !== wanted)
    report.add(
      'error',
      'business-rule',
      at,
      `The parameter is derived from ${name}, which is of the type ${wanted}; expected the same type`,
    );
  const [expression, wider] = [textOf(parameter, 'expression'), textOf(general, 'expression')];
  if (expression !== undefined && wider !== undefined && expression !== wider)
    report.add('warning', 'business-rule', at, `The expression differs from that of ${name}, from which the parameter is derived`);
}
