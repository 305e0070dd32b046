/** Migrations: safe when several processes start at once, and any schema name is a tenant of its own. */
import { expect, test } from '@jest/globals';
import { localPrincipal } from '../../src/auth/principal.ts';
import { createRepositories } from '../../src/repository/create-repositories.ts';
import { openRegistry } from '../../src/repository/search-registry.ts';
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { emptyDatabase } from '../support/database.ts';
import { definitions } from '../support/repository.ts';

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
  expect(await b.repository.everything('p', {})).toBeUndefined();
  await Promise.all([a.database.close(), b.database.close()]);
  await drop();
});
