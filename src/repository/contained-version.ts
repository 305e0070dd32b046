/** A contained resource, cut out of the version that holds it. https://hl7.org/fhir/R4/search.html#contained */
import { parseJson, printJson } from '../fhir/json.ts';
import type { Resource } from '../fhir/resource.ts';
import { plainType } from '../search/contained/type.ts';
import type { StoredVersion } from './stored-version.ts';

/** `container` is the version as it is stored; `row` is the row of what it contains. */
export function containedVersion(
  container: StoredVersion,
  row: { readonly type: string; readonly id: string; readonly rid: string },
): StoredVersion {
  const { contained = [] } = parseJson(container.body ?? '{}') as Resource & { readonly contained?: readonly Resource[] };
  const found = contained.find(({ id }) => id === row.id);
  if (found === undefined) throw new Error(`${container.type}/${container.id} has lost what it contains`);
  const { type, id } = container;
  return { ...container, type: plainType(row.type), id: row.id, rid: row.rid, body: printJson(found), container: `${type}/${id}` };
}
