/** Walks the log from its beginning and says where it is broken: rows that were changed, removed or put in, and AuditEvents that tell otherwise. */

import type { CommitContext } from '../repository/commit/context.ts';
import { logIdPrefix } from '../repository/log-id.ts';
import { selfHash } from '../search/link-token.ts';
import type { Database } from '../store/database.ts';
import {
  type AuditHeadRow,
  auditPage,
  countLogEvents,
  type OpenRow,
  openAmong,
  readAuditBase,
  readAuditHead,
} from '../store/statement/audit.ts';
import { readCurrent, type VersionRecord } from '../store/statement/read.ts';
import { eventId, type LogRow, readEntry } from './audit-event.ts';
import { keyedLink, type Link, linkText, plainLink } from './chain.ts';
import { type Entry, isEvent, patientsOf } from './entry.ts';
import { logRow, preparedEvent } from './project.ts';

export interface Verification {
  readonly entries: number;
  /** AuditEvents that stand in the store as they should. */
  readonly events: number;
  /** Those that are still to be made. */
  readonly open: number;
  /** The first entry that only a holder of the key can have made. */
  readonly keyedFrom?: number | undefined;
  /** End of the chain: whoever writes it down elsewhere will know when the end is cut off. */
  readonly head: { readonly seq: number; readonly hash: string };
  /** The first place that is broken. */
  readonly fault?: string | undefined;
}

export interface VerifyOptions {
  readonly database: Database;
  readonly context: CommitContext;
  readonly key?: string | undefined;
  /** An entry and its hash that were written down before. */
  readonly known?: { readonly seq: number; readonly hash: string } | undefined;
  readonly progress?: ((entries: number, total: number) => void) | undefined;
}

const pageRows = 500;

/** Extraction for the index is not what is compared. */
const unindexed = (context: CommitContext): CommitContext => ({
  ...context,
  extract: () => ({ self: '', patient: '0', bucket: 0, low: null, high: null, tokens: [], numbers: [], strings: [], references: [] }),
});

class Broken extends Error {}

/** Follows the chain row by row. */
class Walk {
  seq: number;
  #hash: string;
  #keyedFrom: number | undefined;
  readonly #keyed: Link | undefined;

  constructor(base: AuditHeadRow, key: string | undefined) {
    this.seq = Number(base.seq);
    this.#hash = base.hash;
    this.#keyed = key === undefined ? undefined : keyedLink(key);
  }

  get hash(): string {
    return this.#hash;
  }

  get keyedFrom(): number | undefined {
    return this.#keyedFrom;
  }

  step({ seq, at, entry, hash }: LogRow): void {
    if (seq !== this.seq + 1) throw new Broken(`Entry ${this.seq + 1} is missing: entry ${seq} comes after entry ${this.seq}.`);
    const text = linkText(seq, at, entry);
    const isKeyed = this.#keyed?.(this.#hash, text) === hash;
    const isPlain = !isKeyed && this.#keyedFrom === undefined && plainLink(this.#hash, text) === hash;
    if (!isKeyed && !isPlain)
      throw new Broken(`Entry ${seq} does not fit to the one before it: one of the two was changed.${this.#hint()}`);
    if (isKeyed) this.#keyedFrom ??= seq;
    this.seq = seq;
    this.#hash = hash;
  }

  #hint(): string {
    return this.#keyed === undefined ? ' Or the log has a key: set AUDIT_KEY.' : '';
  }
}

interface Expected {
  readonly row: LogRow;
  readonly patient: string;
  readonly id: string;
}

const keyOf = (patient: string, seq: number | string): string => `${seq}/${patient}`;

interface Counts {
  events: number;
  open: number;
}

