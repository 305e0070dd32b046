/** Answers that are chosen: from the options of the question, or from a value set. https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.answerOption */
import { isObject, type Resource } from '../../../fhir/resource.ts';
import type { Report } from '../../validation.ts';
import { extensionValues, objectsOf, quoted, textOf } from '../read.ts';
import type { Answer } from './answer.ts';
import { type Choice, choiceOf } from './choice.ts';
import { holds } from './contained-value-set.ts';
import type { ItemDefinition } from './definition.ts';

const exclusive = 'http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive';

export function checkOptions(question: ItemDefinition, answers: readonly Answer[], container: Resource, report: Report): void {
  const options = objectsOf(question.element, 'answerOption');
  const valueSet = textOf(question.element, 'answerValueSet');
  if (options.length > 0) {
    const choice = choiceOf(options);
    for (const answer of answers) if (isChosen(question, answer)) checkOption(question, answer, choice, report);
    checkExclusive(answers, choice, report);
  } else if (valueSet !== undefined) {
    for (const answer of answers) if (isChosen(question, answer)) checkCode(answer, valueSet, container, report);
  } else if (question.type === 'choice') {
    for (const { at, type } of answers)
      if (type === 'Coding' || type === 'String')
        report.add('information', 'informational', at, 'The question has no options, so that the answer cannot be checked');
  }
}

/** A text is a free answer to an open choice. */
const isChosen = ({ type }: ItemDefinition, answer: Answer): boolean =>
  type !== 'open-choice' || (answer.type !== 'String' && !isFreeCoding(answer.value));

const isFreeCoding = (value: unknown): boolean => isObject(value) && value['code'] === undefined && value['display'] !== undefined;

function checkOption({ type }: ItemDefinition, { at, value }: Answer, { size, find }: Choice, report: Report): void {
  if (value === undefined || find(value) !== undefined) return;
  const place = isObject(value) ? at : `${at}.value`;
  const free = type === 'open-choice' ? '; a free answer is a valueString' : '';
  report.add('error', 'code-invalid', place, `${shownValue(value)} is none of the ${size} options of the question${free}`);
}

export function shownValue(value: unknown): string {
  if (!isObject(value)) return quoted(String(value));
  return quoted(`${value['system'] ?? ''}#${value['code'] ?? value['reference'] ?? value['display'] ?? ''}`);
}

function checkExclusive(answers: readonly Answer[], { find }: Choice, report: Report): void {
  if (answers.length < 2) return;
  for (const { at, value } of answers)
    if (extensionValues(find(value), exclusive).includes(true))
      report.add('error', 'business-rule', at, `${shownValue(value)} excludes all other options; expected it alone`);
}

function checkCode({ at: answerAt, type, value }: Answer, valueSet: string, container: Resource, report: Report): void {
  if (type !== 'Coding' && type !== 'String') return;
  const at = type === 'Coding' ? answerAt : `${answerAt}.value`;
  if (!valueSet.startsWith('#'))
    return report.ask({ valueSet, strength: 'required', type: type === 'Coding' ? 'Coding' : 'string', value, at, isChosen: true });
  const set = objectsOf(container, 'contained').find((one) => one['id'] === valueSet.slice(1));
  if (isObject(value) && set !== undefined && holds(set, value) === false)
    report.add('error', 'code-invalid', at, `${shownValue(value)} is not in the contained value set ${quoted(valueSet)}`);
}
