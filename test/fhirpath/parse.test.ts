import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FhirPathError } from '../../src/fhir/fhirpath/fault.ts';
import { parse } from '../../src/fhir/fhirpath/parse.ts';
import type { Expression } from '../../src/fhir/fhirpath/syntax.ts';
import { faultOf, results } from '../support/fhirpath.ts';

/** The tree with every pair of operands in parentheses. */
function shape(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return expression.value === undefined ? '{}' : String(expression.value);
    case 'external':
      return `%${expression.name}`;
    case 'special':
      return expression.name;
    case 'member':
      return (expression.target === undefined ? '' : `${shape(expression.target)}.`) + expression.name;
    case 'call':
      return `${expression.target === undefined ? '' : `${shape(expression.target)}.`}${expression.name}(${expression.arguments.map(shape).join(', ')})`;
    case 'indexer':
      return `${shape(expression.target)}[${shape(expression.index)}]`;
    case 'polarity':
      return `(${expression.operator}${shape(expression.operand)})`;
    case 'binary':
      return `(${shape(expression.left)} ${expression.operator} ${shape(expression.right)})`;
    case 'row':
      return `(${expression.operands.map(shape).join(` ${expression.operator} `)})`;
    case 'type':
      return `(${shape(expression.operand)} ${expression.operator} ${expression.type.join('.')})`;
    case 'ordered':
      return `${shape(expression.operand)} ${expression.descending ? 'desc' : 'asc'}`;
  }
}

const shapeOf = (text: string): string => shape(parse(text));

describe('reading an expression', () => {
  test.each([
    ['1 + 2 * 3', '(1 + (2 * 3))'],
    ['1 - 2 - 3', '((1 - 2) - 3)'],
    ['-7.combine(3)', '(-7.combine(3))'],
    ['-a[0] + 1', '((-a[0]) + 1)'],
    ['- - 1', '(-(-1))'],
    ['1 > 2 is Boolean', '(1 > (2 is Boolean))'],
    ['a | b is c', '(a | (b is c))'],
    ['a as FHIR.Quantity > 1', '((a as FHIR.Quantity) > 1)'],
    ['a = b | c', '(a = (b | c))'],
    ['a in b = c', '(a in (b = c))'],
    ['a and b or c and d', '((a and b) or (c and d))'],
    ['a or b xor c', '((a or b) xor c)'],
    ['a implies b or c', '(a implies (b or c))'],
    ['a or b or c', '(a or b or c)'],
    ['1 & 2 + 3', '((1 & 2) + 3)'],
    ['a.b(c, d).e[1].f', 'a.b(c, d).e[1].f'],
    ['`div`.`a b`', 'div.a b'],
    ['text.div', 'text.div'],
    ['as.is(contains).in', 'as.is(contains).in'],
    ['%resource | %`us-zip`', '(%resource | %us-zip)'],
    ["%'us-zip'", '%us-zip'],
    ['a.sort($this desc, b)', 'a.sort($this desc, b)'],
    ['{} | 1', '({} | 1)'],
    ["4 days + 10.5 'mg'", "(4 days + 10.5 'mg')"],
    ['@2015T = @T14:30', '(2015 = 14:30)'],
    ['a // b\n + c /* d */', '(a + c)'],
    ['007', '7'],
  ])('%s is %s', (text, expected) => {
    expect(shapeOf(text)).toBe(expected);
  });

  test('escapes mean their characters, unknown ones the character behind the backslash', () => {
    expect(results("'\\\\\\/\\f\\r\\n\\t\\\"\\`\\'\\u002a\\p'")).toEqual(['\\/\f\r\n\t"`\'*p']);
  });
});

describe('a syntax fault says where it is and what would be right', () => {
  test.each([
    ['', 'line 1, column 1', 'An expression is missing'],
    ['   ', 'line 1, column 4', 'An expression is missing'],
    ['1 +', 'line 1, column 4', 'a function is missing'],
    ['name.', 'line 1, column 6', 'After the dot'],
    ['(1', 'line 1, column 3', 'a ) is missing'],
    ['1)', 'line 1, column 2', 'no bracket that this ) closes'],
    ['name[0', 'line 1, column 7', 'a ] is missing'],
    ['name.where(use', 'line 1, column 15', 'a ) or a comma is missing'],
    ["name\n  .where(use = 'a)", 'line 2, column 16', "a ' is missing"],
    ['name = "a"', 'line 1, column 8', 'single quotes'],
    ['name given', 'line 1, column 6', 'an operator or a dot is missing'],
    ['and', 'line 1, column 1', '`and`'],
    ['{1}', 'line 1, column 2', '{} is the empty collection'],
    ['@2015-1x', 'line 1, column 8', 'an operator or a dot is missing'],
    ['@x', 'line 1, column 1', '@2026-01-31'],
    ['$that', 'line 1, column 1', '$this, $index and $total'],
    ['!a', 'line 1, column 1', '.not()'],
    ['a ; b', 'line 1, column 3', 'no meaning'],
    ['%', 'line 1, column 2', 'name of a variable'],
    ['a is 1', 'line 1, column 6', 'name of a type'],
    ['1 /* open', 'line 1, column 3', '*/ is missing'],
    ['a.$this', 'line 1, column 3', 'name of an element or a function'],
  ])('%s', (text, place, hint) => {
    const fault = faultOf(text);
    expect(fault.kind).toBe('syntax');
    expect(fault.status).toBe(400);
    expect(fault.issues[0]?.location).toEqual([place]);
    expect(fault.message).toContain(hint);
  });
});

describe('whatever is read', () => {
  test('text that is no expression is a syntax or semantic fault, never another error', () => {
    const pieces = [
      'name',
      '.',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '1',
      "'a'",
      '+',
      '-',
      'and',
      'is',
      '%',
      '$this',
      '@2015',
      '|',
      ',',
      ' ',
      '`',
      '//',
      'as',
    ];
    const anyText = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...pieces)).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        try {
          return parse(text) !== undefined;
        } catch (error) {
          return error instanceof FhirPathError;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('space and comments between tokens change nothing', () => {
    const text = "Patient.name.where(use = 'official' and given.count() > 1)[0].given | -1 + 2 'mg'";
    const tokens = text.split(/(?<=[().[\]=|])|(?=[().[\]=|])| /).filter((token) => token !== '');
    const spaced = fc.array(fc.constantFrom(' ', '\n', '/* x */', ' // y\n'), { minLength: tokens.length, maxLength: tokens.length });
    fc.assert(
      fc.property(spaced, (gaps) => {
        expect(shapeOf(tokens.map((token, i) => token + (gaps[i] ?? '')).join(''))).toBe(shapeOf(text));
      }),
    );
  });
});
