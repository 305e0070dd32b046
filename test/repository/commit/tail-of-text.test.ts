/** The text that is stored of a line is the same whether it is cut out or printed. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printJson, readJson } from '../../../src/fhir/json.ts';
import type { Resource } from '../../../src/fhir/resource.ts';
import type { CommitContext } from '../../../src/repository/commit/context.ts';
import { prepare } from '../../../src/repository/commit/prepared.ts';
import { tailOfText } from '../../../src/repository/commit/tail-of-text.ts';

const indexed: Resource[] = [];
const context = {
  extract: (resource: Resource) => {
    indexed.push(resource);
    return {};
  },
} as unknown as CommitContext;

function tailsOf(text: string): { cut: string | undefined; printed: string } {
  const { value, isPrinted } = readJson(text);
  const resource = value as Resource;
  const id = String(resource.id);
  return {
    cut: isPrinted ? tailOfText({ resource, text }, id) : undefined,
    printed: prepare(context, resource, id).tail,
  };
}

const head = '{"resourceType":"Observation","id":"a.1"';

test.each([
  ['no meta', `${head},"status":"final"}`],
  ['nothing else at all', `${head}}`],
  ['meta without what the server sets', `${head},"meta":{"profile":["http://a.b/c"]},"status":"final"}`],
  ['an export of this server', `${head},"meta":{"versionId":"3","lastUpdated":"2026-01-31T12:00:00.000Z"},"status":"final"}`],
  [
    'the same with more',
    `${head},"meta":{"versionId":"3","lastUpdated":"2026-01-31T12:00:00.000Z","tag":[{"code":"x"}]},"status":"final"}`,
  ],
  ['one of them', `${head},"meta":{"lastUpdated":"2026-01-31T12:00:00Z","tag":[{"code":"x"}]},"status":"final"}`],
  ['decimals that keep their digits', `${head},"valueQuantity":{"value":1.50,"x":-0,"y":1e3}}`],
  ['usual escapes and other letters', `${head},"note":[{"text":"a \\"b\\" \\\\ \\n \\t ü 漢 \u2028"}]}`],
])('is cut out of the line: %s', (_, text) => {
  const { cut, printed } = tailsOf(text);
  expect(cut).toBe(printed);
});

test.each([
  ['white space', `${head}, "status":"final"}`],
  ['another order', '{"id":"a.1","resourceType":"Observation","status":"final"}'],
  ['meta further behind', `${head},"status":"final","meta":{"profile":["http://a.b/c"]}}`],
  ['what the server sets in another order', `${head},"meta":{"lastUpdated":"2026-01-31T12:00:00Z","versionId":"3"}}`],
  ['what the server sets behind the rest', `${head},"meta":{"tag":[{"code":"x"}],"versionId":"3"}}`],
  ['extensions of what the server sets', `${head},"meta":{"_versionId":{"extension":[]},"tag":[{"code":"x"}]}}`],
  ['escapes that need not be', `${head},"note":[{"text":"a\\/b"}]}`],
  ['letters as escapes', `${head},"note":[{"text":"\\u00fc"}]}`],
  ['names that JavaScript moves', `${head},"status":"final","7":1}`],
])('is printed where it is not the same: %s', (_, text) => {
  expect(tailsOf(text).cut).toBeUndefined();
});

test('of any value: a text that is said to be printed is what printing gives', () => {
  const texts = fc.oneof(
    fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme' }).map((value) => JSON.stringify(value)),
    fc.json({ maxDepth: 5, stringUnit: 'grapheme' }),
    fc.dictionary(fc.string({ maxLength: 2 }), fc.double({ noNaN: true, noDefaultInfinity: true })).map((value) => JSON.stringify(value)),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const read = readJson(text);
      if (read.isPrinted) expect(printJson(read.value)).toBe(text);
    }),
    { numRuns: 3000 },
  );
});

test('only the resource that was read is cut: another one in its place is printed', () => {
  const { value } = readJson(`${head},"status":"final"}`);
  const other = { ...(value as Resource), status: 'amended' };
  const { tail } = prepare(context, other, 'a.1', { resource: value as Resource, text: `${head},"status":"final"}` });
  expect(tail).toBe('},"status":"amended"}');
});

test('what is indexed is without the version and time that the client sent', () => {
  const text = `${head},"meta":{"versionId":"3","lastUpdated":"2026-01-31T12:00:00.000Z"},"status":"final"}`;
  const { value } = readJson(text);
  prepare(context, value as Resource, 'a.1', { resource: value as Resource, text });
  expect(indexed.at(-1)).toMatchObject({ meta: { versionId: '', lastUpdated: '' }, status: 'final' });
});
