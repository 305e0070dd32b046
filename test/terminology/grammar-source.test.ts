/** Code systems that follow a grammar: terminologies-systems.html. */
import { describe, expect, test } from '@jest/globals';
import { createTerminology } from '../../src/terminology/create-terminology.ts';

const terminology = createTerminology();

const systems = {
  units: 'http://unitsofmeasure.org',
  'media types': 'urn:ietf:bcp:13',
  languages: 'urn:ietf:bcp:47',
  currencies: 'urn:iso:std:iso:4217',
  countries: 'urn:iso:std:iso:3166',
  subdivisions: 'urn:iso:std:iso:3166:-2',
};

describe('A code of a system that follows a grammar', () => {
  test.each<[keyof typeof systems, string[], string[]]>([
    ['units', ['mm[Hg]', 'mg/dL', '{score}', '{wine glasses}/d', 'U/(10.g){feces}', '1'], ['fmm[Hg]', '(score)', 'mm[Hg]{hg', '', 'ml/hr']],
    [
      'media types',
      ['text/plain', 'application/fhir+json; fhirVersion=4.0', 'image/*', 'json'],
      ['text', 'text/', 'a b/c', 'text/plain, de'],
    ],
    ['languages', ['de', 'de-AT', 'zh-Hant-TW'], ['german language', 'd', 'de_AT']],
    ['currencies', ['EUR', 'USD'], ['EURO', 'eur', 'XYZ']],
    ['countries', ['AT', 'GB', 'TW', 'AUT', '040'], ['UK', 'at', 'BU', 'EU', 'ZZ', 'Austria', '']],
    ['subdivisions', ['AT-9', 'US-CA', 'GB-SCT'], ['US', 'UK-SCT', 'US-California', 'us-ca']],
  ])('is told without a list: %s', async (name, right, wrong) => {
    for (const code of right) expect([code, (await terminology.lookUp(systems[name], code)).result]).toEqual([code, 'yes']);
    for (const code of wrong) expect([code, (await terminology.lookUp(systems[name], code)).result]).toEqual([code, 'no']);
  });

  test('is one of the countries of ISO 3166, of which there are 249', async () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const pairs = letters.flatMap((a) => letters.map((b) => a + b));
    const known = await Promise.all(pairs.map((code) => terminology.lookUp(systems.countries, code)));
    expect(known.filter(({ result }) => result === 'yes')).toHaveLength(249);
  });

  test('is in the value set of all of them, which cannot be listed', async () => {
    const all = 'http://hl7.org/fhir/ValueSet/mimetypes';
    expect((await terminology.contains(all, { code: 'text/plain' })).result).toBe('yes');
    expect((await terminology.contains(all, { code: 'text' })).result).toBe('no');
    await expect(terminology.expand(all)).rejects.toThrow('follow a grammar and cannot all be listed');
  });
});

test('Designations of a concept are known beside its display', async () => {
  const url = 'http://example.org/colours';
  const concept = [{ code: 'r', display: 'red', designation: [{ language: 'de', value: 'rot' }] }];
  const source = { find: async () => [{ key: 'a', version: undefined, read: () => ({ url, content: 'complete', concept }) }] };
  const found = await createTerminology({ sources: [source as never] }).lookUp(url, 'r');
  expect(found).toMatchObject({ result: 'yes', concept: { display: 'red', designations: ['rot'] } });
});
