/**
 * Makes much writing cheap: an entry that goes into a GIN index by itself costs more than all else of a row together, and a tenth of that
 * among thousands. Until they are put in, searches look through the list of them.
 */
import { type Database, sqlState } from './database.ts';
import { gather, gathering, putIn, stopGathering, waitLittle } from './statement/gathered-index.ts';
import type { Statement } from './statement.ts';

export interface GatheredIndex {
  /** Told of rows that were written; resolves when there is room for more. */
  wrote(rows: number): Promise<void>;
  /** Puts in all that is left; from here on every entry goes in at once again. */
  end(): Promise<void>;
}

/** Rows after which their entries are put in: the list is looked through by every search meanwhile. */
const rowsGathered = 4000;

/** An index in use that cannot be had in time, or one of another owner. */
const passing = new Set(['55P03', '42501', '57014']);

/** False where it cannot be done just now. */
async function altered(database: Database, statements: readonly Statement[]): Promise<boolean> {
  try {
    await database.transaction(async (session) => {
      await session.run(waitLittle);
      for (const statement of statements) await session.run(statement);
    });
    return true;
  } catch (fault) {
    if (passing.has(sqlState(fault) ?? '')) return false;
    throw fault;
  }
}

const tries = 5;

async function stop(database: Database): Promise<void> {
  for (let i = 0; i < tries; i++) if (await altered(database, stopGathering(database.schema))) break;
  await database.run(putIn(database.schema));
}

/** Where a process that gathered was killed: its indexes are brought back. */
export async function restoreIndexes(database: Database): Promise<void> {
  if ((await database.run(gathering(database.schema))).length > 0) await stop(database);
}

export async function gatherEntries(database: Database): Promise<GatheredIndex> {
  const gathers = await altered(database, gather(database.schema));
  let rows = 0;
  let putting: Promise<void> = Promise.resolve();
  let isPutting = false;
  const put = async (): Promise<void> => {
    isPutting = true;
    rows = 0;
    await database.run(putIn(database.schema)).finally(() => {
      isPutting = false;
    });
  };
  return {
    wrote: async (count) => {
      rows += count;
      if (!gathers || rows < rowsGathered) return;
      // One after the other: who is quicker than that waits. What fails is tried again with the next ones.
      if (isPutting) await putting;
      else putting = put().catch(() => undefined);
    },
    end: async () => {
      await putting;
      if (gathers) await stop(database);
    },
  };
}
