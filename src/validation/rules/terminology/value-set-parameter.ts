/** Value sets with parameters: filters whose value is an expression. https://hl7.org/fhir/R4/valueset.html, extension cqf-expression */
import { isObject, type JsonObject, type Resource } from '../../../fhir/resource.ts';
import type { Report } from '../../validation.ts';
import { extensionValues, objectOf, objectsOf, quoted, textOf } from '../read.ts';

const parameterUrl = 'http://hl7.org/fhir/tools/StructureDefinition/valueset-parameter';
const expressionUrl = 'http://hl7.org/fhir/StructureDefinition/cqf-expression';

/** Names that expressions may use with a `%`. */
export const parametersOf = (valueSet: Resource): ReadonlySet<string> =>
  new Set(
    objectsOf(valueSet, 'extension').flatMap((extension) =>
      extension['url'] === parameterUrl ? extensionValues(extension, 'name').filter((name) => typeof name === 'string') : [],
    ),
  );

export function checkFilterExpressions(filter: JsonObject, at: string, parameters: ReadonlySet<string>, report: Report): void {
  objectsOf(objectOf(filter, '_value'), 'extension').forEach((extension, i) => {
    const expression = extension['url'] === expressionUrl ? extension['valueExpression'] : undefined;
    if (isObject(expression)) checkExpression(expression, `${at}.value.extension[${i}].value`, parameters, report);
  });
}

function checkExpression(expression: JsonObject, at: string, parameters: ReadonlySet<string>, report: Report): void {
  const language = textOf(expression, 'language');
  if (language !== 'text/fhirpath')
    return report.add('error', 'value', at, `The language of an expression in a value set is text/fhirpath, not ${quoted(language ?? '')}`);
  const name = /^%([A-Za-z][\w-]*)$/.exec(textOf(expression, 'expression') ?? '')?.[1];
  if (name !== undefined && !parameters.has(name))
    report.add('error', 'value', at, `The expression uses the parameter ${quoted(name)}, which the value set does not declare`);
}
