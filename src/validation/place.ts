/** Where resources stand inside resources: contained, in entries of a Bundle, in Parameters. https://hl7.org/fhir/R4/references.html#contained */
import { isObject, type JsonObject, type Resource } from '../fhir/resource.ts';

export interface Place {
  readonly resource: Resource;
  /** FHIRPath of the resource. */
  readonly at: string;
  /** What it is contained in; absent when it stands for itself. */
  readonly container?: Resource;
  /** The Bundle around it, and the URL under which it stands there. */
  readonly bundle?: Place;
  readonly fullUrl?: string;
}

export type Around = Omit<Place, 'resource' | 'at'>;

/** The resource itself and all that it holds, outer ones first. */
export function placesOf(root: Resource, at: string, around: Around = {}): Place[] {
  const places: Place[] = [];
  collect(root, at, around, places);
  return places;
}

function collect(value: unknown, at: string, around: Around, places: Place[]): void {
  if (!isObject(value) || typeof value['resourceType'] !== 'string') return;
  const place: Place = { ...around, resource: value as Resource, at };
  places.push(place);
  eachOf(value, 'contained', at, (one, inner) => collect(one, inner, { ...around, container: around.container ?? place.resource }, places));
  if (value['resourceType'] === 'Bundle') collectEntries(place, places);
  if (value['resourceType'] === 'Parameters') collectParts(value, 'parameter', at, around, places);
}

function collectEntries(bundle: Place, places: Place[]): void {
  eachOf(bundle.resource, 'entry', bundle.at, (entry, at) => {
    if (!isObject(entry)) return;
    const { fullUrl, response } = entry;
    collect(entry['resource'], `${at}.resource`, { bundle, ...(typeof fullUrl === 'string' ? { fullUrl } : {}) }, places);
    if (isObject(response)) collect(response['outcome'], `${at}.response.outcome`, {}, places);
  });
}

function collectParts(holder: JsonObject, name: string, at: string, around: Around, places: Place[]): void {
  eachOf(holder, name, at, (part, inner) => {
    if (!isObject(part)) return;
    collect(part['resource'], `${inner}.resource`, around, places);
    collectParts(part, 'part', inner, around, places);
  });
}

function eachOf(holder: JsonObject, name: string, at: string, visit: (item: unknown, at: string) => void): void {
  const list = holder[name];
  if (Array.isArray(list)) list.forEach((item, i) => visit(item, `${at}.${name}[${i}]`));
}
