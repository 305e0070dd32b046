/** What others get wrong: each line is a rule of the specification with the case that shows it. https://hl7.org/fhir/R4/search.html */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { refusalOf, type SearchDatabase, searchDatabase } from '../support/search.ts';

const ucum = 'http://unitsofmeasure.org';
const loinc = 'http://loinc.org';

const quantity = (value: number, code: string) => ({ value, unit: code, system: ucum, code });
const coded = (code: string) => ({ coding: [{ system: loinc, code }] });

const observation = (id: string, code: string, more: object): Resource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: coded(code),
  ...more,
});

const weight = (id: string, value: number, unit: string): Resource =>
  observation(id, '29463-7', { subject: { reference: 'Patient/zoe' }, valueQuantity: quantity(value, unit) });

const encounter = (id: string, period: object | undefined): Resource => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { code: 'AMB' },
  ...(period === undefined ? {} : { period }),
});

const panel = (id: string, systolic: number, diastolic: number): Resource =>
  observation(id, '85354-9', {
    component: [
      { code: coded('8480-6'), valueQuantity: quantity(systolic, 'mm[Hg]') },
      { code: coded('8462-4'), valueQuantity: quantity(diastolic, 'mm[Hg]') },
    ],
  });

const resources: readonly Resource[] = [
  { resourceType: 'Patient', id: 'zoe', name: [{ family: 'Ångström', given: ['Zoë'] }], birthDate: '2020-03-14', gender: 'female' },
  { resourceType: 'Patient', id: 'bob', name: [{ family: 'Smith', given: ['Bob'] }], birthDate: '2020', gender: 'male' },
  { resourceType: 'Patient', id: 'nobody', active: true },
  { resourceType: 'Group', id: 'zoe', type: 'person', actual: true },
  weight('pounds', 150, '[lb_av]'),
  weight('kilograms', 150, 'kg'),
  encounter('year', { start: '2019-01-01', end: '2019-12-31' }),
  encounter('june', { start: '2019-06-10', end: '2019-06-12' }),
  encounter('later', { start: '2019-07-01', end: '2019-07-02' }),
  encounter('open', { start: '2019-05-01' }),
  encounter('undated', undefined),
  observation('morning', 'x', { effectiveDateTime: '2021-03-14T08:30:00Z' }),
  observation('midnight', 'x', { effectiveDateTime: '2021-03-15T00:00:00Z' }),
  observation('of-group', 'x', { subject: { reference: 'Group/zoe' } }),
  panel('high', 145, 80),
  panel('low', 80, 145),
  {
    resourceType: 'Location',
    id: 'odd',
    name: 'a,b$c|d\\e',
    identifier: [{ system: 'http://s|t', value: 'x,y$z|w\\v' }],
  },
  {
    resourceType: 'Provenance',
    id: 'of-weight',
    target: [{ reference: 'Observation/pounds' }],
    recorded: '2021-01-01T00:00:00Z',
    agent: [],
  },
];

let db: SearchDatabase;
beforeAll(async () => {
  db = await searchDatabase();
  await db.load(resources);
});
afterAll(() => db.close());

async function finds(type: string, query: string, ...ids: readonly string[]): Promise<void> {
  expect([query, ...(await db.ids(type, query)).sort()]).toEqual([query, ...[...ids].sort()]);
}

describe('quantities', () => {
  test('150 lb is not 150 kg, but 68.04 kg finds it', async () => {
    await finds('Observation', `value-quantity=150|${ucum}|kg`, 'kilograms');
    await finds('Observation', `value-quantity=150|${ucum}|[lb_av]`, 'pounds');
    await finds('Observation', `value-quantity=68.04|${ucum}|kg`, 'pounds');
    await finds('Observation', `value-quantity=lt100|${ucum}|kg&code=29463-7`, 'pounds');
  });
});

describe('dates', () => {
  test('date=2020 and 2020-03 work: a date is as precise as it is written', async () => {
    await finds('Patient', 'birthdate=2020', 'zoe', 'bob');
    await finds('Patient', 'birthdate=2020-03', 'zoe');
    await finds('Patient', 'birthdate=2020-03-14', 'zoe');
    await finds('Patient', 'birthdate=2020-04');
  });

  test("a day finds that day's instants", async () => {
    await finds('Observation', 'date=2021-03-14', 'morning');
    await finds('Observation', 'date=2021-03-15', 'midnight');
    await finds('Observation', 'date=2021-03-14T08:30', 'morning');
  });

  test('ge2019-06-01 with le2019-06-30 finds a period over all of 2019, while eq needs the search range to contain the value', async () => {
    await finds('Encounter', 'date=ge2019-06-01&date=le2019-06-30', 'year', 'june', 'open');
    await finds('Encounter', 'date=2019-06', 'june');
    await finds('Encounter', 'date=eq2019', 'year', 'june', 'later');
  });

  test('ne finds what the search range does not contain, and not what has no date', async () => {
    await finds('Encounter', 'date=ne2019-06', 'year', 'later', 'open');
  });

  test('ap finds what is near', async () => {
    await finds('Encounter', 'date=ap2019-06-11&_id=june,undated', 'june');
    await finds('Observation', `value-quantity=ap70|${ucum}|kg`, 'pounds');
    await finds('Observation', `value-quantity=ap80|${ucum}|kg`);
  });

  test('_lastUpdated has every prefix', async () => {
    // Written one second after the other, from the first second of 2025 on.
    const [first, second] = ['2025-01-01T00:00:01Z', '2025-01-01T00:00:02Z'];
    for (const [value, ...ids] of [
      [first, 'zoe'],
      [`eq${second}`, 'bob'],
      [`ne${second}`, 'zoe', 'nobody'],
      [`gt${second}`, 'nobody'],
      [`sa${second}`, 'nobody'],
      [`lt${second}`, 'zoe'],
      [`eb${second}`, 'zoe'],
      [`ge${second}`, 'bob', 'nobody'],
      [`le${second}`, 'zoe', 'bob'],
      ['ap2025-01-01', 'zoe', 'bob', 'nobody'],
      ['2025', 'zoe', 'bob', 'nobody'],
    ] as const)
      await finds('Patient', `_lastUpdated=${value}`, ...ids);
  });
});

