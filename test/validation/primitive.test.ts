import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import { embedXhtml } from '../../src/fhir/xml/xhtml.ts';
import { primitiveOf } from '../../src/validation/primitive.ts';
import { cpuClock } from '../support/cpu.ts';

const definitions = loadDefinitions();

interface Cases {
  readonly right: readonly unknown[];
  readonly wrong: readonly unknown[];
}

const table: Record<string, Cases> = {
  date: {
    right: ['2026', '0001', '2026-01', '2026-12-31', '2024-02-29', '2000-02-29'],
    wrong: [
      '26',
      '0000',
      '2026-1',
      '2026-00',
      '2026-13',
      '2026-01-00',
      '2026-04-31',
      '2026-02-29',
      '1900-02-29',
      '2026-01-01T00:00:00Z',
      '2026-',
      ' 2026',
      '2026 ',
      '٢٠٢٦',
      '-2026',
      '+2026',
      '20260101',
    ],
  },
  dateTime: {
    right: [
      '2026',
      '2026-01',
      '2026-01-31',
      '2026-01-31T00:00:00Z',
      '2026-01-31T23:59:60+14:00',
      '2026-01-31T12:00:00.123456789012-05:30',
      '2026-01-31T12:00:00+00:00',
    ],
    wrong: [
      '2026-01-31T12:00:00',
      '2026-01-31T12:00Z',
      '2026-01-31T12Z',
      '2026-01-31T',
      '2026-01-31T24:00:00Z',
      '2026-01-31T12:60:00Z',
      '2026-01-31T12:00:61Z',
      '2026-01-31T12:00:00.Z',
      '2026-01-31T12:00:00+14:01',
      '2026-01-31T12:00:00+15:00',
      '2026-01-31T12:00:00+0100',
      '2026-01-31T12:00:00z',
      '2026-01-31 12:00:00Z',
      '2026-02-30T12:00:00Z',
      '2026-01T12:00:00Z',
      '2026-01-31T12:00:00ZZ',
      '2026-01-31T1a:00:00Z',
    ],
  },
  instant: {
    right: ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.5+01:00'],
    wrong: ['2026', '2026-01-31', '2026-01-31T12:00:00', '2026-01-31T12:00Z'],
  },
  time: { right: ['00:00:00', '23:59:60', '12:00:00.001'], wrong: ['12:00', '24:00:00', '12:00:00Z', '1:00:00', '12:00:00.', '12-00-00'] },
  string: { right: ['a', ' ', ' a ', 'a\tb\r\nc', '\u00a0', '💉'], wrong: ['a\u0000', '\u0007', '\u000b'] },
  markdown: { right: ['# a\n\n* b'], wrong: ['\u0001'] },
  code: { right: ['a', 'a b', 'a\u00a0'], wrong: [' a', 'a ', 'a  b', ' ', 'a\n\nb', 'a \u0001b'] },
  id: { right: ['a', 'A-1.b', 'x'.repeat(64)], wrong: ['a_b', 'a b', 'x'.repeat(65), 'ä', 'a\n'] },
  uri: { right: ['urn:x', 'http://a/b?c#d', 'ä', '%20'], wrong: ['a b', ' a', 'a\n', '\t'] },
  canonical: { right: ['http://a|1.0', '#x'], wrong: ['http://a |1'] },
  url: { right: ['http://a'], wrong: ['http://a b'] },
  oid: {
    right: ['urn:oid:1.2.3', 'urn:oid:2.16.840.0.10'],
    wrong: ['1.2.3', 'urn:oid:3.1', 'urn:oid:1', 'urn:oid:1.', 'urn:oid:1..2', 'urn:oid:1.02', 'urn:oid:1.2.', 'urn:oid:1.a'],
  },
  uuid: {
    right: ['urn:uuid:c757873d-ec9a-4326-a141-556f43239520'],
    wrong: ['c757873d-ec9a-4326-a141-556f43239520', 'urn:uuid:C757873D-EC9A-4326-A141-556F43239520', 'urn:uuid:c757873d'],
  },
  base64Binary: {
    right: ['aGk=', 'YQ==', 'YWJj', 'YWJj YWJj', 'YWJj\r\nYWJj\n', ' YWJj'],
    wrong: ['a', 'abc', 'abcde', 'YQ=', 'Y===', 'YQ==YQ==', '====', 'YW Jj', 'YW-_', 'YQ=a', ' ', 'ä==='],
  },
  xhtml: {
    right: [
      '<div>x</div>',
      '<div/>',
      ' \n<div>x</div>',
      ...[
        '',
        'x',
        '<p>x</p>',
        '<br/>',
        '<b>x</b> <a href="#x">y</a>',
        '<p><b>x</b></p >',
        'a &lt; b &amp; c &#160;',
        '<p id="a" class="b">x</p>',
        '<!-- x -->',
        '&nbsp;',
        'é 💉',
        '<img src="x&amp;y"/>',
      ].map((text) => `<div xmlns="http://www.w3.org/1999/xhtml">${text}</div>`),
    ],
    wrong: [
      'x',
      '<p/>',
      '<divx/>',
      '<DIV>x</DIV>',
      '<div xmlns="http://example.org">x</div>',
      ...[
        '<p>',
        '</p>',
        '<p></b>',
        'a & b',
        'a < b',
        '&unheard;',
        '<p a=b/>',
        '<p a="1" a="2"/>',
        ']]>',
        '<o:p/>',
        '\u0001',
        '\ud800',
        '</div><div>',
        '<p></p a="b">',
        '<p a="<"/>',
        '&#0;',
        '</p/>',
        '<p',
      ].map((text) => `<div xmlns="http://www.w3.org/1999/xhtml">${text}</div>`),
      '<div xmlns="http://www.w3.org/1999/xhtml">x</div> tail',
      '<div xmlns="http://www.w3.org/1999/xhtml">x',
    ],
  },
  integer: { right: [0, -1, 2147483647, -2147483648], wrong: [0.5, 2147483648, -2147483649, Number.NaN] },
  unsignedInt: { right: [0, 2147483647], wrong: [-1, 1.5, 2147483648] },
  positiveInt: { right: [1, 2147483647], wrong: [0, -1, 2147483648] },
  decimal: { right: [0, -1.5, 1e300], wrong: [Number.NaN, Number.POSITIVE_INFINITY] },
};

