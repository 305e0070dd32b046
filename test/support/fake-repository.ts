/** A Repository in memory, for tests of interactions: it keeps versions and the rules of commits, and finds by `_id` and `identifier` only. */
import { refusal } from '../../src/fhir/outcome.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import type { Change, ChangeResult } from '../../src/repository/change.ts';
import type {
  CommitOptions,
  EverythingCertificate,
  EverythingOptions,
  EverythingPage,
  EverythingSubject,
  HistoryPage,
  HistoryRange,
  HistoryScope,
  Repository,
  SearchPage,
} from '../../src/repository/repository.ts';
import type { StoredVersion } from '../../src/repository/stored-version.ts';
import type { Query } from '../../src/search/query.ts';

export interface FakeRepository extends Repository {
  /** Every version in the order written. */
  readonly log: StoredVersion[];
  /** Queries that were asked. */
  readonly queries: Query[];
  readonly options: CommitOptions[];
  readonly everythingOptions: EverythingOptions[];
  readonly everythingSubjects: EverythingSubject[];
  /** Of every record. */
  certificate?: EverythingCertificate;
}

const start = Date.UTC(2026, 0, 1, 12);

export function fakeRepository(): FakeRepository {
  const log: StoredVersion[] = [];
  const queries: Query[] = [];
  const options: CommitOptions[] = [];
  const everythingOptions: EverythingOptions[] = [];
  const everythingSubjects: EverythingSubject[] = [];
  let serial = 0;

  const versionsOf = (type: string, id: string) => log.filter((version) => version.type === type && version.id === id);
  const current = (type: string, id: string) => versionsOf(type, id).at(-1);

  function write(type: string, id: string, resource: Resource | null, method: StoredVersion['method']): StoredVersion {
    const versionId = String(versionsOf(type, id).length + 1);
    const lastUpdated = new Date(start + log.length * 1000).toISOString();
    const body = resource === null ? null : JSON.stringify({ ...resource, id, meta: { ...resource.meta, versionId, lastUpdated } });
    const version = { type, id, rid: String(log.length + 1), versionId, lastUpdated, method, body };
    log.push(version);
    return version;
  }

  function matches(type: string, criteria: string): string[] {
    const ids = [...new Set(log.filter((version) => version.type === type).map(({ id }) => id))];
    return ids.filter((id) => {
      const body = current(type, id)?.body;
      if (!body) return false;
      const resource = JSON.parse(body) as Resource & { identifier?: { system?: string; value?: string }[] };
      return [...new URLSearchParams(criteria)].every(([name, value]) =>
        name === '_id' ? id === value : (resource.identifier ?? []).some((i) => `${i.system}|${i.value}` === value || i.value === value),
      );
    });
  }

  function targetOf(change: Exclude<Change, { kind: 'create' }>): string | undefined {
    if (change.criteria === undefined) return change.id;
    const found = matches(change.type, change.criteria);
    if (found.length > 1) throw refusal('multiple-matches', 'Several match.');
    return found[0];
  }

  function check(change: Exclude<Change, { kind: 'create' }>, version: StoredVersion | undefined): void {
    if (change.ifMatch !== undefined && (version?.body == null || version.versionId !== change.ifMatch))
      throw refusal('conflict', 'Stale.', { status: 412 });
  }

  function apply(change: Change, multiple: boolean): ChangeResult {
    switch (change.kind) {
      case 'create': {
        const found = change.ifNoneExist === undefined ? [] : matches(change.type, change.ifNoneExist);
        if (found.length > 1) throw refusal('multiple-matches', 'Several match.');
        const existing = found[0] === undefined ? undefined : current(change.type, found[0]);
        if (existing !== undefined) return { outcome: 'existing', version: existing };
        return { outcome: 'created', version: write(change.type, `s${++serial}`, change.resource, 'POST') };
      }
      case 'update': {
        const id = targetOf(change) ?? change.resource.id ?? `s${++serial}`;
        const before = current(change.type, id);
        check(change, before);
        if (change.criteria !== undefined && change.resource.id !== undefined && change.resource.id !== id)
          throw refusal('value', 'Another id.');
        if (change.onlyCreate && before?.body) throw refusal('conflict', 'It exists.', { status: 412 });
        return { outcome: before?.body ? 'updated' : 'created', version: write(change.type, id, change.resource, 'PUT') };
      }
      case 'patch': {
        const id = targetOf(change);
        const before = id === undefined ? undefined : current(change.type, id);
        check(change, before);
        if (before?.body == null) throw refusal('not-found', 'Nothing to patch.');
        return { outcome: 'updated', version: write(change.type, before.id, change.apply(JSON.parse(before.body) as Resource), 'PATCH') };
      }
      case 'delete': {
        const all = change.criteria === undefined ? [change.id as string] : matches(change.type, change.criteria);
        if (all.length > 1 && !multiple) throw refusal('multiple-matches', 'Several match.');
        const standing = all.filter((id) => current(change.type, id)?.body);
        for (const id of all) check(change, current(change.type, id));
        const gone = standing.map((id) => write(change.type, id, null, 'DELETE'));
        return gone[0] === undefined ? { outcome: 'absent' } : { outcome: 'deleted', version: gone[0], count: gone.length };
      }
    }
  }

  async function history(scope: HistoryScope, range: HistoryRange): Promise<HistoryPage> {
    const own = log.filter(({ type, id }) => (scope.type ?? type) === type && (scope.id ?? id) === id);
    const inRange = own.filter(
      (version) => version.lastUpdated >= (range.since ?? '') && (range.at === undefined || version.lastUpdated <= range.at.to),
    );
    const sorted = range.ascending ? inRange : inRange.reverse();
    const from = range.after === undefined ? 0 : Number(range.after);
    const versions = sorted.slice(from, from + range.count);
    return { versions, ...(from + range.count < sorted.length ? { next: String(from + range.count) } : { total: sorted.length }) };
  }

  async function search(query: Query): Promise<SearchPage> {
    queries.push(query);
    const all = [...new Set(log.filter(({ type }) => query.types.includes(type)).map(({ id }) => id))];
    const found = all.map((id) => current(query.types[0] ?? '', id)).filter((version) => version?.body) as StoredVersion[];
    const from = Number(query.after ?? 0);
    const page = found.slice(from, from + query.count);
    return {
      matches: page,
      included: [],
      total: found.length,
      ...(from + query.count < found.length ? { next: String(from + query.count) } : {}),
    };
  }

  async function everything(subject: EverythingSubject, asked: EverythingOptions): Promise<EverythingPage | undefined> {
    everythingOptions.push(asked);
    everythingSubjects.push(subject);
    const { id: patientId = '' } = subject;
    if (!current('Patient', patientId)?.body) return undefined;
    const all = log.filter(
      (version) => version.body?.includes(`Patient/${patientId}`) || (version.type === 'Patient' && version.id === patientId),
    );
    const from = Number(asked.after ?? 0);
    const end = asked.count === undefined ? all.length : from + asked.count;
    async function* versions() {
      for (const version of all.slice(from, end)) yield [version];
    }
    return { versions: versions(), next: () => (end < all.length ? String(end) : undefined), certificate: () => fake.certificate };
  }

  const fake: FakeRepository = {
    log,
    queries,
    options,
    everythingOptions,
    everythingSubjects,
    read: async (type, id) => current(type, id),
    vread: async (type, id, versionId) => versionsOf(type, id).find((version) => version.versionId === versionId),
    history,
    search,
    everything,
    commit: async (changes, asked = {}) => {
      options.push(asked);
      return changes.map((change) => apply(change, asked.multiple === true));
    },
  };
  return fake;
}
