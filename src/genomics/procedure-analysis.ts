/** An analysis of a GenomicStudy as a Procedure, and back. https://build.fhir.org/ig/HL7/genomics-reporting/StructureDefinition-genomic-study-analysis.html */
import { isDeepStrictEqual } from 'node:util';
import type { Definitions } from '../fhir/definitions.ts';
import { refusal } from '../fhir/outcome.ts';
import { isObject, type JsonObject, type Resource } from '../fhir/resource.ts';
import { isElsewhere, linkOf, standing, standsAt } from './analysis-place.ts';
import { append, crossVersion, extensionUrl, objectsOf } from './cross-version.ts';
import { isLaboratory, keepOthers, laboratory, type Placements, place, reporting, takeBack, takeElements } from './procedure-parts.ts';
import { mergeRegions, placeRegions, takeRegions } from './procedure-regions.ts';
import { claim, unclaim } from './profile-claim.ts';

/** What the study says of an analysis: the id of the native element, and where the Procedure is. */
interface AnalysisReference {
  readonly id?: unknown;
  readonly valueReference: JsonObject;
}

export interface AnalysisProcedures {
  readonly references: readonly AnalysisReference[];
  readonly contained: readonly Resource[];
  readonly separate: readonly Resource[];
}

export interface AnalysisShape {
  toProcedures(native: Resource, study: Resource): AnalysisProcedures;
  toNative(procedure: Resource, study: Resource, link: JsonObject): JsonObject;
}

const type = 'GenomicStudy.analysis';
const profile = reporting('genomic-study-analysis');
/** "patternCode": the profile knows no other state of an analysis. */
const done = 'completed';
const idUrl = extensionUrl('4.0', 'Procedure.id');

const file = { file: ['valueReference'], type: ['valueCodeableConcept'] };
const each = (name: string, value: string) => ({ kind: 'extension', url: reporting(`genomic-study-analysis-${name}`), value }) as const;

const placements: Placements = {
  identifier: { kind: 'element', name: 'identifier', as: 'same' },
  instantiatesCanonical: { kind: 'element', name: 'instantiatesCanonical', as: 'list' },
  instantiatesUri: { kind: 'element', name: 'instantiatesUri', as: 'list' },
  date: { kind: 'element', name: 'performedDateTime', as: 'same' },
  note: { kind: 'element', name: 'note', as: 'same' },
  methodType: each('method-type', 'valueCodeableConcept'),
  changeType: each('change-type', 'valueCodeableConcept'),
  genomeBuild: each('genome-build', 'valueCodeableConcept'),
  title: each('title', 'valueString'),
  focus: each('focus', 'valueReference'),
  specimen: each('specimen', 'valueReference'),
  protocolPerformed: each('protocol-performed', 'valueReference'),
  input: {
    kind: 'parts',
    url: reporting('genomic-study-analysis-input'),
    parts: { ...file, generatedBy: ['valueIdentifier', 'valueReference'] },
  },
  output: { kind: 'parts', url: reporting('genomic-study-analysis-output'), parts: file },
  device: {
    kind: 'parts',
    url: reporting('genomic-study-analysis-device'),
    parts: { device: ['valueReference'], function: ['valueCodeableConcept'] },
  },
};

const elsewhere: ReadonlySet<string> = new Set(['regionsStudied', 'regionsCalled', 'performer']);

