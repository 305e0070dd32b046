/** Items of a Questionnaire that depend on others, and what can be answered. https://hl7.org/fhir/R4/questionnaire.html#behavior */
import type { JsonObject } from '../../../fhir/resource.ts';
import type { Report, Rule } from '../../validation.ts';
import { choiceOf, eachOf, objectsOf, quoted, textOf } from '../read.ts';

interface Question {
  readonly at: string;
  readonly element: JsonObject;
  /** In the order of the text. */
  readonly position: number;
  /** The position behind its last descendant. */
  end: number;
}

export const questionnaireRule: Rule = {
  types: ['Questionnaire'],
  check(questionnaire, at, report) {
    const questions: Question[] = [];
    collect(questionnaire, at, questions);
    const byLinkId = new Map<string, Question>();
    for (const question of questions) {
      const linkId = textOf(question.element, 'linkId');
      if (linkId !== undefined && !byLinkId.has(linkId)) byLinkId.set(linkId, question);
    }
    for (const question of questions) {
      checkConditions(question, byLinkId, report);
      checkInitial(question, report);
    }
  },
};

function collect(holder: JsonObject, at: string, questions: Question[]): void {
  eachOf(holder, 'item', at, (element, place) => {
    const question: Question = { at: place, element, position: questions.length, end: 0 };
    questions.push(question);
    collect(element, place, questions);
    question.end = questions.length;
  });
}

function checkConditions(question: Question, byLinkId: ReadonlyMap<string, Question>, report: Report): void {
  for (const condition of objectsOf(question.element, 'enableWhen')) {
    const linkId = textOf(condition, 'question');
    if (linkId !== undefined) checkCondition(question, condition, linkId, byLinkId.get(linkId), report);
  }
}

// SHALL: enableWhen refers to another item of the form — questionnaire-definitions.html#Questionnaire.item.enableWhen.question
function checkCondition(question: Question, condition: JsonObject, linkId: string, target: Question | undefined, report: Report): void {
  const error = (text: string): void => report.add('error', 'business-rule', question.at, text);
  if (target === undefined)
    return error(`The condition asks for the item ${quoted(linkId)}; expected the linkId of an item of this Questionnaire`);
  if (target === question) return error('The item depends on its own answer; expected another item');
  if (target.position > question.position && target.position < question.end)
    return error(`The item depends on ${quoted(linkId)}, which stands inside of it; expected an item outside`);
  if (target.position > question.position)
    report.add(
      'warning',
      'business-rule',
      question.at,
      `The item depends on ${quoted(linkId)}, which comes later; expected an item before it`,
    );
  checkAnswerType(question, condition, target, report);
}

const suffixes: Readonly<Record<string, readonly string[]>> = {
  boolean: ['Boolean'],
  decimal: ['Decimal', 'Integer'],
  integer: ['Integer', 'Decimal'],
  date: ['Date', 'DateTime'],
  dateTime: ['DateTime', 'Date'],
  time: ['Time'],
  string: ['String'],
  text: ['String'],
  url: ['String'],
  quantity: ['Quantity'],
  reference: ['Reference'],
  group: [],
  display: [],
};

function checkAnswerType({ at }: Question, condition: JsonObject, target: Question, report: Report): void {
  const type = textOf(target.element, 'type') ?? '';
  const fitting = suffixes[type];
  const answer = choiceOf(condition, 'answer');
  if (fitting === undefined || answer === undefined || condition['operator'] === 'exists' || fitting.includes(answer.suffix)) return;
  const right = fitting.length === 0 ? 'no condition on it, for it has no answer' : `answer${fitting[0]}`;
  report.add(
    'warning',
    'business-rule',
    at,
    `The condition compares an item of type ${type} with ${answer.key}, which never fits; expected ${right}`,
  );
}

/** The value types of initial values that differ in name from the type of the item. */
const initialOf: Readonly<Record<string, readonly string[]>> = {
  boolean: ['Boolean'],
  decimal: ['Decimal', 'Integer'],
  integer: ['Integer'],
  date: ['Date'],
  dateTime: ['DateTime'],
  time: ['Time'],
  string: ['String'],
  text: ['String'],
  url: ['Uri'],
  attachment: ['Attachment'],
  reference: ['Reference'],
  quantity: ['Quantity'],
};

function checkInitial({ at, element }: Question, report: Report): void {
  const type = textOf(element, 'type') ?? '';
  const fitting = initialOf[type];
  eachOf(element, 'initial', at, (initial, place) => {
    const value = choiceOf(initial, 'value');
    if (fitting !== undefined && value !== undefined && !fitting.includes(value.suffix))
      report.add('warning', 'value', `${place}.value`, `The item is of type ${type}; expected value${fitting[0]}, not ${value.key}`);
  });
}
