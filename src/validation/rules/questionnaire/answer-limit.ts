/** How large, long and precise an answer may be. https://hl7.org/fhir/R4/questionnaire-profiles.html */

import { Pattern } from '../../../fhir/fhirpath/pattern.ts';
import { exactNumber } from '../../../fhir/json.ts';
import { isObject, type JsonObject } from '../../../fhir/resource.ts';
import type { Report } from '../../validation.ts';
import { extensionValues, quoted } from '../read.ts';
import type { Answer } from './answer.ts';
import { compareValues, hasCode } from './compare.ts';
import type { ItemDefinition } from './definition.ts';

const standard = 'http://hl7.org/fhir/StructureDefinition/';
const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';

export function checkLimits(question: ItemDefinition, answer: Answer, report: Report): void {
  const { value } = answer;
  if (typeof value === 'string') checkLength(question, value, answer, report);
  checkPattern(question, answer, report);
  checkRange(question, answer, report);
  checkDecimals(question, answer, report);
}

function checkLength({ element, maxLength, type }: ItemDefinition, text: string, { at }: Answer, report: Report): void {
  if (type !== 'string' && type !== 'text' && type !== 'url' && type !== 'open-choice') return;
  const place = `${at}.value`;
  const length = [...text].length;
  if (maxLength !== undefined && length > maxLength)
    report.add('error', 'value', place, `The answer has ${length} characters; expected at most ${maxLength}`);
  for (const least of extensionValues(element, `${standard}minLength`))
    if (typeof least === 'number' && length < least)
      report.add('error', 'value', place, `The answer has ${length} characters; expected at least ${least}`);
}

const flags = { ignoreCase: false, multiline: false };

function checkPattern({ element }: ItemDefinition, { at, value }: Answer, report: Report): void {
  if (typeof value !== 'string' && typeof value !== 'number') return;
  for (const regex of extensionValues(element, `${standard}regex`)) {
    if (typeof regex !== 'string') continue;
    const found = new Pattern(`^(?:${regex})$`, flags).test(String(value));
    if (found === false)
      report.add('error', 'value', `${at}.value`, `The answer does not match the pattern of the question; expected ${quoted(regex)}`);
    else if (found !== true)
      report.add(
        'warning',
        'not-supported',
        `${at}.value`,
        `The pattern of the question, ${quoted(regex)}, is ${found}, so that the answer could not be checked`,
      );
  }
}

function checkRange({ element }: ItemDefinition, answer: Answer, report: Report): void {
  const lowest = [...extensionValues(element, `${standard}minValue`), ...extensionValues(element, `${sdc}minQuantity`)];
  const highest = [...extensionValues(element, `${standard}maxValue`), ...extensionValues(element, `${sdc}maxQuantity`)];
  for (const least of lowest) checkBound(answer, least, 'least', report);
  for (const most of highest) checkBound(answer, most, 'most', report);
}

function checkBound({ at, value }: Answer, bound: unknown, which: 'least' | 'most', report: Report): void {
  const order = compareValues(value, bound);
  const place = `${at}.value`;
  if (order === undefined) {
    if (isObject(value) && isObject(bound)) report.add('error', 'value', place, incomparable(value, bound, which));
  } else if (which === 'least' ? order < 0 : order > 0)
    report.add('error', 'value', place, `The answer ${shown(value)} is out of range; expected at ${which} ${shown(bound)}`);
}

const incomparable = (value: JsonObject, bound: JsonObject, which: string): string =>
  hasCode(value) && hasCode(bound)
    ? `The answer ${shown(value)} cannot be compared with the allowed value; expected at ${which} ${shown(bound)} in a unit of the same kind`
    : `The answer ${shown(value)} cannot be compared with the allowed value, for not both have a system and code of their unit; expected at ${which} ${shown(bound)}`;

const shown = (value: unknown): string =>
  isObject(value) ? quoted(`${value['value'] ?? ''} ${value['code'] ?? value['unit'] ?? ''}`.trim()) : quoted(String(value));

function checkDecimals({ element }: ItemDefinition, { at, element: holder, value }: Answer, report: Report): void {
  const limits = extensionValues(element, `${standard}maxDecimalPlaces`).filter((limit) => typeof limit === 'number');
  if (limits.length === 0) return;
  const text = isObject(value) ? numeral(value, 'value') : numeral(holder, 'valueDecimal');
  const places = decimalPlaces(text);
  for (const limit of limits)
    if (places > limit)
      report.add('error', 'value', `${at}.value`, `The answer ${text} has ${places} decimal places; expected at most ${limit}`);
}

const numeral = (holder: JsonObject, name: string): string => exactNumber(holder, name) ?? String(holder[name] ?? '');

function decimalPlaces(text: string): number {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  return Math.max(0, (mantissa.split('.')[1] ?? '').length - Number(exponent));
}
