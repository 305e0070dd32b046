/** What was gathered, handed on while more is gathered: texts up to a bound, beyond it numbers by which the versions are read again. */
import type { Session } from '../store/database.ts';
import { versionsOf } from '../store/statement/everything.ts';
import type { OwnedVersion } from './everything-context.ts';
import type { Numbers } from './everything-gather.ts';
import type { EntryText } from './repository.ts';

/** Texts that wait for the client, in characters. */
const mostWaiting = 8_000_000;
/** Versions read again in one statement. */
const chunk = 500;

type Numbered = Pick<OwnedVersion, 'rid' | 'ver'>;

interface Batch {
  readonly rows?: readonly OwnedVersion[];
  readonly text?: EntryText;
  readonly numbers?: readonly Numbered[];
  readonly size: number;
}

const sizeOf = (rows: readonly OwnedVersion[]): number => rows.reduce((sum, { body }) => sum + (body?.length ?? 0), 0);

export class Sequence {
  readonly #batches: Batch[] = [];
  #waiting = 0;
  #ended = false;
  #fault: unknown;
  #wake: (() => void) | undefined;
  /** Whoever listened went away. */
  isStopped = false;

  add(rows: readonly OwnedVersion[]): void {
    if (rows.length === 0) return;
    const size = sizeOf(rows);
    if (this.#waiting + size <= mostWaiting || this.#batches.length === 0) this.#batches.push({ rows, size });
    else this.#batches.push({ numbers: rows.map(({ rid, ver }) => ({ rid, ver })), size: 0 });
    this.#waiting += this.#batches.at(-1)?.size ?? 0;
    this.#tell();
  }

  addText(text: EntryText, { rids, vers }: Numbers): void {
    const size = text.text.length;
    if (this.#waiting + size <= mostWaiting || this.#batches.length === 0) this.#batches.push({ text, size });
    else this.#batches.push({ numbers: rids.map((rid, i) => ({ rid, ver: Number(vers[i]) })), size: 0 });
    this.#waiting += this.#batches.at(-1)?.size ?? 0;
    this.#tell();
  }

  end(fault?: unknown): void {
    this.#ended = true;
    this.#fault ??= fault;
    this.#tell();
  }

  /** In the order added; versions that are read again are those that were gathered. */
  async *batches(session: Session, schema: string): AsyncGenerator<readonly OwnedVersion[] | EntryText> {
    try {
      for (;;) {
        const batch = this.#batches.shift();
        if (batch === undefined) {
          if (this.#fault !== undefined) throw this.#fault;
          if (this.#ended) return;
          await new Promise<void>((resolve) => (this.#wake = resolve));
          continue;
        }
        this.#waiting -= batch.size;
        if (batch.text !== undefined) yield batch.text;
        else if (batch.rows !== undefined) yield batch.rows;
        else yield* readAgain(session, schema, batch.numbers ?? []);
      }
    } finally {
      this.isStopped = true;
    }
  }

  #tell(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}

export async function* readAgain(session: Session, schema: string, numbers: readonly Numbered[]): AsyncGenerator<readonly OwnedVersion[]> {
  for (let from = 0; from < numbers.length; from += chunk) {
    const some = numbers.slice(from, from + chunk);
    yield await session.run<OwnedVersion>(
      versionsOf(
        schema,
        some.map(({ rid }) => rid),
        some.map(({ ver }) => ver),
      ),
    );
  }
}
