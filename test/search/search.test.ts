import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { type SearchDatabase, searchDatabase } from '../support/search.ts';

let db: SearchDatabase;

const observation = (id: string, patient: string, more: Partial<Resource>): Resource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject: { reference: `Patient/${patient}` },
  ...more,
});
const code = (system: string | undefined, value: string) => ({ coding: [{ ...(system === undefined ? {} : { system }), code: value }] });
const kg = (value: number) => ({ value, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' });
const lb = { value: 150, unit: 'lbs', system: 'http://unitsofmeasure.org', code: '[lb_av]' };
const loinc = 'http://loinc.org';

const resources: Resource[] = [
  {
    resourceType: 'Patient',
    id: 'zoe',
    active: true,
    identifier: [{ system: 'urn:a|b', value: '1,2', type: { coding: [{ system: 'urn:types', code: 'MR' }] } }],
    name: [{ family: "O'Neill  Åse", given: ['Zoë', 'Marie'] }],
    gender: 'female',
    birthDate: '1980-03',
    telecom: [{ system: 'phone', value: '555' }],
    address: [{ city: 'Zürich', line: ['Weg 1'] }],
    meta: {
      profile: ['http://p|1.0'],
      tag: [{ system: 'urn:t', code: 'x' }],
      security: [{ code: 'R' }],
      lastUpdated: '2025-06-01T10:00:00.123Z',
    },
  },
  {
    resourceType: 'Patient',
    id: 'max',
    active: false,
    name: [{ family: 'Neill', given: ['Max'] }],
    gender: 'male',
    birthDate: '1980-03-15',
    deceasedDateTime: '2020',
  },
  { resourceType: 'Patient', id: 'bare' },
  observation('weight', 'zoe', { code: code(loinc, '29463-7'), valueQuantity: kg(150), effectiveDateTime: '2019-06-15T10:30:00+02:00' }),
  observation('light', 'zoe', { code: code(loinc, '29463-7'), valueQuantity: lb, effectiveDateTime: '2019-06-16' }),
  observation('year', 'max', {
    code: code('urn:own', 'c|1'),
    valueQuantity: kg(5.4),
    effectivePeriod: { start: '2019-01-01', end: '2019-12-31' },
    performer: [{ reference: 'Patient/zoe' }],
  }),
  observation('open', 'max', { code: code(undefined, '29463-7'), effectivePeriod: { start: '2019-06-20' }, valueString: 'Fine & well' }),
  observation('timing', 'max', {
    code: code(loinc, '1'),
    effectiveTiming: { event: ['2018-01-01', '2018-03-01'] },
    valueQuantity: { value: 3, comparator: '<', unit: 'kg' },
  }),
  observation('undated', 'max', {
    code: { text: 'none' },
    status: 'amended',
    subject: { reference: 'http://elsewhere.org/fhir/Patient/zoe' },
    component: [{ code: code(loinc, '8480-6'), valueQuantity: kg(7) }],
  }),
  observation('group', 'max', { subject: { reference: 'Group/zoe' }, code: code(loinc, '2') }),
  observation('versioned', 'max', {
    subject: { reference: 'Patient/max/_history/3' },
    code: code(loinc, '2'),
    effectiveInstant: '2019-06-17T00:00:00.500Z',
  }),
  observation('logical', 'max', { subject: { type: 'Patient', identifier: { system: 'urn:s', value: '9' } }, code: code(loinc, '3') }),
  { resourceType: 'Condition', id: 'c1', subject: { reference: 'Patient/zoe' }, onsetDateTime: '2010', recordedDate: '2011-05-05' },
  { resourceType: 'Condition', id: 'c2', subject: { reference: 'Patient/zoe' }, recordedDate: '2012-05-05' },
  {
    resourceType: 'RiskAssessment',
    id: 'r1',
    status: 'final',
    subject: { reference: 'Patient/zoe' },
    prediction: [{ probabilityDecimal: 0.25 }, { probabilityDecimal: 100 }],
  },
  {
    resourceType: 'ValueSet',
    id: 'v1',
    status: 'active',
    url: 'http://example.org/vs',
    description: `${'x'.repeat(700)} needle ${'y'.repeat(700)}`,
  },
  {
    resourceType: 'AuditEvent',
    id: 'log',
    type: { code: 'rest' },
    recorded: '2020-01-01T10:00:00Z',
    agent: [{ requestor: true, altId: 'Admin', who: { reference: 'Practitioner/1' } }],
    source: { observer: { display: 'x' } },
  },
  { resourceType: 'Bundle', id: 'post', type: 'message', entry: [{ resource: { resourceType: 'MessageHeader', id: 'head' } }] },
  { resourceType: 'Task', id: 'job', status: 'ready', intent: 'order' },
  { resourceType: 'Composition', id: 'note', status: 'final', confidentiality: 'N' },
  { resourceType: 'GenomicStudy', id: 'g1', status: 'available', subject: { reference: 'Patient/zoe' } },
];

beforeAll(async () => {
  db = await searchDatabase();
  await db.load(resources);
});
afterAll(() => db.close());

describe('A search finds', () => {
  test.each<[string, string, string[]]>([
    // token
    ['Patient', 'gender=female', ['zoe']],
    ['Patient', 'gender=female,male', ['max', 'zoe']],
    ['Patient', 'gender:not=male', ['bare', 'zoe']],
    ['Patient', 'gender:not=male,female', ['bare']],
    ['Patient', 'gender:missing=true', ['bare']],
    ['Patient', 'gender:missing=false', ['max', 'zoe']],
    ['Patient', 'gender=http://hl7.org/fhir/administrative-gender|male', ['max']],
    ['Patient', 'gender=urn:other|male', []],
    // The system of a plain code "is defined in the value set", whatever its name; all of its codes are found where the element is mandatory too.
    ['Patient', 'gender=http://hl7.org/fhir/administrative-gender|', ['max', 'zoe']],
    ['Observation', 'status=http://hl7.org/fhir/observation-status|amended', ['undated']],
    ['Observation', 'code=2&status=http://hl7.org/fhir/observation-status|', ['group', 'versioned']],
    ['Task', 'intent=http://hl7.org/fhir/request-intent|order', ['job']],
    ['Task', 'intent=http://hl7.org/fhir/task-intent|order', []],
    ['Task', 'intent=http://hl7.org/fhir/task-intent|', []],
    ['Composition', 'confidentiality=http://terminology.hl7.org/CodeSystem/v3-Confidentiality|N', ['note']],
    ['Patient', 'gender=|male', ['max']],
    ['Patient', 'active=true', ['zoe']],
    ['Patient', 'deceased=true', ['max']],
    ['Patient', 'deceased=false', ['bare', 'zoe']],
    ['Patient', 'identifier=urn:a\\|b|1\\,2', ['zoe']],
    ['Patient', 'identifier=1\\,2', ['zoe']],
    ['Patient', 'identifier=1,2', []],
    ['Patient', 'identifier=urn:a\\|b|', ['zoe']],
    ['Patient', 'identifier=|1\\,2', []],
    ['Patient', 'identifier:of-type=urn:types|MR|1\\,2', ['zoe']],
    ['Patient', 'identifier:of-type=urn:types|XX|1\\,2', []],
    ['Patient', 'phone=555', ['zoe']],
    ['Patient', 'phone=phone|555', ['zoe']],
    ['Patient', 'telecom=|555', ['zoe']],
    ['Patient', 'email=555', []],
    // "If the underlying data type is string then the search is not case sensitive."
    ['AuditEvent', 'altid=ADMIN', ['log']],
    ['AuditEvent', 'altid=|admin', ['log']],
    ['AuditEvent', 'altid:not=admin', []],
    ['AuditEvent', 'altid=adm', []],
    ['AuditEvent', 'type=REST', []],
    // An instant is a point in time, and not the second that it is written with.
    ['AuditEvent', 'date=2020-01-01T10:00:00.000Z', ['log']],
    ['AuditEvent', 'date=gt2020-01-01T10:00:00.000Z', []],
    ['AuditEvent', 'date=2020-01-01T10:00', ['log']],
    ['Bundle', 'message=head', ['post']],
    ['Bundle', 'message=MessageHeader/head', ['post']],
    ['Bundle', 'message:MessageHeader=head', ['post']],
    ['Bundle', 'message=tail', []],
    ['Patient', '_tag=urn:t|x', ['zoe']],
    ['Patient', '_tag=x', ['zoe']],
    ['Patient', '_security=R', ['zoe']],
    ['Patient', '_security=|R', ['zoe']],
    ['Patient', '_profile=http://p', ['zoe']],
    ['Patient', '_profile=http://p|1.0', ['zoe']],
    ['Patient', '_profile=http://p|2.0', []],
    ['Patient', '_profile:missing=true', ['bare', 'max']],
    ['Observation', 'code=29463-7', ['light', 'open', 'weight']],
    ['Observation', 'code=http://loinc.org|29463-7', ['light', 'weight']],
    ['Observation', 'code=|29463-7', ['open']],
    ['Observation', 'code=urn:own|', ['year']],
    ['Observation', 'code=urn:own|c\\|1', ['year']],
    ['Observation', 'combo-code=8480-6,1', ['timing', 'undated']],
    ['Observation', 'combo-code:missing=true', []],
    ['Observation', 'code=29463-7&code=http://loinc.org|29463-7', ['light', 'weight']],
    ['Observation', 'status=final&code=2', ['group', 'versioned']],
    // id and last update
    ['Patient', '_id=zoe', ['zoe']],
    ['Patient', '_id=zoe,max,nobody', ['max', 'zoe']],
    ['Patient', '_id:not=zoe,max', ['bare']],
    ['Patient', '_lastUpdated=2025-06-01', ['zoe']],
    ['Patient', '_lastUpdated=2025-06-01T10:00:00.123Z', ['zoe']],
    ['Patient', '_lastUpdated=gt2025-06-01T10:00:00.123Z', []],
    ['Patient', '_lastUpdated=ge2025-06-01T10:00:00.123Z', ['zoe']],
    ['Patient', '_lastUpdated=lt2025-06', ['bare', 'max']],
    ['Patient', '_lastUpdated=ne2025-06', ['bare', 'max']],
    ['Patient', '_lastUpdated=le2025-06', ['bare', 'max', 'zoe']],
    ['Patient', '_lastUpdated=sa2025-05', ['zoe']],
    ['Patient', '_lastUpdated=eb2025-05', ['bare', 'max']],
    ['Patient', '_lastUpdated:missing=true', []],
    // string
    ['Patient', 'given=zoe', ['zoe']],
    ['Patient', 'given=ZOË', ['zoe']],
    ['Patient', 'name=neill', ['max']],
    ['Patient', 'name:contains=neill', ['max', 'zoe']],
    ['Patient', "family=o'neill a", ['zoe']],
    ['Patient', "family:exact=O'Neill  Åse", ['zoe']],
    ['Patient', "family:exact=o'neill åse", []],
    ['Patient', 'family:exact=Neil', []],
    ['Patient', 'name=max,zo', ['max', 'zoe']],
    ['Patient', 'name=max&name=neill', ['max']],
    ['Patient', 'address-city=zurich', ['zoe']],
    ['Patient', 'address=weg', ['zoe']],
    ['Patient', 'family:missing=true', ['bare']],
    ['Patient', 'given:contains=%25', []],
    ['ValueSet', 'description:contains=needle', ['v1']],
    ['ValueSet', 'description:contains=X Needle Y', ['v1']],
    ['ValueSet', 'description=needle', []],
    ['ValueSet', 'url=http://example.org/vs', ['v1']],
    ['ValueSet', 'url=http://example.org/', []],
    ['Observation', 'value-string=fine %26', ['open']],
    // reference
    ['Observation', 'patient=zoe', ['light', 'weight']],
    ['Observation', 'patient=Patient/zoe', ['light', 'weight']],
    ['Observation', 'patient=http://127.0.0.1:8080/fhir/Patient/zoe', ['light', 'weight']],
    ['Observation', 'subject=http://elsewhere.org/fhir/Patient/zoe', ['undated']],
    ['Observation', 'patient=http://elsewhere.org/fhir/Patient/zoe', ['undated']],
    ['Observation', 'subject=zoe', ['group', 'light', 'weight']],
    ['Observation', 'subject:Group=zoe', ['group']],
    ['Observation', 'subject:Patient=Group/zoe', []],
    ['Observation', 'subject=Group/zoe', ['group']],
    ['Observation', 'subject=Patient/max', ['open', 'timing', 'versioned', 'year']],
    ['Observation', 'subject=Patient/max/_history/3', ['versioned']],
    ['Observation', 'subject:identifier=urn:s|9', ['logical']],
    ['Observation', 'patient:identifier=9', ['logical']],
    ['Observation', 'performer=Patient/zoe', ['year']],
    ['Observation', 'patient=zoe,max&code=29463-7', ['light', 'open', 'weight']],
    ['Observation', 'patient=zoe&patient=max', []],
    ['Observation', 'performer:missing=true&patient=max', ['open', 'timing', 'versioned']],
    ['GenomicStudy', 'patient=zoe', ['g1']],
    ['GenomicStudy', 'status=available', ['g1']],
    // date
    ['Observation', 'date=2019', ['light', 'versioned', 'weight', 'year']],
    ['Observation', 'date=2019-06', ['light', 'versioned', 'weight']],
    ['Observation', 'date=2019-06-15', ['weight']],
    ['Observation', 'date=2019-06-15T08:30:00Z', ['weight']],
    ['Observation', 'date=2019-06-15T10:30:00%2B02:00', ['weight']],
    ['Observation', 'date=2019-06-15T10:30:00+02:00', ['weight']],
    ['Observation', 'date=ge2019-06-01&date=le2019-06-30', ['light', 'open', 'versioned', 'weight', 'year']],
    ['Observation', 'date=ne2019', ['open', 'timing']],
    ['Observation', 'date=gt2019-06-16', ['open', 'versioned', 'year']],
    ['Observation', 'date=lt2019-06-15', ['timing', 'year']],
    ['Observation', 'date=sa2019-06-16', ['open', 'versioned']],
    ['Observation', 'date=eb2019-06-15', ['timing']],
    ['Observation', 'date=ge2100', ['open']],
    ['Observation', 'date=ap2019-06-15', ['light', 'open', 'versioned', 'weight', 'year']],
    ['Observation', 'date=2018,2019-06-15', ['timing', 'weight']],
    ['Observation', 'date:missing=true', ['group', 'logical', 'undated']],
    ['Patient', 'birthdate=1980', ['max', 'zoe']],
    ['Patient', 'birthdate=1980-03-15', ['max']],
    ['Patient', 'birthdate=le1980-03-15', ['max', 'zoe']],
    ['Patient', 'death-date=2020', ['max']],
    ['Patient', 'death-date=2020-05', []],
    ['Patient', 'death-date=ge2020-05', ['max']],
    ['Condition', 'recorded-date=2011', ['c1']],
    ['Condition', 'recorded-date=gt2011-05-05', ['c2']],
    ['Condition', 'onset-date=2010', ['c1']],
    ['Condition', 'recorded-date=ne2011', ['c2']],
    // quantity and number
    ['Observation', 'value-quantity=150', ['light', 'weight']],
    ['Observation', 'value-quantity=150|http://unitsofmeasure.org|kg', ['weight']],
    ['Observation', 'value-quantity=150|http://unitsofmeasure.org|[lb_av]', ['light']],
    ['Observation', 'value-quantity=150||kg', ['weight']],
    ['Observation', 'value-quantity=150||lbs', ['light']],
    ['Observation', 'value-quantity=gt5||kg', ['weight', 'year']],
    ['Observation', 'value-quantity=5.4||kg', ['year']],
    ['Observation', 'value-quantity=5||kg', ['year']],
    ['Observation', 'value-quantity=5.0||kg', []],
    ['Observation', 'value-quantity=lt3||kg', ['timing']],
    ['Observation', 'combo-value-quantity=7,5.4', ['undated', 'year']],
    ['Observation', 'value-quantity=7', []],
    ['RiskAssessment', 'probability=0.25', ['r1']],
    ['RiskAssessment', 'probability=0.3', ['r1']],
    ['RiskAssessment', 'probability=0.30', []],
    ['RiskAssessment', 'probability=1e2', ['r1']],
    ['RiskAssessment', 'probability=ge0.9', ['r1']],
    ['RiskAssessment', 'probability=gt100', []],
    ['RiskAssessment', 'probability=ap95', ['r1']],
    ['RiskAssessment', 'probability=ap80', []],
    // all
    ['Patient', '', ['bare', 'max', 'zoe']],
    ['Practitioner', '', []],
  ])('%s?%s', async (type, text, expected) => {
    expect((await db.ids(type, text)).sort()).toEqual(expected);
    expect((await db.search(type, `${text}&_summary=count`)).total).toBe(expected.length);
    expect((await db.search(type, `${text}&_total=accurate&_count=1`)).total).toBe(expected.length);
    expect((await db.allIds(type, `${text}&_count=1`)).sort()).toEqual(expected);
  });

  test('everything among thousands of alternatives', async () => {
    const codes = Array.from({ length: 2000 }, (_, i) => `x${i}`);
    expect(await db.ids('Observation', `code=${[...codes, '8480-6', '1'].join(',')}`)).toEqual(['timing']);
  });
});

describe('A result is sorted', () => {
  test.each<[string, string, string[]]>([
    ['Observation', '_sort=date', ['timing', 'year', 'weight', 'light', 'versioned', 'open', 'undated', 'group', 'logical']],
    ['Observation', '_sort=-date', ['open', 'versioned', 'light', 'weight', 'year', 'timing', 'logical', 'group', 'undated']],
    ['Observation', 'patient=max&_sort=date', ['timing', 'year', 'versioned', 'open']],
    ['Observation', 'patient=max&_sort=-date', ['open', 'versioned', 'year', 'timing']],
    ['Patient', '_sort=family', ['max', 'zoe', 'bare']],
    ['Patient', '_sort=-family', ['zoe', 'max', 'bare']],
    ['Patient', '_sort=given', ['zoe', 'max', 'bare']],
    ['Patient', '_sort=_id', ['bare', 'max', 'zoe']],
    ['Patient', '_sort=-_id', ['zoe', 'max', 'bare']],
    ['Patient', '_sort=_lastUpdated', ['max', 'bare', 'zoe']],
    ['Patient', '_sort=-_lastUpdated', ['zoe', 'bare', 'max']],
    ['Patient', '_sort=birthdate,-_id', ['zoe', 'max', 'bare']],
    ['Patient', '_sort=-death-date,_id', ['max', 'bare', 'zoe']],
    ['Condition', '_sort=recorded-date', ['c1', 'c2']],
    ['Condition', '_sort=-recorded-date', ['c2', 'c1']],
    ['Condition', '_sort=onset-date', ['c1', 'c2']],
    ['Condition', '_sort=-onset-date', ['c1', 'c2']],
  ])('%s?%s', async (type, text, expected) => {
    const whole = await db.ids(type, text);
    const known = whole.filter((id) => expected.includes(id));
    expect(known).toEqual(expected);
    // Page after page the same, whatever the size of a page.
    for (const count of [1, 2, 3]) expect(await db.allIds(type, `${text}&_count=${count}`)).toEqual(whole);
  });
});

describe('A page', () => {
  test('shows the total when it holds everything', async () => {
    expect((await db.search('Patient', '')).total).toBe(3);
    expect((await db.search('Patient', '_count=2')).total).toBeUndefined();
    expect((await db.search('Patient', '_count=0')).total).toBe(3);
  });

  test('has a next link only where more follows', async () => {
    expect((await db.search('Patient', '_count=3')).next).toBeUndefined();
    expect((await db.search('Patient', '_count=2')).next).toBeDefined();
  });

  test('gives versions as they are stored', async () => {
    const [match] = (await db.search('Patient', '_id=zoe')).matches;
    expect(match).toMatchObject({ type: 'Patient', id: 'zoe', versionId: '1', lastUpdated: '2025-06-01T10:00:00.123Z', method: 'POST' });
    expect(JSON.parse(match?.body ?? '')).toMatchObject({ resourceType: 'Patient', id: 'zoe', meta: { versionId: '1' }, gender: 'female' });
  });

  test('is not opened by a link that was tampered with, or is of another caller or search', async () => {
    const { next } = await db.search('Patient', '_count=1');
    const cursor = next ?? '';
    const forged = [
      `x${cursor}`,
      `${cursor}x`,
      cursor.slice(0, -2),
      cursor.replace(/^./, (letter) => (letter === 'W' ? 'X' : 'W')),
      '',
      '.',
      'a.b',
      'a.b.c',
    ];
    for (const each of forged) await expect(db.search('Patient', `_count=1&_cursor=${each}`)).rejects.toMatchObject({ status: 400 });
    await expect(db.search('Patient', `_count=1&_cursor=${cursor}`, 'somebody')).rejects.toMatchObject({ status: 400 });
    await expect(db.search('Patient', `_count=1&active=true&_cursor=${cursor}`)).rejects.toMatchObject({ status: 400 });
    await expect(db.search('Observation', `_count=1&_cursor=${cursor}`)).rejects.toMatchObject({ status: 400 });
    expect((await db.search('Patient', `_count=2&_cursor=${cursor}`)).matches).toHaveLength(2);
  });
});
