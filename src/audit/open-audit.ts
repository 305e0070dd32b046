/** The log of accesses of one process: requests and events go in, AuditEvents come out. */
import type { Services } from '../interactions/interaction.ts';
import type { Log } from '../log.ts';
import type { CommitContexts } from '../repository/commit/contexts.ts';
import type { Query } from '../search/query.ts';
import type { Database } from '../store/database.ts';
import { type SheetRow, sheetPage } from '../store/statement/audit.ts';
import { type Aside, asideServices } from './aside.ts';
import { type LogRow, logRows } from './audit-event.ts';
import { linkOf } from './chain.ts';
import { eventLine, eventRecorder } from './event-recorder.ts';
import { flood } from './flood.ts';
import { type AuditLog, auditLog, mostLines } from './log.ts';
import { neededBy } from './needed.ts';
import { type Projector, projector } from './project.ts';
import { type AuditContext, type AuditedRequest, auditedRequest } from './request-audit.ts';
import type { RequestFacts } from './request-entry.ts';
import { giveUp } from './retention.ts';
import type { RecordEvent, SecurityEventKind } from './security-event.ts';
import type { Head, Line } from './sheet.ts';
import { sheetOf, sorter } from './sorting.ts';
import { type Verification, type VerifyOptions, verifyAudit } from './verify.ts';

export interface AuditOptions {
  readonly database: Database;
  readonly contexts: CommitContexts;
  readonly log: Pick<Log, 'info' | 'warn'>;
  /** Of the server, for what comes without a request. */
  readonly base: string;
  /** Secret of the chain. */
  readonly key?: string | undefined;
  readonly now: () => Date;
}

export interface Audit {
  readonly request: (facts: RequestFacts) => AuditedRequest;
  readonly record: RecordEvent;
  /** For work beside the API. */
  readonly aside: (services: Services, part: Omit<Aside, 'base'>) => Services;
  /** Makes the AuditEvents that are open: before an export that tells them, for example. */
  readonly settleWithin: Projector['settleWithin'];
  /** Resolves when all that was answered up to now is in the chain. */
  readonly flush: () => Promise<void>;
  /** Appends what writes left behind before the instant; answers how many. */
  readonly adopt: (before: Date) => Promise<number>;
  readonly verify: (asked: Pick<VerifyOptions, 'known' | 'progress'>) => Promise<Verification>;
  /** Entries after a number, to its end. */
  readonly list: (after: number) => AsyncIterable<LogRow>;
  /** Gives up what is older; `account` did it. Answers how many entries. */
  readonly giveUp: (before: Date, account: string) => Promise<number>;
  /** Works in the background from here on. */
  start(): void;
  close(): Promise<void>;
}

export function openAudit(options: AuditOptions): Audit {
  const { database, contexts, base, now } = options;
  let appended = 0;
  /** An operator has to know, and whoever reads the log. */
  const cut = ({ seq, hash }: Head): Line => {
    options.log.warn({ seq }, 'The end of the log of accesses was cut off: an entry that was stored is missing');
    return eventLine(base, now(), { kind: 'audit', outcome: 'failed', detail: `the end was cut off: entry ${seq}:${hash} is missing` });
  };
  const chain = auditLog({ database, link: linkOf(options.key), cut });
  const log: AuditLog = {
    ...chain,
    append: (row) => {
      appended++;
      return chain.append(row);
    },
    appendWritten: (row) => {
      appended++;
      return chain.appendWritten(row);
    },
  };
  const { sort: sortStored, leftBehind } = sorter(database);
  const sort = async (tryOnly?: boolean): Promise<void> => {
    await chain.flush();
    await sortStored(tryOnly);
  };
  const projecting = projector({ database, contexts, now, sort });
  const settle = (type: string | undefined, query?: Query): Promise<void> | undefined => {
    const needed = query === undefined ? (type === 'AuditEvent' ? 'all' : undefined) : neededBy(query);
    return needed === undefined ? undefined : projecting.settle(needed === 'all' ? undefined : needed);
  };
  const bounded = flood();
  const context: AuditContext = { log, settle, now, flood: bounded };
  const adopt = (before: Date): Promise<number> => log.appendFound((session) => leftBehind(session, before.toISOString(), mostAdopted));
  const begin = async (): Promise<void> => {
    if (options.key !== undefined) await record({ kind: 'audit', outcome: 'success', detail: 'recording started' });
  };
  const record = eventRecorder(log, base, now);
  const told: RecordEvent = async (event) => {
    const isBounded = event.outcome === 'refused' && boundedKinds.has(event.kind);
    if (!isBounded || bounded.admits(event.address)) await record(event);
  };
  const tellFlood = async (): Promise<void> => {
    const event = bounded.take(now());
    if (event !== undefined) await record(event);
  };
  let toldEnd = 0;
  /** Where the logs of programs are gathered elsewhere, this is what `anamnesis audit verify --known` takes: no end can be cut off behind it. */
  const tellEnd = (): void => {
    const end = chain.end();
    if (end === undefined || end.seq <= toldEnd) return;
    toldEnd = end.seq;
    options.log.info({ known: `${end.seq}:${end.hash}` }, 'The log of accesses ends with this entry');
  };
  let started = false;
  const background = inBackground({ ...options, projecting, sort, adopt, begin, tellFlood, tellEnd, load: () => appended });
  return {
    request: (facts) => auditedRequest(context, facts),
    aside: (services, part) => asideServices(context, services, { base, ...part }),
    record: told,
    verify: (asked) => verifyAudit({ database, context: contexts.current(), key: options.key, ...asked }),
    list: (after) => listed(database, after),
    giveUp: (before, account) => giveUp({ database, record, sort }, before, account),
    settleWithin: projecting.settleWithin,
    flush: chain.flush,
    adopt,
    start: () => {
      started = true;
      background.start();
    },
    close: async () => {
      await background.close();
      await chain.flush();
      if (started) tellEnd();
    },
  };
}

