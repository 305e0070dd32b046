/** What is remembered, and for how long, is bounded by weight. */
import { describe, expect, test } from '@jest/globals';
import { BoundedCache } from '../../src/terminology/bounded-cache.ts';

describe('A bounded cache', () => {
  test('forgets what was not used for longest', () => {
    const cache = new BoundedCache<string>(3);
    for (const key of ['a', 'b', 'c']) cache.set(key, key, 1);
    expect(cache.get('a')).toBe('a');
    cache.set('d', 'd', 1);
    expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key))).toEqual(['a', undefined, 'c', 'd']);
    expect(cache.weight).toBe(3);
  });

  test('makes room for what is heavy', () => {
    const cache = new BoundedCache<string>(10);
    for (const key of ['a', 'b', 'c']) cache.set(key, key, 3);
    cache.set('heavy', 'heavy', 8);
    expect(cache.get('c')).toBeUndefined();
    expect(cache.get('heavy')).toBe('heavy');
    expect(cache.weight).toBe(8);
  });

  test('keeps what is too heavy only until the next comes', () => {
    const cache = new BoundedCache<string>(10);
    cache.set('giant', 'giant', 1000);
    expect(cache.get('giant')).toBe('giant');
    cache.set('a', 'a', 1);
    expect(cache.get('giant')).toBeUndefined();
    expect(cache.weight).toBe(1);
  });

  test('counts what is set again once', () => {
    const cache = new BoundedCache<string>(10);
    cache.set('a', 'one', 4);
    cache.set('a', 'two', 5);
    expect(cache.get('a')).toBe('two');
    expect(cache.weight).toBe(5);
    cache.delete('a');
    cache.delete('a');
    expect(cache.weight).toBe(0);
  });
});
