/** The options of a question, found by an answer. https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.answerOption */
import { isObject, type JsonObject } from '../../../fhir/resource.ts';
import { choiceOf as valueOf } from '../read.ts';
import { areSame } from './compare.ts';

export interface Choice {
  readonly size: number;
  /** The option with the same value. */
  readonly find: (value: unknown) => JsonObject | undefined;
}

export function choiceOf(options: readonly JsonObject[]): Choice {
  const byKey = new Map<string, JsonObject>();
  const others: JsonObject[] = [];
  for (const option of options) {
    const key = keyOf(valueOf(option, 'value')?.value);
    if (key === undefined) others.push(option);
    else if (!byKey.has(key)) byKey.set(key, option);
  }
  const find = (value: unknown): JsonObject | undefined => {
    const key = keyOf(value);
    return key === undefined ? others.find((option) => areSame(valueOf(option, 'value')?.value, value)) : byKey.get(key);
  };
  return { size: options.length, find };
}

/** The same for the same values; undefined for those that have to be compared, such as quantities. */
function keyOf(value: unknown): string | undefined {
  if (!isObject(value)) return value === undefined ? undefined : `${typeof value} ${String(value)}`;
  if (value['value'] !== undefined) return undefined;
  if (value['reference'] !== undefined) return `reference ${String(value['reference'])}`;
  const { system, code, display } = value;
  return JSON.stringify(code === undefined ? [system, null, display] : [system, code]);
}
