/**
 * Authorization of a commit inside its transaction: what stands out of reach is hidden, so that it is as if it were not known, and
 * what is written is judged before anything is. A refusal says the same of what is out of reach and of what does not exist.
 */
import { parseJson } from '../../fhir/json.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { Candidate } from '../../search/holds.ts';
import { selfHash } from '../../search/link-token.ts';
import type { Session } from '../../store/database.ts';
import { studiesNamed } from '../other-name.ts';
import { storedVersion } from '../stored-version.ts';
import { type Asking, askingIn } from './asking.ts';
import type { CommitContext } from './context.ts';
import { namesOf } from './other-name.ts';
import { creation, type Judged, mayMove, maySee, reachesAll, removal, replacement } from './reach.ts';
import { doingRights } from './right.ts';
import { eachLive, type Item, isLive, itemsOf, nameOf, refusedAt, type Work } from './work.ts';

const restrictedOf = (works: readonly Work[]): Work[] => works.filter((work) => isLive(work) && !work.options.access.isUnrestricted);

/**
 * Takes from every item the current version that is out of its reach. `wait` false leaves works aside that lack one: what is out of reach
 * is looked for as often as what is not there.
 */
export async function hideOutOfReach(context: CommitContext, session: Session, works: readonly Work[], wait: boolean): Promise<void> {
  const restricted = restrictedOf(works);
  if (restricted.length === 0) return;
  const asking = askingIn(session, context.compile);
  await Promise.all(restricted.flatMap((work) => itemsOf(work).map((item) => look(work, item, asking))));
  eachLive(restricted, (work) => {
    itemsOf(work).forEach(assertMayWrite);
    if (!wait && itemsOf(work).some(lacksCurrent)) work.alone = true;
  });
}

const lacksCurrent = ({ change, current, id, existing }: Item): boolean =>
  current === undefined && id !== undefined && (change.kind !== 'create' || existing);

async function look({ options: { access } }: Work, item: Item, asking: Asking): Promise<void> {
  const { change, current } = item;
  const id = current?.id ?? item.id;
  if (id === undefined || (current === undefined && change.kind === 'create')) return;
  const reaches = async (rights: ReturnType<typeof doingRights>): Promise<boolean> => {
    const condition = access.condition(change.type, rights);
    return condition !== undefined && asking.stored(change.type, selfHash(change.type, id), condition);
  };
  const rights = doingRights(change);
  // The same is asked of what is out of reach and of what is not there.
  const [written, seen] = await Promise.all([reaches(rights), reaches(['r'])]);
  if (current === undefined) return;
  item.seenBefore = seen;
  // What is deleted has no content any more that could tell whose it was.
  const isOpen = current.body === null && rights.every((right) => reachesAll(access, change.type, right));
  if (written || isOpen || item.existing) return;
  delete item.current;
  item.isHidden = true;
  item.isBarred = seen;
}

/** Who may read it is told that it cannot be written; to all others it is not known. */
function assertMayWrite(item: Item): void {
  const { change, isBarred } = item;
  if (isBarred !== true) return;
  throw refusedAt(change, 'forbidden', `${nameOf(item)} may be read, but the granted scopes do not reach it for a ${change.kind}`);
}

/** Judges what is written: its references, whose record it enters or leaves, and whether it may be shown afterwards. */
export async function judge(context: CommitContext, session: Session, works: readonly Work[]): Promise<void> {
  const restricted = restrictedOf(works);
  if (restricted.length === 0) return;
  const asking = askingIn(session, context.compile);
  await Promise.all(restricted.map((work) => judgeWork(context, work, asking)));
}

async function judgeWork(context: CommitContext, work: Work, asking: Asking): Promise<void> {
  const { access, referentialIntegrity } = work.options;
  const judged: Judged = { access, asking, newPatients: newPatientsOf(context, work) };
  const isBrought = referentialIntegrity === 'off';
  const own = new Set([...judged.access.own, ...work.items.filter((item) => item.change.kind !== 'delete').flatMap(namesOf)]);
  await Promise.all(
    itemsOf(work).map(async (item) => {
      await Promise.all([judgeContent(context, item, judged), judgeReferences(context, item, judged, own, isBrought)]);
    }),
  );
}

