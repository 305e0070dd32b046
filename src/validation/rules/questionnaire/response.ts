/** A QuestionnaireResponse against its Questionnaire. https://hl7.org/fhir/R4/questionnaireresponse.html#notes */
import type { Resource } from '../../../fhir/resource.ts';
import type { Found, Report, Rule, Surroundings } from '../../validation.ts';
import { extensionValues, objectOf, quoted, textOf } from '../read.ts';
import { type Answer, type AnsweredItem, answeredItems } from './answer.ts';
import { checkContent } from './answer-content.ts';
import { checkLimits } from './answer-limit.ts';
import { checkOptions } from './answer-option.ts';
import { checkAnswerType } from './answer-type.ts';
import { compareValues } from './compare.ts';
import { type ItemDefinition, type QuestionnaireDefinition, questionnaireDefinition } from './definition.ts';
import { type ItemsByLinkId, isEnabled, itemsByLinkId } from './enabled.ts';

interface Sitting {
  readonly report: Report;
  readonly surroundings: Surroundings;
  readonly questionnaire: QuestionnaireDefinition;
  readonly all: ItemsByLinkId;
  /** What the Questionnaire and its value sets are contained in. */
  readonly container: Resource;
  /** What is missing is no fault yet. */
  readonly inProgress: boolean;
}

export const questionnaireResponseRule: Rule = {
  types: ['QuestionnaireResponse'],
  check(response, at, report, surroundings, found) {
    const canonical = textOf(response, 'questionnaire');
    if (canonical === undefined)
      return report.add(
        'information',
        'informational',
        at,
        'The response names no questionnaire, so that it cannot be checked against one',
      );
    const questionnaire = questionnaireOf(response, canonical, surroundings, found);
    if (questionnaire === undefined) return unknown(canonical, at, report);
    checkAuthored(response, questionnaire, at, report);
    const items = answeredItems(response, at);
    const sitting: Sitting = {
      report,
      surroundings,
      questionnaire: questionnaireDefinition(questionnaire),
      all: itemsByLinkId(items),
      container: canonical.startsWith('#') ? (surroundings.resolve('#', response) ?? response) : questionnaire,
      inProgress: textOf(response, 'status') === 'in-progress',
    };
    checkItems(sitting, sitting.questionnaire.items, items, undefined, at);
  },
};

function questionnaireOf(response: Resource, canonical: string, surroundings: Surroundings, found: Found): Resource | undefined {
  const resource = canonical.startsWith('#') ? surroundings.resolve(canonical, response) : found('Questionnaire', canonical);
  return resource?.resourceType === 'Questionnaire' ? resource : undefined;
}

function unknown(canonical: string, at: string, report: Report): void {
  const severity = canonical.startsWith('#') ? 'error' : /^https?:\/\/example\.org/.test(canonical) ? 'information' : 'warning';
  report.add(
    severity,
    'not-found',
    `${at}.questionnaire`,
    `The Questionnaire ${quoted(canonical)} is not known, so that the answers cannot be checked; load it, or contain it`,
  );
}

/** https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.effectivePeriod */
function checkAuthored(response: Resource, questionnaire: Resource, at: string, report: Report): void {
  const authored = textOf(response, 'authored');
  const period = objectOf(questionnaire, 'effectivePeriod');
  const [start, end] = [textOf(period, 'start'), textOf(period, 'end')];
  const place = `${at}.authored`;
  if (authored === undefined) return;
  if (start !== undefined && (compareValues(authored, start) ?? 0) < 0)
    report.add('warning', 'business-rule', place, `The response is older than the use of its Questionnaire, which begins on ${start}`);
  if (end !== undefined && (compareValues(authored, end) ?? 0) > 0)
    report.add('warning', 'business-rule', place, `The response is younger than the use of its Questionnaire, which ends on ${end}`);
}

/** The items of one level: each of them known, in the order of the Questionnaire, and nothing missing. */
function checkItems(
  sitting: Sitting,
  questions: readonly ItemDefinition[],
  items: readonly AnsweredItem[],
  parent: AnsweredItem | undefined,
  at: string,
): void {
  const position = new Map(questions.map(({ linkId }, i) => [linkId, i]));
  const given = new Map<string, AnsweredItem[]>();
  let last = -1;
  for (const item of items) {
    const { linkId } = item;
    if (linkId === undefined) continue;
    const index = position.get(linkId);
    if (index === undefined) {
      checkStranger(sitting, item, linkId, at);
      continue;
    }
    if (index < last)
      sitting.report.add(
        'error',
        'structure',
        item.at,
        `The item ${quoted(linkId)} is out of order; expected the order of the Questionnaire`,
      );
    last = index;
    const same = given.get(linkId);
    if (same === undefined) given.set(linkId, [item]);
    else same.push(item);
  }
  for (const question of questions) checkQuestion(sitting, question, given.get(question.linkId) ?? [], parent, at);
}

