/** One attempt to bring a group of units into the database: the steps of a commit in their order, inside one transaction. */

import type { Access } from '../../auth/access.ts';
import type { TransactionSession } from '../../store/database.ts';
import type { PendingEntry } from '../../store/statement/audit.ts';
import { copyStatements, fewestCopied } from '../../store/statement/copy-rows.ts';
import { byContent } from '../../store/statement/row-order.ts';
import { textStatements } from '../../store/statement/shared-text.ts';
import { besideCopies, guardedInsertStatement, insertStatement, replaceStatements, type VersionRow } from '../../store/statement/write.ts';
import type { Statement } from '../../store/statement.ts';
import type { ChangeOutcome } from '../change.ts';
import type { Repository } from '../repository.ts';
import { assertWithinReach, judge } from './authorize.ts';
import { type OpenReference, settleReferences } from './conditional-reference.ts';
import { conformanceStatements } from './conformance.ts';
import { consentStatements, settleConsents, writesConsent } from './consent.ts';
import type { CommitContext } from './context.ts';
import { settleCriteria } from './criteria.ts';
import { lockAndRead, needNothingCurrent, referencesOf } from './current.ts';
import { applyPatches, decide } from './decide.ts';
import { identify, linksOfTransaction } from './identify.ts';
import { assertReferences, assertUnreferenced } from './integrity.ts';
import { pendingOf } from './recorded.ts';
import { registrationStatements } from './register.ts';
import { relatingStatements } from './relating.ts';
import type { TakeRow } from './row-number.ts';
import { prepareChange } from './unit.ts';
import { eachLive, rowsOf, type Work } from './work.ts';

export interface Attempt {
  readonly context: CommitContext;
  readonly session: TransactionSession;
  /** Wait for locks that others hold; otherwise leave those works aside. */
  readonly wait: boolean;
  readonly rid: TakeRow;
  /** A repository that sees the open transaction. */
  readonly viewOf: (session: TransactionSession, access: Access) => Repository;
}

/** Rows of one statement: larger transactions are written in several. */
export const rowsPerStatement = 2000;

export async function attempt(run: Attempt, works: readonly Work[]): Promise<void> {
  const { context, session, wait } = run;
  await settleSearches(run, works);
  if (works.some((work) => work.items.some((item) => item.change.kind === 'patch'))) await lockBeforePatch(run, works);
  if (!wait && needNothingCurrent(works) && !works.some(({ unit }) => writesConsent(unit))) {
    await authorize(run, works, new Set());
    return finishGuarded(run, works);
  }
  const missing = await lockAndRead(context, session, works, wait);
  await authorize(run, works, missing);
  eachLive(works, (work) => decide(context, work, run.rid));
  await assertUnreferenced(context, session, works);
  settleConsents(context, works);
  const registration = await registrationStatements(context, session, works);
  const behind = [...registration, ...consentStatements(context, works), ...conformanceStatements(context, works)];
  await finish(run, works, [...behind, ...relatingStatements(context, rowsOf(works))]);
}

/** References first: to a record out of reach they lead to nothing, so that whose it would be is not told either. */
async function authorize({ context, session }: Attempt, works: readonly Work[], missing: ReadonlySet<string>): Promise<void> {
  await judge(context, session, works);
  assertReferences(context, works, missing);
  assertWithinReach(works);
}

/** Criteria first, since ids, links and texts depend on what they match. */
async function settleSearches(run: Attempt, works: readonly Work[]): Promise<void> {
  const { context, session, wait } = run;
  const unprepared = works.filter((work) => work.unit.prepared === undefined);
  if (unprepared.length === 0) return;
  await settleCriteria(context, session, unprepared, wait);
  const open = new Map<Work, readonly OpenReference[]>();
  eachLive(unprepared, (work) => open.set(work, identifyWork(context, work)));
  await settleReferences(context, session, unprepared, open);
  eachLive(unprepared, (work) => {
    for (const item of work.items) {
      const prepared = item.existing ? undefined : prepareChange(context, item.change, item.id, work.options);
      if (prepared !== undefined) item.prepared = prepared;
    }
  });
}

