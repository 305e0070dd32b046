/** From changes as a client asks for them to changes of what is stored: studies in any shape become native ones. */

import type { ShapeName } from '../auth/study-shape.ts';
import { FhirError, refusal } from '../fhir/outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import type { Change, CreateChange, UpdateChange } from '../repository/change.ts';
import type { Repository } from '../repository/repository.ts';
import type { Written } from '../validation/write-check.ts';
import { assertExact } from './exact-parameter.ts';
import { type Analyses, gatherAnalyses } from './gathered-analyses.ts';
import { patchOfPart, patchOfStudy } from './patched-study.ts';
import { relinkedStudy } from './relinked-study.ts';
import type { StoredStudy, StudyFinder } from './stored-study.ts';
import { nativeType, type StudyShape, type StudyShapes } from './study-shape.ts';

export interface Converting {
  readonly shapes: StudyShapes;
  /** That the client chose. */
  readonly shape: StudyShape;
  readonly probe: Pick<Repository, 'read'>;
  readonly finder: StudyFinder;
  /** Throws a FhirError when they are not valid in the shape in which they came. */
  readonly check: (written: readonly Written[]) => void | Promise<void>;
  /** The same of the structure alone, at once. */
  readonly checkStructure: (resource: Resource, at: string) => void;
  /** A study may name analyses that are not here. */
  readonly mayBeElsewhere: boolean;
}

/** Where the answer to a change is found. */
export interface Origin {
  /** Among the converted changes. */
  readonly place: number;
  /** In which it came. */
  readonly shape?: ShapeName;
  /** It became a part of a study: its name. */
  readonly part?: string;
}

export interface Conversion {
  readonly changes: readonly Change[];
  readonly origins: readonly Origin[];
}

type Bringing = CreateChange | UpdateChange;

const brings = (change: Change): change is Bringing => 'resource' in change;

/** Undefined when the changes may stay as they are. */
export async function convert(context: Converting, given: readonly Change[]): Promise<Conversion | undefined> {
  const shapes = given.map((change) => (brings(change) ? shapeOf(context, change.resource) : undefined));
  const analyses = await gatherAnalyses(context, given, shapes);
  const converted: (Change | undefined)[] = [];
  const origins: Origin[] = [];
  for (const [i, change] of given.entries()) {
    const taken = analyses.takenBy(i);
    const made = taken === undefined ? await convertOne(context, change, shapes[i], analyses) : undefined;
    converted.push(made?.change ?? (taken === undefined ? change : undefined));
    origins.push({
      place: i,
      ...made?.origin,
      ...(taken === undefined ? {} : { place: taken.study, part: taken.name, shape: 'procedure' }),
    });
  }
  if (analyses.removed.length === 0 && converted.every((change, i) => change === given[i])) return undefined;
  return withoutTaken(converted, origins, analyses.removed);
}

/** What only names its definition is the incubator's for who knows that. */
function shapeOf({ shapes, shape }: Converting, resource: Resource): ShapeName | undefined {
  const found = shapes.shapeOf(resource);
  return found === 'native' && shape.name === 'incubator' && resource['resourceDefinition'] !== undefined ? 'incubator' : found;
}

/** What went into a study is written with it. */
function withoutTaken(converted: readonly (Change | undefined)[], origins: readonly Origin[], removed: readonly Change[]): Conversion {
  let next = 0;
  const places = converted.map((change) => (change === undefined ? -1 : next++));
  return {
    changes: [...converted.filter((change) => change !== undefined), ...removed],
    origins: origins.map((origin) => ({ ...origin, place: places[origin.place] as number })),
  };
}

interface Made {
  readonly change: Change;
  readonly origin: Omit<Origin, 'place'>;
}

async function convertOne(
  context: Converting,
  change: Change,
  shape: ShapeName | undefined,
  analyses: Analyses,
): Promise<Made | undefined> {
  if (!brings(change)) return ofStored(context, change);
  if (shape === 'native') return undefined;
  if (shape === undefined) return ofPart(context, change);
  await checkAsSent(context, change, shape);
  const id = await studyId(context, change);
  const told: Resource = { ...change.resource, ...(id === undefined ? {} : { id }) };
  const made =
    shape === 'procedure' ? context.shapes.procedure.toNative(analyses.linked(told), analyses.find) : context.shapes.toNative(told);
  const native = await relinkedStudy(made, async (type, name) => studyOnly(await storedUnder(context, type, name)));
  assertExact(change, shape);
  const own = { type: change.type, ...(change.fullUrl === undefined ? {} : { fullUrl: change.fullUrl }) };
  const names = change.type === nativeType ? {} : { names: [own, ...analyses.namesFor(change)] };
  return {
    change: { ...change, type: nativeType, ...(id === undefined || change.kind === 'create' ? {} : { id }), ...names, resource: native },
    origin: { shape },
  };
}

