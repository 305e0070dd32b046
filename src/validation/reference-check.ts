/**
 * The form of Reference.reference: contained, relative, absolute, or a search that a transaction resolves.
 * https://hl7.org/fhir/R4/references.html#literal
 */
import type { Definitions } from '../fhir/definitions.ts';
import { nearest } from '../fhir/nearest.ts';
import type { Check } from './check.ts';
import { shown } from './walk.ts';

const relative = /^([A-Z][A-Za-z]*)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?(?:#\S*)?$/;
const conditional = /^([A-Z][A-Za-z]*)\?./;
const contained = /^#[^\s#]*$/;
const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:/;

const forms = 'Type/id, #id of a contained resource, an absolute URI, or in a transaction Type?parameter=value';

export function referenceCheck(definitions: Definitions, isString: Check): Check {
  return (walk, value, owner, key) => {
    if (typeof value !== 'string' || value === '') return isString(walk, value, owner, key);
    const type = (relative.exec(value) ?? conditional.exec(value))?.[1];
    if (type !== undefined) {
      if (!definitions.isResourceType(type))
        walk.add('value', () => `The reference names ${shown(type)}, which is no resource type${suggestion(definitions, type)}`);
    } else if (!contained.test(value) && (!absolute.test(value) || /\s/.test(value))) {
      walk.add('value', () => `Not a literal reference: expected ${forms}`);
    }
  };
}

export function suggestion(definitions: Definitions, type: string): string {
  const meant = nearest(type, definitions.resourceTypes);
  return meant === undefined ? '' : `; did you mean ${shown(meant)}?`;
}
