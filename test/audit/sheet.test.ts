/** Sheets: what goes in comes out, whatever the entries say. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { plainLink } from '../../src/audit/chain.ts';
import { headOf, linesOf, sheetAfter } from '../../src/audit/sheet.ts';

const nothing = { sheet: 0, seq: 0, hash: '' };
const at = '2026-11-25T14:40:56.123Z';

describe('a sheet', () => {
  test('gives back its entries, with any text in them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.array(fc.uuid(), { maxLength: 3 })), { minLength: 1 }), (given) => {
        const lines = given.map(([text, pending]) => ({ at, entry: JSON.stringify({ v: 1, t: text }), pending }));
        expect(linesOf(sheetAfter(plainLink, nothing, lines))).toEqual(lines);
      }),
    );
  });

  test('goes on where the one before ended', () => {
    const lines = [1, 2, 3].map((v) => ({ at, entry: `{"v":${v}}` }));
    const first = sheetAfter(plainLink, nothing, lines);
    expect([first.seq, first.count, headOf(first).seq]).toEqual([1, 3, 3]);
    const second = sheetAfter(plainLink, headOf(first), lines);
    expect([second.seq, headOf(second)]).toEqual([4, { sheet: 4, seq: 6, hash: second.hash }]);
    expect(second.hash).not.toBe(first.hash);
  });

  test.each(['', 'x', '{', '\u0000', 'no brace', '{}{}'])('that somebody changed to %j is still read', (entries) => {
    expect(linesOf({ entries }).map(({ entry }) => typeof entry)).toEqual(['string']);
  });
});
