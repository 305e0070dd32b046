/**
 * The GenomicStudy of the incubator for R6, which names what R5 leaves to extensions of Genomics Reporting, and back.
 * https://build.fhir.org/ig/HL7/cg-incubator/StructureDefinition-GenomicStudy.html
 */
import { own } from '../fhir/own.ts';
import { isObject, type JsonObject, type Resource } from '../fhir/resource.ts';
import { append, extensionUrl, objectsOf } from './cross-version.ts';
import { type Placements, place, reporting, takeBack } from './procedure-parts.ts';

export interface IncubatorShape {
  is(resource: Resource): boolean;
  /** Whether it says what R5 has no elements for: without, it is that of R5 as well. */
  isBeyond(resource: Resource): boolean;
  toIncubator(native: Resource): Resource;
  toNative(incubator: Resource): Resource;
}

/** Additional resources say in JSON what defines them. */
const definition = 'http://hl7.org/fhir/StructureDefinition/GenomicStudy';
/** The name of the element with a version, where the client gave one. */
const definedBy = extensionUrl('6.0', 'GenomicStudy.resourceDefinition');

const regionsUrl = reporting('genomic-study-analysis-regions');
const regionElements: Readonly<Record<string, string>> = {
  regionsStudied: 'studied',
  regionsCalled: 'called',
  regionsUncalled: 'uncalled',
};
const regionParts: Readonly<Record<string, string>> = { studied: 'regionsStudied', called: 'regionsCalled', uncalled: 'regionsUncalled' };
/** Those that R5 has, for references alone. */
const nativeRegions: ReadonlySet<string> = new Set(['regionsStudied', 'regionsCalled']);

const metricNames: Readonly<Record<string, string>> = {
  readDepth: 'read-depth',
  sequencingCoverage: 'sequencing-coverage',
  description: 'metrics-description',
};

/** Elements of the incubator that are extensions of Genomics Reporting in R5. */
const placements: Placements = {
  genomicSourceClass: { kind: 'extension', url: reporting('genomic-study-analysis-genomic-source-class'), value: 'valueCodeableConcept' },
  metrics: {
    kind: 'parts',
    url: reporting('genomic-study-analysis-metrics'),
    parts: { 'read-depth': ['valueQuantity'], 'sequencing-coverage': ['valueQuantity'], 'metrics-description': ['valueString'] },
  },
};

const renamed = (object: JsonObject, names: Readonly<Record<string, string>>): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [own(names, name) ?? name, value]));

const inverted = Object.fromEntries(Object.entries(metricNames).map(([name, part]) => [part, name]));

export const incubatorShape: IncubatorShape = {
  is: ({ resourceType, ...rest }) => resourceType === 'GenomicStudy' && rest['resourceDefinition'] !== undefined,
  isBeyond: ({ analysis }) => objectsOf(analysis).some(isForeign),
  toIncubator: (native) => {
    const { resourceType, id, extension, analysis, ...others } = native;
    const own = objectsOf(extension);
    const version = own.find(({ url }) => url === definedBy)?.['valueCanonical'];
    const left = own.filter(({ url }) => url !== definedBy);
    return {
      resourceType,
      ...(id === undefined ? {} : { id }),
      resourceDefinition: typeof version === 'string' ? version : definition,
      ...others,
      ...(left.length === 0 ? {} : { extension: left }),
      ...(analysis === undefined ? {} : { analysis: objectsOf(analysis).map(toIncubatorAnalysis) }),
    };
  },
  toNative: (incubator) => {
    const { resourceDefinition, analysis, ...others } = incubator;
    const native: Resource = { ...others };
    if (resourceDefinition !== definition) append(native, 'extension', { url: definedBy, valueCanonical: resourceDefinition });
    return { ...native, ...(analysis === undefined ? {} : { analysis: objectsOf(analysis).map(toNativeAnalysis) }) };
  },
};

/** A region of R5 is a Reference, and there a CodeableReference. */
const isRegion = ({ concept, reference }: JsonObject): boolean => isObject(concept) || isObject(reference);

const isForeign = (analysis: JsonObject): boolean =>
  ['genomicSourceClass', 'metrics', 'regionsUncalled'].some((name) => analysis[name] !== undefined) ||
  Object.keys(regionElements).some((name) => objectsOf(analysis[name]).some(isRegion));

