/** A change to what says whose patients are whose is counted with it, so that nobody goes on by what was found out before. */
import { relatingTypes } from '../../auth/own-patients.ts';
import { countRelatingChange } from '../../store/statement/relating-change.ts';
import type { VersionRow } from '../../store/statement/write.ts';
import type { Statement } from '../../store/statement.ts';
import type { CommitContext } from './context.ts';

/** What goes behind all other writes. What is new takes nobody's patient away. */
export function relatingStatements(
  { schema, typeCodes }: Pick<CommitContext, 'schema' | 'typeCodes'>,
  rows: readonly VersionRow[],
): Statement[] {
  const codes = new Set([...relatingTypes].map((type) => typeCodes.get(type)));
  return rows.some(({ isNew, typeCode }) => !isNew && codes.has(typeCode)) ? [countRelatingChange(schema)] : [];
}
