import { describe, expect, test } from '@jest/globals';
import { Pattern } from '../../src/fhir/fhirpath/pattern.ts';
import { backtracking } from '../../src/fhir/fhirpath/pattern-cost.ts';
import { faultOf, results } from '../support/fhirpath.ts';

const ten = '(1|2|3|4|5|6|7|8|9|10)';

/** Milliseconds that something takes. */
function timeOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Generous: a slow machine with neighbours is no fault, minutes are. */
const soon = 10_000;

describe('expressions that are too much are told as such, soon', () => {
  test.each<readonly [string, string, RegExp]>([
    ['a million parentheses', '('.repeat(1_000_000), /more than 100000 characters/],
    ['deep parentheses', '('.repeat(50_000), /more than 300 levels/],
    ['signs', `${'-'.repeat(50_000)}1`, /more than 300 levels/],
    ['a long path', `a${'.a'.repeat(40_000)}`, /more than 300 levels/],
    ['a long sum', `1${' + 1'.repeat(20_000)}`, /more than 300 levels/],
    ['nested calls', 'iif(true, '.repeat(8_000), /more than 300 levels/],
    ['nested indexes', 'a['.repeat(40_000), /more than 300 levels/],
    ['ten million values', `(1)${`.select(${ten})`.repeat(7)}.count()`, /more than 2000000 values/],
    ['an endless repeat()', '1.repeat($this + 1)', /more than 2000000 values/],
    ['an endless repeatAll()', '1.repeatAll($this)', /more than 2000000 values/],
    ['pairs of pairs', `${ten}${`.select($this.combine(${ten}))`.repeat(9)}.distinct()`, /more than 2000000 values/],
    ['a text that doubles', `${ten}.combine(${ten}).combine(${ten}).aggregate($total & $total, 'xxxxx')`, /more than 2000000 characters/],
    ['a text that is replaced by longer ones', `'a'${".replace('a', 'aaaaaaaaaa')".repeat(9)}`, /more than 2000000 characters/],
  ])('%s', (_, expression, message) => {
    const time = timeOf(() => expect(faultOf(expression, {}).message).toMatch(message));
    expect(time).toBeLessThan(soon);
  });

  test('what costs too much has a status of its own', () => {
    expect(faultOf('1.repeatAll($this)', {}).status).toBe(403);
  });

  test('limits can be set, and each evaluation counts anew', () => {
    const environment = { limits: { steps: 100 } };
    expect(faultOf(`${ten}.select(${ten}).count()`, {}, { environment }).kind).toBe('cost');
    expect(results(`${ten}.count()`, {}, { environment })).toEqual(['10']);
    const slow = { limits: { milliseconds: 0 } };
    expect(faultOf(`(1)${`.select(${ten})`.repeat(6)}.count()`, {}, { environment: slow }).message).toMatch(/more than 0 milliseconds/);
  });

  test('a long row of one operator is one level', () => {
    expect(results(`1${' | 1'.repeat(5_000)}`)).toEqual(['1']);
    expect(results(`false${' or false'.repeat(5_000)}`)).toEqual(['false']);
  });

  test('thousands of equal-looking structures are told apart without comparing all pairs', () => {
    const name = Array.from({ length: 3_000 }, (_, i) => ({ family: `F${i}`, given: ['A', `B${i}`] }));
    const time = timeOf(() => expect(results('(name | name).count()', { resourceType: 'Patient', name })).toEqual(['3000']));
    expect(time).toBeLessThan(soon);
  });
});

describe('regular expressions', () => {
  test.each<readonly [string, number | undefined]>([
    ['abc', 1],
    ['^[A-Z][0-9]{3}$', 1],
    ['a*', 2],
    ['^[^|]+$', 2],
    ['[A-Z]([A-Za-z0-9_]){0,254}', 2],
    ['.*a.*', 3],
    ['(a|b)c', 1.25],
    ['(abc)*', 2],
    ['(a+)+', undefined],
    ['(a|b)*', undefined],
    ['(a?){20}', undefined],
    ['(a)\\1', undefined],
    ['(?:a', undefined],
    ['a**', undefined],
    [`${'('.repeat(100)}a${')'.repeat(100)}`, undefined],
  ])('backtracking of %s grows with the power %s of the length', (source, power) => {
    expect(backtracking(source)).toBe(power);
  });

  const catastrophic: readonly (readonly [string, string])[] = [
    ['^(a+)+$', `${'a'.repeat(100_000)}!`],
    ['^(\\w+\\s?)*$', `${'a'.repeat(100_000)}!`],
    ['(.*)*(.*)*(.*)*x', 'a'.repeat(100_000)],
    ['a*a*a*a*a*a*b', 'a'.repeat(100_000)],
    ['(x+x+)+y', 'x'.repeat(100_000)],
    [`${'a?'.repeat(30)}${'a'.repeat(30)}b`, 'a'.repeat(30)],
    ['(|a|b)(|a|b)(|a|b)(|a|b)(|a|b)(|a|b)(|a|b)(|a|b)(|a|b)(|a|b)(|a|b)(|a|b)(|a|b)(|a|b)(|a|b)(|a|b)(|a|b)(|a|b)(|a|b)(|a|b)x', 'abc'],
    ['^(\\s*([0-9a-zA-Z\\+\\/=]){4}\\s*)+$', `${'abcd '.repeat(20_000)}!`],
  ];

  test.each(catastrophic)('%s answers soon', (source, text) => {
    const pattern = new Pattern(source, { ignoreCase: false, multiline: false });
    const time = timeOf(() => expect(pattern.test(text)).toBe(false));
    expect(time).toBeLessThan(soon);
    expect(timeOf(() => pattern.replace(text.slice(0, 20_000), () => '-'))).toBeLessThan(soon);
  });

  test('what neither engine can do in bounded time is refused', () => {
    const ahead = new Pattern('(?=a*)a*a*a*b', { ignoreCase: false, multiline: false });
    expect(ahead.test('aab')).toBe(true);
    expect(ahead.test('a'.repeat(100_000))).toBe('costly');
    expect(faultOf(`'${'a'.repeat(50_000)}'.matches('(?=a*)a*a*a*b')`).kind).toBe('cost');
    expect(new Pattern('a'.repeat(5_000), { ignoreCase: false, multiline: false }).test('a')).toBe('costly');
    expect(new Pattern('(', { ignoreCase: false, multiline: false }).test('a')).toBe('invalid');
  });

  test('both engines give the same where both are used', () => {
    const both: readonly (readonly [string, string, string])[] = [
      ['(\\w)(\\d+)', 'a12 b3', '12a 3b'],
      ['[aeiou]', 'education', 'education'],
      ['b*', 'abc', 'abc'],
    ];
    for (const [source, text] of both) {
      const short = new Pattern(source, { ignoreCase: false, multiline: false });
      const swap = (found: { readonly [group: number]: string | undefined }) => `<${found[2] ?? ''}${found[1] ?? ''}>`;
      const padding = ' '.repeat(5_000);
      const [one, other] = [short.replace(text, swap), short.replace(text + padding, swap)];
      if (typeof one === 'string' || typeof other === 'string') throw new Error('refused');
      expect(other.text.slice(0, one.text.length - 2)).toBe(one.text.slice(0, -2));
    }
  });
});
