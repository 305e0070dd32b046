/** Row numbers for new resources, taken from the database in blocks, so that none costs a round trip. */
import type { Session } from '../../store/database.ts';
import { nextRowBlock } from '../../store/statement/lock.ts';

const blockSize = 1024;

export interface RowNumbers {
  /** Makes sure that `take` can be called `count` times. */
  reserve(count: number): Promise<void>;
  take(): string;
}

export function rowNumbers(session: Session, schema: string): RowNumbers {
  const blocks: { next: number; end: number }[] = [];
  const left = (): number => blocks.reduce((sum, block) => sum + block.end - block.next, 0);
  return {
    reserve: async (count) => {
      while (left() < count) {
        const [row] = await session.run<{ last: string }>(nextRowBlock(schema));
        const end = Number(row?.last);
        blocks.push({ next: end - blockSize, end });
      }
    },
    take: () => {
      const block = blocks[0];
      if (block === undefined) throw new Error('no row numbers were reserved');
      const rid = block.next++;
      if (block.next >= block.end) blocks.shift();
      return String(rid);
    },
  };
}
