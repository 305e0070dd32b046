/** A row of the store as the version that the layers above know. */
import { instantOf } from '../store/instant.ts';
import { methodOf } from '../store/method.ts';
import type { VersionRecord } from '../store/statement/read.ts';
import type { StoredVersion } from './repository.ts';

/** What every resource's text begins with. It repeats columns of the row, so that only what follows is stored (the tail). */
export const headOf = (type: string, id: string, versionId: string | number, lastUpdated: string): string =>
  `{"resourceType":"${type}","id":"${id}","meta":{"versionId":"${versionId}","lastUpdated":"${lastUpdated}"`;

export function storedVersion(type: string, row: VersionRecord): StoredVersion {
  const lastUpdated = instantOf(row.upd);
  return {
    type,
    id: row.id,
    rid: row.rid,
    versionId: String(row.ver),
    lastUpdated,
    method: methodOf(row.method),
    body: row.body === null ? null : headOf(type, row.id, row.ver, lastUpdated) + row.body,
  };
}
