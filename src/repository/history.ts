/** History of an instance, a type or the whole system, page by page. https://hl7.org/fhir/R4/http.html#history */
import { selfHash } from '../search/link-token.ts';
import type { Session } from '../store/database.ts';
import { type HistoryFilter, history as historyStatement } from '../store/statement/history.ts';
import type { VersionRecord } from '../store/statement/read.ts';
import type { TypeCodes } from '../store/type-code.ts';
import type { HistoryPage, HistoryRange, HistoryScope } from './repository.ts';
import { type PositionScope, signPosition, verifyPosition } from './signed-position.ts';
import type { StoredVersion } from './stored-version.ts';
import { storedVersion } from './stored-version.ts';

export interface HistoryContext {
  readonly schema: string;
  readonly typeCodes: TypeCodes;
  readonly typeNames: ReadonlyMap<number, string>;
  /** Page links are bound to the caller. */
  readonly secret: string;
  readonly principalId: string;
}

export async function history(session: Session, context: HistoryContext, scope: HistoryScope, range: HistoryRange): Promise<HistoryPage> {
  const filter = filterOf(context, scope, range);
  const rows = await session.run<VersionRecord>(historyStatement(context.schema, { ...filter, limit: range.count + 1 }));
  return pageOf(context, scope, range, rows);
}

/** The question that a position belongs to: how many versions a page has may change on the way. */
const positionScope = ({ secret, principalId }: HistoryContext, { type, id }: HistoryScope, range: HistoryRange): PositionScope => ({
  secret,
  bound: [principalId, 'history', type, id, range.since, range.before, range.at, range.ascending],
});

export function filterOf(context: HistoryContext, scope: HistoryScope, range: HistoryRange): Omit<HistoryFilter, 'limit'> {
  const { typeCodes } = context;
  return {
    ...(scope.type === undefined ? {} : { typeCode: typeCodes.get(scope.type) ?? 0 }),
    ...(scope.id === undefined ? {} : { id: scope.id, self: selfHash(scope.type ?? '', scope.id) }),
    ...(range.since === undefined ? {} : { since: range.since }),
    ...(range.before === undefined ? {} : { before: range.before }),
    ...(range.at === undefined ? {} : { at: range.at }),
    ...(range.after === undefined ? {} : { after: positionAfter(verifyPosition(positionScope(context, scope, range), range.after)) }),
    ascending: range.ascending ?? false,
  };
}

/** Of one row more than the page has, if there is one. */
export function pageOf(context: HistoryContext, scope: HistoryScope, range: HistoryRange, rows: readonly VersionRecord[]): HistoryPage {
  const { typeNames } = context;
  const versions = rows.slice(0, range.count).map((row) => storedVersion(typeNames.get(row.tc) ?? '', row));
  if (rows.length > range.count) return { versions, ...nextAfter(positionScope(context, scope, range), versions.at(-1)) };
  return range.after === undefined ? { versions, total: versions.length } : { versions };
}

const nextAfter = (scope: PositionScope, last: StoredVersion | undefined): { next?: string } =>
  last === undefined ? {} : { next: signPosition(scope, [last.lastUpdated, last.rid, last.versionId]) };

const positionAfter = ([upd = '', rid = '', ver = 0]: readonly (string | number)[]): { upd: string; rid: string; ver: number } => ({
  ...{ upd: String(upd), rid: String(rid), ver: Number(ver) },
});
