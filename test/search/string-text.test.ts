/** `:text` of string parameters: words anywhere in the texts of a parameter. https://hl7.org/fhir/R4/search.html#string */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { allOf } from '../../src/search/condition.ts';
import { compileExtractor } from '../../src/search/extract.ts';
import { holds } from '../../src/search/holds.ts';
import { noLetter } from '../../src/search/text/word-start.ts';
import { longestSearch, windowSize } from '../../src/search/types/string.ts';
import { definitions, parse, refusalOf, type SearchDatabase, searchDatabase } from '../support/search.ts';

const patient = (id: string, ...name: object[]): Resource => ({ resourceType: 'Patient', id, name });
const goal = (id: string, text: string): Resource => ({ resourceType: 'ResearchStudy', id, status: 'active', title: text });

/** Exactly so long that the next word begins where the second window does, or straddles its beginning. */
const step = windowSize - longestSearch;
const padded = (length: number, rest: string): string => `${'x '.repeat(length).slice(0, length - 1)}${rest}`;

const resources: readonly Resource[] = [
  patient('chalmers', { family: 'Chalmers', given: ['Peter', 'James'] }),
  patient('windsor', { family: 'Windsor', given: ['Peter'] }, { given: ['Jim'], text: 'Jim (Jacob) Chalmers' }),
  patient('marie', { family: "O'Brien-Müller", given: ['Anne-Marie'] }),
  patient('greek', { family: 'Παπαδόπουλος', given: ['Άννα'] }),
  patient('han', { text: '田中太郎' }),
  patient('percent', { text: '50% x_y' }),
  goal('start', padded(step, ' marrow bone')),
  goal('seam', padded(step - 3, ' marrow')),
  goal('within', padded(step - 2, 'amarrow')),
  goal('exact', padded(step, 'amarrow')),
  goal('far', `${padded(5 * step + 17, ' marrow')} ${'y '.repeat(900)}end`),
];

const cases: readonly (readonly [type: string, query: string, ...ids: string[]])[] = [
  ['Patient', 'name:text=chalmers', 'chalmers', 'windsor'],
  ['Patient', 'name:text=peter chalmers', 'chalmers', 'windsor'],
  ['Patient', 'name:text=CHALMERS, james', 'chalmers', 'windsor'],
  ['Patient', 'name:text=chalmers pet jam', 'chalmers'],
  ['Patient', 'family:text=peter chalmers'],
  ['Patient', 'name:text=halmers'],
  ['Patient', 'name:text=jacob', 'windsor'],
  ['Patient', 'name:text=marie', 'marie'],
  ['Patient', 'name:text=brien muller', 'marie'],
  ['Patient', "name:text=o'brien", 'marie'],
  ['Patient', 'name:text=arie'],
  ['Patient', 'name:text=παπα αννα', 'greek'],
  ['Patient', 'name:text=δόπουλος'],
  ['Patient', 'name:text=中太', 'han'],
  ['Patient', 'name:text=田太'],
  ['Patient', 'name:text=50 x y', 'percent'],
  ['Patient', 'name:text=zz,marie,windsor', 'marie', 'windsor'],
  ['ResearchStudy', 'title:text=marrow', 'far', 'seam', 'start'],
  ['ResearchStudy', 'title:text=arrow'],
  ['ResearchStudy', 'title:text=bone marrow', 'start'],
  ['ResearchStudy', 'title:text=end marrow', 'far'],
];

describe('A string parameter with :text', () => {
  let db: SearchDatabase;
  beforeAll(async () => {
    db = await searchDatabase();
    await db.load(resources);
  });
  afterAll(() => db.close());

  test.each(cases)('%s?%s finds the words wherever they stand', async (type, query, ...ids) => {
    expect((await db.ids(type, query)).sort()).toEqual(ids);
  });

  test('says the same of a resource on its way into the store', () => {
    const extract = compileExtractor(definitions);
    for (const [type, query, ...ids] of cases) {
      const condition = allOf(parse(type, query).conditions);
      const found = resources.filter((each) => each.resourceType === type);
      const matching = found.filter((each) => holds(condition, { type, id: each.id ?? '', rows: extract(each), updated: 0 }));
      expect([query, ...matching.map(({ id }) => id).sort()]).toEqual([query, ...ids]);
    }
  });

  test('goes along chains, with several types, and beside other parameters', async () => {
    await db.load([{ resourceType: 'Observation', id: 'o', status: 'final', code: {}, subject: { reference: 'Patient/marie' } }]);
    expect(await db.ids('Observation', 'subject:Patient.name:text=marie muller')).toEqual(['o']);
    expect(await db.ids('Patient', '_has:Observation:subject:status=final&name:text=anne')).toEqual(['marie']);
    expect(await db.ids('Patient', 'name:text=anne&name:text=windsor')).toEqual([]);
  });

  test.each([
    ['', /it is empty/],
    ['- (', /no letter or digit/],
    [Array.from({ length: 33 }, (_, i) => `w${i}`).join(' '), /more than 32 words/],
    ['x'.repeat(300), /at most 200 characters/],
  ])('%s is refused', (value, why) => {
    const { status, text } = refusalOf('Patient', `name:text=${value}`);
    expect([status, text]).toEqual([400, expect.stringMatching(why)]);
  });

  test('knows every letter and digit of every script', () => {
    const boundary = new RegExp(noLetter(), 'u');
    const wrong: string[] = [];
    for (let code = 0; code < 0x20000; code += code < 0x3000 ? 1 : 7) {
      const character = String.fromCodePoint(code);
      const isWord = /^[\p{L}\p{N}]$/u.test(character);
      const isUnspaced = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]$/u.test(character);
      const isBoundary = /^[\p{P}\p{S}\p{Z}\p{C}]$/u.test(character) && !/^[\p{Cn}\p{Co}\p{Cs}]$/u.test(character);
      if ((isWord && boundary.test(character) !== isUnspaced) || (isBoundary && !boundary.test(character))) wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
  });
});
