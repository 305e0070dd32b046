import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readStrictly } from '../../src/fhir/json/strict.ts';
import { carryExact, cloneJson, exactNumber, parseJson, printJson, setExactNumber } from '../../src/fhir/json.ts';
import { FhirError } from '../../src/fhir/outcome.ts';
import { refusalOf } from '../support/refusal.ts';
import { sharedData } from '../support/shared-data.ts';

const refusal = (text: string, maxDepth?: number) => refusalOf(() => parseJson(text, maxDepth === undefined ? {} : { maxDepth }));

/** Values whose strings hold no control characters and whose text JavaScript prints back. */
const jsonValue = fc.jsonValue({ maxDepth: 6, stringUnit: 'grapheme' }).filter((value) => !JSON.stringify(value).match(/\\[ubf]/));

describe('faults of JSON text', () => {
  const faults: [title: string, text: string, place: string, words: RegExp][] = [
    ['nothing at all', '', 'line 1, column 1', /empty/],
    ['only white space', ' \n ', 'line 2, column 2', /empty/],
    ['a comma before the end of an object', '{"a":1,}', 'line 1, column 8', /property name in double quotes, found "}"/],
    ['a comma before the end of an array', '[1,]', 'line 1, column 4', /Expected a JSON value, found "\]"/],
    ['a missing comma', '{"a":1\n "b":2}', 'line 2, column 2', /Expected "," or "}", found """/],
    ['a missing colon', '{"a" 1}', 'line 1, column 6', /Expected ":" after the property name "a", found "1"/],
    ['a name without quotes', '{a:1}', 'line 1, column 2', /property name in double quotes/],
    ['single quotes', "{'a':1}", 'line 1, column 2', /found "'"/],
    ['a comment', '{\r\n// no\r\n}', 'line 2, column 1', /found "\/"/],
    ['an unfinished object', '{"a":{"b":1', 'line 1, column 12', /ends inside an object that begins at line 1, column 6/],
    ['an unfinished array', '[1', 'line 1, column 3', /ends inside an array/],
    ['an unfinished string', '{"a":"b', 'line 1, column 8', /ends inside a string that begins at line 1, column 6/],
    ['text after the value', '{} x', 'line 1, column 4', /Found "x" after the end/],
    ['two values', '{}{}', 'line 1, column 3', /after the end/],
    ['an unknown literal', '{"a":True}', 'line 1, column 6', /found "True"/],
    ['NaN', '{"a":NaN}', 'line 1, column 6', /found "NaN"/],
    ['undefined', '[undefined]', 'line 1, column 2', /found "undefined"/],
    ['a leading zero', '{"a":01}', 'line 1, column 6', /"01" is not a JSON number/],
    ['a plus sign', '{"a":+1}', 'line 1, column 6', /Expected a JSON value/],
    ['a point without digits', '{"a":1.}', 'line 1, column 6', /"1\." is not a JSON number/],
    ['a lone minus', '[-]', 'line 1, column 2', /"-" is not a JSON number/],
    ['hexadecimal', '[0x10]', 'line 1, column 2', /"0x10" is not a JSON number/],
    ['a number beyond a double', '{"a":1e400}', 'line 1, column 6', /beyond the range/],
    ['a number of 401 digits', `[${'1'.repeat(401)}]`, 'line 1, column 2', /more than 400/],
    ['a line break inside a string', '{"a":"b\nc"}', 'line 1, column 8', /U\+000A unescaped/],
    ['a NUL inside a string', '["\u0000"]', 'line 1, column 3', /U\+0000 unescaped/],
    ['an escaped NUL', '["ab\\u0000"]', 'line 1, column 5', /escaped control character/],
    ['an escaped backspace', '["\\b"]', 'line 1, column 3', /escaped control character/],
    ['an unknown escape', '["\\x41"]', 'line 1, column 3', /none of the escapes/],
    ['a short unicode escape', '["\\u12g4"]', 'line 1, column 3', /none of the escapes/],
    ['half of a pair, escaped', '["\\ud83d"]', 'line 1, column 2', /half of a surrogate pair/],
    ['half of a pair, raw', '["\ud83d"]', 'line 1, column 2', /half of a surrogate pair/],
    ['the wrong half first', '["\\ude00\\ud83d"]', 'line 1, column 2', /half of a surrogate pair/],
    ['half of a pair behind an escaped backslash', '["\\\\ud83d\\ude00"]', 'line 1, column 2', /half of a surrogate pair/],
    ['two first halves', '["\\ud83d\\ud83d\\ude00"]', 'line 1, column 2', /half of a surrogate pair/],
    [
      'a name that stands twice',
      '{"a":1,\n"b":2,\n "a":3}',
      'line 3, column 2',
      /"a" stands twice in one object, first at line 1, column 2/,
    ],
    ['a name twice, once escaped', '{"a":1,"\\u0061":3}', 'line 1, column 8', /"a" stands twice/],
    ['a name twice, deep inside', '{"x":[{"y":{"id":"1","id":"1"}}]}', 'line 1, column 22', /"id" stands twice/],
    ['__proto__ twice', '{"__proto__":1,"__proto__":2}', 'line 1, column 16', /"__proto__" stands twice/],
    ['a byte order mark in the middle', '{\ufeff}', 'line 1, column 2', /property name in double quotes/],
  ];

  test.each(faults)('%s is refused at its place', (_title, text, place, words) => {
    const error = refusal(text);
    expect(error.status).toBe(400);
    expect(error.issues).toHaveLength(1);
    expect(error.issues[0]).toMatchObject({ severity: 'error', code: 'structure', location: [place] });
    expect(error.issues[0]?.diagnostics).toMatch(words);
    expect(error.issues[0]?.diagnostics).toContain(place);
  });

  test('a very long name is shown shortened', () => {
    const name = 'n'.repeat(5000);
    expect(refusal(`{"${name}":1,"${name}":2}`).message.length).toBeLessThan(200);
  });

  test('every beginning of a text is refused, whatever was cut off', () => {
    const text = '{"resourceType":"Patient","name":[{"given":["A\\"B"],"n":-1.50e+3}],"t":true,"z":null}';
    for (let end = 0; end < text.length; end++) expect(refusal(text.slice(0, end)).status).toBe(400);
  });
});

describe('depth', () => {
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

  test('a hundred levels pass, one more is refused at its bracket', () => {
    expect(parseJson(nested(100))).toBeDefined();
    const error = refusal(nested(101));
    expect(error.issues[0]).toMatchObject({ code: 'structure', location: ['line 1, column 101'] });
    expect(error.message).toMatch(/limit of 100 levels/);
  });

  test('another limit can be given', () => {
    expect(refusal('{"a":{"b":1}}', 1).status).toBe(400);
    expect(parseJson('{"a":{"b":1}}', { maxDepth: 2 })).toEqual({ a: { b: 1 } });
  });

  test('a million opening brackets are refused at once', () => {
    const start = performance.now();
    expect(refusal('['.repeat(1_000_000)).status).toBe(400);
    expect(refusal('{"a":'.repeat(1_000_000)).status).toBe(400);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('brackets inside strings do not count', () => {
    const text = `{"a":"${'['.repeat(500)}"}`;
    expect(parseJson(text)).toEqual({ a: '['.repeat(500) });
  });
});

describe('what is read', () => {
  test('a byte order mark at the start is skipped', () => {
    expect(parseJson('\ufeff{"a":1}')).toEqual({ a: 1 });
  });

  test('__proto__ is an own property like any other and changes no prototype', () => {
    for (const text of ['{"__proto__":{"admin":true}}', '{"__proto__":{"admin":true},"1":1.50}']) {
      const value = parseJson(text) as Record<string, unknown>;
      expect(Object.keys(value)).toContain('__proto__');
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(value['admin']).toBeUndefined();
      expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
      expect(printJson(cloneJson(value))).toContain('"__proto__":{"admin":true}');
    }
  });

  test('escaped pairs, tabs and line breaks pass', () => {
    expect(parseJson('["\\ud83d\\ude00","\\t\\r\\n\\/\\u00e9\\"\\\\"]')).toEqual(['😀', '\t\r\n/é"\\']);
  });

  test('any run of escapes is judged alike by both readers', () => {
    const piece = fc.constantFrom(
      '\\ud83d',
      '\\ude00',
      '\\u0041',
      '\\u00e9',
      '\\\\',
      '\\"',
      '\\n',
      '\\u0000',
      '\\b',
      '\\u12',
      'u',
      'x',
      '😀',
      '1.50',
    );
    const outcome = (read: () => unknown) => {
      try {
        return { value: read() };
      } catch (error) {
        return { refused: (error as FhirError).message };
      }
    };
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.array(piece, { maxLength: 3 }), (first, second) => {
        const text = `{"${first.join('')}":["${second.join('')}",1.50]}`;
        expect(outcome(() => parseJson(text))).toEqual(outcome(() => readStrictly(text, 100)));
      }),
      { numRuns: 1000 },
    );
  });

  test('both readers give the same value for any JSON', () => {
    fc.assert(
      fc.property(jsonValue, fc.constantFrom(undefined, 1, 3, '\t'), (value, space) => {
        const text = JSON.stringify(value, undefined, space);
        const native: unknown = JSON.parse(text);
        expect(parseJson(text)).toEqual(native);
        expect(readStrictly(text, 100)).toEqual(native);
        expect(printJson(parseJson(text))).toBe(JSON.stringify(native));
        expect(printJson(native, true)).toBe(JSON.stringify(native, undefined, 2));
      }),
      { numRuns: 400 },
    );
  });

  test('a damaged text is refused, or was still valid JSON without any doubt', () => {
    const damage = fc.record({
      at: fc.nat(),
      cut: fc.nat({ max: 3 }),
      put: fc.constantFrom('', '"', '\\', '{', '}', '[', ']', ',', ':', '0', '.', 'e', '-', ' ', '\n', 'a', 'é', '\u0000', '"a":1,'),
    });
    fc.assert(
      fc.property(jsonValue, damage, (value, { at, cut, put }) => {
        const whole = JSON.stringify({ a: value, b: [1.5, 'x"y', { a: null }] });
        const from = at % (whole.length + 1);
        const text = whole.slice(0, from) + put + whole.slice(from + cut);
        let value2: unknown;
        try {
          value2 = parseJson(text);
        } catch (error) {
          expect(error).toBeInstanceOf(FhirError);
          expect((error as FhirError).issues[0]?.location?.[0]).toMatch(/^line \d+, column \d+$/);
          return;
        }
        expect(value2).toEqual(JSON.parse(text));
      }),
      { numRuns: 1500 },
    );
  });

  test('a name is never lost: the quick reader finds every doubled name', () => {
    const name = fc.constantFrom('a', 'b', 'é', '', '1', '"', '\\', ':', '":');
    const pair = fc.tuple(name, fc.constantFrom('1', '"x"', '[]', '{"a":"b"}', '"\\":"'), fc.constantFrom('', ' ', '\n'));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 6 }), (pairs) => {
        const text = `{"in":{${pairs.map(([key, value, gap]) => `${JSON.stringify(key)}${gap}:${gap}${value}`).join(',')}}}`;
        const twice = new Set(pairs.map(([key]) => key)).size < pairs.length;
        if (twice) expect(refusal(text).message).toMatch(/stands twice/);
        else expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });
});

describe('digits of numbers', () => {
  const kept = [
    '1.50',
    '0.0',
    '-0',
    '-0.0',
    '1e3',
    '1E3',
    '1.0e-2',
    '100.000',
    '0.00000001',
    '0.10000000000000000001',
    '12345678901234567890',
    '1e-400',
    '123456789012345678.25',
  ];
  const plain = [
    '0',
    '1',
    '-1',
    '1.5',
    '-0.25',
    '123456789012345',
    '0.30562800211089186',
    '0.00001',
    '0.000001',
    '1e+21',
    '1.5e-7',
    '9007199254740991',
  ];

  test.each(kept)('%s is printed with the digits it came with', (text) => {
    const value = parseJson(`{"x":[{"value":${text}}],"n":[${text},${text}]}`) as { x: [{ value: number }]; n: number[] };
    expect(value.x[0].value).toBe(Number(text));
    expect(exactNumber(value.x[0], 'value')).toBe(text);
    expect(exactNumber(value.n, 1)).toBe(text);
    expect(printJson(value)).toBe(`{"x":[{"value":${text}}],"n":[${text},${text}]}`);
    expect(printJson(value, true)).toBe(
      `{\n  "x": [\n    {\n      "value": ${text}\n    }\n  ],\n  "n": [\n    ${text},\n    ${text}\n  ]\n}`,
    );
  });

  test.each(plain)('%s needs nothing kept', (text) => {
    const value = parseJson(`{"value":${text}}`) as object;
    expect(exactNumber(value, 'value')).toBeUndefined();
    expect(printJson(value)).toBe(`{"value":${text}}`);
  });

  test('any decimal text is printed as it came', () => {
    const digits = (max: number) => fc.string({ unit: fc.integer({ min: 0, max: 9 }).map(String), minLength: 1, maxLength: max });
    const number = fc
      .tuple(
        fc.constantFrom('', '-'),
        digits(20),
        fc.option(digits(20)),
        fc.option(fc.tuple(fc.constantFrom('e', 'E', 'e-', 'E+'), digits(2))),
      )
      .map(
        ([sign, whole, fraction, exponent]) =>
          `${sign}${whole.replace(/^0+(?=\d)/, '')}${fraction === null ? '' : `.${fraction}`}${exponent === null ? '' : exponent.join('')}`,
      );
    fc.assert(
      fc.property(fc.array(number, { maxLength: 5 }), number, (list, single) => {
        const text = `{"a":[${list.join(',')}],"b":{"c":"1.50","d":${single}},"e":null}`;
        expect(printJson(parseJson(text))).toBe(text);
        expect(printJson(readStrictly(text, 9))).toBe(text);
        expect(printJson(cloneJson(parseJson(text)))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  test('names that JavaScript puts first do not mix up whose digits are whose', () => {
    const value = parseJson('{"b":1.50,"2":2.0,"1":[3.00],"a":{"7":1,"6":6.0}}');
    expect(JSON.parse(printJson(value))).toEqual({ b: 1.5, 2: 2, 1: [3], a: { 7: 1, 6: 6 } });
    expect(printJson(value)).toBe('{"1":[3.00],"2":2.0,"b":1.50,"a":{"6":6.0,"7":1}}');
  });

  test('a number that was replaced prints as the new one', () => {
    const quantity = parseJson('{"value":1.50,"unit":"kg"}') as { value: number };
    quantity.value = 2;
    expect(printJson(quantity)).toBe('{"value":2,"unit":"kg"}');
    expect(exactNumber(quantity, 'value')).toBeUndefined();
  });

  test('a new parent around read parts keeps their digits', () => {
    const resource = parseJson('{"resourceType":"Observation","valueQuantity":{"value":6.30}}') as Record<string, unknown>;
    expect(printJson({ ...resource, id: '1' })).toBe('{"resourceType":"Observation","valueQuantity":{"value":6.30},"id":"1"}');
  });

  test('a shallow copy of the holder keeps digits when they are carried', () => {
    const quantity = parseJson('{"value":6.30,"unit":"%"}') as { value: number };
    const copy = { ...quantity };
    expect(printJson(copy)).toBe('{"value":6.3,"unit":"%"}');
    carryExact(quantity, copy);
    expect(printJson(copy)).toBe('{"value":6.30,"unit":"%"}');
    setExactNumber(copy, 'value', '6.300');
    expect(printJson([copy, quantity])).toBe('[{"value":6.300,"unit":"%"},{"value":6.30,"unit":"%"}]');
  });

  test('a clone is independent', () => {
    const original = parseJson('{"a":[{"value":1.0}],"b":[0.50]}') as { a: [{ value: number }]; b: number[] };
    const copy = cloneJson(original);
    copy.a[0].value = 7;
    copy.b.push(1);
    expect(printJson(original)).toBe('{"a":[{"value":1.0}],"b":[0.50]}');
    expect(printJson(copy)).toBe('{"a":[{"value":7}],"b":[0.50,1]}');
  });

  test('what JSON cannot say is left out, as JSON.stringify does', () => {
    const value = { a: undefined, b: [undefined, parseJson('[1.0]')], c: {}, d: [] };
    expect(printJson(value)).toBe('{"b":[null,[1.0]],"c":{},"d":[]}');
    expect(printJson(value, true)).toBe('{\n  "b": [\n    null,\n    [\n      1.0\n    ]\n  ],\n  "c": {},\n  "d": []\n}');
    expect(printJson(undefined)).toBe('null');
    expect(printJson('x')).toBe('"x"');
  });
});

describe('whole patients', () => {
  const folder = sharedData('synthea', '2020-v2.5.0');
  const files =
    folder === undefined
      ? []
      : readdirSync(folder)
          .slice(0, 6)
          .map((name) => join(folder, name));

  // Shared data is not part of a clone: without it there is nothing to read.
  (files.length === 0 ? test.skip : test)('are read as JSON.parse reads them and printed with all their digits', () => {
    const numbers = (text: string) => text.match(/(?<=[:[,]\s*)-?\d[\d.eE+-]*(?=\s*[,\]}])/g);
    for (const file of files) {
      const text = gunzipSync(readFileSync(file)).toString('utf8');
      const value = parseJson(text);
      expect(value).toEqual(JSON.parse(text));
      expect(numbers(printJson(value))).toEqual(numbers(text));
      expect(printJson(value, true)).toBe(text.replace(/\s+$/, ''));
    }
  });
});
