/** Writes of conformance resources tell the other processes on the database. */
import type { Statement } from '../../store/statement.ts';
import { isConformanceType } from '../../validation/conformance/type.ts';
import type { CommitContext } from './context.ts';
import type { Unit } from './unit.ts';
import { liveItems, type Work } from './work.ts';

/** What goes behind the writes. */
export const conformanceStatements = ({ conformance }: CommitContext, works: readonly Work[]): readonly Statement[] =>
  liveItems(works).some(({ row, change }) => row !== undefined && isConformanceType(change.type)) ? conformance.statements() : [];

export const writesConformance = ({ changes }: Unit): boolean => changes.some(({ type }) => isConformanceType(type));
