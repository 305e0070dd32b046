/**
 * A GenomicStudy as Procedures of Genomics Reporting, and back: the study, and each analysis in one of its own.
 * https://build.fhir.org/ig/HL7/genomics-reporting/StructureDefinition-genomic-study.html
 */

import { isDeepStrictEqual } from 'node:util';
import type { Definitions } from '../fhir/definitions.ts';
import { refusal } from '../fhir/outcome.ts';
import { own } from '../fhir/own.ts';
import { isObject, type JsonObject, type Resource } from '../fhir/resource.ts';
import { elsewhere } from './analysis-place.ts';
import { append, type CrossVersion, crossVersion, objectsOf } from './cross-version.ts';
import { type AnalysisShape, analysisShape } from './procedure-analysis.ts';
import { isLaboratory, keepOthers, laboratory, type Placements, place, reporting, takeBack, takeElements } from './procedure-parts.ts';
import { claim, unclaim } from './profile-claim.ts';

/** Analyses are contained in the study, except those that came as resources of their own. */
export interface StudyProcedures {
  readonly study: Resource;
  readonly analyses: readonly Resource[];
}

export interface ProcedureShape {
  /** Whether it is the Procedure of a study. */
  is(resource: Resource): boolean;
  toProcedures(native: Resource): StudyProcedures;
  /** `find` gives the analyses that stand by themselves; throws a FhirError for one that it does not know. */
  toNative(study: Resource, find: FindAnalysis): Resource;
  /** Whether it is the Procedure of an analysis. */
  isAnalysis(resource: Resource): boolean;
  /** The analysis at one place of the study as `procedure` says it. */
  withAnalysis(native: Resource, place: number, procedure: Resource): Resource;
}

/** `elsewhere`: it is not here, and the study may do without. */
export type FindAnalysis = (reference: string) => Resource | 'elsewhere' | undefined;

const type = 'GenomicStudy';
const profile = reporting('genomic-study');
const analysisProfile = reporting('genomic-study-analysis');
export const analysisUrl = reporting('genomic-study-analysis-ext');

const placements: Placements = {
  identifier: { kind: 'element', name: 'identifier', as: 'same' },
  instantiatesCanonical: { kind: 'element', name: 'instantiatesCanonical', as: 'list' },
  instantiatesUri: { kind: 'element', name: 'instantiatesUri', as: 'list' },
  basedOn: { kind: 'element', name: 'basedOn', as: 'same' },
  type: { kind: 'element', name: 'code', as: 'single' },
  subject: { kind: 'element', name: 'subject', as: 'same' },
  encounter: { kind: 'element', name: 'encounter', as: 'same' },
  startDate: { kind: 'element', name: 'performedDateTime', as: 'same' },
  interpreter: { kind: 'element', name: 'asserter', as: 'single' },
  note: { kind: 'element', name: 'note', as: 'same' },
  meta: { kind: 'element', name: 'meta', as: 'same' },
  implicitRules: { kind: 'element', name: 'implicitRules', as: 'same' },
  language: { kind: 'element', name: 'language', as: 'same' },
  text: { kind: 'element', name: 'text', as: 'same' },
  referrer: { kind: 'extension', url: reporting('genomic-study-referrer-ext'), value: 'valueReference' },
};

/** The guide's ConceptMap of the states, where each has one that leads back. */
const toEvent: Readonly<Record<string, string>> = { registered: 'preparation', available: 'completed', cancelled: 'not-done' };
const fromEvent: Readonly<Record<string, string>> = {
  preparation: 'registered',
  'in-progress': 'registered',
  'on-hold': 'registered',
  completed: 'available',
  'not-done': 'cancelled',
  stopped: 'cancelled',
};

const known: ReadonlySet<string> = new Set(['contained', 'reasonCode', 'reasonReference']);

export function procedureShape(definitions: Definitions): ProcedureShape {
  const newer = crossVersion(definitions, '5.0');
  const older = crossVersion(definitions, '4.0');
  const analyses: AnalysisShape = analysisShape(definitions);
  const isList = (element: string): boolean => definitions.properties(type).get(element)?.element.max !== 1;

  return {
    is: (resource) => claims(resource, profile),
    isAnalysis: (resource) => claims(resource, analysisProfile),
    withAnalysis: (native, place, procedure) => {
      const { study } = toProcedures(native);
      const link = objectsOf(study['extension']).filter(({ url }) => url === analysisUrl)[place] ?? {};
      const all = objectsOf(native['analysis']);
      return { ...native, analysis: all.map((each, i) => (i === place ? analyses.toNative(procedure, study, link) : each)) };
    },
    toProcedures,
    toNative: toNative,
  };

  function toProcedures(native: Resource): StudyProcedures {
    const { status } = native;
    const study: Resource = { resourceType: 'Procedure', ...(native.id === undefined ? {} : { id: native.id }) };
    const rest = restOf(native, study, newer);
    study['status'] = own(toEvent, String(status)) ?? status;
    if (native['_status'] !== undefined) study['_status'] = native['_status'];
    study['category'] = laboratory;
    study['subject'] ??= unsupported;
    const made = analyses.toProcedures(native, study);
    append(study, 'contained', ...objectsOf(native['contained']), ...made.contained);
    append(study, 'extension', ...made.references.map((each) => ({ url: analysisUrl, ...each })));
    for (const name of newer.propertiesOf(type, rest)) append(study, 'extension', ...newer.extensionsOf(type, rest, name));
    for (const extension of objectsOf(native['extension']))
      if (!older.take('Procedure', study, extension)) append(study, 'extension', extension);
    append(study, 'modifierExtension', ...objectsOf(native['modifierExtension']));
    return { study: claim(study, profile), analyses: made.separate };
  }

  function toNative(study: Resource, find: FindAnalysis): Resource {
    const native: Resource = { resourceType: type, ...(study.id === undefined ? {} : { id: study.id }) };
    const taken = new Set([...takeElements(placements, study, native), ...known]);
    takeStatus(study, native, taken);
    if (isLaboratory(study['category'])) taken.add('category');
    if (isDeepStrictEqual(native['subject'], unsupported)) delete native['subject'];
    takeReasons(study, native);
    const inside = new Map(objectsOf(study['contained']).map((each) => [`#${String(each['id'])}`, each as Resource]));
    for (const extension of objectsOf(study['extension'])) {
      if (extension['url'] === analysisUrl) addAnalysis(native, study, extension, analyses, inside, find);
      else if (!takeBack(placements, extension, native, isList) && !newer.take(type, native, extension))
        append(native, 'extension', extension);
    }
    append(native, 'modifierExtension', ...objectsOf(study['modifierExtension']));
    append(native, 'contained', ...inside.values());
    keepOthers(older, study, taken, native);
    return unclaim(native, profile);
  }
}

