/** A code in a value set that is contained, as far as its own lists tell. https://hl7.org/fhir/R4/valueset.html#compositions */
import type { JsonObject } from '../../../fhir/resource.ts';
import { listOf, objectOf, objectsOf } from '../read.ts';

/** Undefined when other resources would have to tell. */
export function holds(valueSet: JsonObject, coding: JsonObject): boolean | undefined {
  const compose = objectOf(valueSet, 'compose');
  if (compose === undefined) return isExpanded(objectOf(valueSet, 'expansion'), coding);
  const answers = objectsOf(compose, 'include').map((include) => includes(include, coding));
  if (answers.includes(true)) return objectsOf(compose, 'exclude').length > 0 ? undefined : true;
  return answers.includes(undefined) ? undefined : false;
}

function includes(include: JsonObject, coding: JsonObject): boolean | undefined {
  if (listOf(include, 'valueSet').length > 0) return undefined;
  if (include['system'] !== coding['system']) return false;
  const concepts = objectsOf(include, 'concept');
  return concepts.length === 0 ? undefined : concepts.some(({ code }) => code === coding['code']);
}

function isExpanded(holder: JsonObject | undefined, coding: JsonObject): boolean | undefined {
  if (holder === undefined) return undefined;
  const concepts = objectsOf(holder, 'contains');
  return concepts.some((one) => (one['system'] === coding['system'] && one['code'] === coding['code']) || isExpanded(one, coding) === true);
}
