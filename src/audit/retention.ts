/** Gives up entries that an operator need not keep any longer: never by itself, and never without an entry that tells of it. */

import { selfHash } from '../search/link-token.ts';
import type { Database } from '../store/database.ts';
import { type AuditHeadRow, auditPage, giveUpAudit, lastBefore, type OpenRow, readAuditBase } from '../store/statement/audit.ts';
import { eventId, type LogRow, readEntry } from './audit-event.ts';
import { patientsOf } from './entry.ts';
import { logRow } from './project.ts';
import type { RecordEvent } from './security-event.ts';
import { gaveUp } from './verify.ts';

const pageRows = 500;

const selvesOf = (row: LogRow): string[] => patientsOf(readEntry(row)).map((patient) => selfHash('AuditEvent', eventId(row.hash, patient)));

/** Answers how many entries were given up. What is broken off goes on when it is asked for again. */
export async function giveUp(database: Database, record: RecordEvent, before: Date, account: string): Promise<number> {
  const { schema } = database;
  const [last] = await database.run<AuditHeadRow>(lastBefore(schema, before.toISOString()));
  if (last === undefined) return 0;
  const upTo = Number(last.seq);
  await record({ kind: 'audit', outcome: 'success', detail: gaveUp(upTo, last.hash), account });
  const [base] = await database.run<AuditHeadRow>(readAuditBase(schema));
  let after = Number(base?.seq ?? 0);
  const first = after;
  for (;;) {
    const rows = (await database.run<OpenRow>(auditPage(schema, after, upTo, pageRows))).map(logRow);
    const end = rows.at(-1);
    if (end === undefined) return after - first;
    await database.transaction((session) => session.finish(giveUpAudit(schema, end, rows.flatMap(selvesOf))));
    after = end.seq;
  }
}
