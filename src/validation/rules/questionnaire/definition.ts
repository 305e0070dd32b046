/** The items of a Questionnaire as its responses need them. https://hl7.org/fhir/R4/questionnaire.html */
import type { JsonObject, Resource } from '../../../fhir/resource.ts';
import { numberOf, objectsOf, textOf } from '../read.ts';

export interface ItemDefinition {
  readonly linkId: string;
  readonly type: string | undefined;
  readonly text: string | undefined;
  readonly required: boolean;
  readonly repeats: boolean;
  readonly maxLength: number | undefined;
  readonly element: JsonObject;
  readonly items: readonly ItemDefinition[];
}

export interface QuestionnaireDefinition {
  readonly items: readonly ItemDefinition[];
  item(linkId: string): ItemDefinition | undefined;
}

const known = new WeakMap<Resource, QuestionnaireDefinition>();

/** Read once for each Questionnaire. */
export function questionnaireDefinition(questionnaire: Resource): QuestionnaireDefinition {
  const remembered = known.get(questionnaire);
  if (remembered !== undefined) return remembered;
  const byLinkId = new Map<string, ItemDefinition>();
  const items = readItems(questionnaire, byLinkId);
  const definition = { items, item: (linkId: string) => byLinkId.get(linkId) };
  known.set(questionnaire, definition);
  return definition;
}

function readItems(holder: JsonObject, byLinkId: Map<string, ItemDefinition>): ItemDefinition[] {
  return objectsOf(holder, 'item').map((element) => {
    const item: ItemDefinition = {
      linkId: textOf(element, 'linkId') ?? '',
      type: textOf(element, 'type'),
      text: textOf(element, 'text'),
      required: element['required'] === true,
      repeats: element['repeats'] === true,
      maxLength: numberOf(element, 'maxLength'),
      element,
      items: readItems(element, byLinkId),
    };
    if (!byLinkId.has(item.linkId)) byLinkId.set(item.linkId, item);
    return item;
  });
}