export function analysisShape(definitions: Definitions): AnalysisShape {
  const newer = crossVersion(definitions, '5.0');
  const older = crossVersion(definitions, '4.0');
  const isList = (element: string): boolean => definitions.properties(type).get(element)?.element.max !== 1;

  /** All but its id. */
  function procedureOf(analysis: JsonObject, study: Resource): Resource {
    const procedure: Resource = { resourceType: 'Procedure', status: done, category: laboratory, subject: study['subject'] };
    const rest: JsonObject = {};
    for (const name of newer.propertiesOf(type, analysis)) {
      const placement = placements[name];
      if (placement !== undefined) place(name, placement, analysis, procedure, rest);
      else if (!elsewhere.has(name)) rest[name] = analysis[name];
    }
    placePerformers(analysis, procedure, rest);
    placeRegions(analysis, procedure, rest);
    for (const name of newer.propertiesOf(type, rest)) append(procedure, 'extension', ...newer.extensionsOf(type, rest, name));
    for (const extension of objectsOf(analysis['extension'])) {
      if (extension['url'] === standsAt || extension['url'] === idUrl) continue;
      if (!mergeRegions(procedure, extension) && !older.take('Procedure', procedure, extension)) append(procedure, 'extension', extension);
    }
    append(procedure, 'modifierExtension', ...objectsOf(analysis['modifierExtension']));
    return claim(procedure, profile);
  }

  return {
    toProcedures: (native, study) => {
      const names = new Names(objectsOf(native['contained']));
      const made = objectsOf(native['analysis']).map((analysis) => {
        const own = linkOf(analysis);
        const link = own ?? { reference: `#${names.next(extensionOf(analysis, idUrl)?.['valueId'])}` };
        const id = String(link['reference']).replace(/^.*[/#]/, '');
        const reference = { ...(analysis['id'] === undefined ? {} : { id: analysis['id'] }), valueReference: link };
        const procedure = isElsewhere(analysis) ? [] : [{ ...procedureOf(analysis, study), id }];
        return { reference, isOwn: own !== undefined, procedure };
      });
      return {
        references: made.map(({ reference }) => reference),
        contained: made.filter(({ isOwn }) => !isOwn).flatMap(({ procedure }) => procedure),
        separate: made.filter(({ isOwn }) => isOwn).flatMap(({ procedure }) => procedure),
      };
    },
    toNative: (procedure, study, link) => {
      if (procedure['contained'] !== undefined)
        throw refusal('not-supported', 'An analysis with contained resources cannot become part of a study: let the study contain them', {
          status: 422,
          expression: 'Procedure.contained',
        });
      const analysis: JsonObject = link['id'] === undefined ? {} : { id: link['id'] };
      const taken = new Set(takeElements(placements, procedure, analysis));
      if (procedure['status'] === done && procedure['_status'] === undefined) taken.add('status');
      if (isDeepStrictEqual(procedure['subject'], study['subject'])) taken.add('subject');
      if (isLaboratory(procedure['category'])) taken.add('category');
      if (takePerformers(procedure, analysis)) taken.add('performer');
      for (const extension of objectsOf(procedure['extension'])) {
        const left = takeRegions(analysis, extension);
        if (left === undefined || takeBack(placements, left, analysis, isList) || newer.take(type, analysis, left)) continue;
        append(analysis, 'extension', left);
      }
      append(analysis, 'modifierExtension', ...objectsOf(procedure['modifierExtension']));
      keepOthers(older, unclaim(procedure, profile), taken, analysis);
      keepPlace(analysis, procedure, link);
      return analysis;
    },
  };
}

const extensionOf = (holder: JsonObject, url: string): JsonObject | undefined =>
  objectsOf(holder['extension']).find((extension) => extension['url'] === url);

/** Where the Procedure stood, unless it is where it would be put anyway. */
function keepPlace(analysis: JsonObject, procedure: Resource, link: JsonObject): void {
  const { valueReference } = link;
  const isContained = isObject(valueReference) && String(valueReference['reference']).startsWith('#');
  if (!isContained) append(analysis, 'extension', standing(isObject(valueReference) ? valueReference : {}));
  else if (!/^analysis-\d+$/.test(procedure.id ?? '')) append(analysis, 'extension', { url: idUrl, valueId: procedure.id });
}

/** Ids of contained analyses. */
class Names {
  readonly #taken: Set<string>;
  #last = 0;

  constructor(contained: readonly JsonObject[]) {
    this.#taken = new Set(contained.map(({ id }) => String(id)));
  }

  next(wanted: unknown): string {
    this.#last++;
    let name = typeof wanted === 'string' ? wanted : `analysis-${this.#last}`;
    while (this.#taken.has(name)) name = `analysis-${++this.#last}`;
    this.#taken.add(name);
    return name;
  }
}

/** A performer of a Procedure must have an actor. */
function placePerformers(analysis: JsonObject, procedure: Resource, rest: JsonObject): void {
  const performers = objectsOf(analysis['performer']);
  if (performers.some(({ actor }) => actor === undefined)) rest['performer'] = performers;
  else
    append(
      procedure,
      'performer',
      ...performers.map(({ role, ...others }) => ({ ...others, ...(role === undefined ? {} : { function: role }) })),
    );
}

function takePerformers(procedure: Resource, analysis: JsonObject): boolean {
  const performers = objectsOf(procedure['performer']);
  // On whose behalf somebody acted is not said of an analysis.
  if (performers.some(({ onBehalfOf }) => onBehalfOf !== undefined)) return false;
  append(
    analysis,
    'performer',
    ...performers.map(({ function: role, ...others }) => ({ ...others, ...(role === undefined ? {} : { role }) })),
  );
  return true;
}
