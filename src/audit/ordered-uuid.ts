/** UUIDs that begin with the time: neighbours in an index, where random ones would each touch a page of their own. RFC 9562, section 5.7 */
import { randomUUID } from 'node:crypto';

export function orderedUuid(ms: number): string {
  const time = ms.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
