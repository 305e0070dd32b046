/** The shortest way for what most writes are: creates without conditions, in one statement that also checks their references. */
import type { Session } from '../../store/database.ts';
import { guardedInsertStatement, insertStatement } from '../../store/statement/write.ts';
import { writesConformance } from './conformance.ts';
import { writesConsent } from './consent.ts';
import type { CommitContext } from './context.ts';
import { referencesOf } from './current.ts';
import { decide } from './decide.ts';
import { pendingOf } from './recorded.ts';
import type { TakeRow } from './row-number.ts';
import { type Unit, writesParameters } from './unit.ts';
import { eachLive, rowsOf, type Work } from './work.ts';

export const isPlain = (unit: Unit): boolean =>
  unit.prepared !== undefined &&
  unit.options.access.isUnrestricted &&
  unit.options.within === undefined &&
  unit.options.beside === undefined &&
  !writesParameters(unit) &&
  !writesConformance(unit) &&
  !writesConsent(unit) &&
  unit.changes.every((change) => change.kind === 'create');

/** False when the works need the long way; then nothing was written. */
export async function createPlainly(
  context: CommitContext,
  session: Session,
  works: readonly Work[],
  rid: TakeRow,
  most: number,
): Promise<boolean> {
  const references = [...referencesOf(context, works).values()];
  eachLive(works, (work) => decide(context, work, rid));
  const rows = rowsOf(works);
  if (rows.length > most) return false;
  const pending = pendingOf(works);
  if (references.length === 0) {
    await session.run(insertStatement(context.schema, rows, context.stamp, context.texts.has, pending));
    return true;
  }
  const missing = await session.run(guardedInsertStatement(context.schema, rows, references, context.stamp, context.texts.has, pending));
  return missing.length === 0;
}