/** Compares the AuditEvents of some rows with what the store has. */
async function compareEvents({ database, context }: VerifyOptions, rows: readonly LogRow[], counts: Counts): Promise<void> {
  const { schema } = database;
  const plain = unindexed(context);
  const typeCode = context.typeCodes.get('AuditEvent') ?? 0;
  const expected = rows.flatMap((row) =>
    patientsOf(readEntry(row)).map((patient): Expected => ({ row, patient, id: eventId(row.hash, patient) })),
  );
  const places = expected.map(({ row, patient }) => ({ patient, seq: row.seq }));
  // What is open is asked first: it may be made meanwhile, but never the other way round.
  const open = new Set((await database.run<OpenRow>(openAmong(schema, places))).map(({ patient, seq }) => keyOf(patient, seq)));
  const targets = expected.map(({ id }) => ({ typeCode, id, self: selfHash('AuditEvent', id) }));
  const found = new Map((await database.run<VersionRecord>(readCurrent(schema, targets))).map((version) => [version.id, version]));
  for (const { row, patient, id } of expected) {
    const version = found.get(id);
    if (version === undefined && open.has(keyOf(patient, row.seq))) counts.open++;
    else if (version === undefined || version.body === null)
      throw new Broken(`AuditEvent/${id}, made of entry ${row.seq}, is missing in the store.`);
    else if (version.ver !== 1 || version.body !== preparedEvent(plain, row, patient).tail)
      throw new Broken(`AuditEvent/${id} is not what entry ${row.seq} says: it was changed.`);
    else counts.events++;
  }
}

/** Entries that tell that earlier ones were given up: up to where. */
const givenUp = (entry: Entry): string | undefined =>
  isEvent(entry) && entry.k === '!audit' ? /^gave up entries up to (.*)$/.exec(entry.d ?? '')?.[1] : undefined;

/** How an entry tells what was given up. */
export const gaveUp = (seq: number, hash: string): string => `gave up entries up to ${seq}:${hash}`;

export async function verifyAudit(options: VerifyOptions): Promise<Verification> {
  const { database, context, key, known, progress } = options;
  const { schema } = database;
  const [base] = await database.run<AuditHeadRow>(readAuditBase(schema));
  const [head] = await database.run<AuditHeadRow>(readAuditHead(schema));
  if (base === undefined || head === undefined) throw new Error('The tables of the log were emptied');
  const typeCode = context.typeCodes.get('AuditEvent') ?? 0;
  const [stored] = await database.run<{ count: string }>(countLogEvents(schema, typeCode, logIdPrefix));
  const walk = new Walk(base, key);
  const counts: Counts = { events: 0, open: 0 };
  const [first, last] = [Number(base.seq), Number(head.seq)];
  let told = first === 0;
  let fault: string | undefined;
  try {
    for (;;) {
      const rows = (await database.run<OpenRow>(auditPage(schema, walk.seq, last, pageRows))).map(logRow);
      for (const row of rows) {
        walk.step(row);
        const upTo = givenUp(readEntry(row))?.split(':');
        told ||= upTo !== undefined && (Number(upTo[0]) > first || (Number(upTo[0]) === first && upTo[1] === base.hash));
        if (row.seq === known?.seq && row.hash !== known.hash) throw new Broken(`Entry ${row.seq} is not the one that was written down.`);
      }
      if (rows.length === 0) break;
      await compareEvents(options, rows, counts);
      progress?.(walk.seq - first, last - first);
    }
    checkEnd(options, walk, head, { first, told, stored: Number(stored?.count ?? 0), made: counts.events });
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    fault = error.message;
  }
  const end = { seq: walk.seq, hash: walk.hash };
  return { entries: walk.seq - first, ...counts, keyedFrom: walk.keyedFrom, head: end, fault };
}

interface End {
  readonly first: number;
  readonly told: boolean;
  /** AuditEvents in the store at the beginning. */
  readonly stored: number;
  readonly made: number;
}

/** What no single row can tell. */
function checkEnd({ key, known }: VerifyOptions, walk: Walk, head: AuditHeadRow, { first, told, stored, made }: End): void {
  if (walk.seq !== Number(head.seq) || walk.hash !== head.hash)
    throw new Broken(`The log ends with entry ${walk.seq}, but its head is at entry ${head.seq}: the end was cut off or the head moved.`);
  if (known !== undefined && (known.seq > walk.seq || known.seq <= first))
    throw new Broken(`Entry ${known.seq}, which was written down, is not in the log, which has entries ${first + 1} to ${walk.seq}.`);
  if (!told) throw new Broken(`The log begins with entry ${first + 1}, but no entry tells that those before were given up.`);
  if (key !== undefined && walk.seq > first && walk.keyedFrom === undefined)
    throw new Broken(
      'AUDIT_KEY is set, but no entry was made with it: start the server with the key once, or the log was made anew without it.',
    );
  if (stored > made)
    throw new Broken(
      `${stored - made} AuditEvents of the log stand in the store that no entry explains: entries were removed, or they were put there.`,
    );
}
