/**
 * Secrets of 256 random bits: handed out once, kept as a hash, found again by the hash alone.
 * https://www.rfc-editor.org/rfc/rfc6749#section-10.10
 */
import { createHash, randomBytes } from 'node:crypto';

export interface Secret {
  /** What the holder gets: 43 characters of base64url. */
  readonly text: string;
  /** SHA-256 of the text, as the tables keep it. */
  readonly hash: Buffer;
}

/** No salt and no slow hash: nobody can try out 256 random bits. */
export const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

export function newSecret(): Secret {
  const text = randomBytes(32).toString('base64url');
  return { text, hash: hashOf(text) };
}
