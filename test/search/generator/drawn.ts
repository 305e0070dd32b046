/** A value to search by, drawn from one that occurs: it, a part of it, or what narrowly misses it. */

export interface Drawn {
  /** With its colon, or ''. */
  readonly modifier: string;
  /** As a search parameter writes it, not yet encoded for a URL. */
  readonly value: string;
}

export const plain = (value: string): Drawn => ({ modifier: '', value });
export const modified = (modifier: string, value: string): Drawn => ({ modifier: `:${modifier}`, value });
