/** Regions that an analysis studied and called: one extension in a Procedure, two elements in a GenomicStudy. */
import { own } from '../fhir/own.ts';
import { isObject, type JsonObject, type Resource } from '../fhir/resource.ts';
import { append, objectsOf } from './cross-version.ts';
import { reporting } from './procedure-parts.ts';

const url = reporting('genomic-study-analysis-regions');
const elements: Readonly<Record<string, string>> = { regionsStudied: 'studied', regionsCalled: 'called' };
const parts: Readonly<Record<string, string>> = { studied: 'regionsStudied', called: 'regionsCalled' };

/** The guide knows files alone: a list with anything else stays whole. */
export function placeRegions(analysis: JsonObject, procedure: Resource, rest: JsonObject): void {
  const inner = Object.entries(elements).flatMap(([element, part]) => {
    const regions = objectsOf(analysis[element]);
    if (regions.every(mayBeFile)) return regions.map((valueReference) => ({ url: part, valueReference }));
    rest[element] = analysis[element];
    return [];
  });
  if (inner.length > 0) append(procedure, 'extension', { url, extension: inner });
}

const mayBeFile = ({ reference }: JsonObject): boolean =>
  typeof reference !== 'string' || !/(^|\/)(?!DocumentReference\/)[A-Z][A-Za-z]+\/[^/]+$/.test(reference);

/** What the native analysis keeps of the extension, such as genes by code, goes into the one that is there; false when there is none. */
export function mergeRegions(procedure: Resource, extension: JsonObject): boolean {
  const extensions = objectsOf(procedure['extension']);
  const place = extension['url'] === url ? extensions.findIndex((each) => each['url'] === url) : -1;
  const there = extensions[place];
  if (there === undefined) return false;
  const merged = { ...there, ...extension, extension: [...objectsOf(there['extension']), ...objectsOf(extension['extension'])] };
  procedure['extension'] = extensions.map((each, i) => (i === place ? merged : each));
  return true;
}

/** The extension without what the native elements took of it; undefined when nothing is left. */
export function takeRegions(analysis: JsonObject, extension: JsonObject): JsonObject | undefined {
  if (extension['url'] !== url) return extension;
  const inner = objectsOf(extension['extension']);
  const isReference = (part: JsonObject): boolean =>
    own(parts, String(part['url'])) !== undefined && isObject(part['valueReference']) && Object.keys(part).length === 2;
  for (const part of inner.filter(isReference)) append(analysis, parts[String(part['url'])] as string, part['valueReference']);
  const left = inner.filter((part) => !isReference(part));
  return left.length === 0 && extension['id'] === undefined ? undefined : { ...extension, extension: left };
}
