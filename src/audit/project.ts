/** Makes AuditEvents of entries and puts them into the store, where they are found and guarded like any resource; each exactly once. */
import { refusal } from '../fhir/outcome.ts';
import { containedOf } from '../repository/commit/contained.ts';
import type { CommitContext } from '../repository/commit/context.ts';
import type { CommitContexts } from '../repository/commit/contexts.ts';
import { type Prepared, prepare } from '../repository/commit/prepared.ts';
import { rowNumbers } from '../repository/commit/row-number.ts';
import { type Database, type Session, sqlState } from '../store/database.ts';
import { methodCode } from '../store/method.ts';
import { anyOpen, type OpenRow, type SheetRow, sheetsWith, takeOpen } from '../store/statement/audit.ts';
import { indexChanged } from '../store/statement/index-version.ts';
import { insertStatement, type VersionRow } from '../store/statement/write.ts';
import { auditEventOf, type LogRow, logRows } from './audit-event.ts';
import { sheetOf } from './sorting.ts';

export interface ProjectContext {
  readonly database: Database;
  readonly contexts: CommitContexts;
  readonly now: () => Date;
  /** Of what was appended: what is not sorted is not known to be open. */
  readonly sort: () => Promise<void>;
}

export interface Projector {
  /** Makes those of the patients, or all, that are open now. Rejects with 503 when there are too many for one request. */
  settle(patients?: readonly string[]): Promise<void>;
  /** Makes those that are open now as far as the milliseconds reach. What is not made by then comes to be later, and is of that moment. */
  settleWithin(patience: number): Promise<void>;
  /** Makes some: answers how many. */
  some(): Promise<number>;
}

const batch = 200;
/** Longer than this nobody waits. */
const patienceMs = 20_000;

/** What the store holds of the AuditEvent. */
export function preparedEvent(context: CommitContext, row: LogRow, patient: string): Prepared {
  const resource = auditEventOf(row, patient);
  return prepare(context, resource, resource.id as string);
}

function versionRow(context: CommitContext, row: LogRow, patient: string, rid: string): VersionRow {
  const { id, tail, index } = preparedEvent(context, row, patient);
  return {
    ...{ rid, id, index, body: tail, versionId: 1, method: methodCode('POST'), isNew: true },
    typeCode: context.typeCodes.get('AuditEvent') ?? 0,
    lastUpdated: context.now().toISOString(),
    ...containedOf(context.typeCodes, index, undefined),
  };
}

const tooMany = (): Error =>
  refusal('transient', 'The AuditEvents that this asks for are still being made of the log of accesses: ask again, or for one patient.', {
    headers: { 'retry-after': '10' },
  });

/** The entries of some numbers. */
async function rowsBySeq(session: Session, schema: string, numbers: readonly number[]): Promise<Map<number, LogRow>> {
  const wanted = new Set(numbers);
  const sheets = await session.run<SheetRow>(sheetsWith(schema, [...wanted]));
  const rows = sheets.flatMap((sheet) => logRows(sheetOf(sheet))).filter(({ seq }) => wanted.has(seq));
  return new Map(rows.map((row) => [row.seq, row]));
}

const entryOf = (rows: ReadonlyMap<number, LogRow>, seq: number): LogRow => {
  const row = rows.get(seq);
  if (row === undefined) throw new Error(`Entry ${seq} of the log of accesses is missing: anamnesis audit verify tells more`);
  return row;
};

export function projector({ database, contexts, now, sort }: ProjectContext): Projector {
  const { schema } = database;
  const reserve = rowNumbers(database, schema);

  const once = async (patients: readonly string[] | undefined): Promise<number> => {
    const context = contexts.current();
    const rid = await reserve(batch);
    return database.transaction(async (session) => {
      const open = await session.run<OpenRow>(takeOpen(schema, patients, batch));
      if (open.length === 0) return 0;
      const entries = await rowsBySeq(
        session,
        schema,
        open.map(({ seq }) => Number(seq)),
      );
      const rows = open.map(({ patient, seq }) => versionRow(context, entryOf(entries, Number(seq)), patient, rid()));
      await session.finish([insertStatement(schema, rows, context.stamp, context.texts.has)]);
      return rows.length;
    });
  };

  const some = async (patients?: readonly string[]): Promise<number> => {
    try {
      return await once(patients);
    } catch (fault) {
      if (sqlState(fault) !== indexChanged) throw fault;
      await contexts.renew();
      return once(patients);
    }
  };

  const isOpen = async (patients: readonly string[] | undefined): Promise<boolean> =>
    (await database.run(anyOpen(schema, patients))).length > 0;

  /** False when the time was too short. */
  const settled = async (patience: number, patients?: readonly string[]): Promise<boolean> => {
    const end = now().getTime() + patience;
    await sort();
    while (await isOpen(patients)) {
      if (now().getTime() > end) return false;
      await some(patients);
    }
    return true;
  };

  return {
    some,
    settle: async (patients) => {
      if (!(await settled(patienceMs, patients))) throw tooMany();
    },
    settleWithin: async (patience) => void (await settled(patience)),
  };
}
