/** A change to what says whose patients are whose is counted with it, so that nobody goes on by what was found out before. */
import { relatingTypes } from '../../auth/own-patients.ts';
import { countRelatingChange } from '../../store/statement/relating-change.ts';
import type { VersionRow } from '../../store/statement/write.ts';
import type { Statement } from '../../store/statement.ts';
import type { CommitContext } from './context.ts';

const known = new WeakMap<CommitContext['typeCodes'], ReadonlySet<number>>();

/** The codes never change while the server runs. */
function relatingCodes(typeCodes: CommitContext['typeCodes']): ReadonlySet<number> {
  let codes = known.get(typeCodes);
  if (codes === undefined) known.set(typeCodes, (codes = new Set([...relatingTypes].flatMap((type) => typeCodes.get(type) ?? []))));
  return codes;
}

/** What goes behind all other writes. What is new takes nobody's patient away. */
export function relatingStatements(
  { schema, typeCodes }: Pick<CommitContext, 'schema' | 'typeCodes'>,
  rows: readonly VersionRow[],
): Statement[] {
  const codes = relatingCodes(typeCodes);
  return rows.some(({ isNew, typeCode }) => !isNew && codes.has(typeCode)) ? [countRelatingChange(schema)] : [];
}
