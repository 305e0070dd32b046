/** What one request touched: filled by the repository it works with, read when its entry is written. */
import type { Change } from '../repository/change.ts';
import type { StoredVersion } from '../repository/stored-version.ts';
import type { Action, Touched } from './entry.ts';
import { addPatients } from './patients.ts';

interface Item {
  readonly action: Action;
  readonly reference: string;
  readonly patients: readonly string[];
  readonly status: number | undefined;
}

/** Things that are named one by one in an entry: a transaction may hold more, which are counted by their patients alone. */
const mostItems = 20_000;

const changeAction = { create: 'C', update: 'U', patch: 'U', delete: 'D' } as const;

/** What a change names, as far as it is known before it is done. */
export const changeReference = (change: Change): string =>
  change.kind === 'create' || change.id === undefined
    ? `${change.type}${change.kind !== 'create' && change.criteria !== undefined ? `?${change.criteria}` : ''}`
    : `${change.type}/${change.id}`;

export class Trail {
  /** FHIR base of the request: references to it lead to patients of this server. */
  readonly base: string;
  readonly #patients = new Set<string>();
  readonly #items: Item[] = [];
  readonly #pending: string[] = [];
  #sealed = true;
  #isMore = false;

  constructor(base: string) {
    this.base = base;
  }

  /** A patient that the request names, whether there is anything of them or not. */
  name(id: string): void {
    this.#patients.add(id);
  }

  /** A patient of whom something is given by another way than a repository. */
  gave(id: string): void {
    this.#note();
    this.#patients.add(id);
  }

  /** Of a commit: what is noted until the trail is sealed, the entry that the commit stores tells of. */
  static ofCommit(base: string): Trail {
    const trail = new Trail(base);
    trail.#sealed = false;
    return trail;
  }

  seal(): void {
    this.#sealed = true;
  }

  /** All that was noted is told by entries that writes have stored. */
  get isStored(): boolean {
    return this.#pending.length > 0 && !this.#isMore;
  }

  /** A resource that was given to the client by its id. */
  read(version: StoredVersion): void {
    this.#add('R', `${version.type}/${version.id}/_history/${version.versionId}`, this.#patientsOf(version));
  }

  /** Resources of a page: who they speak of is kept, not which they are. */
  found(versions: readonly StoredVersion[]): void {
    this.#note();
    for (const version of versions) this.#addPatientsOf(version.type, version.id, version.body, this.#patients);
  }

  /** What was asked for and not given. */
  refused(action: Action, reference: string, status: number): void {
    this.#add(action, reference, [], status);
  }

  /** A search inside a batch or a transaction, by what it used. */
  searched(text: string): void {
    this.#add('E', text, []);
  }

  /** `before` is the text that it replaced. */
  wrote(change: Change, version: StoredVersion, before: string | null | undefined): void {
    const patients = new Set<string>();
    this.#addPatientsOf(version.type, version.id, version.body, patients);
    if (before != null) this.#addPatientsOf(version.type, version.id, before, patients);
    this.#add(changeAction[change.kind], `${version.type}/${version.id}/_history/${version.versionId}`, patients);
  }

  /** What a commit wrote, once it stands. */
  absorb(other: Trail, pending: string | undefined): void {
    if (pending === undefined || other.#isMore) this.#note();
    for (const id of other.#patients) this.#patients.add(id);
    this.#items.push(...other.#items.slice(0, mostItems - this.#items.length));
    if (pending !== undefined) this.#pending.push(pending);
  }

  get patients(): readonly string[] {
    return [...this.#patients];
  }

  get patientCount(): number {
    return this.#patients.size;
  }

  /** Entries that were stored together with writes: this trail's own entry stands for them. */
  get pending(): readonly string[] {
    return this.#pending;
  }

  /** What was touched, with the patients by their place in `patients`. */
  items(patients: readonly string[]): Touched[] {
    const place = new Map(patients.map((id, i) => [id, i]));
    return this.#items.map(({ action, reference, patients: own, status }): Touched => {
      const places = own.flatMap((id) => place.get(id) ?? []);
      return status === undefined ? [action, reference, places] : [action, reference, places, status];
    });
  }

  #patientsOf({ type, id, body }: StoredVersion): Set<string> {
    const patients = new Set<string>();
    this.#addPatientsOf(type, id, body, patients);
    return patients;
  }

  #addPatientsOf(type: string, id: string, body: string | null, found: Set<string>): void {
    if (type === 'Patient') found.add(id);
    if (body !== null) addPatients(body, this.base, found);
  }

  #note(): void {
    if (this.#sealed) this.#isMore = true;
  }

  #add(action: Action, reference: string, patients: Iterable<string>, status?: number): void {
    this.#note();
    const own = [...patients];
    for (const id of own) this.#patients.add(id);
    if (this.#items.length < mostItems) this.#items.push({ action, reference, patients: own, status });
  }
}
