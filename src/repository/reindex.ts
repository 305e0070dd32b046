/** Indexes stored resources anew, a batch at a time. What others write meanwhile is right already: it is left alone, and counted. */
import { setImmediate as breathe } from 'node:timers/promises';
import { parseJson } from '../fhir/json.ts';
import { FhirError } from '../fhir/outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import { type Database, sqlState, type TransactionSession } from '../store/database.ts';
import { indexChanged } from '../store/statement/index-version.ts';
import { lockForReindex, type ReindexRow } from '../store/statement/reindex.ts';
import { reindexStatements, type VersionRow } from '../store/statement/write.ts';
import type { TypeCodes } from '../store/type-code.ts';
import { consentsAnew } from './commit/consent.ts';
import { containedOf } from './commit/contained.ts';
import type { CommitContext } from './commit/context.ts';
import type { CommitContexts } from './commit/contexts.ts';
import { relatingStatements } from './commit/relating.ts';
import { storedVersion } from './stored-version.ts';

export interface ReindexContext {
  readonly database: Database;
  readonly contexts: CommitContexts;
  readonly typeCodes: TypeCodes;
  readonly typeNames: ReadonlyMap<number, string>;
}

/** Rows that are extracted in one go: requests that wait are answered between. */
const sliceSize = 20;

/** A batch meets a change of the search parameters or a deadlock once, hardly ever twice. */
const mostAttempts = 5;
const passing = new Set([indexChanged, '40001', '40P01']);

/** `alongside` runs in the transaction that writes the rows. */
export async function reindexRows(
  context: ReindexContext,
  rows: readonly ReindexRow[],
  alongside: (session: TransactionSession) => Promise<void> = async () => undefined,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const under = context.contexts.current();
    try {
      return await writeRows(context, under, await extracted(context, under, rows), alongside);
    } catch (fault) {
      if (!passing.has(sqlState(fault) ?? '') || attempt === mostAttempts) throw fault;
      if (sqlState(fault) === indexChanged) await context.contexts.renew();
    }
  }
}

async function writeRows(
  { database }: ReindexContext,
  under: CommitContext,
  rows: readonly VersionRow[],
  alongside: (session: TransactionSession) => Promise<void>,
): Promise<void> {
  const { schema, stamp, texts } = under;
  await database.transaction(async (session) => {
    const standing = await versionsOf(session, schema, rows);
    const own = rows.filter((row) => standing.get(row.rid) === row.versionId);
    await alongside(session);
    await session.finish([
      ...reindexStatements(schema, own, stamp, texts.has),
      ...consentsAnew(under, own),
      ...relatingStatements(under, own),
    ]);
  });
}

/** The versions that stand, held until the end of the transaction. */
async function versionsOf(session: TransactionSession, schema: string, rows: readonly VersionRow[]): Promise<ReadonlyMap<string, number>> {
  if (rows.length === 0) return new Map();
  const found = await session.run<{ rid: string; ver: number }>(
    lockForReindex(
      schema,
      rows.map(({ rid }) => rid),
    ),
  );
  // Each row is either indexed here or was replaced by a writer who indexed it: none may be lost.
  if (found.length !== rows.length)
    throw new Error(`${rows.length - found.length} of ${rows.length} resources vanished while they were indexed`);
  return new Map(found.map(({ rid, ver }) => [rid, ver]));
}

async function extracted(context: ReindexContext, under: CommitContext, rows: readonly ReindexRow[]): Promise<VersionRow[]> {
  const found: VersionRow[] = [];
  for (let at = 0; at < rows.length; at += sliceSize) {
    for (const row of rows.slice(at, at + sliceSize)) found.push(...versionRow(context, under, row));
    await breathe();
  }
  return found;
}

/** An expression that cannot be evaluated: the refusal says on which resource. */
function located<T>(at: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof FhirError)) throw error;
    throw new FhirError(error.issues.map((issue) => ({ ...issue, expression: [at] })));
  }
}

/** Nothing for what is deleted, and for types that this server no longer knows. */
function versionRow({ typeNames, typeCodes }: ReindexContext, { extract, standard }: CommitContext, row: ReindexRow): VersionRow[] {
  const type = typeNames.get(row.tc) ?? '';
  if (row.body === null && !row.del) throw new Error(`row ${row.rid} has no stored version`);
  const body = standard.isResourceType(type) ? storedVersion(type, row).body : null;
  if (body === null) return [];
  // The bucket stands in the keys of the version: it is that of the row.
  const index = { ...located(`${type}/${row.id}`, () => extract(parseJson(body) as Resource)), bucket: row.sk };
  const { rid, tc, id, ver, upd, method } = row;
  const contained = containedOf(typeCodes, index, body);
  return [{ rid, typeCode: tc, id, versionId: ver, lastUpdated: upd, method, body, index, isNew: false, ...contained }];
}
