/** Whether a group of a MeasureReport may, must or must not have a score. https://hl7.org/fhir/R4/valueset-measure-scoring.html */
import type { JsonObject, Resource } from '../../../fhir/resource.ts';
import type { Report } from '../../validation.ts';
import { numberOf, objectOf, objectsOf, textOf } from '../read.ts';

const scoringSystem = 'http://terminology.hl7.org/CodeSystem/measure-scoring';

const scoringOf = (measure: JsonObject): string | undefined =>
  objectsOf(objectOf(measure, 'scoring'), 'coding')
    .filter((coding) => textOf(coding, 'system') === scoringSystem)
    .map((coding) => textOf(coding, 'code'))[0];

export function checkScore(measure: Resource, resource: Resource, given: JsonObject, at: string, report: Report): void {
  const score = objectOf(given, 'measureScore');
  const place = `${at}.measureScore`;
  const scoring = scoringOf(measure);
  if (textOf(resource, 'type') === 'data-collection') {
    if (score !== undefined)
      report.add('error', 'business-rule', place, 'A report of the type data-collection has no scores; leave it out');
  } else if (scoring === 'cohort') {
    if (score !== undefined)
      report.add('error', 'business-rule', place, 'The scoring of the measure is cohort, which counts and has no score; leave it out');
  } else if (scoring !== undefined) checkValue(scoring, score, at, place, report);
}

function checkValue(scoring: string, score: JsonObject | undefined, at: string, place: string, report: Report): void {
  if (score === undefined)
    return report.add('warning', 'required', at, `The scoring of the measure is ${scoring}; expected a measureScore`);
  const value = numberOf(score, 'value');
  if (value === undefined) return report.add('error', 'required', place, `The score has no value; the scoring ${scoring} needs one`);
  if (scoring === 'proportion' && !isPercentage(score) && (value < 0 || value > 1))
    report.add('error', 'value', `${place}.value`, 'A proportion is between 0 and 1, or between 0 and 100 with the unit %');
}

function isPercentage(score: JsonObject): boolean {
  const value = numberOf(score, 'value') ?? 0;
  return (textOf(score, 'code') ?? textOf(score, 'unit')) === '%' && value >= 0 && value <= 100;
}
