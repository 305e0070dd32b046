/** A repository that leaves a trail: everything that is read, found, written or refused through it is noted. */
import { FhirError } from '../fhir/outcome.ts';
import type { Change, ChangeResult } from '../repository/change.ts';
import {
  type CommitOptions,
  type EverythingBatch,
  type EverythingOptions,
  type EverythingPage,
  type EverythingSubject,
  type HistoryPage,
  type HistoryRange,
  type HistoryScope,
  isEntryText,
  type Repository,
  type SearchPage,
} from '../repository/repository.ts';
import type { StoredVersion } from '../repository/stored-version.ts';
import type { Query } from '../search/query.ts';
import type { PendingEntry } from '../store/statement/audit.ts';
import type { Action } from './entry.ts';
import { changeReference, Trail } from './trail.ts';

export interface Noting {
  readonly trail: Trail;
  /** The entry that a write stores together with what it writes. */
  readonly pending: (trail: Trail) => PendingEntry;
  /** Makes the AuditEvents that an answer may hold. */
  readonly settle: (type: string | undefined, query?: Query) => Promise<void> | undefined;
}

const statusOf = (fault: unknown): number => (fault instanceof FhirError ? fault.status : 500);

const refusedBy =
  (trail: Trail, action: Action, reference: string) =>
  (fault: unknown): never => {
    trail.refused(action, reference, statusOf(fault));
    throw fault;
  };

/** Every method of a repository is named here: one that is not known to leave a trail does not compile. */
class NotedRepository implements Repository {
  readonly #repository: Repository;
  readonly #noting: Noting;
  readonly #trail: Trail;

  constructor(repository: Repository, noting: Noting) {
    this.#repository = repository;
    this.#noting = noting;
    this.#trail = noting.trail;
  }

  async read(type: string, id: string): Promise<StoredVersion | undefined> {
    try {
      return this.#given(await this.#repository.read(type, id), `${type}/${id}`);
    } catch (fault) {
      return refusedBy(this.#trail, 'R', `${type}/${id}`)(fault);
    }
  }

  async vread(type: string, id: string, versionId: string): Promise<StoredVersion | undefined> {
    const reference = `${type}/${id}/_history/${versionId}`;
    return this.#given(await this.#repository.vread(type, id, versionId).catch(refusedBy(this.#trail, 'R', reference)), reference);
  }

  async history(scope: HistoryScope, range: HistoryRange): Promise<HistoryPage> {
    if (scope.type === 'AuditEvent') await this.#noting.settle(scope.type);
    const page = await this.#repository.history(scope, range);
    this.#trail.found(page.versions);
    return page;
  }

  async search(query: Query): Promise<SearchPage> {
    await this.#noting.settle(undefined, query);
    const page = await this.#repository.search(query).catch(refusedBy(this.#trail, 'E', searchText(query)));
    this.#trail.searched(searchText(query));
    this.#trail.found(page.matches);
    this.#trail.found(page.included);
    return page;
  }

  async everything(subject: EverythingSubject, options: EverythingOptions): Promise<EverythingPage | undefined> {
    if (options.types?.includes('AuditEvent')) await this.#noting.settle('AuditEvent');
    const page = await this.#repository.everything(subject, options);
    return page && notedPage(page, this.#trail);
  }

  commit(changes: readonly Change[], options?: CommitOptions): Promise<readonly ChangeResult[]> {
    return committed(this.#repository, this.#noting, changes, options);
  }

  #given(version: StoredVersion | undefined, reference: string): StoredVersion | undefined {
    if (version === undefined) this.#trail.refused('R', reference, 404);
    else this.#trail.read(version);
    return version;
  }
}

export const notedRepository = (repository: Repository, noting: Noting): Repository => new NotedRepository(repository, noting);

const searchText = ({ types, used, compartment }: Query): string => {
  const what = types.length === 1 ? types[0] : '';
  const pairs = used.map(([name, value]) => `${name}=${value}`).join('&');
  return `${[compartment, what].filter((part) => part !== undefined && part !== '').join('/')}?${pairs}`;
};

function notedPage(page: EverythingPage, trail: Trail): EverythingPage {
  async function* versions(): AsyncGenerator<EverythingBatch> {
    for await (const batch of page.versions) {
      if (isEntryText(batch)) for (const id of batch.patients) trail.name(id);
      else trail.found(batch);
      yield batch;
    }
  }
  return { ...page, versions: versions() };
}

const actionOf = { create: 'C', update: 'U', patch: 'U', delete: 'D' } as const;

async function committed(
  repository: Repository,
  noting: Noting,
  changes: readonly Change[],
  options: CommitOptions = {},
): Promise<readonly ChangeResult[]> {
  const { trail, pending } = noting;
  const { within } = options;
  let own = new Trail(trail.base);
  let stored: PendingEntry | undefined;
  const record: CommitOptions['record'] = (written) => {
    own = Trail.ofCommit(trail.base);
    for (const { change, version, before } of written) own.wrote(change, version, before);
    own.seal();
    stored = pending(own);
    return stored;
  };
  try {
    const results = await repository.commit(changes, {
      ...{ ...options, record },
      ...(within === undefined ? {} : { within: (view: Repository) => within(notedRepository(view, noting)) }),
    });
    results.forEach(({ outcome, version }, i) => {
      const change = changes[i] as Change;
      if (outcome === 'existing' && version !== undefined) own.read(version);
      else if (outcome === 'unchanged' && version !== undefined) own.wrote(change, version, undefined);
      else if (outcome === 'absent') own.refused('D', changeReference(change), 204);
      else if (outcome === 'refused') own.refused(actionOf[change.kind], changeReference(change), 422);
    });
    trail.absorb(own, stored?.id);
    return results;
  } catch (fault) {
    for (const change of changes) trail.refused(actionOf[change.kind], changeReference(change), statusOf(fault));
    throw fault;
  }
}
