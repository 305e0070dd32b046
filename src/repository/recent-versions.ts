/**
 * Versions that were lately told, by row and number. What is committed never changes, so a page that leads to them again need not fetch
 * them: only which versions are on it is asked of the database, every time. https://hl7.org/fhir/R4/http.html#versioning
 */
import type { IncludeTarget, Reader } from '../search/include/reference.ts';
import type { StoredVersion } from './stored-version.ts';

/** What one remembered version takes beside its text, in characters. */
const overhead = 500;
/** How much the last page says of the next one. */
const weight = 0.2;
/** Kinds of pages that are told apart; what is rarer is always fetched whole. */
const mostKinds = 500;

type Targets = Map<Reader, readonly IncludeTarget[]>;

interface Kept {
  readonly version: StoredVersion;
  targets?: Targets;
}

export class RecentVersions {
  readonly #most: number;
  /** Least recently used first. */
  readonly #versions = new Map<string, Kept>();
  /** Share of versions that were known, by kind of page. */
  readonly #shares = new Map<string, number>();
  #size = 0;

  readonly #likely: number;

  /** At most so many characters; a page is asked for in numbers where that share of its kind was known lately. */
  constructor(most: number, likely = 0.6) {
    this.#most = most;
    this.#likely = likely;
  }

  get(rid: string, version: number): StoredVersion | undefined {
    const found = this.#versions.get(rid);
    if (found === undefined || found.version.versionId !== String(version)) return undefined;
    this.#versions.delete(rid);
    this.#versions.set(rid, found);
    return found.version;
  }

  /** Where includes note what they find in this version; undefined when it is not kept. */
  targetsIn(version: StoredVersion): Targets | undefined {
    const found = this.#versions.get(version.rid);
    return found?.version === version ? (found.targets ??= new Map()) : undefined;
  }

  /** Only what is committed may be added: another version could get the number of one that never was. */
  add(version: StoredVersion): void {
    const size = sizeOf(version);
    if (size > this.#most / 16) return;
    const former = this.#versions.get(version.rid);
    if (former !== undefined && Number(former.version.versionId) > Number(version.versionId)) return;
    this.#forget(version.rid, former);
    this.#versions.set(version.rid, { version });
    this.#size += size;
    if (this.#size > this.#most) for (const [rid, each] of this.#versions) if (this.#forget(rid, each) <= this.#most) break;
  }

  /** Whether most versions of a page of this kind are likely to be known. */
  expects(kind: string): boolean {
    return (this.#shares.get(kind) ?? 0) >= this.#likely;
  }

  /** Of a page of this kind so many versions were known. */
  learn(kind: string, known: number, all: number): void {
    if (all === 0) return;
    const share = this.#shares.get(kind);
    if (share === undefined && this.#shares.size >= mostKinds) return;
    this.#shares.set(kind, share === undefined ? known / all : share + weight * (known / all - share));
  }

  /** After a database was perhaps replaced by one that lacks the last commits. */
  clear(): void {
    this.#versions.clear();
    this.#size = 0;
  }

  #forget(rid: string, kept: Kept | undefined): number {
    if (kept === undefined) return this.#size;
    this.#versions.delete(rid);
    this.#size -= sizeOf(kept.version);
    return this.#size;
  }
}

const sizeOf = ({ body }: StoredVersion): number => (body?.length ?? 0) + overhead;
