import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Right } from '../../src/auth/access.ts';
import {
  coveredBy,
  covers,
  intersect,
  parseScope,
  parseScopes,
  printScope,
  type ResourceScope,
  rightsInOrder,
} from '../../src/auth/scope.ts';
import { checkScope } from '../../src/auth/scope-filter.ts';
import { definitions } from '../support/repository.ts';

const context = { now: () => new Date('2026-01-31T12:00:00Z') };

const rightsOf = (text: string): string => (parseScope(text) as ResourceScope).rights.join('');

describe('a scope', () => {
  test.each([
    ['patient/Observation.rs', 'rs'],
    ['patient/Observation.r', 'r'],
    ['user/*.cruds', 'cruds'],
    ['system/Patient.cud', 'cud'],
    // "v1 .read maps to .rs, .write to .cud, .* to .cruds"
    ['patient/Observation.read', 'rs'],
    ['user/Observation.write', 'cud'],
    ['system/*.*', 'cruds'],
  ])('%s gives the rights %s', (text, rights) => {
    expect(rightsOf(text)).toBe(rights);
    expect(printScope(parseScope(text))).toBe(text);
  });

  test('has search parameters behind a question mark, decoded', () => {
    const text = 'patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category%7Claboratory&status=final';
    expect((parseScope(text) as ResourceScope).pairs).toEqual([
      ['category', 'http://terminology.hl7.org/CodeSystem/observation-category|laboratory'],
      ['status', 'final'],
    ]);
  });

  test.each(['openid', 'fhirUser', 'profile', 'launch', 'launch/patient', 'launch/encounter', 'offline_access', 'online_access'])(
    '%s asks for no resources',
    (text) => expect(parseScope(text)).toEqual({ kind: 'plain', text }),
  );

  // SHALL: permissions in the order of "cruds"
  test.each([
    '*',
    'patient/Observation',
    'patient/Observation.sr',
    'patient/Observation.rr',
    'patient/Observation.rx',
    'patient/Observation.',
    'patient/observation.rs',
    'patient/Observation.read.write',
    'Patient/Observation.rs',
    'group/Observation.rs',
    'patient/Observation.rs?',
    'patient/Observation.rs?category',
    'patient/Observation.rs?category=',
    'patient/Observation.rs?=x',
    'patient/Observation.rs?code="x"',
    'launch/',
    'launch/patient/1',
    'openid2',
    `user/${'A'.repeat(80)}.rs`,
  ])('%s is refused by name', (text) => {
    expect(() => parseScope(text)).toThrow(text.slice(0, 100));
  });

  test('stands once in a list, however often it is asked for', () => {
    expect(parseScopes(' openid  patient/*.rs openid').map(printScope)).toEqual(['openid', 'patient/*.rs']);
  });
});

describe('a scope that can be granted', () => {
  test.each(['user/Nothing.rs', 'patient/Observation.rs?nothing=1', 'patient/*.rs?category=x', 'patient/Observation.rs?_count=1'])(
    'is not %s',
    (text) => expect(() => checkScope(parseScope(text), definitions, context)).toThrow(),
  );

  test.each([
    ['patient/Observation.rs?subject:Patient.name=x', 'chains'],
    ['patient/Observation.rs?_has:Provenance:target:agent=Practitioner/1', 'reverse chains'],
    ['patient/Observation.rs?code:in=http://hl7.org/fhir/ValueSet/x', 'value sets'],
    ['patient/Observation.rs?_content=x', 'words'],
    ['patient/Observation.rs?_list=x', 'lists'],
    ['patient/Observation.rs?_filter=subject.name+eq+x', 'chains of filters'],
    ['patient/Encounter.rs?location:below=Location/1', 'hierarchies'],
  ])('%s would need %s, and is refused', (text) => {
    expect(() => checkScope(parseScope(text), definitions, context)).toThrow('more than the resource itself tells');
  });

  test.each([
    'patient/Observation.rs?category=laboratory&status=final,amended',
    'patient/Observation.rs?code:not=x',
    'patient/Observation.rs?date=ge2020',
    'patient/Patient.rs?name=x',
    'user/*.rs?_security:not=R',
    'launch/patient',
  ])('is %s', (text) => expect(() => checkScope(parseScope(text), definitions, context)).not.toThrow());
});

const scopes = fc
  .record({
    level: fc.constantFrom('patient', 'user', 'system'),
    type: fc.constantFrom('*', 'Observation', 'Patient'),
    rights: fc.subarray([...rightsInOrder], { minLength: 1 }),
    pairs: fc.subarray(['status=final', 'category=a']),
  })
  .map(({ level, type, rights, pairs }) =>
    parseScope(`${level}/${type}.${rights.join('')}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`),
  );

/** What a scope gives, thing by thing: written down anew, apart from the code. */
function gives(
  list: readonly ReturnType<typeof parseScope>[],
  level: string,
  type: string,
  right: Right,
  holds: ReadonlySet<string>,
): boolean {
  return list.some(
    (scope) =>
      scope.kind === 'resource' &&
      scope.level === level &&
      (scope.type === '*' || scope.type === type) &&
      scope.rights.includes(right) &&
      scope.pairs.every(([name]) => holds.has(name)),
  );
}

const things = fc.record({
  level: fc.constantFrom('patient', 'user', 'system'),
  type: fc.constantFrom('Observation', 'Patient', 'Condition'),
  right: fc.constantFrom(...rightsInOrder),
  holds: fc.subarray(['status', 'category']).map((list) => new Set(list)),
});

describe('scopes are compared', () => {
  test('by all that they give: what covers gives no less', () => {
    fc.assert(
      fc.property(scopes, scopes, things, (wide, narrow, { level, type, right, holds }) => {
        if (!covers(wide, narrow)) return;
        if (gives([narrow], level, type, right, holds)) expect(gives([wide], level, type, right, holds)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test('each covers itself, and its second-version form', () => {
    expect(covers(parseScope('patient/*.read'), parseScope('patient/Observation.rs'))).toBe(true);
    expect(covers(parseScope('patient/Observation.rs'), parseScope('patient/Observation.rs?category=a'))).toBe(true);
    expect(covers(parseScope('patient/Observation.rs?category=a'), parseScope('patient/Observation.rs'))).toBe(false);
    expect(covers(parseScope('user/*.cruds'), parseScope('patient/*.r'))).toBe(false);
    expect(covers(parseScope('openid'), parseScope('openid'))).toBe(true);
    expect(coveredBy(parseScope('offline_access'), parseScopes('openid patient/*.rs'))).toBe(false);
  });

  test('what two lists have in common gives exactly what both give', () => {
    const lists = fc.array(scopes, { maxLength: 3 });
    fc.assert(
      fc.property(lists, lists, things, (asked, granted, { level, type, right, holds }) => {
        const both = gives(asked, level, type, right, holds) && gives(granted, level, type, right, holds);
        expect(gives(intersect(asked, granted), level, type, right, holds)).toBe(both);
      }),
      { numRuns: 3000 },
    );
  });

  test('what is asked for and covered is answered as it was written', () => {
    const found = intersect(parseScopes('openid patient/*.read offline_access'), parseScopes('patient/*.cruds openid'));
    expect(found.map(printScope)).toEqual(['openid', 'patient/*.read']);
  });

  test('one that is wider is narrowed', () => {
    const found = intersect(parseScopes('patient/*.rs'), parseScopes('patient/Observation.cruds?category=a patient/Patient.r'));
    expect(found.map(printScope)).toEqual(['patient/Observation.rs?category=a', 'patient/Patient.r']);
  });
});