const claims = ({ resourceType, meta }: Resource, canonical: string): boolean =>
  resourceType === 'Procedure' && Array.isArray(meta?.['profile']) && meta['profile'].some((each) => withoutVersion(each) === canonical);

const withoutVersion = (canonical: unknown): unknown => (typeof canonical === 'string' ? canonical.split('|')[0] : canonical);

/** What no element of a Procedure can say. */
function restOf(native: Resource, study: Resource, newer: CrossVersion): JsonObject {
  const rest: JsonObject = {};
  for (const name of newer.propertiesOf(type, native)) {
    const placement = placements[name];
    if (name === 'status' || name === 'analysis' || name === 'contained') continue;
    if (name === 'reason') placeReasons(native, study, rest);
    else if (placement === undefined || (name === 'basedOn' && !isRequested(native)) || (name === 'subject' && !isPerson(native))) {
      rest[name] = native[name];
      if (native[`_${name}`] !== undefined) rest[`_${name}`] = native[`_${name}`];
    } else place(name, placement, native, study, rest);
  }
  return rest;
}

/** A Procedure cannot be based on a Task. */
const isRequested = (native: Resource): boolean =>
  objectsOf(native['basedOn']).every(({ reference }) => typeof reference === 'string' && /(^|\/)ServiceRequest\//.test(reference));

/** A Procedure is done on a patient or a group. */
const isPerson = ({ subject }: Resource): boolean =>
  !isObject(subject) ||
  typeof subject['reference'] !== 'string' ||
  !/(^|\/)(?!Patient\/|Group\/)[A-Z][A-Za-z]+\/[^/]+$/.test(subject['reference']);

const unsupported = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unsupported' }] };

const isPlain = (reason: JsonObject, name: string): boolean => Object.keys(reason).length === 1 && isObject(reason[name]);

/** Concepts and then references, each alone, are what a Procedure can say; any other list goes whole. */
function placeReasons(native: Resource, study: Resource, rest: JsonObject): void {
  const reasons = objectsOf(native['reason']);
  const concepts = reasons.filter((reason) => isPlain(reason, 'concept'));
  const references = reasons.filter((reason) => isPlain(reason, 'reference'));
  const isOrdered = [...concepts, ...references].every((reason, i) => reason === reasons[i]);
  if (concepts.length + references.length < reasons.length || !isOrdered) {
    rest['reason'] = reasons;
    return;
  }
  append(study, 'reasonCode', ...concepts.map(({ concept }) => concept));
  append(study, 'reasonReference', ...references.map(({ reference }) => reference));
}

function takeReasons(study: Resource, native: Resource): void {
  append(native, 'reason', ...objectsOf(study['reasonCode']).map((concept) => ({ concept })));
  append(native, 'reason', ...objectsOf(study['reasonReference']).map((reference) => ({ reference })));
}

/** A state that does not lead back is kept beside. */
function takeStatus(study: Resource, native: Resource, taken: Set<string>): void {
  const status = String(study['status']);
  const state = own(fromEvent, status);
  native['status'] = state ?? study['status'];
  if (study['_status'] !== undefined) native['_status'] = study['_status'];
  if (state === undefined || own(toEvent, state) === status) taken.add('status');
}

function addAnalysis(
  native: Resource,
  study: Resource,
  extension: JsonObject,
  analyses: AnalysisShape,
  inside: Map<string, Resource>,
  find: FindAnalysis,
): void {
  const link = extension['valueReference'];
  const reference = isObject(link) ? String(link['reference']) : '';
  const procedure = inside.get(reference) ?? find(reference);
  if (procedure === undefined)
    throw refusal(
      'not-found',
      `The analysis ${reference || 'without a reference'} of the study is not known: send it along, or contain it`,
      {
        status: 422,
        expression: 'Procedure.extension',
      },
    );
  inside.delete(reference);
  append(native, 'analysis', procedure === 'elsewhere' ? elsewhere(extension) : analyses.toNative(procedure, study, extension));
}
