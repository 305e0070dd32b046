/** Parts of bytes that are kept as base64: the same as parts of the bytes. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutMember, EncodedBytes } from '../../src/interactions/encoded-bytes.ts';

describe('A part of encoded bytes', () => {
  it('is what it is of the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), fc.nat(60), fc.nat(60), (array, one, other) => {
        const bytes = Buffer.from(array);
        const [first = 0, last = 0] = [one % bytes.length, other % bytes.length].sort((a, b) => a - b);
        const encoded = new EncodedBytes(bytes.toString('base64'));
        expect(encoded.length).toBe(bytes.length);
        expect(encoded.part(first, last).equals(bytes.subarray(first, last + 1))).toBe(true);
        expect(encoded.data.equals(bytes)).toBe(true);
      }),
    );
  });

  it('is found where the digits have blanks between them', () => {
    const encoded = new EncodedBytes('AAEC AwQF');
    expect([encoded.length, [...encoded.part(2, 4)]]).toEqual([6, [2, 3, 4]]);
  });
});

describe('A member of the outermost object', () => {
  it('is told from others of its name, wherever it stands', () => {
    const holders = fc.record({
      before: fc.dictionary(fc.string(), fc.json()),
      meta: fc.record({ data: fc.string(), list: fc.array(fc.record({ data: fc.string() })) }),
      data: fc.base64String(),
      after: fc.string(),
    });
    fc.assert(
      fc.property(holders, ({ before, meta, data, after }) => {
        const object = { before, meta, note: '","data":"x', data, after };
        const cut = cutMember(JSON.stringify(object), 'data');
        const { data: _, ...rest } = object;
        expect(cut?.value).toBe(data);
        expect(JSON.parse(cut?.rest ?? '')).toEqual(JSON.parse(JSON.stringify(rest)));
      }),
    );
  });

  it.each([
    ['{"data":"QQ=="}', 'QQ==', '{}'],
    ['{"a":1,"data":"QQ=="}', 'QQ==', '{"a":1}'],
    ['{"data":"QQ==","a":"\\\\"}', 'QQ==', '{"a":"\\\\"}'],
  ])('leaves the others: %s', (text, value, rest) => expect(cutMember(text, 'data')).toEqual({ value, rest }));

  it('is missing where there is none', () => {
    expect(cutMember('{"a":{"data":"x"},"b":["data"]}', 'data')).toBeUndefined();
  });
});
