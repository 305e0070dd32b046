/** What a parameter was read as is remembered, and only where it would be read the same again. https://hl7.org/fhir/R4/search.html */
import { describe, expect, test } from '@jest/globals';
import type { Condition } from '../../src/search/condition.ts';
import { parseSearch } from '../../src/search/parse.ts';
import { definitions } from '../support/repository.ts';

interface Asking {
  readonly now?: string;
  readonly base?: string;
  readonly timeZone?: string;
}

function conditionOf(text: string, { now = '2026-01-01', ...asking }: Asking = {}, type = 'Patient'): Condition | undefined {
  const options = { strict: true, defaultCount: 10, maxCount: 10, now: new Date(now), ...asking };
  return parseSearch(definitions, type, [...new URLSearchParams(text)], options).conditions[0];
}

describe('a parameter that was read before', () => {
  test('is the same condition', () => {
    expect(conditionOf('gender=female')).toBe(conditionOf('gender=female'));
  });

  test.each([
    ['another value', 'gender=female', 'gender=male'],
    ['another modifier', 'name=eve', 'name:exact=eve'],
    ['another name', 'given=eve', 'family=eve'],
    ['a name that ends where the other value begins', 'name:exact=e', 'name=exact=e'],
  ])('is another for %s', (_what, one, other) => {
    expect(conditionOf(one)).not.toEqual(conditionOf(other));
  });

  test('is another for another type', () => {
    expect(conditionOf('status=active', {}, 'Encounter')).not.toEqual(conditionOf('status=active', {}, 'EpisodeOfCare'));
  });

  test('"ap": the gap between now and the value counts, so it is read anew', () => {
    const [then, later] = ['2001-01-01', '2060-01-01'].map((now) => conditionOf('birthdate=ap2000-01-01', { now }));
    expect(then).not.toEqual(later);
    const chained = ['2001-01-01', '2060-01-01'].map((now) => conditionOf('patient.birthdate=ap2000-01-01', { now }, 'Observation'));
    expect(chained[0]).not.toEqual(chained[1]);
    const filters = ['2001-01-01', '2060-01-01'].map((now) => conditionOf('_filter=birthdate ap 2000-01-01', { now }));
    expect(filters[0]).not.toEqual(filters[1]);
  });

  test('a reference that is local under one base is foreign under another', () => {
    const text = 'subject=https://one.example/fhir/Patient/1';
    const [one, two] = ['https://one.example/fhir', 'https://two.example/fhir'].map((base) => conditionOf(text, { base }, 'Observation'));
    expect(one).not.toEqual(two);
  });

  test('a date without a zone is that of the zone that is configured', () => {
    const [here, there] = ['Europe/Berlin', 'America/New_York'].map((timeZone) => conditionOf('birthdate=2000-01-01', { timeZone }));
    expect(here).not.toEqual(there);
  });

  test('is refused again where it was refused', () => {
    for (let i = 0; i < 2; i++) expect(() => conditionOf('birthdate=yesterday')).toThrow('birthdate');
  });

  test('bases without end leave nothing behind, and are read right', () => {
    const texts = Array.from({ length: 40 }, (_, i) => `https://host-${i}.example/fhir`);
    const own = texts.map((base) => conditionOf(`subject=${base}/Patient/1`, { base }, 'Observation'));
    expect(new Set(own.map((condition) => JSON.stringify(condition))).size).toBe(1);
  });
});
