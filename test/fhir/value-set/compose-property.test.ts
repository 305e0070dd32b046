/** Any composition of includes, imports, filters and exclusions equals the sets that a naive reading of the rules gives. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type RawConcept, readCodeSystem } from '../../../src/fhir/value-set/code-system.ts';
import { expandValueSet } from '../../../src/fhir/value-set/expansion.ts';
import { linkValueSet } from '../../../src/fhir/value-set/link.ts';
import { memberOf, plainMemberOf } from '../../../src/fhir/value-set/membership.ts';
import { isReason, reason } from '../../../src/fhir/value-set/reason.ts';
import type { RawInclude, RawValueSet } from '../../../src/fhir/value-set/value-set.ts';

/** Parent of each code of two systems: the naive side knows nothing else of them. */
const parents: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
  'urn:a': { a: undefined, b: 'a', c: 'b', d: 'a', e: undefined },
  'urn:b': { a: undefined, f: 'a', g: 'f' },
};
const systemUrls = Object.keys(parents);
const codesOf = (system: string): string[] => Object.keys(parents[system] ?? {});
const universe = systemUrls.flatMap((system) => codesOf(system).map((code) => ({ system, code })));
type Coding = (typeof universe)[number];

const tree = (system: string, parent: string | undefined): RawConcept[] =>
  codesOf(system)
    .filter((code) => parents[system]?.[code] === parent)
    .map((code) => ({ code, concept: tree(system, code) }));

const systems = new Map(systemUrls.map((url) => [url, readCodeSystem({ url, content: 'complete', concept: tree(url, undefined) })]));

function isA(system: string, code: string | undefined, ancestor: string): boolean {
  return code !== undefined && (code === ancestor || isA(system, parents[system]?.[code], ancestor));
}

/** The rules, read one by one: valueset.html#compositions. */
function naiveFilter({ op, value }: NonNullable<RawInclude['filter']>[number], { system, code }: Coding): boolean {
  switch (op) {
    case 'is-a':
      return isA(system, code, value);
    case 'descendent-of':
      return isA(system, code, value) && code !== value;
    case 'is-not-a':
      return !isA(system, code, value);
    case 'generalizes':
      return isA(system, value, code);
    case 'in':
      return value.split(',').includes(code);
    default:
      return !value.split(',').includes(code);
  }
}

function naiveInclude(include: RawInclude, coding: Coding, sets: readonly RawValueSet[]): boolean {
  if (include.system !== undefined && include.system !== coding.system) return false;
  if (include.concept && !include.concept.some(({ code }) => code === coding.code)) return false;
  if (include.filter?.some((filter) => !naiveFilter(filter, coding))) return false;
  return (include.valueSet ?? []).every((url) => naiveMember(sets.find((set) => set.url === url) as RawValueSet, coding, sets));
}

const naiveMember = ({ compose }: RawValueSet, coding: Coding, sets: readonly RawValueSet[]): boolean =>
  (compose?.include ?? []).some((include) => naiveInclude(include, coding, sets)) &&
  !(compose?.exclude ?? []).some((exclude) => naiveInclude(exclude, coding, sets));

function selection(system: string): fc.Arbitrary<RawInclude> {
  const code = fc.constantFrom(...codesOf(system));
  const filter = fc.oneof(
    fc.tuple(fc.constantFrom('is-a', 'descendent-of', 'is-not-a', 'generalizes'), code),
    fc.tuple(
      fc.constantFrom('in', 'not-in'),
      fc.array(code, { minLength: 1, maxLength: 3 }).map((codes) => codes.join(',')),
    ),
  );
  return fc.oneof(
    fc.constant({ system }),
    fc.array(code, { minLength: 1, maxLength: 3 }).map((codes) => ({ system, concept: codes.map((each) => ({ code: each })) })),
    fc
      .array(filter, { minLength: 1, maxLength: 2 })
      .map((filters) => ({ system, filter: filters.map(([op, value]) => ({ property: 'concept', op, value })) })),
  );
}

/** Imports lead to earlier value sets only. */
function include(earlier: readonly string[]): fc.Arbitrary<RawInclude> {
  const own = fc.oneof(...systemUrls.map(selection));
  if (earlier.length === 0) return own;
  const imports = fc.array(fc.constantFrom(...earlier), { minLength: 1, maxLength: 2 }).map((valueSet): RawInclude => ({ valueSet }));
  return fc.oneof(
    own,
    imports,
    fc.tuple(own, imports).map(([one, other]): RawInclude => ({ ...one, ...other })),
  );
}

const urls = ['urn:1', 'urn:2', 'urn:3', 'urn:4'];

const valueSets: fc.Arbitrary<readonly RawValueSet[]> = fc.tuple(
  ...urls.map((url, i) =>
    fc
      .tuple(fc.array(include(urls.slice(0, i)), { minLength: 1, maxLength: 3 }), fc.array(include(urls.slice(0, i)), { maxLength: 2 }))
      .map(([includes, excludes]): RawValueSet => ({ url, compose: { include: includes, exclude: excludes } })),
  ),
);

describe('Any composition', () => {
  test('holds the codes that the rules say, listed at once or asked one by one', () => {
    fc.assert(
      fc.property(valueSets, (sets) => {
        for (const raw of sets) {
          const set = linkValueSet(raw, {
            valueSet: (canonical) => sets.find(({ url }) => url === canonical) ?? reason('not-found', canonical),
            codeSystem: (url) => systems.get(url) ?? reason('not-found', url),
          });
          const naive = universe.filter((coding) => naiveMember(raw, coding, sets));
          const codes = expandValueSet(set);
          if (isReason(codes)) throw new Error(codes.text);
          const nameOf = ({ system, code }: Coding): string => `${system}|${code}`;
          expect(codes.map(nameOf).sort()).toEqual(naive.map(nameOf).sort());
          expect(universe.map((coding) => memberOf(set, coding).result === 'yes')).toEqual(
            universe.map((coding) => naive.includes(coding)),
          );
          expect(universe.map(({ code }) => plainMemberOf(set, code).result)).toEqual(
            universe.map((coding) => (naive.some(({ code }) => code === coding.code) ? 'yes' : 'no')),
          );
        }
      }),
      { numRuns: 500 },
    );
  });
});