function toIncubatorAnalysis(native: JsonObject): JsonObject {
  const { extension, regionsStudied, regionsCalled, ...others } = native;
  const analysis: JsonObject = { ...others };
  append(analysis, 'regionsStudied', ...objectsOf(regionsStudied).map((reference) => ({ reference })));
  append(analysis, 'regionsCalled', ...objectsOf(regionsCalled).map((reference) => ({ reference })));
  for (const each of objectsOf(extension)) {
    const left = takeRegions(analysis, takeForeignRegion(analysis, each));
    if (left !== undefined && !takeBack(placements, left, analysis, () => false)) append(analysis, 'extension', left);
  }
  if (isObject(analysis['metrics'])) analysis['metrics'] = renamed(analysis['metrics'], inverted);
  return analysis;
}

/** Parts of the extension with a concept or a reference alone; undefined when nothing is left. */
function takeRegions(analysis: JsonObject, extension: JsonObject | undefined): JsonObject | undefined {
  if (extension?.['url'] !== regionsUrl) return extension;
  const left: JsonObject[] = [];
  for (const part of objectsOf(extension['extension'])) {
    const element = own(regionParts, String(part['url']));
    const { url: _, valueCodeableConcept: concept, valueReference: reference, ...more } = part;
    if (element === undefined || Object.keys(more).length > 0 || (concept === undefined) === (reference === undefined)) left.push(part);
    else append(analysis, element, concept === undefined ? { reference } : { concept });
  }
  return left.length === 0 && extension['id'] === undefined ? undefined : { ...extension, extension: left };
}

/** A region with both a concept and a reference, or with extensions of its own, has an extension for itself. */
function takeForeignRegion(analysis: JsonObject, extension: JsonObject): JsonObject | undefined {
  const element = Object.keys(regionElements).find((name) => extensionUrl('6.0', `GenomicStudy.analysis.${name}`) === extension['url']);
  if (element === undefined) return extension;
  const region: JsonObject = extension['id'] === undefined ? {} : { id: extension['id'] };
  for (const inner of objectsOf(extension['extension'])) {
    if (inner['url'] === 'concept') region['concept'] = inner['valueCodeableConcept'];
    else if (inner['url'] === 'reference') region['reference'] = inner['valueReference'];
    else if (inner['url'] !== 'id') append(region, 'extension', inner);
  }
  append(analysis, element, region);
  return undefined;
}

function toNativeAnalysis(analysis: JsonObject): JsonObject {
  const { genomicSourceClass, metrics, extension, ...others } = analysis;
  const native = Object.fromEntries(Object.entries(others).filter(([name]) => !Object.hasOwn(regionElements, name))) as JsonObject;
  const parts: JsonObject[] = [];
  for (const [element, part] of Object.entries(regionElements))
    for (const region of objectsOf(analysis[element])) placeRegion(native, parts, element, part, region);
  const own = objectsOf(extension);
  const regions = own.find(({ url }) => url === regionsUrl);
  if (parts.length > 0 || regions !== undefined)
    append(native, 'extension', { url: regionsUrl, ...regions, extension: [...parts, ...objectsOf(regions?.['extension'])] });
  if (genomicSourceClass !== undefined) place('genomicSourceClass', placements['genomicSourceClass'] as never, analysis, native, {});
  if (isObject(metrics)) place('metrics', placements['metrics'] as never, { metrics: renamed(metrics, metricNames) }, native, {});
  append(native, 'extension', ...own.filter((each) => each !== regions));
  return native;
}

function placeRegion(native: JsonObject, parts: JsonObject[], element: string, url: string, region: JsonObject): void {
  if (typeof region['reference'] === 'string' && nativeRegions.has(element)) return append(native, element, region);
  const { concept, reference, id, extension, ...more } = region;
  const isPlain = id === undefined && extension === undefined && Object.keys(more).length === 0;
  if (isPlain && concept === undefined && nativeRegions.has(element)) append(native, element, reference);
  else if (isPlain && concept === undefined) parts.push({ url, valueReference: reference });
  else if (isPlain && reference === undefined) parts.push({ url, valueCodeableConcept: concept });
  else append(native, 'extension', foreignRegion(element, region));
}

function foreignRegion(element: string, { id, concept, reference, extension }: JsonObject): JsonObject {
  const inner = [
    ...(concept === undefined ? [] : [{ url: 'concept', valueCodeableConcept: concept }]),
    ...(reference === undefined ? [] : [{ url: 'reference', valueReference: reference }]),
    ...objectsOf(extension),
  ];
  const url = extensionUrl('6.0', `GenomicStudy.analysis.${element}`);
  return { ...(id === undefined ? {} : { id }), url, extension: inner.length > 0 ? inner : [{ url: 'id', valueString: id }] };
}
