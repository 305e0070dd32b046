/** What an operator learns of a search, and what becomes of one that takes too long. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { containedTypes } from '../../src/repository/contained-types.ts';
import { type SearchContext, searchWith } from '../../src/repository/search.ts';
import { parseSearch } from '../../src/search/parse.ts';
import { noStatistics } from '../../src/search/plan/statistics.ts';
import type { Query } from '../../src/search/query.ts';
import { openDatabase, type Session } from '../../src/store/database.ts';
import { definitions } from '../support/repository.ts';
import { refusalOf, type SearchDatabase, searchDatabase, terminology } from '../support/search.ts';

let db: SearchDatabase;
const resources: Resource[] = Array.from({ length: 30 }, (_, i) => ({
  resourceType: 'Observation',
  id: `o${i}`,
  status: 'final',
  code: { coding: [{ code: i === 0 ? 'rare' : 'common' }] },
  effectiveDateTime: `2020-01-${String(i + 1).padStart(2, '0')}`,
}));

beforeAll(async () => {
  db = await searchDatabase();
  await db.load(resources);
});
afterAll(() => db.close());

const parse = (text: string): Query =>
  parseSearch(definitions, 'Observation', [...new URLSearchParams(text)], {
    strict: true,
    defaultCount: 20,
    maxCount: 100,
    now: new Date(),
    explain: true,
  });

const context = (): SearchContext => ({
  schema: 'anamnesis',
  typeCodes: db.typeCodes,
  typeNames: new Map([...db.typeCodes].map(([name, code]) => [code, name])),
  statistics: () => noStatistics,
  secret: 's',
  principalId: 'p',
  definitions,
  bases: new Set(),
  terminology,
  contained: containedTypes('anamnesis', () => Date.now()),
});

describe('_explain', () => {
  test('tells the plan, its indexes and its cost, and no value of the search', async () => {
    const { plans = [], matches } = await searchWith(db.database, context(), parse('code=rare&_explain=true'));
    expect(matches.map(({ id }) => id)).toEqual(['o0']);
    expect(plans).toHaveLength(1);
    expect(plans[0]).toMatch(
      /^all that match by token, then sorted; indexes .*res_toks.*; cost \d+, \d+ rows expected, 1 found in [\d.]+ ms$/,
    );
    expect(plans[0]).not.toContain('rare');
  });

  test('false tells nothing', async () => {
    expect((await searchWith(db.database, context(), parse('code=rare&_explain=false'))).plans).toBeUndefined();
  });

  test('tells that the rows of a patient are taken in their order', async () => {
    const { plans = [] } = await searchWith(db.database, context(), parse('patient=1&_explain=true'));
    expect(plans).toEqual([expect.stringMatching(/^by patient, in the order of the date, as far as needed; indexes .*res_patient_date/)]);
  });

  test('is refused where the operator has not allowed it', () => {
    expect(refusalOf('Observation', '_explain=true')).toMatchObject({
      status: 403,
      text: expect.stringContaining('SEARCH_EXPLAIN'),
    });
  });
});

describe('A search that takes too long', () => {
  const sleeping = (session: Session): Session => ({
    run: (statement) => session.run({ text: `select s.* from (${statement.text}) s, pg_sleep(5)`, values: statement.values }),
  });

  test.each(['code=common', 'code=common&_summary=count'])('is refused as too costly, with what would be cheaper: %s', async (text) => {
    const database = openDatabase({ connection: db.connection, schema: 'anamnesis', poolSize: 2, statementTimeoutMs: 100 });
    const refused = await searchWith(sleeping(database), context(), parse(text)).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      status: 400,
      issues: [{ code: 'too-costly', diagnostics: expect.stringMatching(/add a patient, a code or a narrower date/) }],
    });
    await database.close();
  });
});
