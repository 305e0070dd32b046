/** Group commit: units that arrive together share one database transaction; a unit that cannot is run by itself. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Access } from '../../auth/access.ts';
import { refusal } from '../../fhir/outcome.ts';
import { type Database, isConnectionFault, sqlState, type TransactionSession } from '../../store/database.ts';
import { containedRows, recordedTypes } from '../../store/statement/contained.ts';
import { indexChanged } from '../../store/statement/index-version.ts';
import { textTokens } from '../../store/statement/shared-text.ts';
import type { Change, ChangeResult } from '../change.ts';
import type { Repository } from '../repository.ts';
import { commitApart } from './apart.ts';
import { attempt, rowsPerStatement } from './attempt.ts';
import { isWithheld } from './authorize.ts';
import { missingIn } from './awaiting.ts';
import type { CommitContext } from './context.ts';
import type { CommitContexts } from './contexts.ts';
import { createPlainly, isPlain } from './plain-create.ts';
import { IndexChanged } from './register.ts';
import { assertRights } from './right.ts';
import { rowNumbers } from './row-number.ts';
import { type BoundOptions, makeUnit, type Unit, underContext, writesParameters, writtenBy } from './unit.ts';
import { assertAllValid, NotLoaded, neverLoaded } from './valid.ts';
import { newWork, rowsOf, type Work } from './work.ts';

/** Larger units, and those with reads inside, get a transaction of their own. */
const smallUnit = 32;
const groupSize = 64;
const attemptsAlone = 8;
/** Each time with more of what a check wants. */
const attemptsUnloaded = 20;
/** Each time others have changed the search parameters, so that all of them come through in the end. */
const attemptsOutdated = 100;

interface Waiting {
  readonly unit: Unit;
  readonly keys: readonly string[];
  readonly resolve: (results: readonly ChangeResult[]) => void;
  readonly reject: (fault: unknown) => void;
}

export interface Committer {
  /** Results in the order of the changes; throws FhirError when refused, and then nothing was written. */
  commit(changes: readonly Change[], options: BoundOptions): Promise<readonly ChangeResult[]>;
}

export function createCommitter(
  database: Database,
  contexts: CommitContexts,
  viewOf: (session: TransactionSession, access: Access) => Repository,
): Committer {
  const reserve = rowNumbers(database, database.schema);
  const missing = missingIn(contexts.current, database);
  const queue: Waiting[] = [];
  let running = false;
  let lastInTurn: Promise<unknown> = Promise.resolve();

  const run = async (given: readonly Unit[], wait: boolean): Promise<readonly Work[]> => {
    const context = contexts.current();
    const units = given.map((unit) => underContext(context, unit));
    try {
      return committed(context, await runOnce(context, units, wait));
    } catch (fault) {
      if (isConnectionFault(fault)) context.texts.forget();
      throw fault;
    }
  };

  const runOnce = async (context: CommitContext, units: readonly Unit[], wait: boolean): Promise<readonly Work[]> => {
    const count = units.reduce((sum, unit) => sum + unit.changes.length, 0);
    if (units.every(isPlain)) {
      const works = units.map(newWork);
      if (await createPlainly(context, database, works, await reserve(count), rowsPerStatement)) return works;
    }
    const works = units.map(newWork);
    const rid = await reserve(count);
    await database.transaction((session) => attempt({ context, session, wait, rid, viewOf }, works));
    return works;
  };

  const runAlone = async (unit: Unit): Promise<readonly ChangeResult[]> => {
    for (let tries = 1; ; tries++) {
      try {
        const [work] = await run([unit], true);
        if (work === undefined) throw new Error('a unit gave no work');
        if (work.fault) throw work.fault;
        return resultsOf(work);
      } catch (fault) {
        if (fault instanceof NotLoaded && tries < attemptsUnloaded) {
          await fault.load();
          continue;
        }
        if (!isWorthRetrying(fault) || tries >= (isOutdated(fault) ? attemptsOutdated : attemptsAlone)) throw translated(fault);
        if (isOutdated(fault)) await contexts.renew();
        else await sleep(Math.random() * 10 * tries);
      }
    }
  };

  /** Search parameters change one after the other. Whoever wrote one finds it changed; if it cannot be looked at now, it is learnt of later. */
  const runInTurn = async (unit: Unit): Promise<readonly ChangeResult[]> => {
    const mine = lastInTurn.then(() => runAlone(unit));
    const learnt = mine.then(() => contexts.renew()).catch(() => undefined);
    lastInTurn = learnt;
    await learnt;
    return mine;
  };

  /** A group that was indexed by parameters of yesterday is indexed anew, once; what fails again runs alone. */
  const runUnits = async (units: readonly Unit[]): Promise<readonly Work[]> => {
    try {
      return await run(units, false);
    } catch (fault) {
      if (!isOutdated(fault)) throw fault;
      await contexts.renew();
      return run(units, false);
    }
  };

  const runGroup = async (group: readonly Waiting[]): Promise<void> => {
    let works: readonly Work[] | undefined;
    try {
      works = await runUnits(group.map((waiting) => waiting.unit));
    } catch (fault) {
      // Whether a lost connection had committed is not known: to run the units again could write them twice.
      if (isConnectionFault(fault)) return group.forEach((waiting) => waiting.reject(fault));
    }
    group.forEach((waiting, i) => {
      const work = works?.[i];
      if (work?.fault) waiting.reject(work.fault);
      else if (work === undefined || work.alone) runAlone(waiting.unit).then(waiting.resolve, waiting.reject);
      else waiting.resolve(resultsOf(work));
    });
  };

  const drain = async (): Promise<void> => {
    running = true;
    while (queue.length > 0) await runGroup(takeGroup(queue));
    running = false;
  };

  return {
    commit: async (changes, options) => {
      if (options.refuse !== undefined)
        return commitApart(
          contexts.current(),
          changes,
          options,
          (unit) => (writesParameters(unit) ? runInTurn(unit) : runAlone(unit)),
          missing,
        );
      if (changes.length === 0 && options.within === undefined) return [];
      assertRights(options.access, changes);
      const checked = assertAllValid(contexts.current(), writtenBy(changes));
      if (checked !== undefined) await checked;
      const unit = makeUnit(contexts.current(), changes, options);
      if (writesParameters(unit)) return runInTurn(unit);
      if (changes.length > smallUnit || options.within || options.beside || options.multiple) return runAlone(unit);
      return new Promise((resolve, reject) => {
        queue.push({ unit, keys: keysOf(unit), resolve, reject });
        if (!running) void drain();
      });
    },
  };
}

