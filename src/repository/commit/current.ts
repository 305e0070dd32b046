/** Locks what a commit replaces and reads its current versions, together with the check of references, in one round trip. */
import { refusal } from '../../fhir/outcome.ts';
import type { Session } from '../../store/database.ts';
import { type CurrentRow, currentVersions, lockFreeRows, lockRows, missingTargets } from '../../store/statement/lock.ts';
import type { Target } from '../../store/statement/target.ts';
import { targetOf } from '../target.ts';
import { hideOutOfReach } from './authorize.ts';
import type { CommitContext } from './context.ts';
import { namesOf, withoutOtherNames } from './other-name.ts';
import { eachLive, type Item, isLive, itemsOf, liveItems, nameOf, refusedAt, type Work } from './work.ts';

const targetKey = (target: { readonly typeCode: number; readonly id: string }): string => `${target.typeCode}/${target.id}`;

const rowKey = (row: { readonly tc: number; readonly id: string }): string => `${row.tc}/${row.id}`;

/** Creates need no look: nothing can stand under an id that was just made. */
const needsCurrent = (item: Item): boolean => item.id !== undefined && (item.change.kind !== 'create' || item.existing);

/** True when all that is left to do is to insert. */
export const needNothingCurrent = (works: readonly Work[]): boolean =>
  liveItems(works).every((item) => item.change.kind === 'create' && !item.existing);

const itemTarget = ({ typeCodes }: CommitContext, { change, id = '' }: Item): Target =>
  targetOf(typeCodes, change.type, id) ?? { self: '0', typeCode: 0, id };

/** Fills `current` of every item and gives the references that lead nowhere. `wait` false leaves works aside whose rows others hold. */
export async function lockAndRead(
  context: CommitContext,
  session: Session,
  works: readonly Work[],
  wait: boolean,
): Promise<ReadonlySet<string>> {
  eachLive(works, (work) => assertDistinct(work));
  setAsideOverlaps(works);
  const targets = liveItems(works)
    .filter(needsCurrent)
    .map((item) => itemTarget(context, item));
  const references = referencesOf(context, works);
  const [rows, missing] = await Promise.all([
    targets.length > 0 ? lockedRows(context, session, targets, wait) : [],
    references.size > 0 ? session.run<{ tc: number; id: string }>(missingTargets(context.schema, [...references.values()])) : [],
  ]);
  const byKey = new Map(rows.map((row) => [rowKey(row), row]));
  for (const work of works) {
    for (const item of itemsOf(work)) if (isLive(work) && needsCurrent(item)) take(context, work, item, byKey, wait);
  }
  await hideOutOfReach(context, session, works, wait);
  const absent = new Set(missing.map(rowKey));
  const leadNowhere = new Set([...references].filter(([, target]) => absent.has(targetKey(target))).map(([reference]) => reference));
  return leadNowhere.size === 0 ? leadNowhere : withoutOtherNames(context, session, leadNowhere);
}

async function lockedRows(context: CommitContext, session: Session, targets: readonly Target[], wait: boolean): Promise<CurrentRow[]> {
  if (!wait) return session.run<CurrentRow>(lockFreeRows(context.schema, targets));
  const [, rows] = await Promise.all([
    session.run(lockRows(context.schema, targets)),
    session.run<CurrentRow>(currentVersions(context.schema, targets)),
  ]);
  return rows;
}

function take(context: CommitContext, work: Work, item: Item, rows: ReadonlyMap<string, CurrentRow>, wait: boolean): void {
  const row = rows.get(targetKey(itemTarget(context, item)));
  if (row === undefined) {
    if (!wait && work.options.access.isUnrestricted && !mayBeNew(context, item)) work.alone = true;
  } else if (row.upd === null) work.alone = true;
  else item.current = row;
}

/** A row that is absent or held by another: an update that creates finds out when it inserts, everything else has to look again. */
const mayBeNew = (context: CommitContext, { change, existing }: Item): boolean =>
  change.kind === 'update' && !existing && context.updateCreate && change.ifMatch === undefined;

// SHALL: the same resource twice fails the transaction — http.html#trules
function assertDistinct(work: Work): void {
  const seen = new Set<string>();
  for (const item of itemsOf(work)) {
    if (item.id === undefined) continue;
    const name = nameOf(item);
    if (seen.has(name) && !item.existing)
      throw refusedAt(item.change, 'invalid', `${name} is written more than once in this transaction`, { status: 400 });
    seen.add(name);
  }
}

/** Two works of one group that turn out to mean the same resource: the later one waits for its own turn. */
function setAsideOverlaps(works: readonly Work[]): void {
  const seen = new Set<string>();
  for (const work of works) {
    if (!isLive(work)) continue;
    const names = itemsOf(work).filter(needsCurrent).map(nameOf);
    if (names.some((name) => seen.has(name))) work.alone = true;
    else for (const name of names) seen.add(name);
  }
}

/** Literal references of the works to resources that they do not write themselves. */
export function referencesOf(context: CommitContext, works: readonly Work[]): ReadonlyMap<string, Target> {
  const wanted = new Map<string, Target>();
  if (context.referentialIntegrity === 'off') return wanted;
  for (const work of works) {
    if (!isLive(work) || work.options.referentialIntegrity === 'off') continue;
    const own = new Set(work.items.filter((item) => item.change.kind !== 'delete').flatMap(namesOf));
    for (const item of work.items) {
      for (const reference of item.prepared?.index.references ?? []) {
        if (!own.has(reference) && !wanted.has(reference)) addReference(context, wanted, reference);
      }
    }
  }
  return wanted;
}

function addReference(context: CommitContext, wanted: Map<string, Target>, reference: string): void {
  const slash = reference.indexOf('/');
  const target = targetOf(context.typeCodes, reference.slice(0, slash), reference.slice(slash + 1));
  if (target === undefined) throw refusal('value', `"${reference}" refers to a type this server does not know`);
  wanted.set(reference, target);
}
