/** Analyses that stand by themselves go into the study that names them, whether they come along with it or stood here before. */
import { randomUUID } from 'node:crypto';
import type { ShapeName } from '../auth/study-shape.ts';
import { parseJson } from '../fhir/json.ts';
import { refusal } from '../fhir/outcome.ts';
import { isObject, type JsonObject, type Resource } from '../fhir/resource.ts';
import type { Change, OtherName } from '../repository/change.ts';
import type { Converting } from './convert-changes.ts';
import { objectsOf } from './cross-version.ts';
import { analysisUrl, type FindAnalysis } from './procedure-shape.ts';
import { nativeType } from './study-shape.ts';

export interface Analyses {
  readonly find: FindAnalysis;
  /** The study with its analyses under the names that they have here. */
  linked(study: Resource): Resource;
  /** The change whose study took the analysis that change `i` brings. */
  takenBy(i: number): { readonly study: number; readonly name: string } | undefined;
  /** Names of the analyses that the study of a change takes. */
  namesFor(change: Change): readonly OtherName[];
  /** Resources that go into a study. */
  readonly removed: readonly Change[];
}

interface Brought {
  readonly index: number;
  readonly name: string;
  readonly resource: Resource;
  readonly fullUrl?: string | undefined;
}

const none: Analyses = { find: () => undefined, linked: (study) => study, takenBy: () => undefined, namesFor: () => [], removed: [] };

/** Which analyses a study names. */
export const linksOf = (study: Resource): string[] =>
  objectsOf(study['extension']).flatMap(({ url, valueReference }) => {
    const reference = url === analysisUrl && isObject(valueReference) ? valueReference['reference'] : undefined;
    return typeof reference === 'string' && !reference.startsWith('#') ? [reference] : [];
  });

const local = /^Procedure\/([A-Za-z0-9\-.]{1,64})$/;

export async function gatherAnalyses(
  context: Converting,
  given: readonly Change[],
  shapes: readonly (ShapeName | undefined)[],
): Promise<Analyses> {
  const studies = given.flatMap((change, index) => (shapes[index] === 'procedure' && 'resource' in change ? [{ change, index }] : []));
  if (studies.length === 0) return none;
  const brought = broughtBy(context, given);
  const found = new Map<string, Resource | 'elsewhere'>();
  const taken = new Map<number, { study: number; name: string }>();
  const removed: Change[] = [];
  const names = new Map<Change, OtherName[]>();
  for (const { change, index } of studies) {
    const own: OtherName[] = [];
    names.set(change, own);
    const before = change.kind === 'update' && change.id !== undefined ? await partsOf(context, change.id) : [];
    for (const link of linksOf(change.resource)) {
      const mine = brought.get(link);
      if (mine !== undefined) {
        if (taken.has(mine.index)) throw sharedAnalysis(link);
        taken.set(mine.index, { study: index, name: mine.name });
        found.set(`Procedure/${mine.name}`, mine.resource);
        own.push({ type: 'Procedure', id: mine.name, ...(mine.fullUrl === undefined ? {} : { fullUrl: mine.fullUrl }) });
        const stored = await standing(context, mine.name);
        if (stored !== undefined) removed.push(deletion(mine.name));
        continue;
      }
      const [, name] = local.exec(link) ?? [];
      const stored = name === undefined ? undefined : await standing(context, name);
      if (stored !== undefined && name !== undefined) {
        found.set(link, withoutHead(stored));
        own.push({ type: 'Procedure', id: name });
        removed.push(deletion(name));
        continue;
      }
      const kept = before.find(({ id }) => id === name);
      if (kept !== undefined) found.set(link, withoutHead(kept));
      else if (name === undefined || context.mayBeElsewhere) found.set(link, 'elsewhere');
    }
  }
  await checkTaken(context, given, taken);
  return {
    find: (reference) => found.get(reference),
    linked: (study) => relinked(study, brought),
    takenBy: (i) => taken.get(i),
    namesFor: (change) => names.get(change) ?? [],
    removed,
  };
}

/** Analyses among the changes, under every name by which a study may mean them. */
function broughtBy({ shapes }: Converting, given: readonly Change[]): ReadonlyMap<string, Brought> {
  const brought = new Map<string, Brought>();
  given.forEach((change, index) => {
    if (!('resource' in change) || !shapes.procedure.isAnalysis(change.resource)) return;
    const name = change.kind === 'update' && change.id !== undefined ? change.id : randomUUID();
    const one = { index, name, resource: withoutHead({ ...change.resource, id: name }), fullUrl: change.fullUrl };
    if (change.kind === 'update') brought.set(`Procedure/${name}`, one);
    if (change.fullUrl !== undefined) brought.set(change.fullUrl, one);
  });
  return brought;
}

/** Of what a study holds, the study's version counts. */
function withoutHead({ meta, ...rest }: Resource): Resource {
  const { versionId: _, lastUpdated: __, ...left } = meta ?? {};
  return Object.keys(left).length === 0 ? rest : { ...rest, meta: left };
}

async function standing({ probe, shapes }: Converting, id: string): Promise<Resource | undefined> {
  const version = await probe.read('Procedure', id);
  if (version === undefined || version.body === null) return undefined;
  const resource = parseJson(version.body) as Resource;
  return shapes.procedure.isAnalysis(resource) ? resource : undefined;
}

/** What the study holds already. */
async function partsOf({ probe, shapes }: Converting, id: string): Promise<readonly Resource[]> {
  const version = await probe.read(nativeType, id);
  return version === undefined || version.body === null ? [] : shapes.of('procedure').tell(parseJson(version.body) as Resource).parts;
}

const deletion = (id: string): Change => ({ kind: 'delete', type: 'Procedure', id, at: '' });

function relinked(study: Resource, brought: ReadonlyMap<string, Brought>): Resource {
  const extension = objectsOf(study['extension']).map((each): JsonObject => {
    const link = each['valueReference'];
    const own = each['url'] === analysisUrl && isObject(link) ? brought.get(String(link['reference'])) : undefined;
    return own === undefined ? each : { ...each, valueReference: { ...(link as JsonObject), reference: `Procedure/${own.name}` } };
  });
  return extension.length === 0 ? study : { ...study, extension };
}

const sharedAnalysis = (link: string): Error =>
  refusal('not-supported', `The analysis ${link.slice(0, 80)} belongs to one study: two of this transaction name it.`, { status: 422 });

/** They are valid by themselves, and have no conditions of their own. */
async function checkTaken({ check }: Converting, given: readonly Change[], taken: ReadonlyMap<number, unknown>): Promise<void> {
  const changes = [...taken.keys()].map((i) => given[i] as Extract<Change, { resource: Resource }>);
  for (const change of changes) {
    const isConditional =
      change.kind === 'create' ? change.ifNoneExist !== undefined : change.ifMatch !== undefined || change.id === undefined;
    if (isConditional)
      throw refusal(
        'not-supported',
        'An analysis that goes into the study of the same transaction cannot have a condition: give it to the study.',
        {
          expression: change.at,
        },
      );
  }
  await check(changes.map(({ resource, at, type, fullUrl }) => ({ resource, at: at || type, fullUrl })));
}
