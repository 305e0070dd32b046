/** SQL as the value, the name, the modifier and the order of every kind of search: refused or found nowhere, and never another row. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createWorld, type World } from '../auth/token-support.ts';
import { headerTexts, oddTexts, sqlTexts } from './corpus.ts';

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly body: { readonly total?: number; readonly entry?: readonly { readonly resource: { readonly id: string } }[] };
}

let world: World;
let base: string;
let token: string;

const put = (type: string, id: string, more: object): Promise<Answer> =>
  ask(`${type}/${id}`, { method: 'PUT', body: JSON.stringify({ resourceType: type, id, ...more }) });

async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json', ...(init.headers as object) };
  const response = await fetch(`${base}/${path}`, { redirect: 'manual', ...init, headers });
  const text = await response.text();
  return { status: response.status, text, body: text.startsWith('{') ? JSON.parse(text) : {} };
}

const ids = ({ body }: Answer): string[] => (body.entry ?? []).map(({ resource }) => resource.id);

/** Sent in the URL, and where that cannot be, nowhere. */
const encoded = (text: string): string => {
  try {
    return encodeURIComponent(text);
  } catch {
    return '%ED%A0%80';
  }
};

const quantity = { value: 70, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' };

beforeAll(async () => {
  world = await createWorld();
  base = `${await world.serve({ LOG_LEVEL: 'warn' })}/fhir`;
  await world.client();
  ({ token } = await world.token({ scopes: ['system/*.cruds'] }));
  await put('Patient', 'p', {
    name: [{ family: "O'Brien", given: ['Ann'] }],
    birthDate: '1960-01-01',
    gender: 'female',
    identifier: [{ system: 'urn:a', value: '1' }],
  });
  await put('Observation', 'o', {
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
    subject: { reference: 'Patient/p' },
    effectiveDateTime: '2024-01-01',
    valueQuantity: quantity,
  });
  await put('RiskAssessment', 'r', { status: 'final', subject: { reference: 'Patient/p' }, prediction: [{ probabilityDecimal: 0.5 }] });
  await put('ValueSet', 'v', { status: 'active', url: 'http://example.org/v', name: 'V' });
}, 120_000);
afterAll(() => world?.close());

const faults = (): string[] => world.log.filter((line) => line.includes('"level":50'));

/** One parameter of each type with its modifiers, and those that mean something of their own. */
const places: readonly [string, (text: string) => string][] = [
  ['string', (text) => `Patient?family=${text}`],
  ['string:exact', (text) => `Patient?family:exact=${text}`],
  ['string:contains', (text) => `Patient?family:contains=zz${text}`],
  ['string:text', (text) => `Patient?family:text=zz${text}`],
  ['token', (text) => `Patient?identifier=${text}`],
  ['token of a system', (text) => `Patient?identifier=urn:a|${text}`],
  ['token:text', (text) => `Observation?code:text=zz${text}`],
  ['token:in', (text) => `Observation?code:in=${text}`],
  ['token:below', (text) => `Observation?code:below=${text}`],
  ['token:of-type', (text) => `Patient?identifier:of-type=${text}|${text}|${text}`],
  ['reference', (text) => `Observation?subject=${text}`],
  ['reference of a type', (text) => `Observation?subject=Patient/${text}`],
  ['reference:identifier', (text) => `Observation?subject:identifier=${text}`],
  ['date', (text) => `Patient?birthdate=${text}`],
  ['date with a prefix', (text) => `Patient?birthdate=gt${text}`],
  ['number', (text) => `RiskAssessment?probability=${text}`],
  ['quantity', (text) => `Observation?value-quantity=${text}`],
  ['unit of a quantity', (text) => `Observation?value-quantity=1||${text}`],
  ['uri', (text) => `ValueSet?url=${text}`],
  ['uri:below', (text) => `ValueSet?url:below=${text}`],
  ['composite', (text) => `Observation?code-value-quantity=${text}$${text}`],
  ['chain', (text) => `Observation?subject:Patient.family=${text}`],
  ['_has', (text) => `Patient?_has:Observation:subject:code=${text}`],
  ['_id', (text) => `Patient?_id=${text}`],
  ['_lastUpdated', (text) => `Patient?_lastUpdated=${text}`],
  ['_tag', (text) => `Patient?_tag=${text}`],
  ['_text', (text) => `Patient?_text=zz${text}`],
  ['_filter', (text) => `Patient?_filter=family eq "${text.replace(/%22|%5C/g, '')}"`],
];

/** Where SQL in the place finds what nobody asked for, the bundle is not empty. `%`, `_` and `*` are letters here, not wildcards. */
describe('SQL as the value of a search', () => {
  it.each(places)('%s finds nothing or is refused', async (_, place) => {
    for (const text of sqlTexts.filter((each) => each !== "'" && each !== "''")) {
      const answer = await ask(place(encoded(text)));
      expect([text, answer.status < 500, answer.status >= 400 ? [] : ids(answer)]).toEqual([text, true, []]);
    }
    expect(faults()).toEqual([]);
  });

  it('that a record holds is found by exactly itself', async () => {
    const names = sqlTexts.filter((text) => text.trim() !== '');
    for (const [index, family] of names.entries()) await put('Patient', `sql-${index}`, { name: [{ family: `q${family}` }] });
    for (const [index, family] of names.entries()) {
      const escaped = `q${family}`.replace(/[\\$,|]/g, '\\$&');
      expect([family, ids(await ask(`Patient?family:exact=${encodeURIComponent(escaped)}`))]).toEqual([family, [`sql-${index}`]]);
    }
  });
});

/** Names, orders and shapes are words of the server's own tables, or refused. */
const words: readonly [string, (text: string) => string][] = [
  ['the name of a parameter', (text) => `Patient?${text}=1`],
  ['a modifier', (text) => `Patient?family:${text}=x`],
  ['_sort', (text) => `Patient?_sort=${text}`],
  ['_include', (text) => `Observation?_include=${text}`],
  ['_revinclude', (text) => `Patient?_revinclude=Observation:${text}`],
  ['_count', (text) => `Patient?_count=${text}`],
  ['_total', (text) => `Patient?_total=${text}`],
  ['_summary', (text) => `Patient?_summary=${text}`],
  ['_cursor', (text) => `Patient?_cursor=${text}`],
  ['a chain', (text) => `Observation?subject.${text}=1`],
  ['_has', (text) => `Patient?_has:Observation:${text}:code=1`],
  ['_type', (text) => `?_type=${text}&_id=1`],
  ['a type', (text) => `${text}?_id=1`],
];

describe('SQL as a word of a search', () => {
  it.each(words)('%s is refused', async (name, place) => {
    const meant: Record<string, readonly string[]> = { _summary: ['true'], _include: ['*'], _revinclude: ['*'] };
    for (const text of [...sqlTexts, ...headerTexts].filter((each) => !(meant[name] ?? []).includes(each))) {
      const { status } = await ask(place(encoded(text)));
      expect([text, status >= 400 && status < 500]).toEqual([text, true]);
    }
    expect(faults()).toEqual([]);
  });
});

describe('SQL and other texts in a path or a condition', () => {
  it.each<[string, (text: string) => [string, RequestInit?]]>([
    ['an id', (text) => [`Patient/${text}`]],
    ['a version', (text) => [`Patient/p/_history/${text}`]],
    ['a compartment', (text) => [`Patient/${text}/Observation`]],
    ['an operation', (text) => [`Patient/p/$${text}`]],
    [
      'If-None-Exist',
      (text) => [
        'Patient',
        { method: 'POST', body: '{"resourceType":"Patient"}', headers: { 'if-none-exist': `family:exact=${text}&${text}=1` } },
      ],
    ],
    ['If-Match', (text) => ['Patient/p', { method: 'DELETE', headers: { 'if-match': `W/"${text}"` } }]],
    ['a conditional delete', (text) => [`Patient?family:exact=${text}`, { method: 'DELETE' }]],
  ])('%s are never a fault and never hit another row', async (_, place) => {
    for (const text of [...sqlTexts, ...headerTexts, ...oddTexts]) {
      const [path, init] = place(encoded(text));
      const { status } = await ask(path, init);
      expect([text.slice(0, 60), status < 500]).toEqual([text.slice(0, 60), true]);
    }
    expect((await ask('Patient/p')).status).toBe(200);
    expect((await ask('Observation/o')).status).toBe(200);
    expect(faults()).toEqual([]);
  });
});
