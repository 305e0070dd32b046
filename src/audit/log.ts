/** Appends to the log of accesses: entries that come together are stored together, as one sheet of the chain. */
import { refusal } from '../fhir/outcome.ts';
import type { Database, Session } from '../store/database.ts';
import { appendSheet, hasSheet, readAuditEnd, type SheetRow, takeAuditTurn } from '../store/statement/audit.ts';
import type { Link } from './chain.ts';
import { gathering } from './gathering.ts';
import { type Head, headOf, type Line, type Sheet, sheetAfter } from './sheet.ts';

export interface AuditLog {
  /** Tells that an entry will come: others wait a little for it. To be called again when it came, or will not come after all. */
  expect(): () => void;
  /** Resolves when the entry is durable; rejects with a refusal (503) when it cannot be stored. */
  append(line: Line): Promise<void>;
  /**
   * Of a write, whose transaction has stored an entry already: this one takes its place in the chain soon, and nobody waits for it. While
   * the chain cannot be written, it is as `append` is. What the process has not done when it ends, others find (`appendFound`).
   */
  appendWritten(line: Line): Promise<void>;
  /** Resolves when all that was appended up to now is in the chain. */
  flush(): Promise<void>;
  /** Appends what is found while nobody else does: answers how many entries. */
  appendFound(find: (session: Session) => Promise<readonly Line[]>): Promise<number>;
  /** Where this process left the chain. */
  end(): Head | undefined;
}

export interface AuditLogOptions {
  readonly database: Database;
  readonly link: Link;
  /** Where the chain ended when somebody looked last: that much must be there. */
  readonly known?: Head | undefined;
  /** What is told in the log when an end that was there is not there any more. */
  readonly cut?: ((missing: Head) => Line) | undefined;
}

/** Bounds of one sheet; it may hold one more line than these, which tells that something is missing. */
export const mostLines = 256;
const mostCharacters = 500_000;

const times = {
  /** How long an entry waits for those of other requests that are being answered. */
  patienceMs: 4,
  /** A client that was answered and asks again at once is back by then. */
  returnMs: 2,
  /** How long entries of writes wait for others. */
  laterMs: 50,
};
/** Of writes that nobody waits for: they are in memory. */
const mostLater = 4096;

const notStored = (fault: unknown): unknown =>
  Object.assign(
    refusal('transient', 'The access cannot be recorded at the moment, and what is not recorded is not answered. Try again.', {
      headers: { 'retry-after': '1' },
    }),
    { cause: fault, code: (fault as { code?: unknown }).code },
  );

function fitting(lines: readonly Line[]): number {
  let characters = 0;
  let count = 0;
  while (count < lines.length && count < mostLines && characters < mostCharacters) characters += lines[count++]?.entry.length ?? 0;
  return count;
}

const endOf = (row: SheetRow | undefined): Head => {
  if (row === undefined) throw new Error('The log of accesses has no beginning: its table was emptied');
  return headOf({ seq: Number(row.seq), count: row.count, hash: row.hash });
};

export function auditLog({ database, link, known, cut }: AuditLogOptions): AuditLog {
  const { schema } = database;
  /** What this process has seen durable: it must be found again. */
  let seen: Head | undefined = known;
  /** Where the chain ends, if nobody else has appended since; undefined: not known. */
  let end: Head | undefined;

  const stored = (sheet: Sheet): void => {
    end = headOf(sheet);
    seen = end;
  };

  /** One round trip, if nobody else has appended since. */
  const quickly = async (lines: readonly Line[]): Promise<boolean> => {
    if (end === undefined) return false;
    const sheet = sheetAfter(link, end, lines);
    const done = database.run(appendSheet(schema, end, sheet));
    end = undefined;
    if ((await done).length === 0) return false;
    stored(sheet);
    return true;
  };

  /** That an end which was durable is gone is not passed over: the log itself tells of it, and goes on. */
  const missing = async (session: Session): Promise<readonly Line[]> => {
    if (seen === undefined || cut === undefined || seen.seq === 0) return [];
    const before = seen;
    return (await session.run(hasSheet(schema, before))).length > 0 ? [] : [cut(before)];
  };

  /** While nobody else appends. */
  const inTurn = (find: (session: Session) => Promise<readonly Line[]>): Promise<number> =>
    database.transaction(async (session) => {
      const turn = session.run(takeAuditTurn(schema));
      const [, [row], gone, lines] = await Promise.all([
        turn,
        session.run<SheetRow>(readAuditEnd(schema)),
        missing(session),
        find(session),
      ]);
      const from = endOf(row);
      if (lines.length === 0) return 0;
      const sheet = sheetAfter(link, from, [...gone, ...lines]);
      const [moved] = await session.finish([appendSheet(schema, from, sheet)]);
      if (moved?.length !== 1) throw new Error('The log of accesses was appended to out of turn');
      stored(sheet);
      return lines.length;
    });

  let failed = false;
  const store = async (lines: readonly Line[]): Promise<void> => {
    try {
      if (!(await quickly(lines))) await inTurn(async () => lines);
      failed = false;
    } catch (fault) {
      failed = true;
      throw notStored(fault);
    }
  };

  const { expect, add, addLater, flush } = gathering<Line>({ store, fitting, ...times });
  let later = 0;
  const arrived = (): void => void later--;
  return {
    expect,
    append: add,
    appendWritten: (line) => {
      if (failed || later >= mostLater) return add(line);
      later++;
      // What fails stays where the write has put it.
      addLater(line).then(arrived, arrived);
      return Promise.resolve();
    },
    flush,
    appendFound: (find) => {
      end = undefined;
      return inTurn(find);
    },
    end: () => seen,
  };
}