describe.each(Object.entries(table))('A %s (https://hl7.org/fhir/R4/datatypes.html#primitive)', (type, { right, wrong }) => {
  const { accepts } = primitiveOf(type);
  if (right.length > 0) test.each(right.map((value) => [value]))('may be %j', (value) => expect(accepts(value)).toBe(true));
  test.each(wrong.map((value) => [value]))('may not be %j', (value) => expect(accepts(value)).toBe(false));
});

test('Every primitive type of the registry is in the table of formats', () => {
  const strings = new Set(['string', 'markdown']);
  for (const { element, type } of definitions.properties('Extension').values()) {
    if (element.name !== 'value' || definitions.type(type.code)?.kind !== 'primitive' || strings.has(type.code)) continue;
    expect([type.code, primitiveOf(type.code).expected]).not.toEqual([type.code, primitiveOf('string').expected]);
  }
});

describe('Formats agree with the regular expressions of the specification', () => {
  // What the expressions let through and the specification's own words forbid is left out: days of no calendar, stray padding.
  const types = ['date', 'dateTime', 'instant', 'time', 'id', 'oid', 'uuid', 'base64Binary', 'uri'];
  const pieces = [
    '2026',
    '-',
    '02',
    '31',
    '28',
    'T',
    '12',
    ':',
    '60',
    '.5',
    'Z',
    '+',
    '14:00',
    '13:59',
    'urn:oid:',
    '1',
    '.',
    '0',
    'YWJj',
    '/',
    '\n',
    'é',
  ];
  const text = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 14 }).map((parts) => parts.join(''));
  const stamp = fc
    .tuple(
      fc.integer({ min: -1, max: 2100 }),
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 0, max: 28 }),
      fc.integer({ min: 0, max: 25 }),
      fc.integer({ min: 0, max: 61 }),
      fc.constantFrom('Z', '+14:00', '-13:59', '+14:30', '', '.5Z'),
    )
    .map(([y, m, d, h, s, zone]) => `${String(y).padStart(4, '0')}-${two(m)}-${two(d)}T${two(h)}:${two(s)}:${two(s)}${zone}`);
  const two = (n: number): string => String(n).padStart(2, '0');

  test.each(types)('%s', (type) => {
    const pattern = new RegExp(
      `^(?:${definitions.type(type)?.pattern?.replaceAll('\\s', '[ \\t\\r\\n]').replaceAll('\\S', '[^ \\t\\r\\n]')})$`,
    );
    const { accepts } = primitiveOf(type);
    const calendar = (value: string) => !/-(02-(29|3)|(04|06|09|11)-31)/.test(value);
    const run = (value: string) => {
      if (calendar(value)) expect([value, accepts(value)]).toEqual([value, pattern.test(value)]);
    };
    fc.assert(fc.property(fc.oneof(text, stamp), run), { numRuns: 500 });
  });
});

