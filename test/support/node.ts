/** One process of several on a database: it writes, searches and works at jobs, and learns nothing unless a test lets it. */
import type pg from 'pg';
import { localPrincipal } from '../../src/auth/principal.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { type JobOptions, jobKinds } from '../../src/jobs/kinds.ts';
import { type Reindexing, reindexing } from '../../src/jobs/reindexing.ts';
import { type RunnerOptions, workOnce } from '../../src/jobs/runner.ts';
import type { Change, ChangeResult } from '../../src/repository/change.ts';
import { createRepositories, type Repositories } from '../../src/repository/create-repositories.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { openRegistry, type SearchRegistry } from '../../src/repository/search-registry.ts';
import { parseSearch } from '../../src/search/parse.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { testDatabase } from './database.ts';
import { alwaysAsked, definitions } from './repository.ts';

export interface Node {
  readonly database: Database;
  readonly registry: SearchRegistry;
  readonly repository: Repository;
  readonly reindexing: Reindexing;
  readonly jobs: JobOptions;
  readonly repositories: Repositories;
  /** Stores one resource under its id, or a new one. */
  put(resource: Resource): Promise<ChangeResult>;
  remove(type: string, id: string): Promise<void>;
  /** Ids by the parameters that this node knows, sorted. */
  ids(type: string, text: string): Promise<string[]>;
  /** Works until no job is left; answers how many it took. */
  work(signal?: AbortSignal, options?: Partial<JobOptions>): Promise<number>;
  close(): Promise<void>;
}

export const quiet: RunnerOptions['log'] = { info: () => undefined, warn: () => undefined, error: () => undefined };

export const changeOf = (resource: Resource): Change => {
  const { resourceType: type, id } = resource;
  return id === undefined ? { kind: 'create', type, at: '', resource } : { kind: 'update', type, id, at: '', resource };
};

export async function openNode(connection: pg.PoolConfig, log: RunnerOptions['log'] = quiet): Promise<Node> {
  const database = openDatabase({ connection, schema: 'anamnesis', poolSize: 6, statementTimeoutMs: 20_000 });
  const registry = await openRegistry(database, definitions);
  const repositories = await createRepositories({
    ...{ database, registry, updateCreate: true, referentialIntegrity: 'enforce' },
    now: () => new Date(),
    recent: alwaysAsked(),
  });
  const repository = repositories.of(localPrincipal);
  const jobs: JobOptions = { ...repositories, database, registry, share: 1 };
  const ids: Node['ids'] = async (type, text) => {
    const options = { strict: true, defaultCount: 1000, maxCount: 1000, now: new Date() };
    const query = parseSearch(registry.current().definitions, type, [...new URLSearchParams(text)], options);
    return (await repository.search(query)).matches.map(({ id }) => id).sort();
  };
  return {
    ...{ database, registry, repository, repositories, jobs, ids },
    reindexing: reindexing({ ...jobs, wake: () => undefined }),
    put: async (resource) => (await repository.commit([changeOf(resource)]))[0] as ChangeResult,
    remove: async (type, id) => void (await repository.commit([{ kind: 'delete', type, id, at: '' }])),
    work: async (signal = new AbortController().signal, options = {}) => {
      let count = 0;
      while (!signal.aborted && (await workOnce({ database, kinds: jobKinds({ ...jobs, ...options }), log }, signal))) count++;
      return count;
    },
    close: () => database.close(),
  };
}

export interface Nodes {
  readonly connection: pg.PoolConfig;
  /** One more process. */
  open(): Promise<Node>;
  close(): Promise<void>;
}

export async function nodes(): Promise<Nodes> {
  const { connection, drop } = await testDatabase();
  const opened: Node[] = [];
  return {
    connection,
    open: async () => {
      const node = await openNode(connection);
      opened.push(node);
      return node;
    },
    close: async () => {
      await Promise.all(opened.map((node) => node.close()));
      await drop();
    },
  };
}

/** Without what is undefined. */
const given = (resource: Resource): Resource =>
  Object.fromEntries(Object.entries(resource).filter(([, value]) => value !== undefined)) as Resource;

/** A SearchParameter that searches patients by the size of their shoes. */
export const shoe = (more: object = {}): Resource =>
  given({
    resourceType: 'SearchParameter',
    id: 'shoe',
    url: 'http://example.org/SearchParameter/shoe',
    name: 'shoe',
    status: 'active',
    description: 'Size of the shoes',
    code: 'shoe',
    base: ['Patient'],
    type: 'token',
    expression: "Patient.extension('http://example.org/shoe').value",
    ...more,
  });

export const wearer = (id: string, size: string, more: object = {}): Resource =>
  given({
    resourceType: 'Patient',
    id,
    extension: [{ url: 'http://example.org/shoe', valueCode: size }],
    ...more,
  });
