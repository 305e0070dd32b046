/**
 * The 64-bit hash that turns index texts into tokens: XXH64 with seed 0 over UTF-8, as signed decimal text (PostgreSQL bigint).
 * https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
 */
import xxhash from 'xxhash-wasm';

const { h64 } = await xxhash();

/** Recorded in the database: an index made with another version must be rebuilt. */
export const hashVersion = 4;

/** Two generations of this many texts are remembered: codes and systems repeat, ids of patients repeat within a load. */
const generationSize = 20_000;
const longestRemembered = 160;

let young = new Map<string, string>();
let old = new Map<string, string>();

/** XXH64 of the text, such as `-1205034819632174695`. */
export function hash64(text: string): string {
  if (text.length > longestRemembered) return compute(text);
  return young.get(text) ?? recall(text);
}

function recall(text: string): string {
  const hash = old.get(text) ?? compute(text);
  remember(text, hash);
  return hash;
}

/**
 * The token of a link: the hash of one text XOR the hash of another. SQL can take it apart again when it knows one of the two, and so
 * go from a resource to those that refer to it, and back.
 */
export function linkHash(from: string, to: string): string {
  const key = from + to;
  const known = young.get(key) ?? old.get(key);
  if (known !== undefined) return known;
  const hash = BigInt.asIntN(64, h64(from) ^ h64(to)).toString();
  if (key.length <= longestRemembered) remember(key, hash);
  return hash;
}

/** The same of two texts that are hashed already. */
export const linkOf = (from: string, to: string): string => BigInt.asIntN(64, BigInt(from) ^ BigInt(to)).toString();

const compute = (text: string): string => BigInt.asIntN(64, h64(text)).toString();

function remember(text: string, hash: string): void {
  if (young.size >= generationSize) {
    old = young;
    young = new Map();
  }
  young.set(text, hash);
}
