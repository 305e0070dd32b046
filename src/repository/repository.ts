/** THE ONE DOOR to resources, bound to a principal. */
import type { FhirError } from '../fhir/outcome.ts';
import type { Query } from '../search/query.ts';
import type { Session } from '../store/database.ts';
import type { PendingEntry } from '../store/statement/audit.ts';
import type { Change, ChangeOutcome, ChangeResult } from './change.ts';
import type { StoredVersion } from './stored-version.ts';

export interface SearchPage {
  readonly matches: readonly StoredVersion[];
  /** What the includes add to the matches of this page. */
  readonly included: readonly StoredVersion[];
  /** How well each of the matches does, between 0 and 1, as decimal text; absent where nothing ranks. */
  readonly scores?: readonly string[];
  readonly total?: number;
  /** Opaque and signed; goes into the next link. */
  readonly next?: string;
  /** How the search was run, where that was asked. */
  readonly plans?: readonly string[];
}

export interface HistoryScope {
  readonly type?: string;
  readonly id?: string;
}

export interface HistoryRange {
  /** FHIR instants, inclusive. */
  readonly since?: string;
  readonly before?: string;
  readonly at?: { readonly from: string; readonly to: string };
  readonly count: number;
  /** Newest first unless `ascending`. */
  readonly ascending?: boolean;
  /** Opaque position after which to go on, from `HistoryPage.next`. */
  readonly after?: string;
}

export interface HistoryPage {
  readonly versions: readonly StoredVersion[];
  readonly next?: string;
  readonly total?: number;
}

/** One version that a commit writes. */
export interface WrittenChange {
  readonly change: Change;
  readonly version: StoredVersion;
  /** What stood before, without its head; null = deleted, undefined = nothing. */
  readonly before: string | null | undefined;
}

export interface CommitOptions {
  /** All or nothing (transaction); also rewrites references between the changes. Default: each change must be alone in the list. */
  readonly transaction?: boolean;
  /** Runs inside the database transaction after the writes and before COMMIT; a throw rolls everything back. */
  readonly within?: (repository: Repository) => Promise<void>;
  /** Overrides the setting, for data that is brought over from elsewhere. */
  readonly referentialIntegrity?: 'off';
  /**
   * Told what will be written, directly before it is; what it answers is stored in the same transaction. Asked again whenever the
   * commit is tried again.
   */
  readonly record?: (written: readonly WrittenChange[]) => PendingEntry;
  /** The changes do not concern each other, and each has an id of its own: told of each that is refused, while the rest is written. */
  readonly refuse?: (change: Change, fault: FhirError) => void;
  /** With `refuse`: the database transaction waits for it, so that commits that are prepared side by side keep their order; where it fails, this does. */
  readonly after?: Promise<unknown>;
  /**
   * With `refuse`, where references are enforced: told of each that refers to what does not stand, and is not written; and of those that `held`
   * asks for. The references that are told are those that lead nowhere, or all where it is held.
   */
  readonly awaiting?: (change: Change, references: readonly string[]) => void;
  /** With `awaiting`: which of the names (`Type/id`) are not to be written yet; asked when `after` is over. */
  readonly held?: (names: readonly string[]) => Promise<ReadonlySet<string>>;
  /** With `refuse`: runs in the database transaction together with the writes, told what comes of the changes that are not refused; also where nothing is left to write; a throw rolls back. */
  readonly beside?: (session: Session, outcomes: readonly ChangeOutcome[]) => Promise<void>;
  /** Conditional delete may delete several. */
  readonly multiple?: boolean;
}

/** Whose record is asked for: of all patients where no id is given. */
export interface EverythingSubject {
  readonly type: 'Patient' | 'Encounter' | 'Group';
  readonly id?: string;
}

export interface EverythingOptions {
  readonly types?: readonly string[];
  readonly since?: string;
  readonly start?: string;
  readonly end?: string;
  readonly count?: number;
  readonly after?: string;
  /** Whether what is told is to be proven. */
  readonly certificate?: boolean;
  /** Base address, as it stands in JSON text: what can be told as entries under it may come as text of many. */
  readonly entriesUnder?: string;
}

/** Entries of a searchset with commas between them. */
export interface EntryText {
  readonly text: string;
  readonly count: number;
  /** Ids of all patients that it speaks of. */
  readonly patients: ReadonlySet<string>;
}

/** Texts only where they were asked for. */
export type EverythingBatch = readonly StoredVersion[] | EntryText;

export const isEntryText = (batch: EverythingBatch): batch is EntryText => 'text' in batch;

/** By which it can be proven that a record was told as a whole. */
export interface EverythingCertificate {
  /** PostgreSQL's own text of what the snapshot sees: `first:next:running,…` of transaction numbers. */
  readonly snapshot: string;
  readonly total: number;
  /** Resources by type, sorted. */
  readonly counts: readonly (readonly [type: string, count: number])[];
  /** SHA-256 over the sorted lines `type/id/version`, as hexadecimal text. */
  readonly digest: string;
}

export interface EverythingPage {
  readonly versions: AsyncIterable<EverythingBatch>;
  /** Known once `versions` is exhausted. */
  next(): string | undefined;
  /** How many there are on all pages, once `versions` is exhausted; absent: what is on this page is all there is, or it is not known. */
  total?(): number | undefined;
  /** Of all pages, on the last one, once `versions` is exhausted. */
  certificate?(): EverythingCertificate | undefined;
}

export interface Repository {
  /** The current version; a deleted resource has body null; undefined = never existed. */
  read(type: string, id: string): Promise<StoredVersion | undefined>;
  vread(type: string, id: string, versionId: string): Promise<StoredVersion | undefined>;
  history(scope: HistoryScope, range: HistoryRange): Promise<HistoryPage>;
  search(query: Query): Promise<SearchPage>;
  /** Results in the order of the changes. Throws FhirError when refused; then nothing was written. */
  commit(changes: readonly Change[], options?: CommitOptions): Promise<readonly ChangeResult[]>;
  /** Undefined where the subject is unknown. */
  everything(subject: EverythingSubject, options: EverythingOptions): Promise<EverythingPage | undefined>;
}
