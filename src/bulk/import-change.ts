/** A line of NDJSON as a change: the resource under its own id, or under one that its content gives. */
import { createHash } from 'node:crypto';
import type { Definitions } from '../fhir/definitions.ts';
import { isId } from '../fhir/id.ts';
import { printJson, readJson } from '../fhir/json.ts';
import { nearest } from '../fhir/nearest.ts';
import { refusal } from '../fhir/outcome.ts';
import { isObject, type Resource } from '../fhir/resource.ts';
import type { PrintedResource, UpdateChange } from '../repository/change.ts';

export type ImportChange = UpdateChange & { readonly id: string; readonly text: string };

export const placeOfLine = (number: number): string => `line ${number}`;

/** The same for the same content, so that the same line again makes no further resource. https://www.rfc-editor.org/rfc/rfc9562#section-5.8 */
function idOf(resource: Resource): string {
  const hash = createHash('sha256').update(printJson(resource)).digest('hex');
  const variant = ((Number.parseInt(hash[16] ?? '0', 16) & 3) | 8).toString(16);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

interface ReadResource {
  readonly resource: Resource;
  readonly printed?: PrintedResource;
}

function resourceFrom(text: string, definitions: Definitions, type: string | undefined): ReadResource {
  const { value, isPrinted } = readJson(text);
  if (!isObject(value)) throw refusal('structure', 'A line of NDJSON is one JSON object: a resource.');
  const found = value['resourceType'];
  if (typeof found !== 'string') throw refusal('structure', 'This is not a FHIR resource: it has no resourceType.');
  if (!definitions.isResourceType(found)) {
    const near = nearest(found, definitions.resourceTypes);
    throw refusal('structure', `"${found.slice(0, 64)}" is not a resource type.${near === undefined ? '' : ` Did you mean ${near}?`}`);
  }
  if (type !== undefined && found !== type)
    throw refusal('invalid', `This is a ${found}, but the file was said to hold resources of type ${type}.`);
  const resource = value as Resource;
  return isPrinted ? { resource, printed: { resource, text } } : { resource };
}

/** Throws a FhirError for a line that is no resource. `type`: which the file is said to hold. */
export function changeOfLine(number: number, text: string, definitions: Definitions, type?: string): ImportChange {
  const read = resourceFrom(text, definitions, type);
  const { resource } = read;
  const { id } = resource;
  if (id !== undefined && (typeof id !== 'string' || !isId(id)))
    throw refusal('value', `"${String(id).slice(0, 80)}" is not a FHIR id: 1 to 64 letters, digits, "-" and ".".`, {
      expression: `${resource.resourceType}.id`,
    });
  return { kind: 'update', type: resource.resourceType, id: id ?? idOf(resource), at: placeOfLine(number), text, ...read };
}
