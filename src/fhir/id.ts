/**
 * Resource ids: the grammar of the specification, the ids the server makes, and the bucket that an id carries.
 * https://hl7.org/fhir/R4/datatypes.html#id, UUID version 7: RFC 9562 section 5.7
 */
import { randomFillSync } from 'node:crypto';

const idPattern = /^[A-Za-z0-9\-.]{1,64}$/;

export const isId = (text: string): boolean => idPattern.test(text);

/** Buckets are 12 bits: they spread patients over shards without splitting one. */
export const bucketCount = 4096;

const serverMade = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const pool = Buffer.allocUnsafe(8 * 512);
let used = pool.length;

function randomBytes(): Buffer {
  if (used >= pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 8;
  return pool.subarray(used - 8, used);
}

/** A new time-ordered id (UUID version 7) whose 12 bits after the version carry the bucket, so that an id can be routed without a look-up. */
export function newId(now: number, bucket: number): string {
  const random = randomBytes();
  random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
  const time = now.toString(16).padStart(12, '0');
  const tail = random.toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${bucket.toString(16).padStart(3, '0')}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

/** A bucket for a resource that belongs to no patient yet. */
export function randomBucket(): number {
  return randomBytes().readUInt16LE(6) & (bucketCount - 1);
}

/** The bucket of an id: read from an id of the server's form, hashed (FNV-1a, 32 bits folded to 12) from any other. */
export function bucketOf(id: string): number {
  if (id.length === 36 && serverMade.test(id)) return Number.parseInt(id.slice(15, 18), 16);
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return ((hash >>> 20) ^ (hash >>> 8) ^ hash) & (bucketCount - 1);
}