test('A narrative of many elements is right, one nested without end is not', () => {
  const div = (text: string) => primitiveOf('xhtml').accepts(`<div xmlns="http://www.w3.org/1999/xhtml">${text}</div>`);
  expect(div('<p id="a" class="b">x</p>&nbsp;'.repeat(2000))).toBe(true);
  expect(div('<b>'.repeat(200) + '</b>'.repeat(200))).toBe(true);
  expect(div('<b>'.repeat(300) + '</b>'.repeat(300))).toBe(false);
  expect(div('<B a="/>">'.repeat(50_000) + '</B>'.repeat(50_000))).toBe(false);
});

test('The quick look at a narrative never lets through what the XML writer refuses', () => {
  const pieces = [
    '<p>',
    '</p>',
    '<b>',
    '</b>',
    '<br/>',
    '<p a="b">',
    '<p a="b" a="c">',
    '<p a="b\r" b="&amp;&#160;\n">',
    '<p a="&">',
    '<p\r>',
    '</p a="b">',
    '&amp;',
    '&',
    '&#160;',
    '&#55555;',
    '<',
    '>',
    ']]>',
    '"',
    'x',
    '\r',
    '\ufffe',
    '<!--x-->',
    '<p xmlns="y">',
    '</div>',
    '<div>',
    '<x:p/>',
    '</b/>',
  ];
  const writes = (div: string): boolean => {
    try {
      return embedXhtml(div) !== '';
    } catch {
      return false;
    }
  };
  const run = (parts: string[]) => {
    const div = `<div xmlns="http://www.w3.org/1999/xhtml">${parts.join('')}</div>`;
    expect([div, primitiveOf('xhtml').accepts(div)]).toEqual([div, writes(div)]);
  };
  fc.assert(fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), run), { numRuns: 1500 });
});

describe('A text of a megabyte', () => {
  const units = ['a', ' ', 'a ', '1', '.1', '=', 'YWJj\n', '/', '<p>', '&amp;'];
  const opened = ['', 'urn:oid:1', 'urn:uuid:', '2026-01-31T12:00:00.', '<div', '<div xmlns="http://www.w3.org/1999/xhtml">'];
  const texts = opened.flatMap((open) => units.map((unit) => open + unit.repeat(Math.ceil(1e6 / unit.length))));

  test.each(Object.keys(table).filter((type) => primitiveOf(type).json === 'string'))('is judged in a moment as %s', (type) => {
    const { accepts } = primitiveOf(type);
    const spent = cpuClock();
    for (const text of texts) accepts(text);
    expect(spent() / texts.length).toBeLessThan(200);
  });

  test('is a string up to 1,048,576 characters', () => {
    expect(primitiveOf('string').accepts('a'.repeat(1024 * 1024))).toBe(true);
    expect(primitiveOf('string').accepts('a'.repeat(1024 * 1024 + 1))).toBe(false);
  });
});
