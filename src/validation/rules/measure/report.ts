/** A MeasureReport against its Measure: groups, populations and stratifiers by code, and scores by the way of scoring. https://hl7.org/fhir/R4/measurereport.html */
import type { JsonObject, Resource } from '../../../fhir/resource.ts';
import type { Report, Rule } from '../../validation.ts';
import { objectOf, objectsOf, quoted, textOf } from '../read.ts';
import { isSameCode, nameOf, usableCode } from './code.ts';
import { checkScore } from './score.ts';

export const measureReportRule: Rule = {
  types: ['MeasureReport'],
  check(resource, at, report, surroundings, found) {
    const canonical = textOf(resource, 'measure');
    if (canonical === undefined) return;
    const measure = canonical.startsWith('#') ? surroundings.resolve(canonical, resource) : found('Measure', canonical);
    if (measure?.resourceType === 'Measure') checkGroups({ measure, resource, report }, at);
    else
      report.add(
        'information',
        'not-found',
        `${at}.measure`,
        `The Measure ${quoted(canonical)} is not known, so that groups cannot be checked`,
      );
  },
};

interface Reporting {
  readonly measure: Resource;
  readonly resource: Resource;
  readonly report: Report;
}

type Pair = (wanted: JsonObject, given: JsonObject, at: string) => void;

function checkGroups(reporting: Reporting, at: string): void {
  pairUp(reporting, { what: 'group', wanted: reporting.measure, given: reporting.resource, at }, (wanted, given, place) => {
    checkScore(reporting.measure, reporting.resource, given, place, reporting.report);
    checkPopulations(reporting, wanted, given, place);
    pairUp(reporting, { what: 'stratifier', wanted, given, at: place }, () => undefined);
  });
}

function checkPopulations(reporting: Reporting, wanted: JsonObject, given: JsonObject, at: string): void {
  const isList = textOf(reporting.resource, 'type') === 'subject-list';
  pairUp(reporting, { what: 'population', wanted, given, at }, (_, population, place) => {
    // SHALL: subjects only in lists of them — measurereport.html ("subject-list")
    if (!isList && objectOf(population, 'subjectResults') !== undefined)
      reporting.report.add(
        'error',
        'business-rule',
        place,
        'Only a report of the type subject-list tells the subjects; leave subjectResults out',
      );
  });
}

interface Level {
  readonly what: 'group' | 'population' | 'stratifier';
  readonly wanted: JsonObject;
  readonly given: JsonObject;
  readonly at: string;
}

/** Finds for each part of the report that of the measure, by its code; a single one without a code is the single one of the measure. */
function pairUp({ report, resource }: Reporting, { what, wanted, given, at }: Level, pair: Pair): void {
  const definitions = objectsOf(wanted, what);
  const parts = objectsOf(given, what);
  const [only] = definitions;
  if (only === undefined) return;
  const single = definitions.length === 1 && parts.length === 1;
  const met = new Set<JsonObject>();
  parts.forEach((part, i) => {
    const place = `${at}.${what}[${i}]`;
    const code = single && isAnonymous(only, part) ? undefined : usableCode(part);
    const definition = single && code === undefined ? only : definitions.find((one) => isOf(one, code));
    if (definition === undefined) report.add('error', 'business-rule', place, unknownPart(what, code));
    else if (met.has(definition))
      report.add('error', 'duplicate', place, `The ${what} ${quoted(nameOf(part))} is there twice; expected it once`);
    else {
      met.add(definition);
      pair(definition, part, place);
    }
  });
  if (textOf(resource, 'type') === 'data-collection') return;
  for (const definition of definitions)
    if (!met.has(definition) && !isOptional(definition))
      report.add('error', 'required', at, `The measure has the ${what} ${quoted(nameOf(definition))}; expected it in the report too`);
}

const isAnonymous = (definition: JsonObject, part: JsonObject): boolean =>
  usableCode(definition) === undefined || usableCode(part) === undefined;

function isOf(definition: JsonObject, code: JsonObject | undefined): boolean {
  const wanted = usableCode(definition);
  return wanted !== undefined && code !== undefined && isSameCode(wanted, code);
}

const unknownPart = (what: string, code: JsonObject | undefined): string =>
  code === undefined
    ? `The ${what} has no code that tells which of the measure's it is; expected the code that the measure has`
    : `The measure has no ${what} of this code; expected one of its codes`;

/** Observations are of single subjects, and reported as scores. */
const isOptional = (definition: JsonObject): boolean =>
  objectsOf(objectOf(definition, 'code'), 'coding').some((coding) => textOf(coding, 'code') === 'measure-observation');
