/** Which format a client gets: _format over Accept, q-values, aliases, versions. https://hl7.org/fhir/R4/http.html#mime-type */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FhirError } from '../../src/fhir/outcome.ts';
import { encodingFor } from '../../src/http/compression.ts';
import { parseMediaType, parsePreferences } from '../../src/http/media-type.ts';
import { bodyFormat, checkJson, contentTypeOf, negotiate, negotiateLeniently } from '../../src/http/negotiation.ts';

type Expected = 'json' | 'xml' | 406;

function outcomeOf(accept: string | undefined, query: [string, string][] = []): string | number {
  try {
    return negotiate(accept, query).name;
  } catch (error) {
    return (error as FhirError).status;
  }
}

describe('Accept', () => {
  const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';
  const cases: [accept: string | undefined, expected: Expected][] = [
    [undefined, 'json'],
    ['', 'json'],
    ['*/*', 'json'],
    ['*', 'json'],
    ['application/*', 'json'],
    ['application/fhir+json', 'json'],
    ['application/fhir+json; charset=utf-8', 'json'],
    ['application/json', 'json'],
    ['text/json', 'json'],
    ['json', 'json'],
    ['application/fhir+xml', 'xml'],
    ['APPLICATION/FHIR+XML', 'xml'],
    ['application/xml', 'xml'],
    ['text/xml', 'xml'],
    ['xml', 'xml'],
    ['application/fhir+xml, */*', 'xml'],
    ['*/*, application/fhir+xml', 'xml'],
    ['application/fhir+xml;q=0.5, */*', 'json'],
    ['application/fhir+xml, application/fhir+json', 'xml'],
    ['application/fhir+json, application/fhir+xml', 'json'],
    ['application/fhir+json;q=0.5, application/fhir+xml;q=0.9', 'xml'],
    ['application/fhir+json;q=0.901, application/fhir+xml;q=0.9', 'json'],
    ['application/fhir+json; q=0.5, application/fhir+xml ; q=0.9', 'xml'],
    ['application/fhir+json;q=0, application/fhir+xml', 'xml'],
    ['application/fhir+json;q=0, */*', 'xml'],
    ['application/fhir+json;q=0, application/fhir+xml;q=0, */*', 406],
    ['application/fhir+json;q=0', 406],
    ['*/*;q=0', 406],
    ['text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2', 'json'],
    [browser, 'json'],
    ['text/html', 406],
    ['text/turtle', 406],
    ['application/fhir+turtle', 406],
    ['text/turtle, application/fhir+xml;q=0.1', 'xml'],
    ['image/png', 406],
    ['text/*', 406],
    ['application/fhir+json; fhirVersion=4.0', 'json'],
    ['application/fhir+json; fhirversion="4.0"', 'json'],
    ['application/fhir+xml; fhirVersion=4.0.1', 'xml'],
    ['application/fhir+json; fhirVersion=3.0', 406],
    ['application/fhir+json; fhirVersion=5.0', 406],
    ['application/fhir+json; fhirVersion=5.0, application/fhir+xml; fhirVersion=4.0', 'xml'],
    [';;;,,,', 406],
    ['garbage', 406],
    ['application/fhir+json;q=abc', 406],
    ['application/fhir+json;q=2, xml;q=0.1', 'xml'],
    ['application/fhir+json;profile="a,b;q=0", xml;q=0.1', 'json'],
    ['a/b/c', 406],
  ];

  it.each(cases)('%s gives %s', (accept, expected) => {
    expect(outcomeOf(accept)).toBe(expected);
    // The second time the answer comes from memory.
    expect(outcomeOf(accept)).toBe(expected);
  });

  it('never does anything but choose or refuse with 406, whatever it says', () => {
    const part = fc.constantFrom(
      'application/fhir+json',
      'xml',
      '*/*',
      ';',
      ',',
      'q=',
      '0.5',
      '"',
      '\\',
      'fhirVersion=',
      '4.0',
      ' ',
      '\t',
      '=',
      'é',
    );
    const header = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(part, { maxLength: 20 }).map((parts) => parts.join('')),
    );
    fc.assert(fc.property(header, (accept) => expect(['json', 'xml', 406]).toContain(outcomeOf(accept))));
  });
});

describe('_format', () => {
  const cases: [format: string, expected: Expected][] = [
    ['json', 'json'],
    ['xml', 'xml'],
    ['application/fhir+json', 'json'],
    ['application/fhir json', 'json'],
    ['application/fhir+xml', 'xml'],
    ['application/fhir xml', 'xml'],
    ['text/xml', 'xml'],
    ['application/json', 'json'],
    ['application/fhir+json; fhirVersion=4.0', 'json'],
    ['application/fhir+json; fhirVersion=1.0', 406],
    ['ttl', 406],
    ['html', 406],
    ['text/html', 406],
    ['*/*', 406],
  ];

  it.each(cases)('_format=%s gives %s, whatever Accept says', (format, expected) => {
    for (const accept of [undefined, 'application/fhir+xml', 'application/fhir+json', 'image/png'])
      expect(outcomeOf(accept, [['_format', format]])).toBe(expected);
  });

  it('counts as absent when it is empty', () => {
    expect(outcomeOf('xml', [['_format', '']])).toBe('xml');
  });
});

