/** Which business version is the newest. https://hl7.org/fhir/R4/resource.html#versions */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareVersions, newest } from '../../src/fhir/newest.ts';

describe('The newest version', () => {
  test.each([
    ['1.0.0', '2.0.0'],
    ['2.0.0', '10.0.0'],
    ['4.0', '4.0.1'],
    ['1.0.0-draft', '1.0.0'],
    ['1.0.0-alpha', '1.0.0-beta'],
    ['2018-08-12', '2019-01-01'],
    ['20230131', '20230201'],
    ['1.x', '1.y'],
  ])('is not %s but %s', (older, newer) => {
    expect(newest([{ version: older }, { version: newer }])).toEqual({ version: newer });
    expect(newest([{ version: newer }, { version: older }])).toEqual({ version: newer });
  });

  test('is any version rather than none', () => {
    expect(newest([{ version: undefined }, { version: '0' }])).toEqual({ version: '0' });
    expect(newest([{ version: '0' }, { version: undefined }])).toEqual({ version: '0' });
  });

  test('is the first of those that call themselves alike', () => {
    expect(
      newest([
        { version: '1', name: 'first' },
        { version: '1', name: 'second' },
      ]),
    ).toMatchObject({ name: 'first' });
    expect(newest([])).toBeUndefined();
  });

  test('is the same whichever way two are compared', () => {
    const version = fc
      .array(fc.constantFrom('0', '1', '2', '10', 'a', 'draft'), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join('.'));
    fc.assert(
      fc.property(version, version, (a, b) => expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0)),
    );
  });
});
