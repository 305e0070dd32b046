/** What the log of accesses is told of a commit, in the commit's own transaction. */
import type { PendingEntry } from '../../store/statement/audit.ts';
import type { WrittenChange } from '../repository.ts';
import { isLive, itemsOf, type Work } from './work.ts';

/** One entry for each work that writes something and has to tell of it. */
export function pendingOf(works: readonly Work[]): PendingEntry[] {
  return works.flatMap((work) => {
    const { record } = work.options;
    if (record === undefined || !isLive(work)) return [];
    const written = itemsOf(work).flatMap(({ change, row, result, current }): WrittenChange[] =>
      row === undefined || result?.version === undefined ? [] : [{ change, version: result.version, before: current?.body }],
    );
    return written.length === 0 ? [] : [record(written)];
  });
}
