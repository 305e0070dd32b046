/** Criteria of a Measure: in a language that is known, written so that it can be read, with the library that CQL needs. https://hl7.org/fhir/R4/measure.html */
import type { Definitions } from '../../../fhir/definitions.ts';
import { compileFhirPath } from '../../../fhir/fhirpath/fhirpath.ts';
import { FhirError } from '../../../fhir/outcome.ts';
import type { JsonObject, Resource } from '../../../fhir/resource.ts';
import type { Report, Rule } from '../../validation.ts';
import { eachOf, listOf, objectOf, textOf } from '../read.ts';

export const measureRule: Rule = {
  types: ['Measure'],
  check(measure, at, report, { definitions }) {
    const check = (holder: JsonObject, place: string): void => checkCriteria(holder, place, measure, report, definitions);
    eachOf(measure, 'group', at, (group, groupAt) => {
      eachOf(group, 'population', groupAt, check);
      eachOf(group, 'stratifier', groupAt, (stratifier, stratifierAt) => {
        check(stratifier, stratifierAt);
        eachOf(stratifier, 'component', stratifierAt, check);
      });
    });
    eachOf(measure, 'supplementalData', at, check);
  },
};

const cql = /^text\/cql(?:[.-]\w+)?$/;

function checkCriteria(holder: JsonObject, at: string, measure: Resource, report: Report, definitions: Definitions): void {
  const criteria = objectOf(holder, 'criteria');
  const language = textOf(criteria, 'language') ?? '';
  const place = `${at}.criteria`;
  // "Expressions refer to definitions of the library" — measure-definitions.html#Measure.library
  if (cql.test(language) && listOf(measure, 'library').length === 0)
    report.add('error', 'business-rule', place, 'CQL stands in a Library, and the measure names none; expected Measure.library');
  const expression = textOf(criteria, 'expression');
  const fault = language === 'text/fhirpath' && expression !== undefined ? faultOf(expression, definitions) : undefined;
  if (fault !== undefined) report.add('error', 'invalid', `${place}.expression`, `The FHIRPath expression cannot be read: ${fault}`);
}

/** Why an expression is none; what it selects depends on the subject, and is not looked at. */
export function faultOf(expression: string, definitions: Definitions): string | undefined {
  try {
    compileFhirPath(expression, { definitions, strict: false });
    return undefined;
  } catch (error) {
    if (error instanceof FhirError) return error.message;
    throw error;
  }
}
