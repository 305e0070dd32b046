/** Full-text search of narratives and of all that people can read. https://hl7.org/fhir/R4/search.html#text */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { compileCount } from '../../src/search/compile/page.ts';
import { noStatistics, type Statistics } from '../../src/search/plan/statistics.ts';
import { parse, refusalOf, type SearchDatabase, searchDatabase } from '../support/search.ts';

let db: SearchDatabase;

const narrative = (xhtml: string) => ({ status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${xhtml}</div>` });

const condition = (id: string, xhtml: string | undefined, more: Partial<Resource> = {}): Resource => ({
  resourceType: 'Condition',
  id,
  subject: { reference: 'Patient/zoe' },
  ...(xhtml === undefined ? {} : { text: narrative(xhtml) }),
  ...more,
});

const resources: Resource[] = [
  condition('bone', '<p>Bone <b>metastases</b> of the left hip</p>'),
  condition('liver', 'Metastases in the liver &amp; the spleen<!-- lung -->', { code: { text: 'Bone scan pending' } }),
  condition('lung', 'Lung&#32;nodule, <img alt="liver" src="x"/>no metastases', { note: [{ text: 'Follow-up in May' }] }),
  condition('plain', undefined, { code: { coding: [{ system: 'http://c', code: 'hepatic', display: 'Cirrhosis of LIVER' }] } }),
  condition('silent', undefined),
  condition('french', 'Une <i>métastase</i> osseuse, d&#xe9;couverte à Orléans'),
  condition('asian', '東京の病院で骨転移'),
  condition('twin', '<p>Bone <b>metastases</b> of the left hip</p>'),
  {
    resourceType: 'Patient',
    id: 'zoe',
    name: [{ text: 'Zoë Ångström-Müller', given: ['Zoë'] }],
    identifier: [{ system: 'http://ids', value: 'secretnumber' }],
    telecom: [{ system: 'phone', value: '+49 30 1234' }],
    gender: 'female',
    birthDate: '1970-05-06',
    generalPractitioner: [{ reference: 'Practitioner/hiddenid', display: 'Dr. Liver' }],
    contained: [{ resourceType: 'Organization', id: 'o', name: 'Nordklinik', text: narrative('inner narrative') }],
    _birthDate: { extension: [{ url: 'http://e', valueString: 'estimated by hand' }] },
  },
  {
    resourceType: 'Composition',
    id: 'letter',
    text: narrative('Cover'),
    title: 'Discharge letter',
    section: [{ title: 'Course', text: narrative('He had <b>no</b> fever') }],
  },
];

const common: Statistics = { ...noStatistics, wordShare: () => 1, typeRows: () => 1_000_000 };
const rare: Statistics = { ...noStatistics, wordShare: () => 0, typeRows: () => 1_000_000 };
/** So much is tested that the texts are gathered first. */
const gathered: Statistics = { ...noStatistics, wordShare: () => 0.15, tokenRows: () => 100_000, typeRows: () => 1_000_000 };

beforeAll(async () => {
  db = await searchDatabase();
  await db.load(resources);
});
afterAll(() => db.close());

const conditions = ['asian', 'bone', 'french', 'liver', 'lung', 'plain', 'silent', 'twin'];
const without = (...ids: string[]) => conditions.filter((id) => !ids.includes(id));

describe.each([
  ['without knowing anything', noStatistics],
  ['where all words are common', common],
  ['where all words are rare', rare],
  ['from a set in memory', gathered],
])('Full text %s', (_, statistics) => {
  test.each([
    // "Search on the narrative of the resource"
    ['Condition', '_text=(bone OR liver) and metastases', ['bone', 'liver', 'twin']],
    ['Condition', '_text=liver', ['liver']],
    ['Condition', '_text=hip', ['bone', 'twin']],
    ['Condition', '_text=METASTASES', ['bone', 'liver', 'lung', 'twin']],
    ['Condition', '_text=metastase', ['french']],
    ['Condition', '_text=métastase', ['french']],
    ['Condition', '_text=decouverte orleans', ['french']],
    ['Condition', '_text=metast*', ['bone', 'french', 'liver', 'lung', 'twin']],
    ['Condition', '_text=metast* NOT lung', ['bone', 'french', 'liver', 'twin']],
    ['Condition', '_text=NOT metast*', ['asian', 'plain', 'silent']],
    ['Condition', '_text=NOT (metastases OR nodule)', ['asian', 'french', 'plain', 'silent']],
    ['Condition', '_text=NOT NOT lung', ['lung']],
    ['Condition', '_text=lung OR NOT bone', without('bone', 'twin')],
    ['Condition', '_text=bone metastases', ['bone', 'twin']],
    ['Condition', '_text="bone metastases"', ['bone', 'twin']],
    ['Condition', '_text="metastases bone"', []],
    ['Condition', '_text="bone meta"', []],
    ['Condition', '_text="bone meta"*', ['bone', 'twin']],
    ['Condition', '_text="left hip" OR "the liver"', ['bone', 'liver', 'twin']],
    ['Condition', '_text=hip,nodule', ['bone', 'lung', 'twin']],
    ['Condition', '_text=metastases&_text=spleen', ['liver']],
    ['Condition', '_text="liver the spleen"', ['liver']],
    ['Condition', '_text=div', []],
    ['Condition', '_text=東京', ['asian']],
    ['Condition', '_text=京東', []],
    ['Condition', '_text=骨転移 AND 病院', ['asian']],
    ['Condition', '_text:missing=true', ['plain', 'silent']],
    ['Condition', '_text:missing=false', without('plain', 'silent')],
    ['Composition', '_text=fever', []],
    ['Composition', '_text=cover', ['letter']],
    // "Search on the entire content of the resource"
    ['Condition', '_content=liver', ['liver', 'plain']],
    ['Condition', '_content=bone', ['bone', 'liver', 'twin']],
    ['Condition', '_content=pending OR follow-up', ['liver', 'lung']],
    ['Condition', '_content="follow up"', ['lung']],
    ['Condition', '_content="spleen bone"', []],
    ['Condition', '_content=NOT metast*', ['asian', 'plain', 'silent']],
    ['Condition', '_content:missing=true', ['silent']],
    ['Condition', '_content:missing=false', without('silent')],
    ['Condition', '_content=liver&code=hepatic', ['plain']],
    ['Composition', '_content="no fever"', ['letter']],
    ['Composition', '_content=discharge course cover', ['letter']],
    ['Patient', '_content=zoe', ['zoe']],
    ['Patient', '_content=Angstrom-Muller', ['zoe']],
    ['Patient', '_content=nordklinik "inner narrative" estimated liver 1234', ['zoe']],
    ['Patient', '_text=inner', []],
    ['Condition', 'subject:Patient._content=nordklinik&_text=hip', ['bone', 'twin']],
    ['Patient', '_has:Condition:subject:_text=spleen', ['zoe']],
    // A filter asks with co, in the same grammar.
    ['Condition', '_filter=_text co "hip OR spleen" and not (_content co "scan")', ['bone', 'twin']],
    // Codes, uris, ids and dates are not what people read.
    ['Patient', '_content=secretnumber', []],
    ['Patient', '_content=female OR phone OR hiddenid OR 1970 OR http', []],
    ['Condition', '_content=hepatic', []],
  ] as const)('%s?%s', async (type, text, expected) => {
    expect((await db.ids(type, text, statistics)).sort()).toEqual(expected);
    expect((await db.search(type, `${text}&_summary=count`, 'test', statistics)).total).toBe(expected.length);
  });
});

test('Texts with the words are gathered where many rows are tested, and looked up row by row otherwise', () => {
  const query = parse('Condition', '_text=liver&code=hepatic');
  const sql = (statistics: Statistics) =>
    compileCount({ schema: 'anamnesis', typeCodes: db.typeCodes, statistics: () => statistics }, query).text;
  expect(sql(gathered)).toContain('k.tok in (select x.tok');
  expect(sql(common)).toContain('x.tok = any(');
  expect(sql(rare)).toContain('array[d.tok]');
});

/** One has no text, two have the same, and one contains another. */
test('Resources of one type with the same text share it', async () => {
  const [row] = await db.database.run<{ n: string }>({ text: 'select count(*) as n from anamnesis.txt', values: [] });
  expect(Number(row?.n)).toBe(resources.length - 2 + 1);
});

describe('A text search that is not understood is refused with 400 and never reaches the database', () => {
  test.each([
    ['_text=', 'it is empty'],
    ['_text=bone AND', 'it ends where a word is missing'],
    ['_text=AND bone', 'a word is missing before "AND"'],
    ['_text=OR', 'a word is missing before "OR"'],
    ['_text=NOT', 'it ends where a word is missing'],
    ['_text=(bone', 'a parenthesis is not closed'],
    ['_text=bone)', 'a closing parenthesis has no opening one'],
    ['_text=()', 'a word is missing before ")"'],
    ['_text="bone', 'a quote is not closed'],
    ['_text="a,b"', 'a quote is not closed (write \\, for a comma within it)'],
    ['_text=bone %26 liver', 'write AND'],
    ['_text=bone -liver', 'write NOT'],
    ['_text=bone %7C liver', 'write OR'],
    ['_text=not bone', 'write "not" in quotes, or NOT'],
    ['_text=...', 'has no letter or digit'],
    ['_text="..."', 'has no letter or digit'],
    ['_text=*', 'has no letter or digit'],
    ['_text=*itis', 'a * stands at the end of a word only'],
    [`_text=${'x'.repeat(100)}`, 'a word has less than 100 letters'],
    [`_text=${'x '.repeat(65)}`, 'it has more than 64 words'],
    [`_text=${'('.repeat(17)}x${')'.repeat(17)}`, 'parentheses and NOT stand in each other at most 16 times'],
    [`_text=${'NOT '.repeat(5000)}x`, 'parentheses and NOT stand in each other at most 16 times'],
    ['_filter=_text eq "bone"', '"eq" does not fit; it takes co, pr'],
    ['_text:exact=bone', 'is not a modifier'],
    ['_content:contains=bone', 'is not a modifier'],
  ])('%s', (text, why) => {
    const refused = refusalOf('Condition', text);
    expect(refused.status).toBe(400);
    expect(refused.text).toContain(why);
  });

  test('A resource type without narrative has no _text', () => {
    expect(refusalOf('Binary', '_text=bone').text).toContain('Binary has no search parameter "_text"');
  });
});
