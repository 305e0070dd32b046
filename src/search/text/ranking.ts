/** Which full-text searches of a Query tell how well a resource matches. https://hl7.org/fhir/R4/search.html#score */
import type { Condition } from '../condition.ts';

type Words = Condition & { readonly kind: 'words' };

/** Those that say of the resource itself what it must have, alone or as one of several alternatives. */
export function ranking(conditions: readonly Condition[]): readonly Words[] {
  return conditions.flatMap((condition) => {
    if (condition.kind === 'words') return [condition];
    return condition.kind === 'all' || condition.kind === 'any' ? ranking(condition.of) : [];
  });
}
