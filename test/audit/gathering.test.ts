/** Gathering: who is expected is waited for, but not long, and nobody waits who is alone. */

import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { gathering } from '../../src/audit/gathering.ts';

const recorded = (patienceMs: number, store: (items: readonly string[]) => Promise<void> = async () => undefined) => {
  const stored: string[][] = [];
  const made = gathering<string>({
    store: (items) => {
      stored.push([...items]);
      return store(items);
    },
    fitting: (items) => Math.min(items.length, 3),
    patienceMs,
  });
  return { ...made, stored };
};

describe('gathering', () => {
  test('stores together what comes together', async () => {
    const { add, stored } = recorded(10_000);
    await Promise.all(['a', 'b', 'c'].map(add));
    expect(stored).toEqual([['a', 'b', 'c']]);
  });

  test('waits for who is expected', async () => {
    const { add, expect: expected, stored } = recorded(10_000);
    const came = expected();
    const first = add('a');
    await sleep(20);
    expect(stored).toEqual([]);
    came();
    await Promise.all([first, add('b')]);
    expect(stored).toEqual([['a', 'b']]);
  });

  test('does not wait any longer for who will not come', async () => {
    const { add, expect: expected, stored } = recorded(10_000);
    const came = expected();
    const first = add('a');
    came();
    came();
    await first;
    expect(stored).toEqual([['a']]);
    // Told twice, it was still one only.
    const other = expected();
    const second = add('b');
    await sleep(20);
    expect(stored).toHaveLength(1);
    other();
    await second;
  });

  test('does not wait for ever', async () => {
    const { add, expect: expected, stored } = recorded(15);
    expected();
    const before = performance.now();
    await add('a');
    expect(stored).toEqual([['a']]);
    expect(performance.now() - before).toBeGreaterThan(10);
  });

  test('does not wait when one statement is full', async () => {
    const { add, expect: expected, stored } = recorded(10_000);
    const came = expected();
    const all = ['a', 'b', 'c', 'd'].map(add);
    await all[0];
    expect(stored).toEqual([['a', 'b', 'c']]);
    came();
    await all[3];
    expect(stored).toEqual([['a', 'b', 'c'], ['d']]);
  });

  test('never stores twice at a time, and loses nothing that comes meanwhile', async () => {
    let running = 0;
    let most = 0;
    const { add, stored } = recorded(1, async () => {
      most = Math.max(most, ++running);
      await sleep(2);
      running--;
    });
    await Promise.all(
      Array.from({ length: 40 }, async (_, i) => {
        await sleep(i % 7);
        await add(String(i));
      }),
    );
    expect(most).toBe(1);
    expect(stored.flat().sort()).toEqual(Array.from({ length: 40 }, (_, i) => String(i)).sort());
  });

  test('tells each of a failed statement, and goes on', async () => {
    let fails = true;
    const { add } = recorded(1, async () => {
      if (fails) throw new Error('away');
    });
    const told = await Promise.allSettled(['a', 'b'].map(add));
    expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fails = false;
    await add('c');
  });
});
