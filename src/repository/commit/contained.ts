/** The rows of what a resource contains, beside its own. https://hl7.org/fhir/R4/search.html#contained */
import { containedLinkOf, containedRow } from '../../search/contained/type.ts';
import type { IndexRows } from '../../search/index-rows.ts';
import type { ContainedOf } from '../../store/statement/contained.ts';
import type { TypeCodes } from '../../store/type-code.ts';

/** Bodies are printed by this server: nothing within a string looks like this. */
const mayContain = (body: string | null | undefined): boolean => body?.includes('"contained":[') === true;

/** Undefined where nothing is contained and nothing was. `before` is the text that is replaced. */
export function containedOf(typeCodes: TypeCodes, index: IndexRows, before?: string | null): { readonly contained?: ContainedOf } {
  const { contained = [], self, patient, bucket } = index;
  if (contained.length === 0 && !mayContain(before)) return {};
  const rows = contained.map((each) => ({
    rid: containedRow(each.self),
    typeCode: typeCodes.get(each.type) ?? 0,
    id: each.id,
    index: { ...each, patient, bucket },
  }));
  return { contained: { token: containedLinkOf(self), rows } };
}
