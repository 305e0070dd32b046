/** Whatever is asked of full-text search is understood or refused, and what it finds is what its grammar says. https://hl7.org/fhir/R4/search.html#text */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FhirError } from '../../src/fhir/outcome.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { tsqueryText } from '../../src/search/compile/words.ts';
import { contentReader } from '../../src/search/text/content.ts';
import { documentOf } from '../../src/search/text/document.ts';
import { lookedUp, parseWordQuery } from '../../src/search/text/word-query.ts';
import { definitions, type SearchDatabase, searchDatabase } from '../support/search.ts';

let db: SearchDatabase;

const vocabulary = ['bone', 'bones', 'liver', 'x', 'Zoë'];
const word = fc.constantFrom(...vocabulary);

type Query =
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly open: boolean }
  | { readonly kind: 'not'; readonly of: Query }
  | { readonly kind: 'AND' | 'OR' | ''; readonly of: readonly Query[] };

const { query } = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 4 },
    fc.record({ kind: fc.constant('words' as const), words: fc.array(word, { minLength: 1, maxLength: 3 }), open: fc.boolean() }),
    fc.record({ kind: fc.constant('not' as const), of: tie('query') }),
    fc.record({
      kind: fc.constantFrom('AND' as const, 'OR' as const, '' as const),
      of: fc.array(tie('query'), { minLength: 2, maxLength: 3 }),
    }),
  ),
}));

function written(each: Query): string {
  switch (each.kind) {
    case 'words':
      return each.words.length === 1 ? `${each.words[0]}${each.open ? '*' : ''}` : `"${each.words.join(' ')}"${each.open ? '*' : ''}`;
    case 'not':
      return `NOT (${written(each.of)})`;
    default:
      return each.of.map((part) => `(${written(part)})`).join(each.kind === '' ? ' ' : ` ${each.kind} `);
  }
}

const folded = (text: string): string => (text === 'Zoë' ? 'zoe' : text);

/** By a reading of its own: the words of a text one after the other. */
function matches(each: Query, text: readonly string[]): boolean {
  switch (each.kind) {
    case 'words':
      return text.some((_, start) =>
        each.words.every((asked, i) => {
          const found = text[start + i];
          if (found === undefined) return false;
          return each.open && i === each.words.length - 1 ? folded(found).startsWith(folded(asked)) : folded(found) === folded(asked);
        }),
      );
    case 'not':
      return !matches(each.of, text);
    case 'OR':
      return each.of.some((part) => matches(part, text));
    default:
      return each.of.every((part) => matches(part, text));
  }
}

const texts = fc.sample(fc.array(word, { maxLength: 6 }), { numRuns: 60, seed: 7 });

const resources: Resource[] = texts.map((words, i) => ({
  resourceType: 'Condition',
  id: `c${i}`,
  ...(words.length === 0 ? {} : { text: { status: 'generated', div: `<div>${words.join(' ')}</div>` } }),
  code: { text: 'liver liver bones' },
}));

beforeAll(async () => {
  db = await searchDatabase();
  await db.load(resources);
});
afterAll(() => db.close());

test('Words, phrases, AND, OR and NOT find what they say, however they are put together', async () => {
  await fc.assert(
    fc.asyncProperty(query, async (asked) => {
      const expected = resources.filter((_, i) => matches(asked, texts[i] ?? [])).map(({ id }) => id);
      const found = await db.ids('Condition', `_count=100&_text=${encodeURIComponent(written(asked))}`);
      expect(found.sort()).toEqual(expected.sort());
    }),
    { numRuns: 300 },
  );
});

test('Any text is understood or refused with 400, and PostgreSQL takes what is understood', async () => {
  const pieces = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'AND',
      'or',
      'NOT',
      'not',
      '(',
      ')',
      '"',
      '*',
      "'",
      '\\',
      ':A',
      '<->',
      '<2>',
      '!',
      '&',
      '|',
      '&&',
      '\0',
      'é',
      '東',
      ' ',
    ),
    word,
  );
  const asked = fc.array(pieces, { minLength: 1, maxLength: 8 }).map((list) => list.join(' '));
  const queries: string[] = [];
  fc.assert(
    fc.property(asked, fc.boolean(), (text, narrative) => {
      try {
        queries.push(tsqueryText(lookedUp(parseWordQuery('_text', text)).query, narrative));
      } catch (error) {
        expect(error).toBeInstanceOf(FhirError);
        expect((error as FhirError).status).toBe(400);
      }
    }),
    { numRuns: 3000 },
  );
  expect(queries.length).toBeGreaterThan(300);
  // None of them matches where there are no words: those would have to be looked for in all texts.
  const text = "select q from unnest($1::text[]) q where ''::tsvector @@ q::tsquery or numnode(q::tsquery) = 0";
  const rows = await db.database.run<{ q: string }>({ text, values: [queries] });
  expect(rows).toEqual([]);
});

test('Any string of a resource becomes words that PostgreSQL takes', async () => {
  const read = contentReader(definitions);
  const string = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom("'", '\\', '\0', '\u0001', '\ud800', 'ß', 'ﬁ', '½', 'İ'),
  );
  const vectors: string[] = [];
  fc.assert(
    fc.property(string, string, (text, xhtml) => {
      const resource = { resourceType: 'Condition', note: [{ text }], text: { status: 'generated', div: xhtml } };
      vectors.push(documentOf('Condition', read(resource))?.vector() ?? '');
    }),
    { numRuns: 2000 },
  );
  const rows = await db.database.run<{ n: string }>({
    text: 'select count(v::tsvector) as n from unnest($1::text[]) v',
    values: [vectors],
  });
  expect(Number(rows[0]?.n)).toBe(2000);
});

test('A text beyond what PostgreSQL can hold keeps its beginning', async () => {
  const words = Array.from({ length: 200_000 }, (_, i) => `word${i}`);
  const long: Resource = {
    resourceType: 'Condition',
    id: 'long',
    note: [{ text: `${'again '.repeat(400)}${words.join(' ')}` }, { text: 'z'.repeat(5000) }],
  };
  await db.load([long]);
  expect(await db.ids('Condition', '_content=word0 AND word50000 AND "word100 word101"')).toEqual(['long']);
  expect(await db.ids('Condition', '_content=again')).toEqual(['long']);
  expect(await db.ids('Condition', '_content=word199999')).toEqual([]);
});
