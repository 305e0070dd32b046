import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import type { SearchParameter } from '../../src/fhir/definitions.ts';
import type { JsonObject, Resource } from '../../src/fhir/resource.ts';
import { definitions, type SearchDatabase, searchDatabase } from '../support/search.ts';
import { sharedData } from '../support/shared-data.ts';

const folder = sharedData('synthea', '2020-v2.5.0');
// Shared data is not part of a clone: without it there is nothing to read.
const whenPresent = folder === undefined ? describe.skip : describe;

/** Patients with their references made literal. */
function patients(count: number): Resource[] {
  const files = readdirSync(folder ?? '.')
    .filter((file) => file.endsWith('.json.gz'))
    .sort();
  return files.slice(0, count).flatMap((file) => {
    const text = gunzipSync(readFileSync(join(folder ?? '.', file))).toString();
    const types = new Map(
      (JSON.parse(text).entry as { fullUrl: string; resource: Resource }[]).map(({ fullUrl, resource }) => [
        fullUrl,
        resource.resourceType,
      ]),
    );
    const literal = text.replace(
      /"reference":\s*"(urn:uuid:([0-9a-f-]+))"/g,
      (_, urn: string, id: string) => `"reference":"${types.get(urn)}/${id}"`,
    );
    return (JSON.parse(literal).entry as { fullUrl: string; resource: Resource }[]).map(({ fullUrl, resource }) => ({
      ...resource,
      id: fullUrl.slice(9),
    }));
  });
}

type Evaluate = (resource: Resource) => unknown[];
const evaluators = new Map<string, Evaluate>();

