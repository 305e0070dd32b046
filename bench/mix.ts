/** The searches that are measured: values are drawn from the data, so that every kind finds what it looks for. */
import type { Resource } from '../src/fhir/resource.ts';

export type Group = 'patient' | 'code' | 'other';

export interface Kind {
  readonly name: string;
  readonly group: Group;
  readonly type: string;
  /** Texts to ask in turn. */
  readonly texts: readonly string[];
  /** Pages to follow before the measured one. */
  readonly page?: number;
}

export interface Asking {
  readonly bodies: (type: string, text: string) => Promise<Resource[]>;
  readonly count: (type: string, text: string) => Promise<number>;
}

/** Every nth of a list. */
const spread = <T>(list: readonly T[], most: number): T[] =>
  list.filter((_, i) => i % Math.max(1, Math.floor(list.length / most)) === 0).slice(0, most);

/** Observation codes with how often each is there, the most frequent first. */
async function frequencies({ bodies, count }: Asking): Promise<{ code: string; count: number }[]> {
  const seen = new Set<string>();
  for (const text of [
    '_count=1000',
    '_count=1000&_sort=date',
    '_count=1000&_sort=_id',
    '_count=1000&date=lt2010',
    '_count=1000&date=lt2000',
    '_count=1000&category=survey',
    '_count=1000&category=laboratory&_sort=_id',
  ])
    for (const { code } of (await bodies('Observation', text)) as { code?: { coding?: { system: string; code: string }[] } }[])
      if (code?.coding?.[0]) seen.add(`${code.coding[0].system}|${code.coding[0].code}`);
  const counted = [];
  for (const code of seen) counted.push({ code, count: await count('Observation', `code=${encodeURIComponent(code)}&_summary=count`) });
  return counted.sort((a, b) => b.count - a.count);
}