function identifyWork(context: CommitContext, work: Work): readonly OpenReference[] {
  const changes = work.items.map((item) => item.change);
  const ids = identify(
    context,
    changes,
    work.items.map((item) => item.id),
  );
  work.items.forEach((item, i) => {
    item.id = ids[i];
  });
  if (!work.options.transaction) return [];
  const open = linksOfTransaction(context, changes, ids);
  return open.flatMap((references, i) =>
    references.map((reference) => ({ reference, at: changes[i]?.at ?? '', access: work.options.access })),
  );
}

/** Patches are applied to the locked current version, and only then are their references known. */
async function lockBeforePatch(run: Attempt, works: readonly Work[]): Promise<void> {
  await lockAndRead(run.context, run.session, works, run.wait);
  eachLive(works, (work) => applyPatches(run.context, work));
}

/** Works that only make new resources: one statement checks their references and writes them; those that fail look again by themselves. */
async function finishGuarded({ context, session, rid }: Attempt, works: readonly Work[]): Promise<void> {
  eachLive(works, (work) => decide(context, work, rid));
  const rows = rowsOf(works);
  if (rows.length === 0) return session.finish([]).then(() => undefined);
  const targets = [...referencesOf(context, works).values()];
  const { schema, stamp, texts } = context;
  const insert = guardedInsertStatement(schema, rows, targets, stamp, texts.has, pendingOf(works));
  const [missing] = await session.finish([insert, ...conformanceStatements(context, works)]);
  if (missing && missing.length > 0) for (const work of works) work.alone = true;
}

const outcomesOf = (works: readonly Work[]): ChangeOutcome[] =>
  works.flatMap(({ items }) => items.map(({ result }) => result?.outcome ?? 'absent'));

/** `last` goes behind the writes. */
async function finish(run: Attempt, works: readonly Work[], last: readonly Statement[]): Promise<void> {
  const statements = [...writeStatements(run.context, rowsOf(works), pendingOf(works)), ...last];
  const options = works.find((work) => work.fault === undefined && (work.options.within ?? work.options.beside))?.options;
  if (options === undefined) return void (await run.session.finish(statements));
  const written = statements.map((statement) => run.session.run(statement));
  // What is stored beside leaves with the writes: nothing waits for their answers until COMMIT.
  await Promise.all([...written, options.beside?.(run.session, outcomesOf(works))]);
  await options.within?.(run.viewOf(run.session, options.access));
  await run.session.finish([]);
}

function writeStatements(context: CommitContext, rows: VersionRow[], pending: readonly PendingEntry[]): Statement[] {
  const fresh = rows.filter(({ isNew }) => isNew);
  if (fresh.length < fewestCopied) return insertStatements(context, rows, pending);
  const others = rows.filter(({ isNew }) => !isNew);
  const { schema, stamp, texts } = context;
  return [
    ...insertStatements(context, others, []),
    ...copyStatements(schema, fresh.sort(byContent)),
    ...besideCopies(schema, fresh, stamp, texts.has, pending),
  ];
}

function insertStatements({ schema, stamp, texts }: CommitContext, rows: VersionRow[], pending: readonly PendingEntry[]): Statement[] {
  rows.sort((a, b) => a.typeCode - b.typeCode || (a.id < b.id ? -1 : 1));
  const isLong = rows.length > rowsPerStatement;
  // Before all else, so that long writes do not meet on the same texts in different orders.
  const statements = isLong ? textStatements(schema, rows, texts.has) : [];
  const isKnown = isLong ? () => true : texts.has;
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    const some = rows.slice(start, start + rowsPerStatement);
    statements.push(...replaceStatements(schema, some, stamp), insertStatement(schema, some, stamp, isKnown, start === 0 ? pending : []));
  }
  return statements;
}
