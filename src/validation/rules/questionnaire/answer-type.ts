/** Which type of value answers which type of question. https://hl7.org/fhir/R4/codesystem-item-type.html */
import type { Report } from '../../validation.ts';
import type { Answer } from './answer.ts';

const choices = ['Coding', 'Integer', 'Date', 'Time', 'String', 'Reference'];

const typesOf: Readonly<Record<string, readonly string[]>> = {
  boolean: ['Boolean'],
  decimal: ['Decimal'],
  integer: ['Integer'],
  date: ['Date'],
  dateTime: ['DateTime'],
  time: ['Time'],
  string: ['String'],
  text: ['String'],
  url: ['Uri'],
  choice: choices,
  'open-choice': choices,
  attachment: ['Attachment'],
  reference: ['Reference'],
  quantity: ['Quantity'],
};

const lower: ReadonlySet<string> = new Set(['Boolean', 'Decimal', 'Integer', 'Date', 'DateTime', 'Time', 'String', 'Uri']);
const nameOf = (suffix: string): string => (lower.has(suffix) ? suffix.charAt(0).toLowerCase() + suffix.slice(1) : suffix);

/** False when the value is of no fitting type, so that nothing else can be said of it. */
export function checkAnswerType(questionType: string, { at, type }: Answer, report: Report): boolean {
  const types = typesOf[questionType];
  if (types === undefined || type === undefined) return false;
  if (types.includes(type)) return true;
  const expected = types.map(nameOf).join(', ');
  report.add(
    'error',
    'value',
    `${at}.value`,
    `The question is of type ${questionType}; expected an answer of type ${expected}, not ${nameOf(type)}`,
  );
  return false;
}