export async function mixOf(asking: Asking): Promise<readonly Kind[]> {
  const { bodies } = asking;
  const patients = spread(await bodies('Patient', '_count=1000&_sort=_id'), 40) as (Resource & {
    name: { family: string; given: string[] }[];
    identifier: { system: string; value: string }[];
    birthDate: string;
  })[];
  const codes = await frequencies(asking);
  const conditions = [
    ...new Set(
      ((await bodies('Condition', '_count=1000&_sort=_id')) as { code?: { coding?: { code: string }[] } }[]).flatMap(
        ({ code }) => code?.coding?.[0]?.code ?? [],
      ),
    ),
  ];
  const practitioners = (await bodies('Practitioner', '_count=40')) as (Resource & { name: { family: string }[] })[];
  const each = (text: (patient: (typeof patients)[number]) => string): string[] => patients.map(text);
  const byCode = (text: (code: string) => string): string[] => spread(codes, 40).map(({ code }) => text(encodeURIComponent(code)));
  const common = codes.slice(0, 8).map(({ code }) => encodeURIComponent(code));
  const many = Array.from({ length: 2000 }, (_, i) => codes[i]?.code ?? `http://loinc.org|none-${i}`)
    .map(encodeURIComponent)
    .join(',');

  return [
    {
      name: 'patient + category, newest 50',
      group: 'patient',
      type: 'Observation',
      texts: each(({ id }) => `patient=${id}&category=laboratory&_sort=-date&_count=50`),
    },
    { name: 'patient + code', group: 'patient', type: 'Observation', texts: each(({ id }) => `patient=${id}&code=${common[0]}`) },
    { name: 'patient', group: 'patient', type: 'Condition', texts: each(({ id }) => `patient=${id}`) },
    { name: 'patient + date', group: 'patient', type: 'Encounter', texts: each(({ id }) => `patient=${id}&date=ge2015`) },
    { name: 'patient, counted', group: 'patient', type: 'Observation', texts: each(({ id }) => `patient=${id}&_summary=count`) },
    { name: 'code, newest 20', group: 'code', type: 'Observation', texts: byCode((code) => `code=${code}&_sort=-date&_count=20`) },
    { name: 'code, oldest 20', group: 'code', type: 'Observation', texts: byCode((code) => `code=${code}&_sort=date&_count=20`) },
    { name: 'code, any 20', group: 'code', type: 'Observation', texts: byCode((code) => `code=${code}&_count=20`) },
    {
      name: 'code + date from',
      group: 'code',
      type: 'Observation',
      texts: byCode((code) => `code=${code}&date=ge2017-01-01&_sort=-date&_count=20`),
    },
    { name: 'code + month', group: 'code', type: 'Observation', texts: byCode((code) => `code=${code}&date=2014-03&_count=20`) },
    {
      name: 'identifier',
      group: 'other',
      type: 'Patient',
      texts: each(({ identifier }) => `identifier=${encodeURIComponent(identifier[0]?.value ?? '')}`),
    },
    { name: 'name', group: 'other', type: 'Patient', texts: each(({ name }) => `name=${name[0]?.family.slice(0, 6)}`) },
    { name: 'name, one letter', group: 'other', type: 'Patient', texts: ['name=a', 'name=m', 'name=s'] },
    { name: 'name:contains', group: 'other', type: 'Patient', texts: each(({ name }) => `name:contains=${name[0]?.family.slice(1, 5)}`) },
    { name: 'birthdate + gender', group: 'other', type: 'Patient', texts: each(({ birthDate }) => `birthdate=${birthDate}&gender=male`) },
    { name: 'patient.name', group: 'other', type: 'Observation', texts: each(({ name }) => `patient.name=${name[0]?.family}`) },
    { name: 'patient.birthdate', group: 'other', type: 'Encounter', texts: each(({ birthDate }) => `patient.birthdate=${birthDate}`) },
    {
      name: 'patient.identifier + code',
      group: 'other',
      type: 'Observation',
      texts: each(({ identifier }) => `patient.identifier=${encodeURIComponent(identifier[0]?.value ?? '')}&code=${common[0]}`),
    },
    { name: 'patient.gender', group: 'other', type: 'Observation', texts: ['patient.gender=male', 'patient.gender=female'] },
    { name: 'patient.gender + code', group: 'other', type: 'Observation', texts: byCode((code) => `patient.gender=male&code=${code}`) },
    {
      name: 'encounter.class + code',
      group: 'other',
      type: 'Observation',
      texts: byCode((code) => `encounter.class=AMB&code=${code}&_count=20`),
    },
    {
      name: 'requester.family',
      group: 'other',
      type: 'MedicationRequest',
      texts: practitioners.map(({ name }) => `requester:Practitioner.family=${name[0]?.family}`),
    },
    {
      name: '_has condition',
      group: 'other',
      type: 'Patient',
      texts: spread(conditions, 30).map((code) => `_has:Condition:patient:code=${code}`),
    },
    {
      name: '_has observation + gender',
      group: 'other',
      type: 'Patient',
      texts: byCode((code) => `_has:Observation:patient:code=${code}&gender=male`),
    },
    {
      name: '_has by practitioner',
      group: 'other',
      type: 'Practitioner',
      texts: spread(conditions, 30).map((code) => `_has:Encounter:participant:reason-code=${code}`),
    },
    {
      name: 'code and value',
      group: 'other',
      type: 'Observation',
      texts: byCode((code) => `code-value-quantity=${code}$gt100&_count=20`),
    },
    {
      name: 'component code and value',
      group: 'other',
      type: 'Observation',
      texts: ['component-code-value-quantity=8480-6$gt160&_count=20', 'component-code-value-quantity=8462-4$lt60&_sort=-date&_count=20'],
    },
    {
      name: 'code + includes',
      group: 'other',
      type: 'Observation',
      texts: byCode((code) => `code=${code}&_include=Observation:subject&_include=Observation:encounter&_count=20`),
    },
    {
      name: 'patient + includes',
      group: 'patient',
      type: 'MedicationRequest',
      texts: each(({ id }) => `patient=${id}&_include=MedicationRequest:requester&_include=MedicationRequest:encounter`),
    },
    {
      name: 'patient with all that refers to it',
      group: 'other',
      type: 'Patient',
      texts: each(({ id }) => `_id=${id}&_revinclude=Condition:patient&_revinclude=Encounter:patient`),
    },
    { name: 'gender:not', group: 'other', type: 'Patient', texts: ['gender:not=male&_count=20', 'gender:not=male&_sort=family&_count=20'] },
    {
      name: 'class:below',
      group: 'other',
      type: 'Encounter',
      texts: ['class:below=http://terminology.hl7.org/CodeSystem/v3-ActCode|IMP&_count=20'],
    },
    {
      name: 'filter',
      group: 'other',
      type: 'Patient',
      texts: each(({ name }) => `_filter=family eq "${name[0]?.family}" and gender eq male`),
    },
    {
      name: 'code:text',
      group: 'other',
      type: 'Condition',
      texts: ['code:text=diab&_count=20', 'code:text=acute&_sort=-recorded-date&_count=20'],
    },
    { name: 'code, counted', group: 'other', type: 'Observation', texts: byCode((code) => `code=${code}&_summary=count`) },
    { name: 'type, counted', group: 'other', type: 'Observation', texts: ['_summary=count'] },
    { name: 'a day', group: 'other', type: 'Encounter', texts: ['date=2014-03-04', 'date=2010-07-01', 'date=2016-11-30'] },
    {
      name: 'a month, newest first',
      group: 'other',
      type: 'Observation',
      texts: ['date=2014-03&_sort=-date', 'date=ge2010-07-01&date=lt2010-08-01&_sort=-date'],
    },
    { name: 'value-quantity', group: 'other', type: 'Observation', texts: byCode((code) => `code=${code}&value-quantity=gt100&_count=20`) },
    { name: '2,000 codes', group: 'other', type: 'Observation', texts: [`code=${many}&_count=20`, `code=${many}&_sort=-date&_count=20`] },
    {
      name: 'page 200',
      group: 'other',
      type: 'Observation',
      texts: common.slice(0, 3).map((code) => `code=${code}&_sort=-date&_count=20`),
      page: 199,
    },
    {
      name: 'last updated',
      group: 'other',
      type: 'Observation',
      texts: ['_lastUpdated=gt2020&_count=20', '_lastUpdated=gt2020&_sort=-_lastUpdated&_count=20'],
    },
    {
      name: 'patients by family',
      group: 'other',
      type: 'Patient',
      texts: ['_sort=family&_count=20', 'gender=male&_sort=-birthdate&_count=20'],
    },
  ];
}