/**
 * What no element takes would be lost on the way. Extensions of Genomics Reporting know no Basic, and the incubator's elements are those of no
 * definition here: what these come to is checked when it is stored.
 */
async function checkAsSent(
  { check, checkStructure }: Converting,
  { resource, at, type, fullUrl }: Bringing,
  shape: ShapeName,
): Promise<void> {
  if (shape === 'procedure') await check([{ resource, at: at || type, fullUrl }]);
  if (shape === 'basic') checkStructure(resource, at || type);
}

/** The id of the native resource; undefined where there is none yet. */
async function studyId({ probe, finder }: Converting, change: Bringing): Promise<string | undefined> {
  const id = change.kind === 'create' ? undefined : change.id;
  if (id === undefined || change.type === nativeType) return id;
  const other = await probe.read(change.type, id);
  if (other !== undefined && other.body !== null)
    throw refusal(
      'conflict',
      `${change.type}/${id} stands as a resource that is no genomic study: delete it first, or give the study another id.`,
      change.at === '' ? {} : { expression: change.at },
    );
  const found = await finder.find(change.type, id);
  return found?.part === undefined ? (found?.id ?? id) : id;
}

/** What is neither a study nor claims to be one, under a name that a study or a part of one has. */
async function ofPart(context: Converting, change: Bringing): Promise<Made | undefined> {
  const { shapes, shape } = context;
  if (change.kind === 'create' || change.id === undefined) return undefined;
  const isAnalysis = shapes.procedure.isAnalysis(change.resource);
  if (!isAnalysis && shape.type !== change.type) return undefined;
  const found = await storedUnder(context, change.type, change.id);
  if (found === undefined) return undefined;
  if (found.part === undefined || !isAnalysis)
    throw refusal(
      'invalid',
      `${change.type}/${change.id} is ${found.part === undefined ? 'a genomic study' : 'an analysis of one'} and must stay so: its meta.profile or its code says that it is.`,
      { status: 422, expression: change.at || `${change.type}.meta.profile` },
    );
  await context.check([{ resource: change.resource, at: change.at || change.type, fullUrl: change.fullUrl }]);
  return { change: patchOfPart(context, change, found), origin: { shape: 'procedure', part: change.id } };
}

const studyOnly = (found: StoredStudy | undefined): string | undefined => (found?.part === undefined ? found?.id : undefined);

/** The study under a name that no other resource has. */
async function storedUnder({ probe, shapes, finder }: Converting, type: string, id: string): Promise<StoredStudy | undefined> {
  if (shapes.ofType(type) === undefined) return undefined;
  const other = await probe.read(type, id);
  return other !== undefined && other.body !== null ? undefined : finder.find(type, id);
}

/** A patch or a delete of a study by the name of another type. */
async function ofStored(context: Converting, change: Exclude<Change, Bringing>): Promise<Made | undefined> {
  const named = context.shapes.ofType(change.type);
  if (named === undefined) return undefined;
  if (change.id === undefined) {
    if (context.shape.type === change.type) throw notByCriteria(change);
    return undefined;
  }
  const found = await storedUnder(context, change.type, change.id);
  if (found === undefined) return undefined;
  const origin = { shape: named.name, ...(found.part === undefined ? {} : { part: found.part }) };
  if (change.kind === 'patch') return { change: patchOfStudy(context, change, found, named), origin };
  if (found.part === undefined) return { change: { ...change, type: nativeType, id: found.id }, origin };
  const text = `${change.type}/${change.id} is an analysis of the study ${change.type}/${found.id}: change the study so that it names it no more.`;
  throw refusal('conflict', text, change.at === '' ? {} : { expression: change.at });
}

const notByCriteria = ({ kind, type }: Change): FhirError =>
  refusal(
    'not-supported',
    `A conditional ${kind} of ${type} cannot look among genomic studies: name the resource by its id, or give criteria of ${nativeType}.`,
  );
