/** OperationDefinitions: levels, and parameters that can be told apart. https://hl7.org/fhir/R4/operationdefinition.html */
import type { Definitions } from '../../../fhir/definitions.ts';
import type { JsonObject } from '../../../fhir/resource.ts';
import type { Report, Rule } from '../../validation.ts';
import { eachOf, listOf, numberOf, objectOf, quoted, textOf } from '../read.ts';

export const operationDefinitionRule: Rule = {
  types: ['OperationDefinition'],
  check(operation, at, report, { definitions }) {
    const levels = ['system', 'type', 'instance'].filter((level) => operation[level] === true);
    if (levels.length === 0)
      report.add('warning', 'business-rule', at, 'The operation can be called nowhere; expected system, type or instance to be true');
    if (levels.some((level) => level !== 'system') && listOf(operation, 'resource').length === 0)
      report.add('warning', 'required', at, 'The operation is for types or instances; expected resource to tell which types');
    checkParameters(operation, 'parameter', at, definitions, report);
  },
};

function checkParameters(holder: JsonObject, name: string, at: string, definitions: Definitions, report: Report): void {
  const seen = new Set<string>();
  eachOf(holder, name, at, (parameter, place) => {
    const key = `${textOf(parameter, 'use')} ${textOf(parameter, 'name')}`;
    if (seen.has(key))
      report.add(
        'error',
        'duplicate',
        place,
        `The parameter ${quoted(textOf(parameter, 'name') ?? '')} is there already for this use; expected each name once`,
      );
    seen.add(key);
    checkParameter(parameter, place, definitions, report);
    checkParameters(parameter, 'part', place, definitions, report);
  });
}

function checkParameter(parameter: JsonObject, at: string, definitions: Definitions, report: Report): void {
  const min = numberOf(parameter, 'min');
  const max = textOf(parameter, 'max');
  if (max !== undefined && max !== '*' && !/^\d+$/.test(max))
    report.add('error', 'value', `${at}.max`, `${quoted(max)} is no number; expected one, or *`);
  else if (min !== undefined && max !== undefined && max !== '*' && min > Number(max))
    report.add('error', 'value', at, `At least ${min} and at most ${max} exclude each other`);
  const type = textOf(parameter, 'type');
  if (type !== undefined && type !== 'Any' && definitions.type(type) === undefined)
    report.add('error', 'value', `${at}.type`, `${quoted(type)} is no type of FHIR`);
  if (objectOf(parameter, 'binding') !== undefined && type !== undefined && !codable.has(type))
    report.add('warning', 'business-rule', `${at}.binding`, `Values of type ${type} have no codes; expected no binding`);
}

const codable: ReadonlySet<string> = new Set(['code', 'Coding', 'CodeableConcept', 'Quantity', 'string', 'uri', 'Any', 'Element']);
