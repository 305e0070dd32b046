/** Walks the log from its beginning and says where it is broken: rows that were changed, removed or put in, and AuditEvents that tell otherwise. */

import type { CommitContext } from '../repository/commit/context.ts';
import { logIdPrefix } from '../repository/log-id.ts';
import { selfHash } from '../search/link-token.ts';
import type { Database } from '../store/database.ts';
import {
  countLogEvents,
  type OpenRow,
  openAmong,
  readAuditBase,
  readAuditEnd,
  readSorted,
  type SheetRow,
  sheetPage,
} from '../store/statement/audit.ts';
import { readCurrent, type VersionRecord } from '../store/statement/read.ts';
import { eventId, type LogRow, logRows, readEntry } from './audit-event.ts';
import { keyedLink, type Link, linkText, plainLink } from './chain.ts';
import { type Entry, isEvent, patientsOf } from './entry.ts';
import { preparedEvent } from './project.ts';
import { headOf, type Sheet } from './sheet.ts';
import { sheetOf } from './sorting.ts';

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

/** An entry, by its number and the hash of its sheet. */
export interface Known {
  readonly seq: number;
  readonly hash: string;
}

export interface VerifyOptions {
  readonly database: Database;
  readonly context: CommitContext;
  readonly key?: string | undefined;
  /** Entries and their hashes that were written down before. */
  readonly known?: readonly Known[] | undefined;
  readonly progress?: ((entries: number, total: number) => void) | undefined;
}

const pageSheets = 100;

/** Extraction for the index is not what is compared. */
const unindexed = (context: CommitContext): CommitContext => ({
  ...context,
  extract: () => ({ self: '', patient: '0', bucket: 0, low: null, high: null, tokens: [], numbers: [], strings: [], references: [] }),
});

class Broken extends Error {}

interface BaseRow {
  readonly seq: string;
  readonly hash: string;
}

const named = ({ seq, count }: Sheet): string => (count === 1 ? `Entry ${seq} does` : `Entries ${seq} to ${seq + count - 1} do`);

/** Follows the chain sheet by sheet. */
class Walk {
  seq: number;
  #hash: string;
  #keyedFrom: number | undefined;
  readonly #keyed: Link | undefined;

  constructor(base: BaseRow, key: string | undefined) {
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

  step(sheet: Sheet): void {
    const { seq, count, entries, hash } = sheet;
    if (seq !== this.seq + 1) throw new Broken(`Entry ${this.seq + 1} is missing: entry ${seq} comes after entry ${this.seq}.`);
    const text = linkText(seq, entries);
    const isKeyed = this.#keyed?.(this.#hash, text) === hash;
    const isPlain = !isKeyed && this.#keyedFrom === undefined && plainLink(this.#hash, text) === hash;
    if (!isKeyed && !isPlain) throw new Broken(`${named(sheet)} not fit to the one before: one of the two was changed.${this.#hint()}`);
    if (count !== entries.split('\n').length) throw new Broken(`${named(sheet)} not stand there: the number of entries was changed.`);
    if (isKeyed) this.#keyedFrom ??= seq;
    this.seq = headOf(sheet).seq;
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
    patientsOf(readEntry(row)).map((patient): Expected => ({ row, patient, id: eventId(row, patient) })),
  );
  const places = expected.map(({ row, patient }) => ({ patient, seq: row.seq }));
  // What is open is asked first: it may be made meanwhile, but never the other way round.
  const [mark] = await database.run<{ seq: string }>(readSorted(schema));
  const unsorted = Number(mark?.seq ?? 0);
  const open = new Set((await database.run<OpenRow>(openAmong(schema, places))).map(({ patient, seq }) => keyOf(patient, seq)));
  const targets = expected.map(({ id }) => ({ typeCode, id, self: selfHash('AuditEvent', id) }));
  const found = new Map((await database.run<VersionRecord>(readCurrent(schema, targets))).map((version) => [version.id, version]));
  for (const { row, patient, id } of expected) {
    const version = found.get(id);
    if (version === undefined && (row.seq > unsorted || open.has(keyOf(patient, row.seq)))) counts.open++;
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

const isTold = (text: string | undefined, base: BaseRow): boolean => {
  const [seq, hash] = text?.split(':') ?? [];
  return seq !== undefined && (Number(seq) > Number(base.seq) || (seq === base.seq && hash === base.hash));
};

export async function verifyAudit(options: VerifyOptions): Promise<Verification> {
  const { database, context, key, known = [], progress } = options;
  const { schema } = database;
  const [base] = await database.run<BaseRow>(readAuditBase(schema));
  const [mark] = await database.run<{ seq: string }>(readSorted(schema));
  const [end] = await database.run<SheetRow>(readAuditEnd(schema));
  if (base === undefined || mark === undefined || end === undefined) throw new Error('The tables of the log were emptied');
  const typeCode = context.typeCodes.get('AuditEvent') ?? 0;
  const [stored] = await database.run<{ count: string }>(countLogEvents(schema, typeCode, logIdPrefix));
  const walk = new Walk(base, key);
  const counts: Counts = { events: 0, open: 0 };
  const [first, last] = [Number(base.seq), headOf(sheetOf(end)).seq];
  const written = new Map(known.map(({ seq, hash }) => [seq, hash]));
  let told = first === 0;
  let fault: string | undefined;
  try {
    while (walk.seq < last) {
      const sheets = (await database.run<SheetRow>(sheetPage(schema, walk.seq, pageSheets))).map(sheetOf).filter(({ seq }) => seq <= last);
      if (sheets.length === 0) break;
      for (const sheet of sheets) walk.step(sheet);
      const rows = sheets.flatMap(logRows);
      for (const row of rows) {
        told ||= isTold(givenUp(readEntry(row)), base);
        if ((written.get(row.seq) ?? row.hash) !== row.hash) throw new Broken(`Entry ${row.seq} is not the one that was written down.`);
      }
      await compareEvents(options, rows, counts);
      progress?.(walk.seq - first, last - first);
    }
    checkEnd(options, walk, { first, told, stored: Number(stored?.count ?? 0), made: counts.events, sorted: Number(mark.seq) });
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    fault = error.message;
  }
  return { entries: walk.seq - first, ...counts, keyedFrom: walk.keyedFrom, head: { seq: walk.seq, hash: walk.hash }, fault };
}

interface End {
  readonly first: number;
  readonly told: boolean;
  /** AuditEvents in the store at the beginning. */
  readonly stored: number;
  readonly made: number;
  /** Up to where the log was sorted at the beginning. */
  readonly sorted: number;
}

/** What no single sheet can tell. */
function checkEnd({ key, known = [] }: VerifyOptions, walk: Walk, { first, told, stored, made, sorted }: End): void {
  const lost = known.find(({ seq }) => seq > walk.seq || seq <= first);
  if (lost !== undefined)
    throw new Broken(`Entry ${lost.seq}, which was written down, is not in the log, which has entries ${first + 1} to ${walk.seq}.`);
  if (sorted > walk.seq) throw new Broken(`The log ends with entry ${walk.seq}, but entry ${sorted} was there: the end was cut off.`);
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