/** The texts and contained types that the works brought stand from now on. */
function committed({ texts, contained }: CommitContext, works: readonly Work[]): readonly Work[] {
  const rows = rowsOf(works);
  const inner = containedRows(rows);
  const known = [...[...rows, ...inner].flatMap(textTokens), ...recordedTypes(rows)];
  for (const token of known) if (!texts.has(token)) texts.add(token);
  for (const { index } of inner) contained.add(index.type);
  return works;
}

/** What a unit is known to write: two units of one group never share a key. */
const keysOf = (unit: Unit): string[] =>
  unit.changes.flatMap((change, i) => (change.kind === 'create' ? [] : [`${change.type}/${unit.ids[i]}`]));

function takeGroup(queue: Waiting[]): Waiting[] {
  const group: Waiting[] = [];
  const later: Waiting[] = [];
  const taken = new Set<string>();
  for (const waiting of queue) {
    if (group.length >= groupSize || waiting.keys.some((key) => taken.has(key))) later.push(waiting);
    else group.push(waiting);
    for (const key of waiting.keys) taken.add(key);
  }
  queue.splice(0, queue.length, ...later);
  return group;
}

function resultsOf(work: Work): readonly ChangeResult[] {
  return work.items.map((item) => {
    const { version, ...rest }: ChangeResult = item.result ?? { outcome: 'absent' };
    const shown = version !== undefined && isWithheld(work, item) ? { version: { ...version, body: null }, withheld: true as const } : {};
    const result = { ...rest, ...(version === undefined ? {} : { version }), ...shown };
    if (item.change.kind !== 'delete' || item.change.criteria === undefined) return result;
    return { ...result, count: [item, ...item.also].filter((one) => one.result?.outcome === 'deleted').length };
  });
}

/** Serialisation failure, deadlock, a row that appeared meanwhile, a lock not to be had in time. */
const passing = new Set(['40001', '40P01', '23505', '55P03']);

/** The index rows were made by search parameters that no longer hold. */
const isOutdated = (fault: unknown): boolean => fault instanceof IndexChanged || sqlState(fault) === indexChanged;

const isWorthRetrying = (fault: unknown): boolean => passing.has(sqlState(fault) ?? '') || isOutdated(fault);

const translated = (fault: unknown): unknown =>
  fault instanceof NotLoaded
    ? neverLoaded()
    : isWorthRetrying(fault)
      ? refusal('conflict', 'Others keep changing the same resources: try again', { headers: { 'retry-after': '1' } })
      : fault;
