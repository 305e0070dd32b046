/** The entries of a Bundle, each with its place. https://hl7.org/fhir/R4/bundle.html */
import { isObject, type JsonObject, type Resource } from '../../../fhir/resource.ts';
import { eachOf, objectOf, textOf } from '../read.ts';

export interface Entry {
  readonly index: number;
  readonly at: string;
  readonly element: JsonObject;
  readonly fullUrl?: string;
  readonly resource?: Resource;
}

export function entriesOf(bundle: Resource, at: string): Entry[] {
  const entries: Entry[] = [];
  eachOf(bundle, 'entry', at, (element, place, index) => {
    const fullUrl = textOf(element, 'fullUrl');
    const resource = objectOf(element, 'resource');
    entries.push({
      index,
      at: place,
      element,
      ...(fullUrl === undefined ? {} : { fullUrl }),
      ...(isResource(resource) ? { resource } : {}),
    });
  });
  return entries;
}

const isResource = (value: unknown): value is Resource => isObject(value) && typeof value['resourceType'] === 'string';
