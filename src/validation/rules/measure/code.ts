/** Codes by which the parts of a MeasureReport are those of its Measure. https://hl7.org/fhir/R4/measurereport-definitions.html#MeasureReport.group.code */
import type { JsonObject } from '../../../fhir/resource.ts';
import { objectOf, objectsOf, textOf } from '../read.ts';

/** A coding with a system and a code. */
const codingsOf = (concept: JsonObject): string[] =>
  objectsOf(concept, 'coding').flatMap((coding) => {
    const [system, code] = [textOf(coding, 'system'), textOf(coding, 'code')];
    return system === undefined || code === undefined ? [] : [`${system}|${code}`];
  });

/** The CodeableConcept `code`, if there is something in it to compare. */
export function usableCode(part: JsonObject): JsonObject | undefined {
  const concept = objectOf(part, 'code');
  return concept !== undefined && (codingsOf(concept).length > 0 || textOf(concept, 'text') !== undefined) ? concept : undefined;
}

/** The same thing: one coding in common, or the same text. */
export function isSameCode(a: JsonObject, b: JsonObject): boolean {
  const codings = codingsOf(b);
  if (codingsOf(a).some((coding) => codings.includes(coding))) return true;
  const text = textOf(a, 'text');
  return text !== undefined && text === textOf(b, 'text');
}

/** How a part is named to people. */
export function nameOf(part: JsonObject): string {
  const concept = objectOf(part, 'code');
  const [coding] = objectsOf(concept, 'coding');
  return textOf(coding, 'code') ?? textOf(concept, 'text') ?? textOf(part, 'id') ?? 'without a code';
}
