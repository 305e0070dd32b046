/** One byte range of a Binary. https://www.rfc-editor.org/rfc/rfc9110.html#name-range-requests */

export interface ByteRange {
  /** First and last byte, both inclusive. */
  readonly first: number;
  readonly last: number;
}

const single = /^bytes\s*=\s*(\d{0,15})\s*-\s*(\d{0,15})\s*$/i;

function satisfiable(first: number, last: number, length: number): ByteRange | 'unsatisfiable' {
  return first < length && first <= last ? { first, last: Math.min(last, length - 1) } : 'unsatisfiable';
}

/** Undefined: the header is absent, not understood or asks for several ranges; then the whole is sent. */
export function parseRange(header: string | undefined, length: number): ByteRange | 'unsatisfiable' | undefined {
  const match = header === undefined ? null : single.exec(header);
  if (match === null) return undefined;
  const [, from = '', to = ''] = match;
  if (from === '') return to === '' ? undefined : satisfiable(Math.max(0, length - Number(to)), to === '0' ? -1 : length - 1, length);
  if (to !== '' && Number(to) < Number(from)) return undefined;
  return satisfiable(Number(from), to === '' ? length - 1 : Number(to), length);
}

/** If-Range: the range counts only when the client's copy is still current; a weak ETag never proves that, but a version id does. */
export function rangeApplies(ifRange: string | undefined, etag: string | undefined, lastModified: string | undefined): boolean {
  return ifRange === undefined || ifRange === etag || ifRange === lastModified;
}
