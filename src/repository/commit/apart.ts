/** Many changes that do not concern each other: those that are refused are told one by one, the rest is written in one transaction. */
import { setImmediate } from 'node:timers/promises';
import { FhirError } from '../../fhir/outcome.ts';
import type { Change, ChangeResult } from '../change.ts';
import { type FindMissing, placesAwaiting } from './awaiting.ts';
import type { CommitContext } from './context.ts';
import { identify } from './identify.ts';
import type { Prepared } from './prepared.ts';
import { assertRights } from './right.ts';
import { type BoundOptions, givenId, prepareChange, type Unit, writtenBy } from './unit.ts';
import { assertAllValid } from './valid.ts';

/** Milliseconds of work after which others have their turn. */
const slice = 8;

export type Refuse = (change: Change, fault: FhirError) => void;

/** Runs a unit by itself. */
export type RunUnit = (unit: Unit) => Promise<readonly ChangeResult[]>;

const refusedResult: ChangeResult = { outcome: 'refused' };
const awaitingResult: ChangeResult = { outcome: 'awaiting' };

/** Results in the order of the changes. */
export async function commitApart(
  context: CommitContext,
  changes: readonly Change[],
  options: BoundOptions,
  run: RunUnit,
  missing: FindMissing,
): Promise<readonly ChangeResult[]> {
  const refuse: Refuse = (change, fault) => options.refuse?.(change, fault);
  const unit = await preparedApart(context, changes, options, refuse);
  const isAwaited = options.awaiting !== undefined && context.referentialIntegrity === 'enforce';
  const aside = isAwaited ? await placesAwaiting(unit, missing) : new Set<number>();
  await options.after;
  const awaiting = new Set([...aside].map((i) => unit.changes[i]));
  const results = await runSome(aside.size === 0 ? unit : only(unit, (_, i) => !aside.has(i)), run, refuse);
  return changes.map((change) => results.get(change) ?? (awaiting.has(change) ? awaitingResult : refusedResult));
}

/** The unit of those that are valid. */
async function preparedApart(context: CommitContext, changes: readonly Change[], options: BoundOptions, refuse: Refuse): Promise<Unit> {
  const kept: Change[] = [];
  const prepared: (Prepared | undefined)[] = [];
  const ids: (string | undefined)[] = [];
  let began = performance.now();
  for (const change of changes) {
    try {
      assertRights(options.access, [change]);
      const checked = assertAllValid(context, writtenBy([change]));
      if (checked !== undefined) await checked;
      const [id] = identify(context, [change], [givenId(change)]);
      prepared.push(prepareChange(context, change, id, options));
      ids.push(id);
      kept.push(change);
    } catch (fault) {
      if (!(fault instanceof FhirError)) throw fault;
      refuse(change, fault);
    }
    if (performance.now() - began < slice) continue;
    await setImmediate();
    began = performance.now();
  }
  return { context, changes: kept, ids, prepared, options: { ...options, transaction: true } };
}

/** Without those that a refusal speaks of; by halves when it speaks of nobody, so that few are tried again when few are refused. */
async function runSome(unit: Unit, run: RunUnit, refuse: Refuse, again = false): Promise<ReadonlyMap<Change, ChangeResult>> {
  const { changes, options } = unit;
  if (changes.length === 0 && options.beside === undefined) return new Map();
  try {
    const results = await run(unit);
    return new Map(changes.map((change, i) => [change, results[i] ?? refusedResult]));
  } catch (fault) {
    if (!(fault instanceof FhirError) || fault.status >= 500 || changes.length === 0) throw fault;
    const faults = changes.length === 1 ? new Map([[changes[0] as Change, fault]]) : blamed(changes, fault);
    for (const [change, own] of faults) refuse(change, own);
    const rest = only(unit, (change) => !faults.has(change));
    if (faults.size > 0 && !again) return runSome(rest, run, refuse, true);
    return runHalves(rest, run, refuse);
  }
}

/** What is to be stored beside goes with the last of them. */
async function runHalves(unit: Unit, run: RunUnit, refuse: Refuse): Promise<ReadonlyMap<Change, ChangeResult>> {
  const middle = unit.changes.length >> 1;
  const { beside, ...others } = unit.options;
  const early = only({ ...unit, options: others }, (_, i) => i < middle);
  const first = early.changes.length === 0 ? new Map<Change, ChangeResult>() : await runSome(early, run, refuse);
  const before = [...first.values()].map(({ outcome }) => outcome);
  const last: BoundOptions =
    beside === undefined ? others : { ...others, beside: (session, outcomes) => beside(session, [...before, ...outcomes]) };
  const late = only({ ...unit, options: last }, (_, i) => i >= middle);
  return new Map([...first, ...(await runSome(late, run, refuse))]);
}

/** The unit with some of its changes. */
function only(unit: Unit, keep: (change: Change, i: number) => boolean): Unit {
  const places = unit.changes.flatMap((change, i) => (keep(change, i) ? [i] : []));
  return {
    ...unit,
    changes: places.map((i) => unit.changes[i] as Change),
    ids: places.map((i) => unit.ids[i]),
    ...(unit.prepared === undefined ? {} : { prepared: places.map((i) => unit.prepared?.[i]) }),
  };
}

const stands = (expression: string, at: string): boolean =>
  expression === at || (expression.startsWith(at) && /^[.[]/.test(expression.slice(at.length)));

/** The changes that a refusal speaks of, each with what it says of them. */
function blamed(changes: readonly Change[], fault: FhirError): ReadonlyMap<Change, FhirError> {
  const found = new Map<Change, FhirError['issues'][number][]>();
  for (const issue of fault.issues) {
    const change = changes.find(({ at }) => at !== '' && issue.expression?.some((path) => stands(path, at)));
    if (change !== undefined) found.set(change, [...(found.get(change) ?? []), issue]);
  }
  return new Map([...found].map(([change, issues]) => [change, new FhirError(issues, fault.status)]));
}
