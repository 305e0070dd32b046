/** Sorts what was appended: for whom AuditEvents are to be made, and which entries writes need not keep any longer. */
import type { Database, Session } from '../store/database.ts';
import { instantOf } from '../store/instant.ts';
import { lockSorted, oldPending, readSorted, type SheetRow, sheetPage, sortAudit } from '../store/statement/audit.ts';
import { type Entry, patientsOf } from './entry.ts';
import { type Line, linesOf, type Sheet } from './sheet.ts';

/** Sheets of one transaction. */
const most = 100;

export const sheetOf = ({ seq, count, entries, hash }: SheetRow): Sheet => ({ seq: Number(seq), count, entries, hash });

const sheetsAfter = async (session: Session, schema: string, after: number): Promise<Sheet[]> =>
  (await session.run<SheetRow>(sheetPage(schema, after, most))).map(sheetOf);

const whom = (text: string): readonly string[] => patientsOf(JSON.parse(text) as Entry);

function sorted(schema: string, sheets: readonly Sheet[]) {
  const open: { patient: string; seq: number }[] = [];
  const written: string[] = [];
  for (const sheet of sheets)
    linesOf(sheet).forEach(({ entry, pending = [] }, i) => {
      for (const patient of whom(entry)) open.push({ patient, seq: sheet.seq + i });
      written.push(...pending);
    });
  const last = sheets.at(-1);
  return last === undefined ? [] : sortAudit(schema, last.seq + last.count - 1, open, written);
}

export interface Sorter {
  /** All that is there now; `tryOnly`: unless another process is at it. */
  sort(tryOnly?: boolean): Promise<void>;
  /** What writes prepared before the instant and nobody appended, at most so many. Right while nobody appends. */
  leftBehind(session: Session, before: string, limit: number): Promise<readonly (Line & { readonly id: string })[]>;
}

export function sorter(database: Database): Sorter {
  const { schema } = database;

  const page = (tryOnly: boolean): Promise<boolean> =>
    database.transaction(async (session) => {
      const [mark] = await session.run<{ seq: string }>(lockSorted(schema, tryOnly));
      if (mark === undefined) return false;
      const sheets = await sheetsAfter(session, schema, Number(mark.seq));
      await session.finish(sorted(schema, sheets));
      return sheets.length === most;
    });

  /** Those whose entry is in the chain and not sorted yet. */
  const taken = async (session: Session): Promise<Set<string>> => {
    const ids = new Set<string>();
    const [mark] = await session.run<{ seq: string }>(readSorted(schema));
    for (let after = Number(mark?.seq ?? 0); ; ) {
      const sheets = await sheetsAfter(session, schema, after);
      for (const sheet of sheets) for (const { pending = [] } of linesOf(sheet)) for (const id of pending) ids.add(id);
      const last = sheets.at(-1);
      if (last === undefined || sheets.length < most) return ids;
      after = last.seq + last.count - 1;
    }
  };

  return {
    sort: async (tryOnly = false) => {
      while (await page(tryOnly));
    },
    leftBehind: async (session, before, limit) => {
      const rows = await session.run<{ id: string; at: string; entry: string }>(oldPending(schema, before, limit));
      if (rows.length === 0) return [];
      const known = await taken(session);
      return rows.flatMap(({ id, at, entry }) => (known.has(id) ? [] : [{ id, at: instantOf(at), entry, pending: [id] }]));
    },
  };
}
