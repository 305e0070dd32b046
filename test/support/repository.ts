/** A repository on a database of its own, with the settings a test asks for. */
import type { Access } from '../../src/auth/access.ts';
import { localPrincipal, type Principal } from '../../src/auth/principal.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import { createRepositories, type RepositoryOptions } from '../../src/repository/create-repositories.ts';
import { putPolicy } from '../../src/repository/policies.ts';
import { RecentVersions } from '../../src/repository/recent-versions.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { openRegistry } from '../../src/repository/search-registry.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { testDatabase } from './database.ts';

export interface TestRepository {
  readonly repository: Repository;
  readonly database: Database;
  of(principal: Principal): Repository;
  /** Puts policies into the database, as JSON. */
  setPolicies(bodies: readonly unknown[]): Promise<void>;
  /** The same resources under another access. */
  under(access: Access, id?: string): Repository;
  close(): Promise<void>;
}

export const definitions = loadDefinitions();

/** Pages are asked for in numbers from the first one on, so that each test goes that way. */
export const alwaysAsked = (): RecentVersions => new RecentVersions(4_000_000, 0);

export async function testRepository(settings: Partial<RepositoryOptions> = {}): Promise<TestRepository> {
  const { connection, drop } = await testDatabase();
  const database = openDatabase({ connection, schema: 'anamnesis', poolSize: 8, statementTimeoutMs: 20_000 });
  const options: RepositoryOptions = {
    database,
    registry: await openRegistry(database, definitions),
    now: () => new Date(),
    updateCreate: true,
    referentialIntegrity: 'enforce',
    recent: alwaysAsked(),
    ...settings,
  };
  const repositories = await createRepositories(options);
  const repository = repositories.of(localPrincipal);
  const close = async (): Promise<void> => {
    await database.close();
    await drop();
  };
  const under: TestRepository['under'] = (access, id = access.key) => repositories.under(access, id);
  const setPolicies = async (bodies: readonly unknown[]): Promise<void> => {
    for (const body of bodies) await putPolicy(database, database.schema, body, (name) => definitions.isResourceType(name));
    await repositories.policies.look();
  };
  return { repository, database, of: repositories.of, setPolicies, under, close };
}
