/** Contained resources: chains look into them, and they can be searched for. https://hl7.org/fhir/R4/search.html#contained */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { noStatistics, type Statistics } from '../../src/search/plan/statistics.ts';
import { refusalOf, type SearchDatabase, searchDatabase } from '../support/search.ts';

let db: SearchDatabase;

const concept = (code: string, text?: string) => ({
  coding: [{ system: 'http://acme.com/medications', code }],
  ...(text === undefined ? {} : { text }),
});

const medication = (id: string, code: string, more: Partial<Resource> = {}): Resource => ({
  resourceType: 'Medication',
  id,
  ingredient: [{ itemCodeableConcept: concept(code, `Substance ${code}`) }],
  ...more,
});

const request = (id: string, more: Partial<Resource>): Resource => ({
  resourceType: 'MedicationRequest',
  id,
  status: 'active',
  intent: 'order',
  subject: { reference: 'Patient/eve' },
  ...more,
});

const contains = (...contained: Resource[]): Partial<Resource> => ({ contained });
const takes = (reference: string) => ({ medicationReference: { reference } });

const anonymous: Resource = {
  resourceType: 'Patient',
  id: 'p',
  name: [{ family: 'Unknown', given: ['Jo'] }],
  birthDate: '1980-05-05',
  gender: 'other',
};

const resources: Resource[] = [
  { resourceType: 'Patient', id: 'eve', name: [{ family: 'Peters' }] },
  { resourceType: 'Organization', id: 'maker', name: 'Global Pharma' },
  medication('shelf', 'abc', { status: 'active' }),
  medication('other', 'xyz'),
  request('23', { ...contains(medication('m1', 'abc')), ...takes('#m1'), authoredOn: '2020-01-02' }),
  request('24', { ...contains(medication('m1', 'xyz')), ...takes('#m1'), authoredOn: '2020-01-03' }),
  request('25', { ...takes('Medication/shelf'), authoredOn: '2020-01-04' }),
  // Two of them match, and the container is answered once.
  request('26', {
    ...contains(
      medication('a', 'abc', { manufacturer: { reference: '#maker' } }),
      medication('b', 'abc', { manufacturer: { reference: 'Organization/maker' } }),
      { resourceType: 'Organization', id: 'maker', name: 'Local Pharma' },
    ),
    ...takes('#a'),
    authoredOn: '2020-01-05',
  }),
  {
    resourceType: 'Observation',
    id: 'anonymous',
    status: 'final',
    code: { text: 'x' },
    contained: [anonymous],
    subject: { reference: '#p' },
    performer: [{ reference: '#p' }],
  },
  {
    resourceType: 'Encounter',
    id: 'visit',
    status: 'finished',
    class: { code: 'AMB' },
    subject: { reference: 'Patient/eve' },
    contained: [{ resourceType: 'Practitioner', id: 'doc', name: [{ family: 'Watson' }] }],
    participant: [{ individual: { reference: '#doc' } }],
  },
  {
    resourceType: 'DiagnosticReport',
    id: 'report',
    status: 'final',
    code: { text: 'y' },
    subject: { reference: 'Patient/eve' },
    contained: [
      {
        resourceType: 'Observation',
        id: 'o',
        status: 'final',
        code: concept('height', 'Body height'),
        valueQuantity: { value: 180, system: 'http://unitsofmeasure.org', code: 'cm' },
        effectiveDateTime: '2021-03-03',
        subject: { reference: 'Patient/eve' },
      },
    ],
    result: [{ reference: '#o' }],
  },
];

const rare: Statistics = { ...noStatistics, tokenRows: () => 1, keyRows: () => 1, typeRows: () => 1_000_000 };
const common: Statistics = { ...noStatistics, tokenRows: () => 900_000, keyRows: () => 9_000_000, typeRows: () => 1_000_000 };

beforeAll(async () => {
  db = await searchDatabase();
  await db.load(resources);
});
afterAll(() => db.close());

