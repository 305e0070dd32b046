/** Searches for words rank their matches. https://hl7.org/fhir/R4/search.html#score */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { noStatistics, type Statistics } from '../../src/search/plan/statistics.ts';
import { refusalOf, type SearchDatabase, searchDatabase } from '../support/search.ts';

let db: SearchDatabase;

const condition = (id: string, div: string | undefined, note: string, onset = '2020-01-01'): Resource => ({
  resourceType: 'Condition',
  id,
  ...(div === undefined ? {} : { text: { status: 'generated', div: `<div>${div}</div>` } }),
  note: [{ text: note }],
  subject: { reference: 'Patient/p' },
  onsetDateTime: onset,
  code: { coding: [{ code: id.startsWith('n') ? 'note' : 'text' }] },
});

const filler = 'and many other things that have nothing to do with it at all';

const resources: Resource[] = [
  condition('once', undefined, `fever ${filler}`),
  condition('often', undefined, `fever fever fever ${filler}`),
  condition('narrative', 'fever', filler),
  condition('short', undefined, 'fever'),
  condition('both', 'fever', 'fever'),
  condition('none', undefined, 'cough'),
  // The same text has the same score: the newest comes first.
  condition('n1', undefined, 'fever here', '2019-01-01'),
  condition('n2', undefined, 'fever here', '2021-01-01'),
  condition('n3', undefined, 'fever here', '2018-01-01'),
  ...Array.from({ length: 60 }, (_, i) =>
    condition(`m${i}`, undefined, `malaise ${'of some kind '.repeat(i % 7)}`, `20${10 + (i % 5)}-01-01`),
  ),
];

const few: Statistics = { ...noStatistics, wordShare: () => 0, typeRows: () => 1_000_000 };
/** So that a token leads to the rows. */
const many: Statistics = { ...noStatistics, wordShare: () => 1, tokenRows: () => 1, typeRows: () => 1_000_000 };

beforeAll(async () => {
  db = await searchDatabase();
  await db.load(resources);
});
afterAll(() => db.close());

describe.each([
  ['from the words', few],
  ['from elsewhere', many],
  ['by default', noStatistics],
])('Ranked %s', (_, statistics) => {
  const search = (text: string) => db.search('Condition', text, 'test', statistics);

  test('the best matches come first, with their scores', async () => {
    const { matches, scores = [] } = await search('_content=fever');
    const ids = matches.map(({ id }) => id);
    expect(ids[0]).toBe('both');
    expect(ids.indexOf('narrative')).toBeLessThan(ids.indexOf('once'));
    expect(ids.indexOf('often')).toBeLessThan(ids.indexOf('once'));
    expect(ids.indexOf('short')).toBeLessThan(ids.indexOf('once'));
    expect(ids.filter((id) => id.startsWith('n') && id !== 'narrative')).toEqual(['n2', 'n1', 'n3']);
    const numbers = scores.map(Number);
    expect(numbers).toHaveLength(ids.length);
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
    expect(Math.max(...numbers)).toBeLessThanOrEqual(1);
    expect(Math.min(...numbers)).toBeGreaterThan(0);
  });

  test.each(['_sort=_score', '_sort=-_score'])('%s asks for that order', async (sort) => {
    const [asked, usual] = await Promise.all([search(`_content=fever&${sort}`), search('_content=fever')]);
    expect(asked.matches[0]?.id).toBe('both');
    expect(asked.scores).toEqual(usual.scores);
  });

  test('another order keeps its own, and has no scores', async () => {
    const page = await search('_content=fever&_sort=-_id');
    expect(page.matches[0]?.id).toBe('short');
    expect(page.scores).toBeUndefined();
  });

  test('several searches for words rank together', async () => {
    const { matches, scores = [] } = await search('_content=fever&_text=fever');
    expect(matches.map(({ id }) => id).sort()).toEqual(['both', 'narrative']);
    expect(scores).toHaveLength(2);
  });

  test('alternatives without words rank last', async () => {
    const { matches, scores = [] } = await search('_filter=_content co "cough" or code eq "note"');
    expect(matches.map(({ id }) => id)).toEqual(['none', 'n2', 'narrative', 'n1', 'n3']);
    expect(scores.slice(1).map(Number)).toEqual([0, 0, 0, 0]);
  });

  test('each resource stands on one page exactly', async () => {
    for (const text of [
      '_content=malaise',
      '_content=malaise&_sort=_score',
      '_content=malaise&_sort=_score,_id',
      '_content=malaise&code=text',
    ]) {
      const found: string[] = [];
      const scores: number[] = [];
      for (let next: string | undefined = ''; next !== undefined; ) {
        const page = await search(`${text}&_count=7${next === '' ? '' : `&_cursor=${next}`}`);
        found.push(...page.matches.map(({ id }) => id));
        scores.push(...(page.scores ?? []).map(Number));
        next = page.next;
      }
      expect(found).toHaveLength(60);
      expect(new Set(found).size).toBe(60);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
    }
  });
});

test('What is only excluded does not rank, nor do the words of another resource', async () => {
  expect((await db.search('Condition', '_content=NOT fever')).scores).toBeUndefined();
  expect((await db.search('Condition', 'subject:Patient._content=fever')).scores).toBeUndefined();
});

test('Relevance is refused where nothing has it', () => {
  expect(refusalOf('Condition', 'code=x&_sort=_score')).toEqual({
    status: 400,
    text: expect.stringContaining('ask with _text or _content'),
  });
  expect(refusalOf('Condition', '_content=NOT fever&_sort=_score').status).toBe(400);
  expect(refusalOf('Condition', '_score=1').text).toContain('write _sort=_score');
});
