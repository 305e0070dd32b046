import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { type Branch, compileExpression, walk } from '../../src/search/expression.ts';
import { indexingOf } from '../../src/search/indexing.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { testDatabase } from '../support/database.ts';
import { someExamples } from '../support/examples.ts';

const definitions = loadDefinitions();

/** Keys in one order, as jsonb has none. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, canonical(each)]),
  );
}

const textOf = (values: readonly unknown[]): string => JSON.stringify(values.map((value) => JSON.stringify(canonical(value))).sort());

function walked(resource: Resource, { steps }: Branch): readonly unknown[] {
  const found: unknown[] = [];
  walk(resource, steps, 0, (value) => found.push(value));
  return found;
}

describe('The SQL/JSON path of a branch', () => {
  let database: Database;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const { connection, drop: end } = await testDatabase();
    database = openDatabase({ connection, schema: 'anamnesis', poolSize: 1, statementTimeoutMs: 20_000 });
    drop = end;
  });
  afterAll(async () => {
    await database.close();
    await drop();
  });

  /** What PostgreSQL finds: for each path a list for each resource. */
  async function found(resources: readonly Resource[], paths: readonly string[]): Promise<unknown[][][]> {
    const [row] = await database.run<{ found: unknown[][][] }>({
      text: `select jsonb_agg(p.found order by p.at) as found from (
select p.at, jsonb_agg((select coalesce(jsonb_agg(v), '[]') from jsonb_path_query(b.body, p.path::jsonpath) v) order by b.at) as found
from unnest($1::text[]) with ordinality p(path, at), unnest($2::jsonb[]) with ordinality b(body, at) group by p.at) p`,
      values: [paths, resources.map((each) => JSON.stringify(each))],
    });
    return row?.found ?? [];
  }

  async function differences(resources: readonly Resource[], branches: readonly Branch[]): Promise<string[]> {
    const paths = branches.map(({ jsonPath }) => jsonPath ?? '');
    const theirs = await found(resources, paths);
    return branches.flatMap((branch, i) =>
      resources.flatMap((resource, j) => {
        const [own, other] = [textOf(walked(resource, branch)), textOf(theirs[i]?.[j] ?? ['nothing'])];
        return own === other ? [] : [`${resource.resourceType}/${resource.id} ${branch.jsonPath}: ${other} instead of ${own}`];
      }),
    );
  }

  test('finds in the official examples what the walk finds, for every search parameter of every type', async () => {
    const examples = someExamples(3);
    const wrong: string[] = [];
    let values = 0;
    for (const type of definitions.resourceTypes) {
      const branches = [...indexingOf(definitions, type).values()].flatMap((indexing) => indexing.branches);
      expect(branches.filter(({ jsonPath }) => jsonPath === undefined)).toEqual([]);
      const resources = examples.filter(({ resourceType }) => resourceType === type);
      wrong.push(...(await differences(resources, branches)));
      for (const resource of resources) for (const branch of branches) values += walked(resource, branch).length;
    }
    expect(wrong).toEqual([]);
    expect(values).toBeGreaterThan(3000);
  }, 60_000);

  const patient = {
    resourceType: 'Patient',
    id: '1',
    active: true,
    deceasedDateTime: '2020-01-01',
    multipleBirthInteger: 2,
    extension: [{ url: 'http://a"b', valueCode: 'x' }, { url: 'http://b' }],
    telecom: [{ system: 'phone', value: '1' }, { system: 'email', value: '2', rank: 1 }, { value: '3' }],
    name: [{ given: ['A', null, 'B'], use: 'usual' }, { given: ['C'] }],
    generalPractitioner: [
      { reference: 'Practitioner/1' },
      { reference: 'http://other.org/fhir/Practitioner/2/_history/1#part' },
      { reference: 'urn:uuid:6f5b4b9c-6c2a-4f7e-9a55-0d0f5b0a3c11', type: 'Practitioner' },
      { reference: 'Organization/Practitioner', type: 'Practitioner' },
      { reference: '#p', type: 'Practitioner' },
      { reference: 'Practitioner?identifier=1' },
      { identifier: { value: '1' } },
      { type: 'Practitioner', identifier: { value: '1' } },
      { reference: 'http://other.org/XPractitioner/1' },
    ],
    link: [{ other: { reference: 'Patient/2' }, type: 'refer' }],
  } as unknown as Resource;

  test.each([
    ['Patient.name.given', 3],
    ['Patient.name', 2],
    ['Patient.name[1].given', 1],
    ['Patient.name[2].given', 0],
    ['Patient.birthDate[1]', 0],
    ['Patient.active[0]', 1],
    ["Patient.telecom.where(system = 'phone').value", 1],
    ["Patient.telecom.where(system != 'phone').value", 1],
    ["Patient.telecom.where(system = 'fax' or value = '3')", 1],
    ["Patient.telecom.where(system = 'email' and rank = 1).value", 1],
    ['Patient.telecom.where(system.exists())', 2],
    ["Patient.extension('http://a\"b').value", 1],
    ["Patient.where(hasExtension('http://b')).active", 1],
    ["Patient.where(hasExtension('http://c')).active", 0],
    ['Patient.where(active).active', 1],
    ['Patient.where(deceased != false).active', 1],
    ['Patient.where(deceased = true).active', 0],
    ['Patient.where(deceased is dateTime).active', 1],
    ['Patient.deceased.exists() and Patient.deceased != false', 1],
    ['Patient.photo.exists() and Patient.photo.size != 3', undefined],
    ["Patient.birthDate.exists() and Patient.birthDate != 'x'", 1],
    ['(Patient.deceased as dateTime)', 1],
    ['Patient.generalPractitioner.where(resolve() is Practitioner)', 5],
    ['Patient.generalPractitioner.where(resolve() is Organization)', 1],
    ['Patient.link.where(other.resolve() is Patient).type', 1],
  ])('%s', async (expression, count) => {
    const branches = compileExpression(expression, 'Patient', definitions);
    const told = branches.filter(({ jsonPath }) => jsonPath !== undefined);
    expect(await differences([patient], told)).toEqual([]);
    if (count === undefined) expect(told).toEqual([]);
    else expect(branches.flatMap((branch) => walked(patient, branch))).toHaveLength(count);
    if (count !== undefined) expect(told).toHaveLength(branches.length);
  });

  test.each([
    // Neither yes nor no where there is no birth date.
    "Patient.birthDate = '2020-01-01'",
    // Two collections are compared as wholes.
    "Patient.where(name.given = 'A').active",
    "Patient.where('A' = gender).active",
  ])('is not told where it would say something else: %s', (expression) => {
    expect(compileExpression(expression, 'Patient', definitions).map(({ jsonPath }) => jsonPath)).toEqual([undefined]);
  });
});
