/** Bundles as text: bundle.html. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { baseText, bundlePieces, bundleText, historyEntry, searchEntry, urlOf } from '../../src/fhir/bundle.ts';

const version = {
  type: 'Patient',
  id: '1',
  versionId: '2',
  lastUpdated: '2026-01-31T12:00:00.000Z',
  method: 'PUT' as const,
  body: '{"resourceType":"Patient","id":"1","multipleBirthInteger":1.50}',
};

async function* batchesOf(batches: readonly string[][]) {
  yield* batches;
}

async function whole(pieces: AsyncIterable<string>): Promise<unknown> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return JSON.parse(text);
}

describe('a Bundle as text', () => {
  test('a contained resource is named by what contains it', () => {
    const contained = { ...version, type: 'Medication', id: 'm1', container: 'MedicationRequest/23' };
    expect(searchEntry('http://x/fhir', contained, 'match')).toContain('"fullUrl":"http://x/fhir/MedicationRequest/23#m1"');
  });

  test('a match may say how well it does', () => {
    expect(searchEntry('http://x/fhir', version, 'match', '{}', '0.45')).toMatch(/"search":\{"mode":"match","score":0\.45\}\}$/);
  });

  test('passes the stored text through, digits and all', () => {
    const text = bundleText({ type: 'searchset', links: [] }, [searchEntry('http://x/fhir', version, 'match')]);
    expect(text).toContain(`"resource":${version.body},`);
    expect(JSON.parse(text)).toMatchObject({
      type: 'searchset',
      entry: [{ fullUrl: 'http://x/fhir/Patient/1', search: { mode: 'match' } }],
    });
  });

  test('has no entry array when there are no entries, since FHIR JSON knows no empty arrays', () => {
    expect(JSON.parse(bundleText({ type: 'history', total: 0, links: [{ relation: 'self', url: 'u' }] }, []))).toEqual({
      resourceType: 'Bundle',
      type: 'history',
      total: 0,
      link: [{ relation: 'self', url: 'u' }],
    });
  });

  test('comes in pieces that make the same Bundle, whatever the batches', async () => {
    const batches = fc.array(
      fc.array(
        fc.integer().map((n) => `{"n":${n}}`),
        { maxLength: 4 },
      ),
      { maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(batches, async (all) => {
        const end = { total: all.flat().length, links: [{ relation: 'self', url: 'http://x/"q"' }] } as const;
        expect(await whole(bundlePieces('searchset', batchesOf(all), () => end))).toEqual(
          JSON.parse(bundleText({ type: 'searchset', ...end }, all.flat())),
        );
      }),
    );
  });

  test('that is long comes in pieces of some 64 KB, however long the batches', async () => {
    const entries = Array.from({ length: 100 }, (_, n) => `{"n":${n},"text":"${'x'.repeat(5000)}"}`);
    const pieces: string[] = [];
    for await (const piece of bundlePieces('searchset', batchesOf([entries]), () => ({ links: [] }))) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(6);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(75_000);
    expect(JSON.parse(pieces.join(''))).toEqual(JSON.parse(bundleText({ type: 'searchset', links: [] }, entries)));
  });

  test('escapes what stands in URLs', () => {
    const url = urlOf('http://x/fhir/Patient', [['name', '"\\ä&b=c|d,e:f/g']]);
    expect(url).toBe('http://x/fhir/Patient?name=%22%5C%C3%A4%26b%3Dc%7Cd,e:f/g');
    const entry = searchEntry(baseText('http://x/"fhir"'), version, 'match');
    expect(JSON.parse(entry).fullUrl).toBe('http://x/"fhir"/Patient/1');
  });

  test('query pairs come back from the URL that was made of them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' })), { minLength: 1 }),
        (pairs) => expect([...new URL(urlOf('http://x/', pairs)).searchParams]).toEqual(pairs),
      ),
    );
  });
});

describe('a history entry', () => {
  const cases: [string, Partial<typeof version> & { method?: string; body?: string | null }, object, string][] = [
    ['of a create', { method: 'POST', versionId: '1' } as never, { method: 'POST', url: 'Patient' }, '201'],
    ['of an update as create', { versionId: '1' }, { method: 'PUT', url: 'Patient/1' }, '201'],
    ['of an update', {}, { method: 'PUT', url: 'Patient/1' }, '200'],
    ['of a patch', { method: 'PATCH' } as never, { method: 'PATCH', url: 'Patient/1' }, '200'],
    ['of a deletion', { method: 'DELETE', body: null } as never, { method: 'DELETE', url: 'Patient/1' }, '204'],
  ];
  test.each(cases)('%s has its request and response', (_name, changed, request, status) => {
    const entry = JSON.parse(historyEntry('http://x', { ...version, ...changed } as typeof version));
    expect(entry.request).toEqual(request);
    expect(entry.response).toMatchObject({ status, lastModified: version.lastUpdated });
    expect('resource' in entry).toBe(status !== '204');
  });
});
