/** Of documents, newest first, the first of each type. https://hl7.org/fhir/uv/ipa/STU1/OperationDefinition-docref.html */
import { isObject, type Resource } from '../../fhir/resource.ts';
import type { StoredVersion } from '../../repository/stored-version.ts';
import { objects } from '../summary/read.ts';

/** Documents of no coded type are of the type that is written there. */
function kindOf({ type }: Resource): string {
  const [first] = isObject(type) ? objects(type['coding']) : [];
  if (first !== undefined) return `${String(first['system'])}|${String(first['code'])}`;
  return isObject(type) && typeof type['text'] === 'string' ? type['text'] : '';
}

export const isInError = (version: StoredVersion): boolean =>
  (JSON.parse(version.body ?? '{}') as Resource)['docStatus'] === 'entered-in-error';

/** Keeps the first of each kind, over as many pages as there are. */
export class NewestOfEach {
  readonly #found = new Map<string, StoredVersion>();

  add(version: StoredVersion): void {
    const kind = kindOf(JSON.parse(version.body ?? '{}') as Resource);
    if (!this.#found.has(kind)) this.#found.set(kind, version);
  }

  get versions(): readonly StoredVersion[] {
    return [...this.#found.values()];
  }
}
