import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Principal } from '../../src/auth/principal.ts';
import { dropPolicy, putPolicy } from '../../src/repository/policies.ts';
import { watchRegistry } from '../../src/repository/watch-registry.ts';
import { type Node, type Nodes, nodes } from '../support/node.ts';
import { definitions } from '../support/repository.ts';

let all: Nodes;
let node: Node;
let watch: { close(): Promise<void> };

const isType = (name: string): boolean => definitions.isResourceType(name);
const rules = (patients: string) => [{ types: ['*'], rights: 'rs', patients }];
const policy = (name: string, patients: string): object => ({ name, description: 'For a test.', rules: rules(patients) });

beforeAll(async () => {
  all = await nodes();
  node = await all.open();
  const { watch: conformance, consents, policies } = node.repositories;
  watch = watchRegistry({
    ...{ registry: node.registry, conformance, consents, policies },
    ...{ connection: all.connection, schema: 'anamnesis', pollMs: 3_600_000 },
  });
  await node.put({ resourceType: 'Patient', id: 'p' });
}, 60_000);

afterAll(async () => {
  await watch.close();
  await all.close();
});

const under = (name: string): Principal => ({ id: 'x', scopes: ['user/*.rs'], policies: { user: name } });
const reads = async (who: Principal): Promise<boolean> =>
  node.repositories
    .of(who)
    .read('Patient', 'p')
    .then(
      (version) => version !== undefined,
      () => false,
    );

async function until(test: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await test()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the change was not heard of');
}

describe('a policy in the database', () => {
  test('holds as soon as another process wrote it, for principals that are known already, until it is gone', async () => {
    const who = under('ward');
    const other = await all.open();
    expect(await reads(who)).toBe(false);
    await putPolicy(other.database, 'anamnesis', policy('ward', 'all'), isType);
    await until(() => reads(who));
    await putPolicy(other.database, 'anamnesis', policy('ward', 'none'), isType);
    await until(async () => !(await reads(who)));
    await putPolicy(other.database, 'anamnesis', policy('ward', 'all'), isType);
    await until(() => reads(who));
    expect(await dropPolicy(other.database, 'anamnesis', 'ward')).toBe(true);
    await until(async () => !(await reads(who)));
    expect(await dropPolicy(other.database, 'anamnesis', 'ward')).toBe(false);
  });

  test('goes before the one of its name that comes with the server', async () => {
    expect(await reads(under('all-patients'))).toBe(true);
    await putPolicy(node.database, 'anamnesis', policy('all-patients', 'none'), isType);
    await until(async () => !(await reads(under('all-patients'))));
    await dropPolicy(node.database, 'anamnesis', 'all-patients');
    await until(() => reads(under('all-patients')));
  });

  test('that cannot be read allows nothing, and takes nothing else away', async () => {
    const text = `insert into anamnesis.policy values ('newer', '{"name": "newer", "magic": true}', now()), ('administrator', '[]', now())`;
    await node.database.run({ text, values: [] });
    await node.repositories.policies.look();
    expect(await reads(under('newer'))).toBe(false);
    expect(node.repositories.policies.current().has('administrator')).toBe(false);
    expect(await reads(under('all-patients'))).toBe(true);
  });

  test('is refused where it is none', async () => {
    await expect(putPolicy(node.database, 'anamnesis', { name: 'x' }, isType)).rejects.toThrow('description');
  });
});
