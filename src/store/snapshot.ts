/**
 * Moments of the database that are held, so that another connection can see it as it was then.
 * https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-SNAPSHOT-SYNCHRONIZATION
 */
import type pg from 'pg';
import { type CopySession, openCopySession } from './copy-out.ts';
import { instantOf } from './instant.ts';
import { earliestWrite } from './statement/export.ts';

export interface Moment {
  /** What PostgreSQL calls the snapshot. */
  readonly snapshot: string;
  /** FHIR instant: whatever was written up to it can be seen. Writes that were under way are later. */
  readonly at: string;
}

export interface HeldMoment extends Moment {
  release(): Promise<void>;
}

const begin = { text: 'begin isolation level repeatable read', values: [] };

/** A transaction that sees one moment; closing it gives up what it wrote, unless it was committed. */
export async function openMoment(connection: pg.PoolConfig, schema: string, name: string): Promise<{ session: CopySession; at: string }> {
  const session = await openCopySession(connection, name);
  try {
    const [row] = await session.run<{ at: string }>(earliestWrite(schema));
    await session.run(begin);
    return { session, at: instantOf(row?.at ?? '') };
  } catch (fault) {
    await session.close();
    throw fault;
  }
}

export async function holdMoment(connection: pg.PoolConfig, schema: string): Promise<HeldMoment> {
  const { session, at } = await openMoment(connection, schema, 'anamnesis: moment');
  try {
    const [row] = await session.run<{ snapshot: string }>({ text: 'select pg_export_snapshot() as snapshot', values: [] });
    return { snapshot: row?.snapshot ?? '', at, release: () => session.close() };
  } catch (fault) {
    await session.close();
    throw fault;
  }
}

const isSnapshot = /^[0-9A-F-]{1,64}$/;

/** The same moment, as long as it is held; otherwise the present one. */
export async function adoptMoment(
  connection: pg.PoolConfig,
  schema: string,
  moment: Moment | undefined,
): Promise<{ session: CopySession; at: string }> {
  if (moment !== undefined && isSnapshot.test(moment.snapshot)) {
    const session = await openCopySession(connection, 'anamnesis: export');
    try {
      await session.run(begin);
      await session.run({ text: `set transaction snapshot '${moment.snapshot}'`, values: [] });
      return { session, at: moment.at };
    } catch {
      await session.close();
    }
  }
  return openMoment(connection, schema, 'anamnesis: export');
}
