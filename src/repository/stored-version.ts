/** A row of the store as the version that the layers above know. */
import { instantOf } from '../store/instant.ts';
import { methodOf } from '../store/method.ts';
import type { VersionRecord } from '../store/statement/read.ts';

/** One version of a resource. */
export interface StoredVersion {
  readonly type: string;
  readonly id: string;
  /** Internal row number; never shown to clients. */
  readonly rid: string;
  readonly versionId: string;
  /** FHIR instant with milliseconds, UTC: `2026-01-31T12:00:00.000Z`. */
  readonly lastUpdated: string;
  /** How this version came to be. */
  readonly method: 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  /** The whole resource as JSON text (id and meta set), ready to send; null = deleted. */
  readonly body: string | null;
  /** `MedicationRequest/23`: the version is that of a resource, of which this is a contained one. */
  readonly container?: string;
}

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
