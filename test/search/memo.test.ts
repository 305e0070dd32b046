import { describe, expect, test } from '@jest/globals';
import { Memo, PairMemo } from '../../src/search/memo.ts';

describe('A memo', () => {
  test('gives what was set for a text, and nothing for others', () => {
    const memo = new Memo<number>();
    memo.set('a', 1);
    expect([memo.get('a'), memo.get('b')]).toEqual([1, undefined]);
  });

  test('is not mixed up with others that know the same text', () => {
    const [one, other] = [new Memo<number>(), new Memo<string>()];
    one.set('shared', 1);
    other.set('shared', 'x');
    expect([one.get('shared'), other.get('shared')]).toEqual([1, 'x']);
  });

  test('forgets what was not asked for during two generations, and keeps what was', () => {
    const memo = new Memo<number>();
    memo.set('used', 1);
    memo.set('unused', 2);
    for (let i = 0; i < 100_000; i++) {
      memo.set(`text ${i}`, i);
      if (i % 5000 === 0) expect(memo.get('used')).toBe(1);
    }
    expect(memo.get('unused')).toBeUndefined();
    expect(memo.get('text 99999')).toBe(99_999);
  });

  test('does not keep long texts', () => {
    const memo = new Memo<number>();
    memo.set('x'.repeat(161), 1);
    expect(memo.get('x'.repeat(161))).toBeUndefined();
  });

  test('of pairs tells a code with a system from the same code with another or with none', () => {
    const memo = new PairMemo<string>();
    memo.set('s', 'c', 's|c');
    memo.set(undefined, 'c', '|c');
    memo.set('t', 'c', 't|c');
    expect([memo.get('s', 'c'), memo.get('t', 'c'), memo.get(undefined, 'c'), memo.get('u', 'c')]).toEqual(['s|c', 't|c', '|c', undefined]);
  });
});
