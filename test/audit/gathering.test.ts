/** Gathering: who is expected is waited for, but not long, and nobody waits who is alone. */

import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { gathering } from '../../src/audit/gathering.ts';

const recorded = (
  patienceMs: number,
  store: (items: readonly string[]) => Promise<void> = async () => undefined,
  { returnMs = 0, laterMs = 10_000 } = {},
) => {
  const stored: string[][] = [];
  const made = gathering<string>({
    store: (items) => {
      stored.push([...items]);
      return store(items);
    },
    fitting: (items) => Math.min(items.length, 3),
    ...{ patienceMs, returnMs, laterMs },
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

  test('gives those that were answered together the time to come together again', async () => {
    const { add, stored } = recorded(10_000, undefined, { returnMs: 10_000 });
    await Promise.all(['a', 'b'].map(add));
    const first = add('c');
    await sleep(20);
    expect(stored).toEqual([['a', 'b']]);
    await Promise.all([first, add('d')]);
    expect(stored).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  test('counts those who waited meanwhile among them: two halves become one', async () => {
    let release = (): void => undefined;
    const { add, stored } = recorded(10_000, () => new Promise((resolve) => (release = resolve)), { returnMs: 10_000 });
    const first = add('a');
    await sleep(5);
    const second = add('b');
    release();
    await first;
    await sleep(20);
    expect(stored).toEqual([['a']]);
    const third = add('c');
    await sleep(5);
    expect(stored).toEqual([['a'], ['b', 'c']]);
    release();
    await Promise.all([second, third]);
  });

  test('does not wait for those who do not come again, nor does one who is alone', async () => {
    const { add, stored } = recorded(10_000, undefined, { returnMs: 15 });
    await Promise.all(['a', 'b'].map(add));
    const before = performance.now();
    await add('c');
    expect(performance.now() - before).toBeGreaterThan(10);
    await add('d');
    expect(stored).toEqual([['a', 'b'], ['c'], ['d']]);
  });
});

describe('what nobody waits for', () => {
  test('goes with the next that somebody waits for, in its order', async () => {
    const { add, addLater, stored } = recorded(10_000);
    const later = addLater('a');
    await sleep(20);
    expect(stored).toEqual([]);
    await Promise.all([later, add('b')]);
    expect(stored).toEqual([['a', 'b']]);
  });

  test('is not long in coming', async () => {
    const { addLater, stored } = recorded(10_000, undefined, { laterMs: 15 });
    const before = performance.now();
    await Promise.all([addLater('a'), addLater('b')]);
    expect(performance.now() - before).toBeGreaterThan(10);
    expect(stored).toEqual([['a', 'b']]);
  });

  test('is stored at once when a statement is full, or when it is asked for', async () => {
    const { addLater, flush, stored } = recorded(10_000);
    const all = ['a', 'b', 'c', 'd'].map(addLater);
    await all[0];
    expect(stored).toEqual([['a', 'b', 'c']]);
    await flush();
    expect(stored).toEqual([['a', 'b', 'c'], ['d']]);
    await flush();
    expect(stored).toHaveLength(2);
  });

  test('holds up nobody: who comes meanwhile has the patience of their own', async () => {
    const { add, addLater, expect: expected, stored } = recorded(15);
    void addLater('a');
    expected();
    const before = performance.now();
    await add('b');
    expect(performance.now() - before).toBeLessThan(5000);
    expect(stored).toEqual([['a', 'b']]);
  });

  test('is given up when a statement fails: only who waits is tried again', async () => {
    let fail = (): void => undefined;
    let isFirst = true;
    const { add, addLater, stored } = recorded(1, () => {
      if (!isFirst) return Promise.resolve();
      isFirst = false;
      return new Promise((_, reject) => (fail = () => reject(new Error('away'))));
    });
    const first = add('a');
    await sleep(5);
    const others = [addLater('b'), add('c'), addLater('d')];
    fail();
    const told = await Promise.allSettled([first, ...others]);
    expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled', 'rejected']);
    expect(stored).toEqual([['a'], ['c']]);
  });

  test('that fails is told, and a flush ends all the same', async () => {
    const { addLater, flush } = recorded(10_000, () => Promise.reject(new Error('away')));
    const told = addLater('a').then(
      () => 'stored',
      () => 'failed',
    );
    await flush();
    expect(await told).toBe('failed');
  });
});
