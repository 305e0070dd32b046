/** Regular expressions of filters: the whole text matches, in linear time, as JavaScript would have it. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compilePattern } from '../../../src/fhir/value-set/pattern.ts';
import { PatternError } from '../../../src/fhir/value-set/pattern-parser.ts';

const matches = (source: string, text: string): boolean => compilePattern(source).matches(text);

const letter = fc.constantFrom('a', 'b', 'c', '-', '.', '\\.', '\\d', '\\w', '\\S', '[ab]', '[^a]', '[a-c.]', '[\\d-]', '\\x61', '\\u0062');
const count = fc.constantFrom('', '', '*', '+', '?', '{2}', '{0,2}', '{1,}', '*?', '+?');

/** Patterns of the shapes that are supported, over few letters so that texts match them now and then. */
function patternOf(depth: number): fc.Arbitrary<string> {
  const group = (): fc.Arbitrary<string> =>
    fc.tuple(fc.constantFrom('(', '(?:', '(?:^'), patternOf(depth - 1)).map(([open, inner]) => `${open}${inner})`);
  const atom = depth === 0 ? letter : fc.oneof(letter, group());
  const repeat = fc.tuple(atom, count).map((parts) => parts.join(''));
  const sequence = fc.tuple(fc.array(repeat, { maxLength: 3 }), fc.constantFrom('', '', '$')).map(([parts, end]) => parts.join('') + end);
  return fc.array(sequence, { minLength: 1, maxLength: 2 }).map((options) => options.join('|'));
}

const pattern = patternOf(2).filter(({ length }) => length <= 40);

describe('A regular expression', () => {
  test.each<[string, string, boolean]>([
    ['[A-Z]{3}', 'DEU', true],
    ['[A-Z]{3}', 'DE', false],
    ['[A-Z]{3}', 'DEUT', false],
    ['[^ \\t\\r\\n\\f]{4}[0-9]', 'code1', true],
    ['a|bc', 'bc', true],
    ['a|bc', 'c', false],
    ['a.c', 'a\nc', false],
    ['', '', true],
    ['', 'a', false],
    ['a{2,3}', 'aa', true],
    ['a{2,3}', 'aaaa', false],
    ['(ab)*', 'ababab', true],
    ['^ab$', 'ab', true],
    ['a^b', 'ab', false],
    ['\\^\\$', '^$', true],
    ['[\\]x]', ']', true],
    ['[]', 'a', false],
    ['[^]', '\n', true],
  ])('%s and the text "%s": %s', (source, text, expected) => {
    expect(matches(source, text)).toBe(expected);
  });

  test('matches what JavaScript matches from the first character to the last', () => {
    fc.assert(
      fc.property(
        pattern,
        fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-', '.', '1', '\n'), maxLength: 8 }), { minLength: 5 }),
        (source, texts) => {
          const whole = new RegExp(`^(?:${source})$`);
          const { matches: isMatch } = compilePattern(source);
          for (const text of texts) expect([text, isMatch(text)]).toEqual([text, whole.test(text)]);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test.each(['((a+)+)+', '(a|a)*', '(a*)*b', '(a|aa)+', 'a*a*a*a*a*a*a*a*b'])('takes time in proportion to the text: %s', (source) => {
    const started = performance.now();
    expect(matches(source, `${'a'.repeat(20_000)}!`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test.each<[string, string]>([
    ['(?=a)', 'looking ahead or back and named groups are not supported'],
    ['(?<=a)b', 'looking ahead or back and named groups are not supported'],
    ['(a)\\1', '"\\1" is not supported'],
    ['\\bword', '"\\b" is not supported'],
    ['\\p{L}', '"\\p" is not supported'],
    ['(a', 'a bracket is not closed'],
    ['a)', 'the bracket at character 2 was not opened'],
    ['*', 'nothing to repeat at character 1'],
    ['a**', 'nothing to repeat at character 3'],
    ['^*', 'nothing to repeat before character 2'],
    ['[b-a]', 'the range that ends at character 4 is out of order'],
    ['[a', 'it ends too early'],
    ['a{3,2}', '{3,2} has its numbers in the wrong order'],
    ['a{1001}', '{1001} repeats too often'],
    ['(a{100}){100}', 'it is too large'],
    ['a'.repeat(1001), 'it is longer than 1000 characters'],
    ['('.repeat(60) + ')'.repeat(60), 'its brackets are nested too deeply'],
  ])('is refused where its meaning or its size is: %s', (source, why) => {
    expect(() => compilePattern(source)).toThrow(new PatternError(why));
  });

  test('of nothing repeated is compiled at once', () => {
    expect(matches('(((){1000}){1000}){1000}', '')).toBe(true);
  });
});
