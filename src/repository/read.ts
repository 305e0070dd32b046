/** Reads by id: requests that arrive together share one statement. https://hl7.org/fhir/R4/http.html#read, #vread */
import type { Session } from '../store/database.ts';
import { readCurrent, readVersion, type VersionRecord } from '../store/statement/read.ts';
import type { Target } from '../store/statement/target.ts';
import type { Statement } from '../store/statement.ts';
import type { TypeCodes } from '../store/type-code.ts';
import type { StoredVersion } from './stored-version.ts';
import { storedVersion } from './stored-version.ts';
import { targetOf } from './target.ts';

/** Statements under way at once, and targets in one. */
const lanes = 2;
const gatherSize = 128;

interface Waiting<T> {
  readonly target: Target;
  readonly resolve: (row: T | undefined) => void;
  readonly reject: (fault: unknown) => void;
}

export type ReadRow<T extends VersionRecord = VersionRecord> = (target: Target) => Promise<T | undefined>;

/** A statement that reads many rows by their targets. */
export type ReadRows = (schema: string, list: readonly Target[]) => Statement;

/** While a statement is under way, further reads wait together for the next one. */
export function gatheredReads<T extends VersionRecord>(session: Session, schema: string, rowsOf: ReadRows = readCurrent): ReadRow<T> {
  const queue: Waiting<T>[] = [];
  let underWay = 0;

  const runOne = async (): Promise<void> => {
    const some = queue.splice(0, gatherSize);
    try {
      const rows = await session.run<T>(
        rowsOf(
          schema,
          some.map((waiting) => waiting.target),
        ),
      );
      const byKey = new Map(rows.map((row) => [`${row.tc}/${row.id}`, row]));
      for (const { target, resolve } of some) resolve(byKey.get(`${target.typeCode}/${target.id}`));
    } catch (fault) {
      for (const { reject } of some) reject(fault);
    }
  };

  const drain = async (): Promise<void> => {
    underWay++;
    while (queue.length > 0) await runOne();
    underWay--;
  };

  return (target) =>
    new Promise((resolve, reject) => {
      queue.push({ target, resolve, reject });
      if (underWay < lanes && queue.length === 1) setImmediate(() => void drain());
    });
}

/** One read at a time, for a session that is bound to an open transaction. */
export const singleReads =
  <T extends VersionRecord>(session: Session, schema: string, rowsOf: ReadRows = readCurrent): ReadRow<T> =>
  async (target) =>
    (await session.run<T>(rowsOf(schema, [target])))[0];

export async function read(readRow: ReadRow, typeCodes: TypeCodes, type: string, id: string): Promise<StoredVersion | undefined> {
  const target = targetOf(typeCodes, type, id);
  if (target === undefined) return undefined;
  const row = await readRow(target);
  return row && storedVersion(type, row);
}

/** Undefined when the version never existed; version ids other than the server's numbers never did. */
export async function vread(
  session: Session,
  schema: string,
  typeCodes: TypeCodes,
  type: string,
  id: string,
  versionId: string,
): Promise<StoredVersion | undefined> {
  const target = targetOf(typeCodes, type, id);
  if (target === undefined || !/^[1-9]\d{0,8}$/.test(versionId)) return undefined;
  const rows = await session.run<VersionRecord>(readVersion(schema, target, Number(versionId)));
  return rows[0] && storedVersion(type, rows[0]);
}