function newPatientsOf(context: CommitContext, work: Work): ReadonlyMap<string, Candidate> {
  const fresh = work.items.filter(({ change, current, existing }) => change.type === 'Patient' && current === undefined && !existing);
  return new Map(fresh.flatMap((item) => incoming(context, item)).map((candidate) => [candidate.id, candidate]));
}

/** What the item is to bring; nothing for a delete. */
function incoming(context: CommitContext, { change, prepared }: Item): Candidate[] {
  if (prepared === undefined) return [];
  return [{ type: change.type, id: prepared.id, rows: prepared.index, updated: context.now().getTime() }];
}

/** What stands, in terms of the index. */
function standing(context: CommitContext, { change, current }: Item): Candidate | undefined {
  const body = current === undefined ? null : storedVersion(change.type, current).body;
  if (current === undefined || body === null) return undefined;
  return { type: change.type, id: current.id, rows: context.extract(parseJson(body) as Resource), updated: Date.parse(current.upd) };
}

async function judgeContent(context: CommitContext, item: Item, judged: Judged): Promise<void> {
  const { change, existing } = item;
  if (existing) return;
  const before = standing(context, item);
  if (change.kind === 'delete') {
    item.isBeyond = before !== undefined && !(await mayMove(judged, 'd', removal(before)));
    item.seen = item.seenBefore ?? false;
    return;
  }
  const [candidate] = incoming(context, item);
  if (candidate === undefined) return;
  const movement = before === undefined ? creation(candidate) : replacement(before, candidate);
  const right = change.kind === 'create' ? 'c' : 'u';
  const [moves, seen] = await Promise.all([mayMove(judged, right, movement), maySee(judged, candidate)]);
  item.isBeyond = !moves;
  item.seen = seen;
}

/**
 * References to what cannot be read; what the resource referred to before, and was read with, may stay. Data that is brought over refers to
 * what comes later: whoever may write all of a type learns nothing of it by that.
 */
async function judgeReferences(
  context: CommitContext,
  item: Item,
  { access, asking }: Judged,
  own: ReadonlySet<string>,
  isBrought: boolean,
): Promise<void> {
  const asked = item.existing ? [] : (item.prepared?.index.references ?? []).filter((reference) => !own.has(reference));
  const reached = await Promise.all(
    asked.map(async (reference) => {
      if (isBrought && reachesAll(access, reference.split('/', 1)[0] ?? '', 'u')) return true;
      const names = [reference, ...studiesNamed(reference)];
      return (await Promise.all(names.map((name) => isReached(access, asking, name)))).includes(true);
    }),
  );
  const unreached = asked.filter((_, i) => !reached[i]);
  const before = unreached.length > 0 && item.seenBefore ? standing(context, item)?.rows.references : undefined;
  item.unreached = new Set(unreached.filter((reference) => !before?.includes(reference)));
}

async function isReached(access: Judged['access'], asking: Asking, reference: string): Promise<boolean> {
  const [type = ''] = reference.split('/', 1);
  const condition = access.condition(type, ['r']);
  return condition !== undefined && asking.stored(type, selfHash(type, reference.slice(type.length + 1)), condition);
}

/** Refuses works that would write out of reach. */
export function assertWithinReach(works: readonly Work[]): void {
  eachLive(works, (work) => {
    for (const item of itemsOf(work)) if (item.isBeyond) throw beyond(item);
  });
}

function beyond({ change }: Item): Error {
  const { type, kind } = change;
  const text =
    kind === 'delete'
      ? `The granted scopes do not reach every record that this ${type} is part of: it cannot be deleted`
      : `What this ${kind} of ${type} would come to is out of reach of the granted scopes: it must belong to a record that they reach, and to no other`;
  return refusedAt(change, 'forbidden', text);
}

/** What a write answers to who may not read it: that it was done. */
export const isWithheld = ({ options }: Work, { seen, seenBefore, existing }: Item): boolean =>
  !options.access.isUnrestricted && (existing ? seenBefore : seen) !== true;
