/** Row numbers for new resources, taken from the database in blocks, so that few cost a round trip. */
import type { Session } from '../../store/database.ts';
import { nextRowBlock } from '../../store/statement/lock.ts';

const blockSize = 1024;

/** Gives the next of the numbers that were set aside. */
export type TakeRow = () => string;

/** Sets `count` numbers aside for one caller. */
export type ReserveRows = (count: number) => Promise<TakeRow>;

export function rowNumbers(session: Session, schema: string): ReserveRows {
  let next = 0;
  let end = 0;
  return async (count) => {
    const own: number[] = [];
    while (own.length < count) {
      while (next < end && own.length < count) own.push(next++);
      if (own.length === count) break;
      const [row] = await session.run<{ last: string }>(nextRowBlock(schema));
      // Another caller may have fetched a block meanwhile; what is left of it is given up.
      end = Number(row?.last);
      next = end - blockSize;
    }
    let taken = 0;
    return () => {
      const rid = own[taken++];
      if (rid === undefined) throw new Error('more row numbers are taken than were set aside');
      return String(rid);
    };
  };
}
