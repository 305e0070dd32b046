/** Criteria of a Measure: in a language that is known, written so that it can be read, with the library that CQL needs. https://hl7.org/fhir/R4/measure.html */
import type { Definitions } from '../../../fhir/definitions.ts';
import type { Severity } from '../../../fhir/outcome.ts';
import type { JsonObject, Resource } from '../../../fhir/resource.ts';
import type { Report, Rule } from '../../validation.ts';
import { expressionFault } from '../definition/expression.ts';
import { eachOf, objectOf, textOf, textsOf } from '../read.ts';

export const measureRule: Rule = {
  types: ['Measure'],
  check(measure, at, report, { definitions }) {
    const check = (holder: JsonObject, place: string): void => {
      checkLibrary(holder, place, measure, report, 'error');
      checkExpression(holder, place, report, definitions);
    };
    eachOf(measure, 'group', at, (group, groupAt) => {
      eachOf(group, 'population', groupAt, (population, populationAt) => {
        // Composite measures are published without a library of their own.
        checkLibrary(population, populationAt, measure, report, 'warning');
        checkExpression(population, populationAt, report, definitions);
      });
      eachOf(group, 'stratifier', groupAt, (stratifier, stratifierAt) => {
        check(stratifier, stratifierAt);
        eachOf(stratifier, 'component', stratifierAt, check);
      });
    });
    eachOf(measure, 'supplementalData', at, check);
  },
};

/** What names no library by a URL, nor a contained one, names none. */
const isCanonical = (library: string): boolean => library.startsWith('#') || /^[a-z][a-z0-9+.-]*:/i.test(library);

const cql = /^text\/cql(?:[.-]\w+)?$/;

// "Expressions refer to definitions of the library" — measure-definitions.html#Measure.library
function checkLibrary(holder: JsonObject, at: string, measure: Resource, report: Report, severity: Severity): void {
  const language = textOf(objectOf(holder, 'criteria'), 'language') ?? '';
  if (cql.test(language) && !textsOf(measure, 'library').some(isCanonical))
    report.add(
      severity,
      'business-rule',
      `${at}.criteria`,
      'CQL stands in a Library, and the measure names none; expected Measure.library',
    );
}

function checkExpression(holder: JsonObject, at: string, report: Report, definitions: Definitions): void {
  const criteria = objectOf(holder, 'criteria');
  const expression = textOf(criteria, 'expression');
  if (expression === undefined || textOf(criteria, 'language') !== 'text/fhirpath') return;
  const fault = expressionFault(expression, definitions);
  if (fault !== undefined) report.add('error', 'invalid', `${at}.criteria.expression`, `The FHIRPath expression cannot be read: ${fault}`);
}
