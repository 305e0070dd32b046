/** A repository on a database of its own, with the settings a test asks for. */
import type { Access } from '../../src/auth/access.ts';
import { localPrincipal, type Principal } from '../../src/auth/principal.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import { createRepositories, type RepositoryOptions } from '../../src/repository/create-repositories.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { openRegistry } from '../../src/repository/search-registry.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { testDatabase } from './database.ts';

export interface TestRepository {
  readonly repository: Repository;
  readonly database: Database;
  of(principal: Principal): Repository;
  /** The same resources under another access. */
  under(access: Access, id?: string): Repository;
  close(): Promise<void>;
}

export const definitions = loadDefinitions();

export async function testRepository(settings: Partial<RepositoryOptions> = {}): Promise<TestRepository> {
  const { connection, drop } = await testDatabase();
  const database = openDatabase({ connection, schema: 'anamnesis', poolSize: 8, statementTimeoutMs: 20_000 });
  const options: RepositoryOptions = {
    database,
    registry: await openRegistry(database, definitions),
    now: () => new Date(),
    updateCreate: true,
    referentialIntegrity: 'enforce',
    ...settings,
  };
  const repositories = await createRepositories(options);
  const repository = repositories.of(localPrincipal);
  const close = async (): Promise<void> => {
    await database.close();
    await drop();
  };
  const under: TestRepository['under'] = (access, id = access.key) => repositories.under(access, id);
  return { repository, database, of: repositories.of, under, close };
}
