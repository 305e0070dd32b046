/** The request target: segments and pairs, decoded, and what is refused. https://www.rfc-editor.org/rfc/rfc3986.html */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FhirError } from '../../src/fhir/outcome.ts';
import { routeName } from '../../src/http/route-name.ts';
import { parsePath, parseQuery, parseTarget } from '../../src/http/target.ts';

describe('The path', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['/', []],
    ['/Patient', ['Patient']],
    ['/Patient/', ['Patient']],
    ['/Patient/1/_history/2', ['Patient', '1', '_history', '2']],
    ['/Patient/%31', ['Patient', '1']],
    ['/Patient/%24everything', ['Patient', '$everything']],
    ['/Patient/a%2Fb', ['Patient', 'a/b']],
  ])('%s is %j', (text, segments) => expect(parsePath(text)).toEqual(segments));

  it.each([
    '/Patient//1',
    '//',
    '/Patient/..',
    '/Patient/%2e%2e',
    '/./Patient',
    '/Patient/%',
    '/Patient/%zz',
    '/Patient/%ff',
    '/Patient/%c3%28',
    '/Patient/a%00b',
    '/Patient/a%0Ab',
    `/Patient/${'a'.repeat(257)}`,
  ])('%s is refused with 400', (text) => {
    expect(() => parsePath(text)).toThrow(expect.objectContaining({ status: 400 }));
  });
});

describe('The query', () => {
  it.each<[string, [string, string][]]>([
    ['', []],
    ['a=1', [['a', '1']]],
    [
      'a=1&a=2',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
    ['a', [['a', '']]],
    ['a=', [['a', '']]],
    ['=b', [['', 'b']]],
    ['&&a=1&', [['a', '1']]],
    ['a=b=c', [['a', 'b=c']]],
    ['a+b=c+d', [['a b', 'c d']]],
    ['a=c%2Bd', [['a', 'c+d']]],
    ['code=http%3A%2F%2Floinc.org%7C4548-4', [['code', 'http://loinc.org|4548-4']]],
    ['name=%C3%A9', [['name', 'é']]],
    ['name:exact=x', [['name:exact', 'x']]],
  ])('%s is %j', (text, pairs) => expect(parseQuery(text)).toEqual(pairs));

  it.each(['a=%', 'a=%g0', '%ff=1', 'a=%00', 'a=%ed%a0%80'])('%s is refused with 400', (text) => {
    expect(() => parseQuery(text)).toThrow(expect.objectContaining({ status: 400 }));
  });

  it('reads back what URLSearchParams wrote', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text)), (pairs) => {
        const expected = pairs.filter(([name, value]) => name !== '' || value !== '');
        const written = new URLSearchParams(expected).toString();
        expect(parseQuery(written)).toEqual(expected);
      }),
    );
  });

  it('gives pairs or a FhirError for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
        try {
          parseTarget(`/fhir${text}`, 5);
        } catch (error) {
          expect(error).toBeInstanceOf(FhirError);
        }
      }),
    );
  });
});

describe('The name of a route', () => {
  it.each([
    ['GET', '/metadata', 'capabilities', 'GET metadata'],
    ['POST', '', 'transaction', 'POST '],
    ['GET', '/Patient/1', 'read', 'GET [type]/[id]'],
    ['HEAD', '/Patient/1', 'read', 'HEAD [type]/[id]'],
    ['GET', '/Patient/1/_history/2', 'vread', 'GET [type]/[id]/_history/[vid]'],
    ['GET', '/Patient/1/_history', 'history-instance', 'GET [type]/[id]/_history'],
    ['GET', '/Patient?name=Smith', 'search-type', 'GET [type]'],
    ['POST', '/Patient/_search', 'search-type', 'POST [type]/_search'],
    ['PUT', '/Patient?identifier=1', 'update-conditional', 'PUT [type]'],
    ['GET', '/Patient/1/$everything', 'operation', 'GET [type]/[id]/[operation]'],
    ['GET', '/Patient/1/Observation', 'search-compartment', 'GET [type]/[id]/[type]'],
    ['GET', '/a/b/c/d/e', 'other', '[other]'],
    ['POST', '/Patient/1', 'other', '[other]'],
  ])('of %s %s is %s, without ids', (method, url, interaction, pattern) => {
    expect(routeName(method, parseTarget(url, 0).path)).toEqual({ interaction, pattern });
  });
});
