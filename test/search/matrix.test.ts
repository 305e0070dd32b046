/** Every parameter type with every modifier and every prefix: what is answered finds and misses, all else is refused. https://hl7.org/fhir/R4/search.html */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Cell, cells, nameOf } from '../../scripts/search-page/matrix.ts';
import { refusalOf, type SearchDatabase, searchDatabase } from '../support/search.ts';
import { type Case, cases, literal, probes } from './matrix/case.ts';
import { resources } from './matrix/resource.ts';

const answered = cells.filter(({ refused }) => refused === undefined);
const refused = cells.filter((cell) => cell.refused !== undefined);

describe('The matrix of search', () => {
  let db: SearchDatabase;
  beforeAll(async () => {
    db = await searchDatabase();
    await db.load(resources);
  });
  afterAll(() => db.close());

  async function prove({ type, finds: [query, ...ids], misses }: Case): Promise<void> {
    expect((await db.ids(type, query)).sort()).toEqual(ids.sort());
    expect((await db.ids(type, misses)).filter((id) => ids.includes(id))).toEqual([]);
  }

  test('has cases for every cell that is answered, and for no other', () => {
    expect(Object.keys(cases).sort()).toEqual(answered.map(nameOf).sort());
  });

  test.each(answered.map((cell) => [nameOf(cell)] as const))('%s finds what it should and misses what it should', async (name) => {
    await prove(cases[name] as Case);
  });

  test.each(refused.filter(({ kind }) => kind === 'modifier').map((cell) => [nameOf(cell), cell] as const))(
    '%s is refused, with the modifiers that are valid',
    (_, { row, name }: Cell) => {
      const [type, code] = probes[row] ?? ['', ''];
      const modifier = name === '[type]' ? 'Patient' : name;
      const { status, text } = refusalOf(type, `${code}:${modifier}=true`);
      expect([status, text]).toEqual([400, expect.stringContaining(`":${modifier}" is not a modifier that ${type}.${code}`)]);
      expect(text).toContain('they are :missing');
    },
  );

  test.each(
    refused.filter(({ kind, row }) => kind === 'prefix' && literal[row] !== undefined).map((cell) => [nameOf(cell), cell] as const),
  )('%s is no prefix but the beginning of the value', async (_, { row, name }: Cell) =>
    prove((literal[row] as (prefix: string) => Case)(name)),
  );

  test.each(refused.filter(({ kind, row }) => kind === 'prefix' && row === 'composite'))(
    'a composite has the prefix $name at its parts only',
    ({ name }) => {
      expect(refusalOf('Observation', 'code-value-quantity=x').status).toBe(400);
      expect(refusalOf('Observation', `code-value-quantity=${name}29463-7`).status).toBe(400);
    },
  );

  test.each(refused.filter(({ kind, row }) => kind === 'prefix' && row === 'special'))('near has no prefix $name', ({ name }) => {
    expect(refusalOf('Location', `near=${name}48.2|16.4|10`).status).toBe(400);
  });

  test('leaves no refused cell unasked', () => {
    const rows = refused.filter(({ kind }) => kind === 'prefix').map(({ row }) => row);
    expect([...new Set(rows)].sort()).toEqual([...Object.keys(literal), 'composite', 'special'].sort());
  });
});
