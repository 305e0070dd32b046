/** Makes AuditEvents of entries and puts them into the store, where they are found and guarded like any resource; each exactly once. */
import { refusal } from '../fhir/outcome.ts';
import { containedOf } from '../repository/commit/contained.ts';
import type { CommitContext } from '../repository/commit/context.ts';
import type { CommitContexts } from '../repository/commit/contexts.ts';
import { type Prepared, prepare } from '../repository/commit/prepared.ts';
import { rowNumbers } from '../repository/commit/row-number.ts';
import { type Database, sqlState } from '../store/database.ts';
import { instantOf } from '../store/instant.ts';
import { methodCode } from '../store/method.ts';
import { anyOpen, type OpenRow, takeOpen } from '../store/statement/audit.ts';
import { indexChanged } from '../store/statement/index-version.ts';
import { insertStatement, type VersionRow } from '../store/statement/write.ts';
import { auditEventOf, type LogRow } from './audit-event.ts';

export interface ProjectContext {
  readonly database: Database;
  readonly contexts: CommitContexts;
  readonly now: () => Date;
}

export interface Projector {
  /** Makes those of the patients, or all, that are open now. Rejects with 503 when there are too many for one request. */
  settle(patients?: readonly string[]): Promise<void>;
  /** Makes some: answers how many. */
  some(): Promise<number>;
}

const batch = 200;
/** Longer than this nobody waits. */
const patienceMs = 20_000;

export const logRow = ({ seq, at, entry, hash }: Omit<OpenRow, 'patient'>): LogRow => ({
  seq: Number(seq),
  at: instantOf(at),
  entry,
  hash,
});

/** What the store holds of the AuditEvent. */
export function preparedEvent(context: CommitContext, row: LogRow, patient: string): Prepared {
  const resource = auditEventOf(row, patient);
  return prepare(context, resource, resource.id as string);
}

function versionRow(context: CommitContext, open: OpenRow, rid: string): VersionRow {
  const { id, tail, index } = preparedEvent(context, logRow(open), open.patient);
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

export function projector({ database, contexts, now }: ProjectContext): Projector {
  const { schema } = database;
  const reserve = rowNumbers(database, schema);

  const once = async (patients: readonly string[] | undefined): Promise<number> => {
    const context = contexts.current();
    const rid = await reserve(batch);
    return database.transaction(async (session) => {
      const open = await session.run<OpenRow>(takeOpen(schema, patients, batch));
      const rows = open.map((one) => versionRow(context, one, rid()));
      await session.finish(rows.length === 0 ? [] : [insertStatement(schema, rows, context.stamp, context.texts.has)]);
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

  return {
    some,
    settle: async (patients) => {
      const end = now().getTime() + patienceMs;
      while (await isOpen(patients)) {
        if (now().getTime() > end) throw tooMany();
        await some(patients);
      }
    },
  };
}
