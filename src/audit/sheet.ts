/** A sheet of the log: the entries that were stored together, a line each. One row and one hash for all costs a fraction of a row for each. */
import { type Link, linkText } from './chain.ts';

/** An entry with its time, and the ids under which writes had prepared it. */
export interface Line {
  /** FHIR instant. */
  readonly at: string;
  /** JSON without line breaks. */
  readonly entry: string;
  readonly pending?: readonly string[] | undefined;
}

export interface Sheet {
  /** Number of its first entry. */
  readonly seq: number;
  readonly count: number;
  readonly entries: string;
  /** Hexadecimal. */
  readonly hash: string;
}

/** Where the chain ends. */
export interface Head {
  /** Number of the last sheet, and of the last entry in it. */
  readonly sheet: number;
  readonly seq: number;
  readonly hash: string;
}

export const headOf = ({ seq, count, hash }: Omit<Sheet, 'entries'>): Head => ({ sheet: seq, seq: seq + count - 1, hash });

const lineText = ({ at, entry, pending = [] }: Line): string =>
  pending.length === 0 ? `${at} ${entry}` : `${at} ${pending.join()} ${entry}`;

export function sheetAfter(link: Link, head: Head, lines: readonly Line[]): Sheet {
  const entries = lines.map(lineText).join('\n');
  const seq = head.seq + 1;
  return { seq, count: lines.length, entries, hash: link(head.hash, linkText(seq, entries)) };
}

/** Of a text that somebody changed nothing is sure: what cannot be split stands in `entry` as it is. */
function lineOf(text: string): Line {
  const brace = text.indexOf('{');
  const [at = '', pending] = text.slice(0, Math.max(0, brace)).split(' ');
  return { at, entry: text.slice(Math.max(0, brace)), pending: pending === undefined || pending === '' ? [] : pending.split(',') };
}

export const linesOf = ({ entries }: Pick<Sheet, 'entries'>): Line[] => entries.split('\n').map(lineOf);
