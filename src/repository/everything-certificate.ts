/** Counts and a digest of what was told of a record, so that others can check that it was all. */
import { createHash } from 'node:crypto';
import type { EverythingCertificate } from './repository.ts';

export class Certifying {
  readonly #lines: string[] = [];
  readonly #counts = new Map<string, number>();

  add(type: string, id: string, version: string | number): void {
    this.#lines.push(`${type}/${id}/${version}`);
    this.#counts.set(type, (this.#counts.get(type) ?? 0) + 1);
  }

  /** Sorted by their characters; all of them are ASCII. */
  certificate(snapshot: string): EverythingCertificate {
    const digest = createHash('sha256').update(this.#lines.sort().join('\n')).digest('hex');
    const counts = [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1));
    return { snapshot, total: this.#lines.length, counts, digest };
  }
}
