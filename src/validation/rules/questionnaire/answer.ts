/** The items of a QuestionnaireResponse with their places and what is around them. https://hl7.org/fhir/R4/questionnaireresponse.html */
import type { JsonObject, Resource } from '../../../fhir/resource.ts';
import { choiceOf, eachOf, textOf } from '../read.ts';

export interface Answer {
  readonly at: string;
  readonly element: JsonObject;
  /** Such as `Coding`; undefined when there is no value. */
  readonly type: string | undefined;
  readonly value: unknown;
  readonly items: readonly AnsweredItem[];
}

export interface AnsweredItem {
  readonly at: string;
  readonly linkId: string | undefined;
  readonly element: JsonObject;
  readonly parent: AnsweredItem | undefined;
  readonly answers: readonly Answer[];
  /** Those of a group; those of a question stand under its answers. */
  readonly items: readonly AnsweredItem[];
}

export function answeredItems(response: Resource, at: string): AnsweredItem[] {
  return readItems(response, at, undefined);
}

function readItems(holder: JsonObject, at: string, parent: AnsweredItem | undefined): AnsweredItem[] {
  const items: AnsweredItem[] = [];
  eachOf(holder, 'item', at, (element, place) => {
    const answers: Answer[] = [];
    const nested: AnsweredItem[] = [];
    const item: AnsweredItem = { at: place, linkId: textOf(element, 'linkId'), element, parent, answers, items: nested };
    nested.push(...readItems(element, place, item));
    eachOf(element, 'answer', place, (answer, answerAt) => {
      const value = choiceOf(answer, 'value');
      answers.push({ at: answerAt, element: answer, type: value?.suffix, value: value?.value, items: readItems(answer, answerAt, item) });
    });
    items.push(item);
  });
  return items;
}

export const childrenOf = (item: AnsweredItem): AnsweredItem[] => [...item.items, ...item.answers.flatMap(({ items }) => items)];
