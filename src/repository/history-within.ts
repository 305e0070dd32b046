/** History within an access: full pages of the versions that may be seen, and nothing that tells of others. https://hl7.org/fhir/R4/http.html#history */

import { type Named, reachedSql } from '../search/compile/within.ts';
import { isContained } from '../search/contained/type.ts';
import { reachedTypes } from '../search/restrict.ts';
import { type HistoryFilter, type HistoryRecord, history as historyStatement } from '../store/statement/history.ts';
import { filterOf, type HistoryContext, history, pageOf } from './history.ts';
import { lackingScope, reachesAll, versionsWithin } from './reaching.ts';
import { type Reading, rowWithin } from './read-within.ts';
import type { HistoryPage, HistoryRange, HistoryScope } from './repository.ts';

type HistoryReading = Reading & HistoryContext;

/** Versions looked at in one go. */
const leastLooked = 100;
const mostLooked = 1000;

/** Of one statement, and what the next one begins after. */
type Look = (filter: Omit<HistoryFilter, 'limit'>, limit: number) => Promise<readonly HistoryRecord[]>;

export async function historyWithin(reading: HistoryReading, scope: HistoryScope, range: HistoryRange): Promise<HistoryPage> {
  if (scope.type !== undefined && reachesAll(reading.access, scope.type)) return history(reading.session, reading, scope, range);
  return scope.type !== undefined && scope.id !== undefined
    ? ofInstance(reading, scope.type, scope.id, range)
    : ofMany(reading, scope, range);
}

async function ofInstance(reading: HistoryReading, type: string, id: string, range: HistoryRange): Promise<HistoryPage> {
  const row = await rowWithin(reading, type, id);
  if (row === undefined) return pageOf(reading, { type, id }, range, []);
  const standing = { cur: row.ver, del: row.body === null };
  const look: Look = async (filter, limit) => {
    const rows = await reading.session.run<HistoryRecord>(historyStatement(reading.compile.schema, { ...filter, limit }));
    return rows.map((each) => ({ ...each, ...standing }));
  };
  return collected(reading, { type, id }, range, look);
}

async function ofMany(reading: HistoryReading, scope: HistoryScope, range: HistoryRange): Promise<HistoryPage> {
  const { access, compile, session } = reading;
  const types = (scope.type === undefined ? [...reading.typeNames.values()].filter((type) => !isContained(type)) : [scope.type]).filter(
    (type) => access.restriction(type, 'r') !== undefined,
  );
  if (types.length === 0) throw lackingScope('*', 'r');
  const within = reachedSql(
    compile,
    reachedTypes(types, (type) => access.condition(type, ['r'])),
    namedPatients(reading, types),
  );
  const typeCodes = types.flatMap((type) => compile.typeCodes.get(type) ?? []);
  return collected(reading, scope, range, (filter, limit) =>
    session.run<HistoryRecord>(historyStatement(compile.schema, { ...filter, typeCodes, within, limit })),
  );
}

/** Types of which no more than the records of single patients are within reach, so that what was deleted must have named one of them. */
function namedPatients({ access }: HistoryReading, types: readonly string[]): Named {
  const patients = new Set<string>();
  const named = types.filter((type) => {
    const ids = (access.restriction(type, 'r')?.any ?? []).map((grant) => (grant.patients?.kind === 'one' ? grant.patients.id : undefined));
    if (ids.length === 0 || ids.includes(undefined)) return false;
    for (const id of ids) if (id !== undefined) patients.add(id);
    return true;
  });
  return { types: named, patients: [...patients] };
}

/** Looks on until the page is full, and one version more is known. */
async function collected(reading: HistoryReading, scope: HistoryScope, range: HistoryRange, look: Look): Promise<HistoryPage> {
  const found: HistoryRecord[] = [];
  let filter = filterOf(reading, scope, range);
  for (let limit = Math.max(leastLooked, range.count + 1); found.length <= range.count; limit = mostLooked) {
    const rows = await look(filter, limit);
    found.push(...(await versionsWithin(reading, rows)));
    const last = rows.at(-1);
    if (last === undefined || rows.length < limit) break;
    filter = { ...filter, after: { upd: last.upd, rid: last.rid, ver: last.ver } };
  }
  return pageOf(reading, scope, range, found);
}
