/** A row of the store as the version that the layers above know. */
import { instantOf } from '../store/instant.ts';
import { methodOf } from '../store/method.ts';
import type { VersionRecord } from '../store/statement/read.ts';
import type { StoredVersion } from './repository.ts';

export const storedVersion = (type: string, row: VersionRecord): StoredVersion => ({
  type,
  id: row.id,
  rid: row.rid,
  versionId: String(row.ver),
  lastUpdated: instantOf(row.upd),
  method: methodOf(row.method),
  body: row.body,
});