describe('The response', () => {
  it.each([
    ['json', 'application/fhir+json'],
    ['xml', 'application/fhir+xml'],
    ['application/json+fhir', 'application/fhir+json'],
    ['application/xml+fhir', 'application/fhir+xml'],
    ['application/json', 'application/json'],
    ['text/json', 'text/json'],
    ['application/xml', 'application/xml'],
    ['text/xml', 'text/xml'],
    ['application/*', 'application/fhir+json'],
  ])('to Accept: %s has the type %s', (accept, type) => {
    expect(negotiate(accept, []).contentType).toBe(`${type}; charset=utf-8`);
  });

  it('to _format has the formal media type', () => {
    expect(negotiate('text/xml', [['_format', 'application/json']]).contentType).toBe('application/fhir+json; charset=utf-8');
  });

  it('names the FHIR version when the client did', () => {
    expect(negotiate('application/fhir+json;fhirVersion=4.0', []).contentType).toBe(
      'application/fhir+json; fhirVersion=4.0; charset=utf-8',
    );
  });

  it('is pretty when asked, plain otherwise, and refused for anything else', () => {
    expect(negotiate(undefined, [['_pretty', 'true']]).pretty).toBe(true);
    expect(negotiate(undefined, [['_pretty', 'false']]).pretty).toBe(false);
    expect(negotiate(undefined, []).pretty).toBe(false);
    expect(() => negotiate(undefined, [['_pretty', 'perhaps']])).toThrow(FhirError);
  });

  it('falls back to JSON where a fault must be reported in any case', () => {
    expect(negotiateLeniently('image/png', []).name).toBe('json');
    expect(negotiateLeniently('xml', []).name).toBe('xml');
  });
});

describe('Content-Type of a body', () => {
  const cases: [header: string, expected: 'json' | 'xml' | 415][] = [
    ['application/fhir+json', 'json'],
    ['application/fhir+json; charset=UTF-8', 'json'],
    ['application/fhir+json; charset="utf-8"', 'json'],
    ['application/json', 'json'],
    ['text/json', 'json'],
    ['application/fhir+xml; fhirVersion=4.0', 'xml'],
    ['application/xml', 'xml'],
    ['text/xml', 'xml'],
    ['', 415],
    ['application/fhir+json; charset=iso-8859-1', 415],
    ['application/fhir+json; fhirVersion=5.0', 415],
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['application/fhir+turtle', 415],
    ['nonsense/', 415],
  ];

  it.each(cases)('"%s" is read as %s', (header, expected) => {
    const read = (): string | number => {
      try {
        return bodyFormat(contentTypeOf(header));
      } catch (error) {
        return (error as FhirError).status;
      }
    };
    expect(read()).toBe(expected);
  });

  it('may be JSON Patch or any JSON where JSON is wanted', () => {
    for (const type of ['application/json-patch+json', 'application/json', 'application/fhir+json'])
      expect(() => checkJson(contentTypeOf(type))).not.toThrow();
    for (const type of ['application/xml', 'text/plain', '']) expect(() => checkJson(contentTypeOf(type))).toThrow(FhirError);
  });
});

describe('Media types', () => {
  it('keep parameters, unquoted, with lower-case names', () => {
    const media = parseMediaType('Text/Plain; Charset="utf\\-8"; x=1;;y');
    expect(media?.type).toBe('text/plain');
    expect([...(media?.parameters ?? [])]).toEqual([
      ['charset', 'utf-8'],
      ['x', '1'],
      ['y', ''],
    ]);
  });

  it('in a list are those that are well-formed, with their quality', () => {
    expect(parsePreferences('a/b;q=0.3, (broken), c, d/e;q=7').map(({ type, quality }) => [type, quality])).toEqual([
      ['a/b', 0.3],
      ['c', 1],
    ]);
  });
});

describe('Accept-Encoding', () => {
  it.each([
    ['gzip', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1, br;q=0.5', 'gzip'],
    ['deflate', 'deflate'],
    ['x-gzip', 'gzip'],
    ['*', 'br'],
    ['br;q=0, *', 'gzip'],
    ['gzip;q=0', 'identity'],
    ['identity', 'identity'],
    ['identity;q=1, gzip;q=0.5', 'identity'],
    ['identity;q=0.5, gzip;q=1', 'gzip'],
    ['zstd', 'identity'],
    ['', 'identity'],
  ])('%s gives %s', (header, expected) => expect(encodingFor(header)).toBe(expected));
});
