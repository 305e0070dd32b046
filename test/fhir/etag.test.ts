/** Entity tags: RFC 9110 section 8.8.3, http.html#concurrency. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type EntityTags, etagOf, readEntityTags } from '../../src/fhir/etag.ts';
import { FhirError } from '../../src/fhir/outcome.ts';

describe('entity tags', () => {
  const good: [string, EntityTags][] = [
    ['W/"3"', ['3']],
    ['"3"', ['3']],
    [' W/"3" ', ['3']],
    ['W/"1", W/"2"', ['1', '2']],
    ['"1","2" , W/"3"', ['1', '2', '3']],
    ['"a,b"', ['a,b']],
    ['*', '*'],
    [' * ', '*'],
    ['""', ['']],
  ];
  test.each(good)('%s is read as %j', (header, tags) => expect(readEntityTags('If-Match', header)).toEqual(tags));

  test.each(['3', '', 'W/3', 'w/"3"', '"3', '3"', 'W/"1" W/"2"', 'W/"1",', ',', '*, "1"', '"1", *', 'W/ "3"'])(
    '%j is refused with 400 and the right form',
    (header) => {
      expect(() => readEntityTags('If-Match', header)).toThrow(FhirError);
      expect(() => readEntityTags('If-Match', header)).toThrow(/W\/"3"/);
    },
  );

  test('a versionId comes back from the tag that was made of it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9\-.]{1,64}$/), (id) => expect(readEntityTags('If-Match', etagOf(id))).toEqual([id])),
    );
  });

  test('any text is read or refused, never anything else', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        try {
          const tags = readEntityTags('If-Match', header);
          expect(tags === '*' || tags.length > 0).toBe(true);
        } catch (error) {
          expect((error as FhirError).status).toBe(400);
        }
      }),
    );
  });
});
