/** Appends to the log of accesses: entries that come while a statement is under way are stored together by the next one. */

import { setTimeout as sleep } from 'node:timers/promises';
import { refusal } from '../fhir/outcome.ts';
import type { Database, Session } from '../store/database.ts';
import { instantOf } from '../store/instant.ts';
import { type AuditHeadRow, type AuditRow, appendAudit, lockAuditHead, oldPending, readAuditHead } from '../store/statement/audit.ts';
import { type Head, type Link, linkText } from './chain.ts';

/** A row before it has its place in the chain. */
export interface Unchained {
  readonly at: string;
  readonly entry: string;
  readonly patients: readonly string[];
  readonly pending?: readonly string[] | undefined;
}

interface Waiting extends Unchained {
  readonly resolve: () => void;
  readonly reject: (fault: unknown) => void;
}

export interface AuditLog {
  /** Resolves when the row is durable; rejects with a refusal (503) when it cannot be stored. */
  append(row: Unchained): Promise<void>;
  /** Rows that writes prepared before the instant and nobody appended, at most so many: answers how many there were. */
  adopt(before: string, limit: number, adopted: (entry: string) => Omit<Unchained, 'at' | 'pending'>): Promise<number>;
}

/** Bounds of one statement. */
const mostRows = 512;
const mostCharacters = 4_000_000;

/**
 * From one statement to the next, where several rows came together: a statement costs more than all of its rows, so fewer of them save
 * most. Whoever is alone does not wait.
 */
const paceMs = 3;

const notStored = (fault: unknown): unknown =>
  Object.assign(
    refusal('transient', 'The access cannot be recorded at the moment, and what is not recorded is not answered. Try again.', {
      headers: { 'retry-after': '1' },
    }),
    { cause: fault, code: (fault as { code?: unknown }).code },
  );

function chained(link: Link, head: Head, rows: readonly Unchained[]): AuditRow[] {
  let { seq, hash } = head;
  return rows.map((row) => {
    seq++;
    hash = link(hash, linkText(seq, row.at, row.entry));
    return { ...row, seq, hash };
  });
}

const headOf = (row: AuditHeadRow | undefined): Head => {
  if (row === undefined) throw new Error('The log of accesses has no head: its table was emptied');
  return { seq: Number(row.seq), hash: row.hash };
};

export function auditLog(database: Database, link: Link): AuditLog {
  const { schema } = database;
  const queue: Waiting[] = [];
  let running = false;
  /** Rows of the last statement, and when it began. */
  let lastCount = 0;
  let started = 0;
  /** Where this process left the chain: others may have moved it on since. */
  let known: Head | undefined;

  const after = (rows: readonly AuditRow[], head: Head): Head => rows.at(-1) ?? head;

  /** One round trip, if nobody else has appended since. */
  const quickly = async (rows: readonly Unchained[]): Promise<boolean> => {
    const head = known ?? headOf((await database.run<AuditHeadRow>(readAuditHead(schema)))[0]);
    const next = chained(link, head, rows);
    known = undefined;
    const moved = await database.run(appendAudit(schema, head, next));
    if (moved.length > 0) known = after(next, head);
    return moved.length > 0;
  };

  /** Waits for its turn at the head. */
  const inTurn = (make: (session: Session) => Promise<readonly Unchained[]>): Promise<number> =>
    database.transaction(async (session) => {
      const locked = session.run<AuditHeadRow>(lockAuditHead(schema));
      const [[row], rows] = await Promise.all([locked, make(session)]);
      const head = headOf(row);
      if (rows.length === 0) return 0;
      const next = chained(link, head, rows);
      const [moved] = await session.finish([appendAudit(schema, head, next)]);
      if (moved?.length !== 1) throw new Error('The head of the log of accesses moved under its lock');
      known = after(next, head);
      return rows.length;
    });

  const store = async (rows: readonly Unchained[]): Promise<void> => {
    if (!(await quickly(rows))) await inTurn(async () => rows);
  };

  const take = (): Waiting[] => {
    let characters = 0;
    let count = 0;
    while (count < queue.length && count < mostRows && characters < mostCharacters) characters += queue[count++]?.entry.length ?? 0;
    return queue.splice(0, count);
  };

  const drain = async (): Promise<void> => {
    while (queue.length > 0) {
      const rest = lastCount > 1 ? started + paceMs - performance.now() : 0;
      if (rest > 0.5) await sleep(rest);
      started = performance.now();
      const some = take();
      lastCount = some.length;
      try {
        await store(some);
        for (const { resolve } of some) resolve();
      } catch (fault) {
        known = undefined;
        const refused = notStored(fault);
        for (const { reject } of some) reject(refused);
      }
    }
    running = false;
  };

  return {
    append: (row) =>
      new Promise((resolve, reject) => {
        queue.push({ ...row, resolve, reject });
        if (running) return;
        running = true;
        setImmediate(() => void drain());
      }),
    adopt: (before, limit, adopted) => {
      known = undefined;
      return inTurn(async (session) => {
        const rows = await session.run<{ id: string; at: string; entry: string }>(oldPending(schema, before, limit));
        return rows.map(({ id, at, entry }) => ({ ...adopted(entry), at: instantOf(at), pending: [id] }));
      });
    },
  };
}
