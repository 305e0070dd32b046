/** The log of accesses of one process: requests and events go in, AuditEvents come out. */
import type { Log } from '../log.ts';
import type { CommitContexts } from '../repository/commit/contexts.ts';
import type { Query } from '../search/query.ts';
import type { Database } from '../store/database.ts';
import { linkOf } from './chain.ts';
import { type Entry, type EventEntry, patientsOf } from './entry.ts';
import { type AuditLog, auditLog } from './log.ts';
import { neededBy } from './needed.ts';
import { type Projector, projector } from './project.ts';
import { type AuditedRequest, auditedRequest } from './request-audit.ts';
import type { RequestFacts } from './request-entry.ts';
import type { RecordEvent, SecurityEvent } from './security-event.ts';

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
  /** Makes the AuditEvents of the patients, or all that are open: before an export, for example. */
  readonly settle: Projector['settle'];
  /** Appends what writes left behind before the instant; answers how many. */
  readonly adopt: (before: Date) => Promise<number>;
  /** Works in the background from here on. */
  start(): void;
  close(): Promise<void>;
}

function eventEntry(base: string, event: SecurityEvent): EventEntry {
  const { kind, outcome, detail, subject, query, address, requestId } = event;
  const { authorization, fhirUser, account, client, patient, purpose, reason, scopes } = event;
  const w = { id: authorization, u: fhirUser, n: account, c: client, p: patient, y: purpose, g: reason, o: scopes };
  return { v: 1, k: `!${kind}`, s: outcome, d: detail, j: subject, q: query, b: base, a: address, x: requestId, w };
}

export function openAudit(options: AuditOptions): Audit {
  const { database, contexts, base, now } = options;
  let appended = 0;
  const chain = auditLog(database, linkOf(options.key));
  const log: AuditLog = {
    ...chain,
    append: (row) => {
      appended++;
      return chain.append(row);
    },
  };
  const projecting = projector({ database, contexts, now });
  const settle = (type: string | undefined, query?: Query): Promise<void> | undefined => {
    const needed = query === undefined ? (type === 'AuditEvent' ? 'all' : undefined) : neededBy(query);
    return needed === undefined ? undefined : projecting.settle(needed === 'all' ? undefined : needed);
  };
  const adopt = (before: Date): Promise<number> =>
    log.adopt(before.toISOString(), mostAdopted, (entry) => ({ entry, patients: patientsOf(JSON.parse(entry) as Entry) }));
  const background = inBackground({ ...options, projecting, adopt, load: () => appended });
  return {
    request: (facts) => auditedRequest({ log, settle, now }, facts),
    record: (event) => {
      const entry = eventEntry(base, event);
      return log.append({ at: now().toISOString(), entry: JSON.stringify(entry), patients: patientsOf(entry) });
    },
    settle: projecting.settle,
    adopt,
    ...background,
  };
}

const mostAdopted = 500;

interface Background extends Pick<AuditOptions, 'log' | 'now'> {
  readonly projecting: Projector;
  readonly adopt: (before: Date) => Promise<number>;
  /** Entries so far. */
  readonly load: () => number;
}

/** A write that is not done by then will not come back for its entry. */
const orphanAfterMs = 60_000;
const restMs = 1000;
/** Entries in a second that leave time for making AuditEvents. */
const idleRate = 20;

/** While there is little to do AuditEvents are made; at other times they wait until somebody asks for them. */
function inBackground({ projecting, adopt, load, log, now }: Background): Pick<Audit, 'start' | 'close'> {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let seen = 0;
  let seenAt = 0;
  let beats = 0;
  let working: Promise<unknown> = Promise.resolve();

  const work = async (): Promise<number> => {
    if (beats++ % 10 === 0) {
      const adopted = await adopt(new Date(now().getTime() - orphanAfterMs));
      if (adopted > 0) log.warn({ entries: adopted }, 'The log of accesses took over entries of writes whose process has ended');
    }
    const rate = ((load() - seen) * 1000) / Math.max(1, performance.now() - seenAt);
    seen = load();
    seenAt = performance.now();
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
    },
  };
}
