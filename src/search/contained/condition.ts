/** Conditions on resources, as they are asked of contained ones. https://hl7.org/fhir/R4/search.html#contained */
import type { Condition } from '../condition.ts';
import { containedType } from './type.ts';

/** The row of a contained resource has the patient of its container: its own references are in its tokens alone. */
export function forContained(condition: Condition): Condition {
  switch (condition.kind) {
    case 'tokens': {
      const { patient: _, ...rest } = condition;
      return rest;
    }
    case 'type':
      return { ...condition, types: condition.types.map(containedType) };
    case 'consented':
      return { ...condition, contained: true };
    case 'refers':
    case 'referred':
      return { ...condition, link: { ...condition.link, fenced: false } };
    case 'not':
      return { ...condition, of: forContained(condition.of) };
    case 'any':
    case 'all':
      return { ...condition, of: condition.of.map(forContained) };
    default:
      return condition;
  }
}
