/** Putting the resources of a package into a store, batch by batch. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Member } from '../../src/cli/load/item.ts';
import { install } from '../../src/cli/package/install.ts';
import { summary } from '../../src/cli/package/install-one.ts';
import { planned } from '../../src/cli/package/planned.ts';
import { parseJson } from '../../src/fhir/json.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import type { StoredVersion } from '../../src/repository/stored-version.ts';
import { tgzOf } from '../support/tar.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'anamnesis batches '));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const manifest = { name: 'example.many', version: '1.0.0', fhirVersions: ['4.0.1'] };
const valueSet = (id: string, more: object = {}): Resource => ({ resourceType: 'ValueSet', id, url: `urn:${id}`, version: '1', ...more });

interface Run {
  readonly batches: readonly (readonly Member[])[];
  readonly reports: readonly string[];
}

async function run(files: Readonly<Record<string, unknown>>, refuse: (member: Member) => boolean = () => false): Promise<Run> {
  const path = join(folder, 'package.tgz');
  writeFileSync(path, tgzOf({ 'package.json': manifest, ...files }));
  const batches: (readonly Member[])[] = [];
  const reports: string[] = [];
  await install({
    path,
    find: async () => [],
    repository: { read: async () => undefined },
    searchParameters: false,
    report: (outcome, name, reason) => reports.push([outcome, name, ...(reason === undefined ? [] : [reason])].join(' ')),
    target: {
      members: async (members) => {
        batches.push(members);
        const refused = members.filter(refuse).map(({ at }) => ({ at, text: 'not wanted' }));
        return { count: members.length - refused.length, refused };
      },
    },
  });
  return { batches, reports };
}

const many = (count: number, make: (i: number) => object): Record<string, object> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`ValueSet-${i}.json`, make(i)]));

describe('A package is installed in batches', () => {
  test('of a hundred resources at most', async () => {
    const { batches, reports } = await run(many(250, (i) => valueSet(`v${i}`)));
    expect(batches.map(({ length }) => length)).toEqual([100, 100, 50]);
    expect(reports).toHaveLength(250);
  });

  test('of a few megabytes, however large the package is', async () => {
    const { batches } = await run(many(10, (i) => valueSet(`v${i}`, { description: 'x'.repeat(2 << 20) })));
    expect(batches.length).toBeGreaterThanOrEqual(5);
    expect(Math.max(...batches.map(({ length }) => length))).toBeLessThanOrEqual(2);
  });

  test('in which no two resources have the same id or canonical', async () => {
    const { batches } = await run({
      'a.json': valueSet('a'),
      'b.json': valueSet('b', { url: 'urn:a' }),
      'c.json': valueSet('b', { url: 'urn:c' }),
      'd.json': valueSet('d'),
    });
    expect(batches.map((members) => members.map(({ at }) => at))).toEqual([['a.json'], ['b.json'], ['c.json', 'd.json']]);
  });

  test('and what is refused of one is told of that one alone', async () => {
    const { reports } = await run(
      { 'a.json': valueSet('a'), 'b.json': valueSet('b'), 'c.json': valueSet('c') },
      ({ at }) => at === 'b.json',
    );
    expect(reports).toEqual(['created ValueSet urn:a|1', 'refused ValueSet urn:b|1 not wanted', 'created ValueSet urn:c|1']);
  });

  test('and a fault of the database ends it', async () => {
    await expect(
      run({ 'a.json': valueSet('a') }, () => {
        throw new Error('the database is gone');
      }),
    ).rejects.toThrow('the database is gone');
  });
});

describe('What becomes of a resource', () => {
  const stored = (resource: Resource) => ({ id: String(resource.id), versionId: '3', body: JSON.stringify(resource) });
  const plan = (resource: Resource, found: readonly Resource[], taken: readonly string[] = []) =>
    planned(
      {
        find: async () => found.map(stored),
        repository: { read: async (_, id) => (taken.includes(id) ? ({ body: '{}' } as StoredVersion) : undefined) },
      },
      resource,
    );

  test('does not depend on what the server gives, nor on the order of properties', async () => {
    const there = { ...valueSet('other'), url: 'urn:a', meta: { versionId: '3', lastUpdated: '2026-01-01T00:00:00Z' } };
    const { url, version, id, resourceType } = valueSet('a');
    expect(await plan({ version, url, id, resourceType } as Resource, [there])).toEqual({ outcome: 'unchanged' });
    expect(await plan(valueSet('a', { meta: { versionId: '9' } }), [there])).toEqual({ outcome: 'unchanged' });
    expect(await plan(valueSet('a', { meta: { tag: [{ code: 'x' }] } }), [there])).toMatchObject({ outcome: 'updated' });
  });

  test('is decided by exactly the same version', async () => {
    const there = [valueSet('a', { version: '1.0' }), valueSet('b', { url: 'urn:a', version: undefined })];
    expect(await plan(valueSet('a'), there)).toMatchObject({ outcome: 'created' });
    expect(await plan(valueSet('a', { version: undefined, title: 'x' }), there)).toMatchObject({
      outcome: 'updated',
      resource: { id: 'b' },
    });
  });

  test('is a new id where its own and the one with the version are taken', async () => {
    const taken = await plan(valueSet('a'), [], ['a', 'a-1']);
    expect(taken).toMatchObject({ outcome: 'created', resource: { id: expect.stringMatching(/^c[a-z0-9]{5,}$/) } });
    expect(await plan(valueSet('a'), [], ['a', 'a-1'])).toEqual(taken);
    expect(await plan(valueSet('x'.repeat(64)), [], ['x'.repeat(64)])).toMatchObject({ resource: { id: expect.stringMatching(/^c/) } });
  });

  test('depends on the digits of decimals', async () => {
    const text = (decimal: string): string =>
      JSON.stringify(valueSet('a', { extension: [{ url: 'urn:e' }] })).replace('}]', `,"valueDecimal":${decimal}}]`);
    const becomes = (decimal: string) =>
      planned(
        {
          find: async () => [{ id: 'a', versionId: '1', body: text('1.0') }],
          repository: { read: async () => undefined },
        },
        parseJson(text(decimal)) as Resource,
      );
    expect(await becomes('1.0')).toEqual({ outcome: 'unchanged' });
    expect(await becomes('1.00')).toMatchObject({ outcome: 'updated' });
  });
});

test('The summary names what matters', () => {
  const counts = { created: 1200, updated: 1, unchanged: 0, refused: 2 };
  expect(summary({ ...manifest, dependencies: {} }, { counts, left: new Map([['', 3]]) }, ['a#1'])).toBe(
    `example.many#1.0.0: 1,200 created, 1 updated, 0 unchanged, 2 refused (listed above).
Left aside: 3 no resources.
It builds on packages that are not here: a#1. What it names of them is not known.
`,
  );
});
