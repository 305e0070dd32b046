/** Filters of ValueSets: properties that the code system has, values of their type. https://hl7.org/fhir/R4/valueset.html#filters */
import type { JsonObject, Resource } from '../../../fhir/resource.ts';
import { isDateTime } from '../../calendar.ts';
import type { Report } from '../../validation.ts';
import { objectsOf, quoted, textOf } from '../read.ts';
import { mayHaveCode } from './known-code.ts';

/** What every code system has, with its type. https://hl7.org/fhir/R4/codesystem.html#defined-props */
const common: Readonly<Record<string, string>> = {
  concept: 'code',
  code: 'code',
  display: 'string',
  inactive: 'boolean',
  deprecated: 'dateTime',
  notSelectable: 'boolean',
  parent: 'code',
  child: 'code',
};

/** Operators whose value is a code of the system. */
const hierarchical: ReadonlySet<string> = new Set(['is-a', 'descendent-of', 'is-not-a', 'generalizes']);

/** `system` is what the filter selects from, where that is known. */
export function checkFilter(filter: JsonObject, at: string, system: Resource | undefined, report: Report): void {
  const property = textOf(filter, 'property');
  const op = textOf(filter, 'op');
  const value = textOf(filter, 'value');
  if (property === undefined || op === undefined || value === undefined) return;
  if (op === 'exists') return checkBoolean(property, value, at, report);
  if (op === 'regex') return checkRegex(value, at, report);
  if (system === undefined) return;
  const type = typeOf(property, system);
  if (type === undefined && !isDeclaredFilter(property, system))
    return report.add(
      'warning',
      'business-rule',
      at,
      `The code system has no property ${quoted(property)}; expected ${propertiesOf(system).join(', ')}`,
    );
  if (hierarchical.has(op)) return checkCode(property, value, at, system, report);
  for (const one of op === 'in' || op === 'not-in' ? value.split(',') : [value]) checkValue(property, one.trim(), type, at, system, report);
}

const typeOf = (property: string, system: Resource): string | undefined =>
  textOf(
    objectsOf(system, 'property').find(({ code }) => code === property),
    'type',
  ) ?? common[property];

const isDeclaredFilter = (property: string, system: Resource): boolean => objectsOf(system, 'filter').some(({ code }) => code === property);

const propertiesOf = (system: Resource): string[] =>
  [...Object.keys(common), ...objectsOf(system, 'property').flatMap(({ code }) => (typeof code === 'string' ? [code] : []))].slice(0, 20);

function checkBoolean(property: string, value: string, at: string, report: Report): void {
  if (value !== 'true' && value !== 'false')
    report.add('error', 'value', at, `The filter on ${quoted(property)} takes true or false, not ${quoted(value)}`);
}

/** Only what no engine reads; the dialects differ in little else. */
function checkRegex(value: string, at: string, report: Report): void {
  try {
    new RegExp(value, 'u');
  } catch {
    report.add('error', 'value', at, `${quoted(value)} is no regular expression`);
  }
}

function checkValue(property: string, value: string, type: string | undefined, at: string, system: Resource, report: Report): void {
  const wrong = (expected: string): void =>
    report.add('error', 'value', at, `The filter on ${quoted(property)} takes ${expected}, not ${quoted(value)}`);
  if (type === 'boolean') checkBoolean(property, value, at, report);
  else if (type === 'integer' && !/^[+-]?\d+$/.test(value)) wrong('a whole number');
  else if (type === 'decimal' && !/^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(value)) wrong('a number');
  else if (type === 'dateTime' && !isDateTime(value)) wrong('a date and time');
  else if (type === 'code' && (property === 'concept' || property === 'parent' || property === 'child'))
    checkCode(property, value, at, system, report);
}

function checkCode(property: string, value: string, at: string, system: Resource, report: Report): void {
  if (mayHaveCode(system, value)) return;
  report.add(
    'error',
    'code-invalid',
    at,
    `The filter on ${quoted(property)} names ${quoted(value)}, which is no code of ${textOf(system, 'url') ?? 'the system'}`,
  );
}
