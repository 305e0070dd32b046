/** Gives up entries that an operator need not keep any longer: never by itself, and never without an entry that tells of it. */

import { selfHash } from '../search/link-token.ts';
import type { Database } from '../store/database.ts';
import { giveUpAudit, readAuditBase, type SheetRow, sheetPage } from '../store/statement/audit.ts';
import { eventId, type LogRow, logRows, readEntry } from './audit-event.ts';
import { patientsOf } from './entry.ts';
import type { RecordEvent } from './security-event.ts';
import { headOf, linesOf, type Sheet } from './sheet.ts';
import { sheetOf } from './sorting.ts';
import { gaveUp } from './verify.ts';

const pageSheets = 100;

const selvesOf = (row: LogRow): string[] => patientsOf(readEntry(row)).map((patient) => selfHash('AuditEvent', eventId(row, patient)));

async function* sheetsBehind({ schema, run }: Database, from: number): AsyncGenerator<readonly Sheet[]> {
  for (let after = from; ; ) {
    const sheets = (await run<SheetRow>(sheetPage(schema, after, pageSheets))).map(sheetOf);
    const last = sheets.at(-1);
    if (last === undefined) return;
    yield sheets;
    after = headOf(last).seq;
  }
}

const isOlder = (sheet: Sheet, before: string): boolean => linesOf(sheet).every(({ at }) => at < before);

/** The last sheet before the first that holds anything younger: sheets are given up whole. */
async function lastOlder(database: Database, from: number, before: string): Promise<Sheet | undefined> {
  let last: Sheet | undefined;
  for await (const sheets of sheetsBehind(database, from))
    for (const sheet of sheets) {
      if (!isOlder(sheet, before)) return last;
      last = sheet;
    }
  return last;
}

export interface Retention {
  readonly database: Database;
  readonly record: RecordEvent;
  /** Nothing may be given up that nobody has sorted. */
  readonly sort: () => Promise<void>;
}

/** Answers how many entries were given up. What is broken off goes on when it is asked for again. */
export async function giveUp({ database, record, sort }: Retention, before: Date, account: string): Promise<number> {
  const { schema } = database;
  const [base] = await database.run<{ seq: string }>(readAuditBase(schema));
  const first = Number(base?.seq ?? 0);
  const last = await lastOlder(database, first, before.toISOString());
  if (last === undefined) return 0;
  const end = headOf(last);
  await record({ kind: 'audit', outcome: 'success', detail: gaveUp(end.seq, end.hash), account });
  await sort();
  for await (const sheets of sheetsBehind(database, first)) {
    const some = sheets.filter(({ seq }) => seq <= end.seq);
    const given = some.at(-1);
    if (given !== undefined)
      await database.transaction((session) => session.finish(giveUpAudit(schema, headOf(given), some.flatMap(logRows).flatMap(selvesOf))));
    if (some.length < sheets.length) break;
  }
  return end.seq - first;
}
