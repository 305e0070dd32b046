/** Migrations: safe when several processes start at once, and any schema name is a tenant of its own. */
import { expect, test } from '@jest/globals';
import { localPrincipal } from '../../src/auth/principal.ts';
import { faultText } from '../../src/cli/terminal.ts';
import { createRepositories } from '../../src/repository/create-repositories.ts';
import { openRegistry } from '../../src/repository/search-registry.ts';
import { openDatabase } from '../../src/store/database.ts';
import { ForeignTablesError, migrate } from '../../src/store/migrate.ts';
import { emptyDatabase } from '../support/database.ts';
import { definitions } from '../support/repository.ts';
import { runSql } from '../support/run-sql.ts';

test('of five starts at once on an empty database are run by one, and the others find them done', async () => {
  const { connection, drop } = await emptyDatabase();
  const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(connection, 'anamnesis')));
  expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
  expect(await migrate(connection, 'anamnesis')).toEqual([]);
  await drop();
});

test('of two schemas make two tenants that see nothing of each other', async () => {
  const { connection, drop } = await emptyDatabase();
  const open = async (schema: string) => {
    await migrate(connection, schema);
    const database = openDatabase({ connection, schema, poolSize: 2, statementTimeoutMs: 10_000 });
    const registry = await openRegistry(database, definitions);
    const settings = { database, registry, now: () => new Date(), updateCreate: true, referentialIntegrity: 'enforce' } as const;
    return { database, repository: (await createRepositories(settings)).of(localPrincipal) };
  };
  const [a, b] = [await open('tenant_a'), await open('tenant_b')];
  const resource = { resourceType: 'Patient', id: 'p', identifier: [{ system: 'urn:x', value: 'only-a' }] };
  await a.repository.commit([{ kind: 'update', type: 'Patient', id: 'p', at: '', resource }]);
  const created = {
    kind: 'create',
    type: 'Patient',
    at: '',
    resource: { resourceType: 'Patient' },
    ifNoneExist: 'identifier=urn:x|only-a',
  } as const;
  expect((await a.repository.commit([created]))[0]?.outcome).toBe('existing');
  expect((await b.repository.commit([created]))[0]?.outcome).toBe('created');
  expect(await b.repository.read('Patient', 'p')).toBeUndefined();
  expect((await a.repository.history({}, { count: 10 })).versions).toHaveLength(1);
  expect(await b.repository.everything({ type: 'Patient', id: 'p' }, {})).toBeUndefined();
  await Promise.all([a.database.close(), b.database.close()]);
  await drop();
});

// Databases of development versions, and of versions yet to come.
test.each([
  [`update anamnesis.migration set name = '0001-resources' where name = '0001-store'`, 'migration 0001-resources'],
  [`insert into anamnesis.migration (name, batch, migration_time) values ('0009-later', 2, now())`, 'migration 0009-later'],
  ['alter table anamnesis.res drop column self', 'column "self" does not exist'],
  ['drop table anamnesis.term', 'relation "anamnesis.term" does not exist'],
])('of tables that another version made say so, and what to do: %s', async (change, what) => {
  const { connection, drop } = await emptyDatabase();
  await migrate(connection, 'anamnesis');
  await runSql(connection, change);
  const error = await migrate(connection, 'anamnesis').catch((fault: unknown) => fault);
  expect(error).toBeInstanceOf(ForeignTablesError);
  const { message } = error as Error;
  expect(message).toContain(`made by another version of Anamnesis (${what})`);
  expect(message).toContain('load the data anew into an empty DATABASE_SCHEMA or DATA_DIR');
  expect(faultText(error, {})).toBe(`anamnesis: ${message}\n`);
  await drop();
});
