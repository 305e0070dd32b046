/** Whether a question is to be asked, by the answers to others. https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen */
import type { JsonObject } from '../../../fhir/resource.ts';
import { choiceOf, extensionValues, objectsOf, textOf } from '../read.ts';
import { type Answer, type AnsweredItem, childrenOf } from './answer.ts';
import { areSame, compareValues } from './compare.ts';
import type { ItemDefinition } from './definition.ts';

const expression = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression';

/** Items of the response by linkId, in their order: all of them, and those within an item. */
export interface ItemsByLinkId {
  readonly all: ReadonlyMap<string, readonly AnsweredItem[]>;
  readonly within: (around: AnsweredItem, linkId: string) => readonly AnsweredItem[];
}

export function itemsByLinkId(items: readonly AnsweredItem[]): ItemsByLinkId {
  const all = new Map<string, AnsweredItem[]>();
  const collect = (item: AnsweredItem): void => {
    add(all, item);
    childrenOf(item).forEach(collect);
  };
  items.forEach(collect);
  const inside = new Map<AnsweredItem, ReadonlyMap<string, readonly AnsweredItem[]>>();
  const within = (around: AnsweredItem, linkId: string): readonly AnsweredItem[] => {
    const known = inside.get(around) ?? descendantsOf(around);
    inside.set(around, known);
    return known.get(linkId) ?? [];
  };
  return { all, within };
}

function descendantsOf(around: AnsweredItem): ReadonlyMap<string, readonly AnsweredItem[]> {
  const found = new Map<string, AnsweredItem[]>();
  const collect = (item: AnsweredItem): void => {
    add(found, item);
    childrenOf(item).forEach(collect);
  };
  collect(around);
  return found;
}

function add(map: Map<string, AnsweredItem[]>, item: AnsweredItem): void {
  const linkId = item.linkId ?? '';
  const list = map.get(linkId);
  if (list === undefined) map.set(linkId, [item]);
  else list.push(item);
}

/** `parent` is the item of the response that the question stands in. Undefined when an expression would have to tell. */
export function isEnabled(question: ItemDefinition, parent: AnsweredItem | undefined, all: ItemsByLinkId): boolean | undefined {
  if (extensionValues(question.element, expression).length > 0) return undefined;
  const conditions = objectsOf(question.element, 'enableWhen');
  if (conditions.length === 0) return true;
  const holds = (condition: JsonObject): boolean => isMet(condition, parent, all);
  return question.element['enableBehavior'] === 'any' ? conditions.some(holds) : conditions.every(holds);
}

function isMet(condition: JsonObject, parent: AnsweredItem | undefined, all: ItemsByLinkId): boolean {
  const answers = answersNear(textOf(condition, 'question') ?? '', parent, all);
  const expected = choiceOf(condition, 'answer')?.value;
  const operator = textOf(condition, 'operator');
  if (operator === 'exists') return answers.some(({ value }) => value !== undefined) === (expected === true);
  return answers.some(({ value }) => fits(value, operator, expected));
}

function fits(value: unknown, operator: string | undefined, expected: unknown): boolean {
  if (operator === '=') return areSame(value, expected);
  if (operator === '!=') return value !== undefined && !areSame(value, expected);
  const order = compareValues(value, expected);
  if (order === undefined) return false;
  if (operator === '>') return order > 0;
  if (operator === '<') return order < 0;
  return operator === '>=' ? order >= 0 : order <= 0;
}

/** Of a question that is there several times, those that share the innermost item around both count. */
function answersNear(linkId: string, parent: AnsweredItem | undefined, { all, within }: ItemsByLinkId): readonly Answer[] {
  const items = all.get(linkId) ?? [];
  for (let around = parent; around !== undefined && items.length > 1; around = around.parent) {
    const near = within(around, linkId);
    if (near.length > 0) return near.flatMap(({ answers }) => answers);
  }
  return items.flatMap(({ answers }) => answers);
}
