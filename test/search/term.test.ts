/** `:text` of token parameters: a string search of the text that goes with a code. https://hl7.org/fhir/R4/search.html#token */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { compileExtractor } from '../../src/search/extract.ts';
import { holds } from '../../src/search/holds.ts';
import { parseSearch } from '../../src/search/parse.ts';
import { noStatistics, type Statistics } from '../../src/search/plan/statistics.ts';
import { systemScope } from '../../src/search/scope.ts';
import { definitions, now, pairsOf, parse, refusalOf, type SearchDatabase, searchDatabase } from '../support/search.ts';

let db: SearchDatabase;

const long = `Very ${'long '.repeat(200)}`;

const condition = (id: string, code: object | undefined, more: Partial<Resource> = {}): Resource => ({
  resourceType: 'Condition',
  id,
  subject: { reference: 'Patient/p' },
  ...(code === undefined ? {} : { code }),
  ...more,
});

const resources: Resource[] = [
  // "Search for any Condition with a code that has a text "headache" associated with it (either in the text, or a display)"
  condition('text', { text: 'Headache, acute' }),
  condition('display', { coding: [{ system: 'http://c', code: '1', display: 'HEADACHE' }] }),
  condition('second', {
    coding: [
      { code: '2', display: 'Migraine' },
      { code: '3', display: 'headache' },
    ],
    text: 'Headache',
  }),
  condition('inside', { text: 'Tension headache' }),
  condition('accent', { text: 'Céphalée  et\tfièvre' }),
  condition('code', { coding: [{ code: 'headache' }] }),
  condition('none', undefined),
  condition('long', { text: `${long}end a` }),
  condition('longer', { text: `${long}end b` }),
  condition('site', { text: 'Pain' }, { bodySite: [{ text: 'Headache area' }] }),
  {
    resourceType: 'Patient',
    id: 'p',
    identifier: [
      {
        type: { text: 'Medical record number', coding: [{ code: 'MR', display: 'Medical Record' }] },
        system: 'http://ids',
        value: 'Number 1',
      },
    ],
    communication: [{ language: { coding: [{ code: 'de', display: 'Deutsch' }] } }],
    meta: { tag: [{ code: 't', display: 'Tagged' }] },
  },
  {
    resourceType: 'Observation',
    id: 'panel',
    status: 'final',
    code: { text: 'Blood pressure' },
    component: [{ code: { text: 'Systolic' } }, { code: { coding: [{ display: 'Diastolic pressure' }] } }],
    subject: { identifier: { type: { text: 'Passport' }, value: '1' }, display: 'Headache' },
  },
  {
    resourceType: 'Encounter',
    id: 'visit',
    status: 'finished',
    class: { code: 'AMB', display: 'Ambulatory' },
    subject: { reference: 'Patient/p' },
  },
];

const rare: Statistics = { ...noStatistics, typeRows: () => 1_000_000 };
const common: Statistics = { ...noStatistics, typeRows: () => 1, tokenRows: () => 0 };

const questions = [
  ['Condition', 'code:text=headache', ['display', 'second', 'text']],
  ['Condition', 'code:text=HEAD', ['display', 'second', 'text']],
  ['Condition', 'code:text=headache\\, ac', ['text']],
  ['Condition', 'code:text=migraine,tension', ['inside', 'second']],
  ['Condition', 'code:text=cephalee et fi', ['accent']],
  ['Condition', 'code:text=Céphalée', ['accent']],
  ['Condition', 'code:text=ache', []],
  ['Condition', 'code:text=headache&code:text=migraine', ['second']],
  ['Condition', 'code:text=pain', ['site']],
  ['Condition', 'body-site:text=headache', ['site']],
  ['Condition', `code:text=${long.slice(0, 200)}`, ['long', 'longer']],
  ['Condition', 'code:text=headache&code=1', ['display']],
  ['Patient', 'identifier:text=medical record', ['p']],
  // Of an Identifier's type it is the text, and not a display or the value.
  ['Patient', 'identifier:text=number', []],
  ['Patient', 'language:text=deu', ['p']],
  ['Patient', '_tag:text=tag', ['p']],
  ['Observation', 'code:text=blood', ['panel']],
  ['Observation', 'code:text=systolic', []],
  ['Observation', 'component-code:text=sys', ['panel']],
  ['Observation', 'combo-code:text=dias', ['panel']],
  ['Observation', 'combo-code:text=blood', ['panel']],
  ['Encounter', 'class:text=ambu', ['visit']],
  ['Encounter', 'patient._tag:text=tagged', ['visit']],
  ['Patient', '_has:Condition:subject:code:text=headache', ['p']],
] as const;

beforeAll(async () => {
  db = await searchDatabase();
  await db.load(resources);
});
afterAll(() => db.close());

describe.each([
  ['without knowing anything', noStatistics],
  ['from what is rare', rare],
  ['row by row', common],
])('%s', (_, statistics) => {
  test.each(questions)('%s?%s', async (type, text, expected) => {
    expect((await db.ids(type, text, statistics)).sort()).toEqual(expected);
  });
});

test('Several types are searched at once', async () => {
  const options = { strict: true, defaultCount: 20, maxCount: 20, now };
  const query = parseSearch(definitions, systemScope(definitions), pairsOf('_type=Condition,Observation&code:text=b'), options);
  expect(query.conditions).toEqual([expect.objectContaining({ kind: 'terms', keys: [expect.any(String), expect.any(String)] })]);
});

test('Before it is stored a resource is told to match as it is found afterwards', () => {
  const extract = compileExtractor(definitions);
  for (const [type, text, expected] of questions.filter(([, asked]) => !asked.includes('patient.') && !asked.includes('_has'))) {
    const found = resources
      .filter(({ resourceType }) => resourceType === type)
      .filter((resource) => {
        const candidate = { type, id: resource.id as string, rows: extract(resource), updated: 0 };
        return parse(type, text).conditions.every((each) => holds(each, candidate));
      });
    expect([text, found.map(({ id }) => id).sort()]).toEqual([text, expected]);
  }
});

test('A text stands once for each parameter, and no further than it can be asked for', async () => {
  const rows = await db.database.run<{ n: string; most: number }>({
    text: "select count(*) as n, max(length(val)) as most from anamnesis.term where val like 'very long%'",
    values: [],
  });
  expect(rows).toEqual([{ n: '1', most: 200 }]);
});

describe('Refused with 400 that says why:', () => {
  test.each([
    ['Patient', 'gender:text=male', 'the values of Patient.gender have none'],
    ['Patient', 'active:text=true', 'the values of Patient.active have none'],
    ['Patient', 'phone:text=1', 'the values of Patient.phone have none'],
    ['Condition', `code:text=${'x'.repeat(201)}`, 'at most 200 characters'],
    ['Condition', 'subject:text=x', '":text" is not a modifier that Condition.subject (reference) supports'],
    ['Patient', 'birthdate:text=x', 'is not a modifier'],
  ])('%s?%s', (type, text, why) => {
    const refused = refusalOf(type, text);
    expect(refused.status).toBe(400);
    expect(refused.text).toContain(why);
  });
});
