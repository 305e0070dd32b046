/** A repository that leaves a trail: everything that is read, found, written or refused through it is noted. */
import { FhirError } from '../fhir/outcome.ts';
import type { Change, ChangeResult } from '../repository/change.ts';
import type { CommitOptions, EverythingPage, Repository } from '../repository/repository.ts';
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

export function notedRepository(repository: Repository, noting: Noting): Repository {
  const { trail, settle } = noting;
  const refusedBy =
    (action: Action, reference: string) =>
    (fault: unknown): never => {
      trail.refused(action, reference, statusOf(fault));
      throw fault;
    };
  const given = (version: StoredVersion | undefined, reference: string): StoredVersion | undefined => {
    if (version === undefined) trail.refused('R', reference, 404);
    else trail.read(version);
    return version;
  };
  return {
    ...repository,
    read: async (type, id) => given(await repository.read(type, id).catch(refusedBy('R', `${type}/${id}`)), `${type}/${id}`),
    vread: async (type, id, versionId) => {
      const reference = `${type}/${id}/_history/${versionId}`;
      return given(await repository.vread(type, id, versionId).catch(refusedBy('R', reference)), reference);
    },
    history: async (scope, range) => {
      if (scope.type === 'AuditEvent') await settle(scope.type);
      const page = await repository.history(scope, range);
      trail.found(page.versions);
      return page;
    },
    search: async (query) => {
      await settle(undefined, query);
      const page = await repository.search(query).catch(refusedBy('E', searchText(query)));
      trail.searched(searchText(query));
      trail.found(page.matches);
      trail.found(page.included);
      return page;
    },
    everything: async (subject, options) => {
      if (options.types?.includes('AuditEvent')) await settle('AuditEvent');
      const page = await repository.everything(subject, options);
      return page && notedPage(page, trail);
    },
    commit: (changes, options) => committed(repository, noting, changes, options),
  };
}

const searchText = ({ types, used, compartment }: Query): string => {
  const what = types.length === 1 ? types[0] : '';
  const pairs = used.map(([name, value]) => `${name}=${value}`).join('&');
  return `${[compartment, what].filter((part) => part !== undefined && part !== '').join('/')}?${pairs}`;
};

function notedPage(page: EverythingPage, trail: Trail): EverythingPage {
  async function* versions(): AsyncGenerator<readonly StoredVersion[]> {
    for await (const batch of page.versions) {
      trail.found(batch);
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
    own = new Trail(trail.base);
    for (const { change, version, before } of written) own.wrote(change, version, before);
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