async function* listed(database: Database, from: number): AsyncGenerator<LogRow> {
  // The sheet of an entry may begin before it.
  for (let after = Math.max(0, from - mostLines - 1); ; ) {
    const rows = (await database.run<SheetRow>(sheetPage(database.schema, after, 100))).map(sheetOf).flatMap(logRows);
    yield* rows.filter(({ seq }) => seq > from);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

const mostAdopted = 500;

/** Whoever has not shown who they are can bring these about as often as they like; wrong passwords are bounded by their waits. */
const boundedKinds: ReadonlySet<SecurityEventKind> = new Set([
  'authorize',
  'token',
  'revoke',
  'introspect',
  'launch',
  'register',
  'logout',
]);

interface Background extends Pick<AuditOptions, 'log' | 'now'> {
  readonly projecting: Projector;
  readonly sort: (tryOnly?: boolean) => Promise<void>;
  readonly adopt: (before: Date) => Promise<number>;
  /** Done once, before all else. */
  readonly begin: () => Promise<void>;
  readonly tellFlood: () => Promise<void>;
  readonly tellEnd: () => void;
  /** Entries so far. */
  readonly load: () => number;
}

/** A write that is not done by then will not come back for its entry. */
const orphanAfterMs = 120_000;
const restMs = 1000;
/** From one telling of many refusals to the next. */
const floodMs = 60_000;
/** From one telling of the end to the next. */
const endMs = 600_000;
/** Entries in a second that leave time for making AuditEvents. */
const idleRate = 20;
/** Entries after which they are sorted however much there is to do: whoever asks for AuditEvents waits for no more than that. */
const mostUnsorted = 5000;

/** While there is little to do AuditEvents are made; at other times they wait until somebody asks for them. */
function inBackground({ projecting, sort, adopt, begin, tellFlood, tellEnd, load, log, now }: Background): Pick<Audit, 'start' | 'close'> {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let begun = false;
  let seen = 0;
  let seenAt = 0;
  let sortedAt = 0;
  let toldAt = performance.now();
  let endAt = performance.now();
  let beats = 0;
  let working: Promise<unknown> = Promise.resolve();

  const adoptAll = async (before: Date): Promise<number> => {
    for (let sum = 0; ; ) {
      const adopted = await adopt(before);
      sum += adopted;
      if (adopted < mostAdopted) return sum;
    }
  };

  const work = async (): Promise<number> => {
    if (!begun) await begin();
    begun = true;
    if (beats++ % 10 === 0) {
      const adopted = await adoptAll(new Date(now().getTime() - orphanAfterMs));
      if (adopted > 0) log.warn({ entries: adopted }, 'The log of accesses took over entries of writes whose process has ended');
    }
    if (performance.now() - toldAt > floodMs) {
      toldAt = performance.now();
      await tellFlood();
    }
    if (performance.now() - endAt > endMs) {
      endAt = performance.now();
      tellEnd();
    }
    const rate = ((load() - seen) * 1000) / Math.max(1, performance.now() - seenAt);
    seen = load();
    seenAt = performance.now();
    const isDue = seen - sortedAt > mostUnsorted || (rate < idleRate && (seen > sortedAt || beats % 10 === 1));
    if (isDue) {
      await sort(true);
      sortedAt = seen;
    }
    return rate < idleRate ? projecting.some() : 0;
  };
  const beat = (): void => {
    working = work()
      .catch((err: unknown) => {
        log.warn({ err }, 'AuditEvents could not be made');
        return 0;
      })
      .then((made) => {
        if (closed) return;
        timer = setTimeout(beat, made > 0 ? restMs / 10 : restMs);
        timer.unref();
      });
  };
  return {
    start: beat,
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await working;
      if (begun) await tellFlood().catch((err: unknown) => log.warn({ err }, 'Refused requests could not be told of'));
    },
  };
}