// SHALL: items are those of the Questionnaire, nested as there — questionnaireresponse.html#notes
function checkStranger(sitting: Sitting, item: AnsweredItem, linkId: string, at: string): void {
  const elsewhere = sitting.questionnaire.item(linkId);
  if (elsewhere === undefined)
    return sitting.report.add('error', 'not-found', at, `The Questionnaire has no item with the linkId ${quoted(linkId)}`);
  sitting.report.add(
    'error',
    'structure',
    at,
    `The item ${quoted(linkId)} is in the wrong place; expected the nesting of the Questionnaire`,
  );
  checkItem(sitting, elsewhere, item);
}

function checkQuestion(
  sitting: Sitting,
  question: ItemDefinition,
  items: readonly AnsweredItem[],
  parent: AnsweredItem | undefined,
  at: string,
): void {
  const { report } = sitting;
  const enabled = isEnabled(question, parent, sitting.all);
  const filled = items.filter(({ answers, items: nested }) => answers.length + nested.length > 0);
  if (filled.length === 0) {
    if (enabled === true && question.required && question.type !== 'display') missing(sitting, question, items[0]?.at ?? at);
    return;
  }
  if (enabled === false)
    for (const item of filled)
      report.add(
        'error',
        'business-rule',
        item.at,
        `The item ${quoted(question.linkId)} is not enabled by the other answers; expected no answer`,
      );
  const [, second] = filled;
  if (second !== undefined && !question.repeats)
    report.add('error', 'structure', second.at, `The item ${quoted(question.linkId)} does not repeat; expected it once`);
  checkOccurrences(question, filled, report);
  for (const item of filled) checkItem(sitting, question, item);
}

function missing({ report, inProgress }: Sitting, { linkId }: ItemDefinition, at: string): void {
  report.add(inProgress ? 'warning' : 'error', 'required', at, `There is no answer to the required item ${quoted(linkId)}`);
}

const occurrences = 'http://hl7.org/fhir/StructureDefinition/questionnaire-';

function checkOccurrences({ element, linkId, type }: ItemDefinition, items: readonly AnsweredItem[], report: Report): void {
  const count = type === 'group' ? items.length : items.reduce((sum, { answers }) => sum + answers.length, 0);
  const at = items[0]?.at ?? '';
  for (const least of extensionValues(element, `${occurrences}minOccurs`))
    if (typeof least === 'number' && count < least)
      report.add('error', 'required', at, `The item ${quoted(linkId)} is there ${count} times; expected at least ${least}`);
  for (const most of extensionValues(element, `${occurrences}maxOccurs`))
    if (typeof most === 'number' && count > most)
      report.add('error', 'structure', at, `The item ${quoted(linkId)} is there ${count} times; expected at most ${most}`);
}

function checkItem(sitting: Sitting, question: ItemDefinition, item: AnsweredItem): void {
  const { report } = sitting;
  const text = textOf(item.element, 'text');
  if (text !== undefined && question.text !== undefined && text !== question.text)
    report.add(
      'error',
      'value',
      item.at,
      `The text is not that of the item ${quoted(question.linkId)} in the Questionnaire; expected ${quoted(question.text)}`,
    );
  if (question.type === 'display') {
    if (item.answers.length + item.items.length > 0)
      report.add('error', 'structure', item.at, 'An item of type display is for reading only; expected no answer and no items');
    return;
  }
  if (question.type === 'group') return checkGroup(sitting, question, item);
  if (item.items.length > 0)
    report.add('error', 'structure', item.at, 'Items within a question stand under its answer; expected item.answer.item');
  if (item.answers.length === 0 && question.required) missing(sitting, question, item.at);
  if (item.answers.length > 1 && !question.repeats)
    report.add('error', 'structure', item.at, `The item ${quoted(question.linkId)} does not repeat; expected one answer`);
  checkAnswers(sitting, question, item);
}

function checkGroup(sitting: Sitting, question: ItemDefinition, item: AnsweredItem): void {
  if (item.answers.length > 0) sitting.report.add('error', 'structure', item.at, 'An item of type group has no answers; expected items');
  checkItems(sitting, question.items, item.items, item, item.at);
}

function checkAnswers(sitting: Sitting, question: ItemDefinition, item: AnsweredItem): void {
  const { report, surroundings } = sitting;
  const fitting: Answer[] = [];
  for (const answer of item.answers) {
    if (question.type !== undefined && checkAnswerType(question.type, answer, report)) {
      fitting.push(answer);
      checkLimits(question, answer, report);
      checkContent(question, answer, report, surroundings);
    }
    checkItems(sitting, question.items, answer.items, item, answer.at);
  }
  checkOptions(question, fitting, sitting.container, report);
}