/** What a parameter's expression yields, by an interpreter that knows nothing of the index. */
function valuesOf(resource: Resource, { expression = '' }: SearchParameter): unknown[] {
  let evaluate = evaluators.get(expression);
  if (!evaluate) {
    const plain = expression
      .replace(/\(([\w.]+) as (\w+)\)/g, '$1.ofType($2)')
      .replace(/\.as\(/g, '.ofType(')
      .replace(/\.where\(resolve\(\) is (\w+)\)/g, ".where(reference.startsWith('$1/'))");
    evaluate = fhirpath.compile(plain, r4, { async: false }) as Evaluate;
    evaluators.set(expression, evaluate);
  }
  return evaluate(resource);
}

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const object = (value: unknown): JsonObject => (typeof value === 'object' && value !== null ? (value as JsonObject) : {});

/** [system, code] pairs of a token value. */
function pairs(value: unknown): (readonly [string | undefined, string])[] {
  if (typeof value !== 'object' || value === null) return [[undefined, String(value)]];
  const { coding, system, code, value: own } = object(value) as { coding?: unknown[]; system?: string; code?: string; value?: string };
  if (coding) return coding.flatMap(pairs);
  return [[system, (code ?? own) as string]];
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  const names = ['text', 'family', 'given', 'prefix', 'suffix', 'line', 'city', 'district', 'state', 'postalCode', 'country'];
  return names.flatMap((name) => [object(value)[name]].flat()).filter((part) => typeof part === 'string');
}

const starts = (value: unknown): string | undefined => (typeof value === 'string' ? value : (object(value)['start'] as string | undefined));
const ends = (value: unknown): string | undefined => (typeof value === 'string' ? value : (object(value)['end'] as string | undefined));

interface Case {
  readonly text: string;
  readonly matches: (values: unknown[]) => boolean;
}

/** Searches for a value that occurs, with what they must find. */
function casesOf(type: string, parameter: SearchParameter, value: unknown): Case[] {
  const { code } = parameter;
  const encode = (text: string): string => encodeURIComponent(text.replace(/[,$|\\]/g, '\\$&'));
  switch (parameter.type) {
    case 'token':
      return pairs(value).flatMap(([system, text]): Case[] => {
        const any: Case = { text: `${code}=${encode(text)}`, matches: (list) => list.flatMap(pairs).some((pair) => pair[1] === text) };
        const not: Case = { text: `${code}:not=${encode(text)}`, matches: (list) => !any.matches(list) };
        if (system === undefined) return [any, not];
        const both = (list: unknown[]): boolean => list.flatMap(pairs).some((pair) => pair[0] === system && pair[1] === text);
        const whole = (list: unknown[]): boolean => list.flatMap(pairs).some((pair) => pair[0] === system);
        return [
          any,
          not,
          { text: `${code}=${encode(system)}|${encode(text)}`, matches: both },
          { text: `${code}=${encode(system)}|`, matches: whole },
        ];
      });
    case 'reference': {
      const reference = object(value)['reference'];
      if (typeof reference !== 'string' || !/^[A-Z]/.test(reference)) return [];
      const matches = (list: unknown[]): boolean => list.some((each) => object(each)['reference'] === reference);
      const [target = '', id = ''] = reference.split('/');
      return [
        { text: `${code}=${reference}`, matches },
        { text: `${code}=${id}`, matches },
        { text: `${code}:${target}=${id}`, matches },
      ];
    }
    case 'string':
      return stringsIn(value)
        .slice(0, 2)
        .flatMap((text): Case[] => {
          const part = text.slice(1, 6);
          const prefix = text.slice(0, 4);
          const contained: Case = {
            text: `${code}:contains=${encode(part)}`,
            matches: (list) => list.flatMap(stringsIn).some((each) => fold(each).includes(fold(part).trim())),
          };
          return [
            {
              text: `${code}=${encode(prefix)}`,
              matches: (list) => list.flatMap(stringsIn).some((each) => fold(each).startsWith(fold(prefix).trim())),
            },
            { text: `${code}:exact=${encode(text)}`, matches: (list) => list.flatMap(stringsIn).includes(text) },
            ...(/\w/.test(part) ? [contained] : []),
          ];
        });
    case 'date': {
      const day = starts(value)?.slice(0, 10);
      if (type === 'Claim' || day === undefined || day.length < 10) return [];
      const from = Date.parse(`${day}T00:00:00Z`);
      const to = from + 86_400_000;
      // Whole days of dates, whole seconds of times.
      const low = (each: unknown): number => (starts(each) === undefined ? Number.NEGATIVE_INFINITY : Date.parse(starts(each) as string));
      const high = (each: unknown): number => {
        const end = ends(each);
        if (end === undefined) return Number.POSITIVE_INFINITY;
        return Date.parse(end) + (end.length === 10 ? 86_400_000 : /\.\d{3}/.test(end) ? 1 : 1000);
      };
      const some =
        (test: (low: number, high: number) => boolean) =>
        (list: unknown[]): boolean =>
          list.some((each) => test(low(each), high(each)));
      return [
        { text: `${code}=${day}`, matches: some((l, h) => l >= from && h <= to) },
        { text: `${code}=ne${day}`, matches: some((l, h) => l < from || h > to) },
        { text: `${code}=gt${day}`, matches: some((_, h) => h > to) },
        { text: `${code}=lt${day}`, matches: some((l) => l < from) },
        { text: `${code}=ge${day}`, matches: some((l, h) => h > to || (l >= from && h <= to)) },
        { text: `${code}=le${day}`, matches: some((l, h) => l < from || (l >= from && h <= to)) },
        { text: `${code}=sa${day}`, matches: some((l) => l >= to) },
        { text: `${code}=eb${day}`, matches: some((_, h) => h <= from) },
      ];
    }
    default:
      return [];
  }
}

/** Every nth of a list, so that the cases spread over the values. */
const sample = <T>(list: readonly T[], most: number): T[] => list.filter((_, i) => i % Math.max(1, Math.ceil(list.length / most)) === 0);

whenPresent('Searches of real histories', () => {
  let db: SearchDatabase;
  const all = folder === undefined ? [] : patients(3);
  beforeAll(async () => {
    db = await searchDatabase();
    const unique = new Map(all.map((resource) => [`${resource.resourceType}/${resource.id}`, resource]));
    all.splice(0, all.length, ...unique.values());
    await db.load(all);
  }, 60_000);
  afterAll(() => db.close());

  test('find what an interpreter finds that looks at every resource', async () => {
    const byType = new Map<string, Resource[]>();
    for (const resource of all) byType.set(resource.resourceType, [...(byType.get(resource.resourceType) ?? []), resource]);
    const wrong: string[] = [];
    let asked = 0;
    for (const [type, resources] of byType) {
      for (const parameter of definitions.searchParameters(type).values()) {
        if (parameter.expression === undefined || parameter.code.startsWith('_') || parameter.code === 'phonetic') continue;
        const found = resources.map((resource) => ({ id: resource.id as string, values: valuesOf(resource, parameter) }));
        const cases = sample(
          found.flatMap(({ values }) => values),
          4,
        ).flatMap((value) => casesOf(type, parameter, value));
        const missing: Case[] = ['string', 'token', 'reference', 'date'].includes(parameter.type)
          ? [
              { text: `${parameter.code}:missing=true`, matches: (list) => list.length === 0 },
              { text: `${parameter.code}:missing=false`, matches: (list) => list.length > 0 },
            ]
          : [];
        for (const { text, matches } of [...cases, ...missing]) {
          const expected = found
            .filter(({ values }) => matches(values))
            .map(({ id }) => id)
            .sort();
          const got = (await db.allIds(type, `${text}&_count=1000`)).sort();
          asked++;
          if (got.join() !== expected.join()) wrong.push(`${type}?${text}: ${got.length} instead of ${expected.length}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(1000);
  }, 120_000);

  test('in one patient give the page and the order that sorting everything gives', async () => {
    const patient = all.find(({ resourceType }) => resourceType === 'Patient')?.id;
    const time = (resource: Resource): number => Date.parse(String(resource['effectiveDateTime']));
    const own = all.filter(
      (resource) => resource.resourceType === 'Observation' && object(resource['subject'])['reference'] === `Patient/${patient}`,
    );
    const expected = own.map(time).sort((a, b) => b - a);
    const byId = new Map(own.map((resource) => [resource.id, time(resource)]));
    for (const count of [7, 50, 1000]) {
      const ids = await db.allIds('Observation', `patient=${patient}&_sort=-date&_count=${count}`);
      expect(ids.map((id) => byId.get(id))).toEqual(expected);
      expect(new Set(ids).size).toBe(own.length);
    }
    const ascending = await db.allIds('Observation', 'status=final&_sort=date&_count=13');
    expect(new Set(ascending).size).toBe(all.filter(({ resourceType }) => resourceType === 'Observation').length);
  });
});