describe.each([
  ['without knowing anything', noStatistics],
  ['from what is rare', rare],
  ['row by row, where all is common', common],
])('%s', (_, statistics) => {
  const ids = async (type: string, text: string) => {
    const { matches } = await db.search(type, text, 'test', statistics);
    return matches.map(({ id, container }) => (container === undefined ? id : `${container}#${id}`)).sort();
  };

  test.each([
    // "A chained condition will be evaluated inside contained resources"
    ['MedicationRequest', 'medication.ingredient-code=abc', ['23', '25', '26']],
    ['MedicationRequest', 'medication:Medication.ingredient-code=xyz', ['24']],
    ['MedicationRequest', 'medication.manufacturer.name=local', ['26']],
    ['MedicationRequest', 'medication.manufacturer.name=global', []],
    ['MedicationRequest', 'medication.ingredient-code=abc&subject.name=peters', ['23', '25', '26']],
    ['Observation', 'patient.name=unknown', ['anonymous']],
    ['Observation', 'subject:Patient.given=jo', ['anonymous']],
    ['Observation', 'performer:Patient.gender=other', ['anonymous']],
    ['Encounter', 'practitioner.name=watson', ['visit']],
    ['Encounter', 'participant:Practitioner.name=watson', ['visit']],
    ['DiagnosticReport', 'result.code=height', ['report']],
    ['DiagnosticReport', 'result.patient.name=peters', ['report']],
    ['DiagnosticReport', 'result.value-quantity=1.8|http://unitsofmeasure.org|m', ['report']],
    // "By default, search results only include resources that are not contained"
    ['Medication', 'ingredient-code=abc', ['shelf']],
    ['Medication', 'ingredient-code=abc&_contained=false', ['shelf']],
    ['Medication', '_id=m1', []],
    ['Medication', '', ['other', 'shelf']],
    ['Patient', 'name=unknown', []],
    ['Observation', 'patient=Patient/eve', []],
    ['Observation', '_content=height', []],
    // "true: return only contained resources" — "container (default)"
    ['Medication', 'ingredient-code=abc&_contained=true', ['23', '26']],
    ['Medication', '_contained=true&_containedType=container', ['23', '24', '26']],
    ['Medication', 'ingredient-code=xyz&_contained=true', ['24']],
    ['Medication', '_id=m1&_contained=true', ['23', '24']],
    ['Medication', '_id=m1&_contained=true&ingredient-code=abc', ['23']],
    ['Medication', 'ingredient-code:text=substance x&_contained=true', ['24']],
    ['Medication', 'manufacturer.name=local&_contained=true', ['26']],
    ['Medication', 'manufacturer.name=global&_contained=true', ['26']],
    ['Medication', 'manufacturer:missing=true&_contained=true', ['23', '24']],
    ['Medication', 'ingredient-code:not=abc&_contained=true', ['24']],
    ['Patient', 'name=unk&_contained=true', ['anonymous']],
    ['Patient', 'birthdate=1980&_contained=true', ['anonymous']],
    ['Patient', 'birthdate=1981&_contained=true', []],
    ['Observation', 'patient=Patient/eve&_contained=true', ['report']],
    ['Observation', 'patient.name=peters&_contained=true', ['report']],
    ['Observation', 'value-quantity=gt1|http://unitsofmeasure.org|m&_contained=true', ['report']],
    ['Observation', 'date=2021-03-03&_contained=true', ['report']],
    ['Observation', '_content="body height"&_contained=true', ['report']],
    ['Practitioner', '_contained=true', ['visit']],
    ['Device', '_contained=true', []],
    // "contained: return only the contained resource"
    [
      'Medication',
      'ingredient-code=abc&_contained=true&_containedType=contained',
      ['MedicationRequest/23#m1', 'MedicationRequest/26#a', 'MedicationRequest/26#b'],
    ],
    ['Organization', '_contained=true&_containedType=contained', ['MedicationRequest/26#maker']],
    ['Observation', 'patient=Patient/eve&_contained=true&_containedType=contained', ['DiagnosticReport/report#o']],
    ['Observation', 'date=ge2021&_contained=true&_containedType=contained', ['DiagnosticReport/report#o']],
    ['Patient', '_content=jo&_contained=true&_containedType=contained', ['Observation/anonymous#p']],
    // "both: return both contained and non-contained (normal) resources"
    ['Medication', 'ingredient-code=abc&_contained=both', ['23', '26', 'shelf']],
    [
      'Medication',
      'ingredient-code=abc&_contained=both&_containedType=contained',
      ['MedicationRequest/23#m1', 'MedicationRequest/26#a', 'MedicationRequest/26#b', 'shelf'],
    ],
    ['Medication', '_contained=both&_containedType=contained&status=active', ['shelf']],
    ['Patient', 'name=peters&_contained=both', ['eve']],
    ['Patient', '_contained=both&_containedType=contained', ['Observation/anonymous#p', 'eve']],
    ['Observation', 'patient=Patient/eve,Patient/tom&_contained=both&_containedType=contained', ['DiagnosticReport/report#o']],
    ['Observation', 'patient=Patient/eve&_contained=both&_containedType=contained', ['DiagnosticReport/report#o']],
  ] as const)('%s?%s', async (type, text, expected) => {
    expect(await ids(type, text)).toEqual(expected);
    expect((await db.search(type, `${text}&_summary=count`, 'test', statistics)).total).toBe(expected.length);
  });
});

test('A contained resource is answered as it stands in its container', async () => {
  const { matches } = await db.search('Patient', '_contained=true&_containedType=contained');
  expect(matches.map(({ type, body }) => [type, JSON.parse(body ?? '')])).toEqual([['Patient', anonymous]]);
});

test('Contained resources have an order, and each stands on one page', async () => {
  const order = async (text: string) => (await db.allIds('Medication', text)).join(' ');
  expect(await order('_contained=true&_containedType=contained&_sort=_id&_count=1')).toBe('a b m1 m1');
  expect(await order('_contained=both&_containedType=contained&_sort=-_id&_count=1')).toBe('shelf other m1 m1 b a');
  expect(await order('_contained=true&_count=1')).toBe('26 24 23');
  expect(await order('_contained=true&_count=1&_sort=_id')).toBe('23 24 26');
  expect(await db.ids('Patient', '_contained=both&_containedType=contained&_sort=birthdate')).toEqual(['p', 'eve']);
});

describe('Refused with 400 that says why:', () => {
  test.each([
    ['_contained=yes', '_contained is one of false, true, both'],
    ['_contained=true&_containedType=all', '_containedType is one of container, contained'],
    ['_containedType=contained', 'ask for them with _contained=true or _contained=both'],
    ['_contained=false&_containedType=container', 'ask for them with _contained=true'],
    ['_contained=true&_contained=both', '_contained may be given once'],
    ['_contained:not=true', '_contained takes no modifier'],
    ['_contained=true&_include=Medication:manufacturer', 'do not go with _contained'],
    ['_contained=true&_sort=code', 'The containers are of many types'],
    ['_contained=true&_containedType=contained&_sort=_lastUpdated', 'no _lastUpdated of its own'],
  ])('%s', (text, why) => {
    const refused = refusalOf('Medication', text);
    expect(refused.status).toBe(400);
    expect(refused.text).toContain(why);
  });
});
