/** The order in which new rows are written. */
import type { VersionRow } from './write.ts';

/** What is searched together stands together: resources of one type, and among them those that begin with the same tokens. */
export function byContent(one: VersionRow, other: VersionRow): number {
  if (one.typeCode !== other.typeCode) return one.typeCode - other.typeCode;
  const [own, others] = [one.index.tokens, other.index.tokens];
  const at = own.findIndex((token, i) => token !== others[i]);
  if (at < 0) return own.length - others.length;
  return (own[at] as string) < (others[at] ?? '') ? -1 : 1;
}