describe('texts and tokens', () => {
  test('given=zoe finds Zoë, and Zoë finds her, and angstrom finds Ångström', async () => {
    for (const query of ['given=zoe', 'given=ZOË', 'family=angstrom', 'name=ånG']) await finds('Patient', query, 'zoe');
    await finds('Patient', 'given:exact=Zoe');
  });

  test(':not returns resources without the element', async () => {
    await finds('Patient', 'gender:not=male', 'zoe', 'nobody');
    await finds('Patient', 'gender:not=male,female', 'nobody');
  });

  test('commas, dollars, pipes and backslashes are escaped', async () => {
    await finds('Location', 'name=a\\,b\\$c\\|d\\\\e', 'odd');
    await finds('Location', 'name=a,zzz', 'odd');
    await finds('Location', 'name:exact=a\\,b\\$c\\|d\\\\e', 'odd');
    await finds('Location', 'identifier=x\\,y\\$z\\|w\\\\v', 'odd');
    await finds('Location', 'identifier=http://s\\|t|x\\,y\\$z\\|w\\\\v', 'odd');
    await finds('Location', 'identifier=http://s|x\\,y\\$z\\|w\\\\v');
    await finds('Location', 'name:exact=a\\,b');
  });

  test('repeated parameters AND, commas OR', async () => {
    await finds('Patient', 'gender=male,female', 'zoe', 'bob');
    await finds('Patient', 'gender=male&gender=female');
    await finds('Patient', 'given=zoe,bob&birthdate=2020-03', 'zoe');
  });

  test.each([2_000, 10_000])('a list of %s codes is one of many values, found or not', async (many) => {
    const codes = (last: string): string => [...Array.from({ length: many - 1 }, (_, i) => `none-${i}`), last].join(',');
    await finds('Observation', `code=${codes('29463-7')}`, 'pounds', 'kilograms');
    await finds('Observation', `code=${codes('none')}`);
    await finds('Patient', `_id=${codes('bob')}`, 'bob');
    await finds('Observation', `code:not=${codes('x')}&subject=Patient/zoe`, 'pounds', 'kilograms');
  });
});

describe('references and composites', () => {
  test(':[type] is honoured', async () => {
    await finds('Observation', 'subject:Group=zoe', 'of-group');
    await finds('Observation', 'subject:Patient=zoe', 'pounds', 'kilograms');
    await finds('Observation', 'subject:Device=zoe');
    await finds('Observation', 'subject:Patient.gender=female', 'pounds', 'kilograms');
    expect(refusalOf('Observation', 'subject:Pateint=zoe')).toMatchObject({ status: 400 });
  });

  test('combo-code and the values of components find blood pressure panels', async () => {
    await finds('Observation', 'combo-code=8480-6', 'high', 'low');
    await finds('Observation', 'code=8480-6');
    await finds('Observation', `component-value-quantity=gt140|${ucum}|mm[Hg]`, 'high', 'low');
    // Of one component both must hold.
    await finds('Observation', `component-code-value-quantity=${loinc}|8480-6$gt140|${ucum}|mm[Hg]`, 'high');
    await finds('Observation', 'combo-code-value-quantity=8480-6$lt100', 'low');
    await finds('Observation', 'component-code-value-quantity=8480-6$145,8462-4$145', 'high', 'low');
  });

  test('_revinclude=* brings whatever refers to the matches', async () => {
    const page = await db.search('Observation', '_id=pounds&_revinclude=*');
    expect(page.included.map(({ type, id }) => `${type}/${id}`)).toEqual(['Provenance/of-weight']);
    const patient = await db.search('Patient', '_id=zoe&_revinclude=*');
    expect(patient.included.map(({ id }) => id).sort()).toEqual(['kilograms', 'pounds']);
  });
});

describe('orders', () => {
  test.each([
    ['Patient', '_sort=birthdate', ['bob', 'zoe', 'nobody']],
    ['Patient', '_sort=-birthdate', ['zoe', 'bob', 'nobody']],
    ['Patient', '_sort=family', ['zoe', 'bob', 'nobody']],
    ['Patient', '_sort=-gender', ['bob', 'zoe', 'nobody']],
    ['Encounter', '_sort=date', ['year', 'open', 'june', 'later', 'undated']],
  ])('%s?%s keeps resources that lack the key, at the end', async (type, query, ids) => {
    expect(await db.ids(type, query)).toEqual(ids);
    expect(await db.allIds(type, `${query}&_count=1`)).toEqual(ids);
  });
});
