/**
 * Answers the criteria of conditional interactions, under a lock on each, so that equal ones never race.
 * https://hl7.org/fhir/R4/http.html#ccreate, #cond-update, #3.1.0.7.1 (conditional delete)
 */
import type { Session } from '../../store/database.ts';
import { criteriaLocks } from '../../store/statement/lock.ts';
import type { CommitContext, Criteria } from './context.ts';
import { criteriaOf } from './unit.ts';
import { eachLive, hasCriteria, type Item, isLive, itemsOf, refusedAt, type Work } from './work.ts';

/** More matches than this are never deleted at once. */
const multipleLimit = 1000;

export const criteriaFor = ({ options: { access } }: Work, { change }: Item): Criteria => ({
  type: change.type,
  text: criteriaOf(change) ?? '',
  access,
});

/** Lock keys of all criteria of a work; equal criteria give equal keys. */
const keysOf = (context: CommitContext, work: Work): string[] =>
  work.items.filter(hasCriteria).map((item) => context.hash(`${context.schema}:${context.normalise(criteriaFor(work, item))}`));

/** Takes the locks and finds what matches; `wait` false leaves a work for later when another holds one of its locks. */
export async function settleCriteria(context: CommitContext, session: Session, works: readonly Work[], wait: boolean): Promise<void> {
  const keys = new Map<Work, string[]>();
  eachLive(works, (work) => keys.set(work, keysOf(context, work)));
  const all = [...keys.values()].flat();
  if (all.length === 0) return;
  const asked = works.filter(isLive).flatMap((work) =>
    itemsOf(work)
      .filter(hasCriteria)
      .map((item) => ({ work, item })),
  );
  const items = asked.map(({ item }) => item);
  const limit = works.some((work) => work.options.multiple) ? multipleLimit + 1 : 2;
  // One round trip: the look-up is a later statement of the same connection and sees what the locks waited for.
  const [locks, matches] = await Promise.all([
    session.run<{ key: string; held: boolean }>(criteriaLocks(context.hash(`${context.schema}:`), all, !wait)),
    context.findMatches(
      session,
      asked.map(({ work, item }) => criteriaFor(work, item)),
      limit,
    ),
  ]);
  if (!wait) setAside(works, keys, locks);
  const found = new Map(items.map((item, i) => [item, matches[i] ?? []]));
  eachLive(works, (work) => apply(work, found));
}

function setAside(works: readonly Work[], keys: ReadonlyMap<Work, string[]>, locks: readonly { key: string; held: boolean }[]): void {
  const free = new Set(locks.filter((lock) => lock.held).map((lock) => lock.key));
  for (const work of works) if (keys.get(work)?.some((key) => !free.has(key))) work.alone = true;
}

function apply(work: Work, found: ReadonlyMap<Item, readonly string[]>): void {
  const deleted = new Set<string>();
  for (const item of work.items) {
    const matches = found.get(item);
    if (item.change.kind === 'delete' && matches) settleDelete(work, item, matches);
    if (item.change.kind === 'delete') for (const gone of [item, ...item.also]) deleted.add(`${item.change.type}/${gone.id}`);
  }
  for (const item of work.items) {
    // Deletes come first (http.html#trules), so that criteria of later entries no longer see what they remove.
    const matches = found.get(item)?.filter((id) => !deleted.has(`${item.change.type}/${id}`));
    if (matches && item.change.kind !== 'delete') settle(item, matches);
  }
}

function settle(item: Item, matches: readonly string[]): void {
  const { change } = item;
  if (matches.length > 1) throw tooMany(item);
  const [match] = matches;
  if (change.kind === 'create') item.existing = match !== undefined;
  if (change.kind === 'patch' && match === undefined)
    throw refusedAt(change, 'not-found', `No ${change.type} matches the criteria of the patch`);
  // SHALL: body id must be the match — http.html#cond-update
  if (change.kind === 'update' && match !== undefined && change.resource.id !== undefined && change.resource.id !== match) {
    const text = `The criteria match ${change.type}/${match}, but the resource has the id "${change.resource.id}": leave the id out or send that one`;
    throw refusedAt(change, 'value', text);
  }
  if (change.kind === 'update' && match === undefined) item.unmatched = true;
  item.id = match ?? (change.kind === 'update' ? change.resource.id : undefined);
}

function settleDelete(work: Work, item: Item, matches: readonly string[]): void {
  // SHALL: several matches need the multiple mode — http.html#3.1.0.7.1
  if (matches.length > 1 && !work.options.multiple) throw tooMany(item);
  if (matches.length > multipleLimit)
    throw refusedAt(item.change, 'too-costly', `More than ${multipleLimit} resources match: narrow the criteria`);
  item.id = matches[0];
  item.also = matches.slice(1).map((id): Item => ({ change: item.change, id, existing: false, also: [] }));
}

const tooMany = (item: Item): Error =>
  refusedAt(item.change, 'multiple-matches', `Several ${item.change.type} resources match the criteria: they must select one at most`);
