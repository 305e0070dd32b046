/** Consent to single scopes: never more than was asked. https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { allTicked, choicesOf, grantedScopes } from '../../src/auth/choice.ts';
import { parseScope } from '../../src/auth/scope.ts';

const without = (scopes: readonly string[], ...names: string[]): readonly string[] => {
  const ticked = new Set(allTicked(choicesOf(scopes)));
  for (const name of names) ticked.delete(name);
  return grantedScopes(scopes, ticked);
};

const laboratory = 'http://terminology.hl7.org/CodeSystem/observation-category|laboratory';

describe('Scopes that a person allows', () => {
  test('are those that were asked, in their own words, when nothing is left out', () => {
    const scopes = [
      'launch/patient',
      'openid',
      'fhirUser',
      'offline_access',
      'patient/*.read',
      'patient/Condition.cruds',
      'user/Practitioner.rs',
    ];
    expect(without(scopes)).toEqual(scopes);
  });

  test('are without those whose box is empty', () => {
    const scopes = ['openid', 'fhirUser', 'offline_access', 'patient/Patient.rs', 'patient/Condition.rs'];
    expect(without(scopes, 's3-view')).toEqual(['openid', 'fhirUser', 'offline_access', 'patient/Condition.rs']);
    expect(without(scopes, 'identity')).toEqual(['offline_access', 'patient/Patient.rs', 'patient/Condition.rs']);
    expect(without(scopes, 'offline')).not.toContain('offline_access');
  });

  test('let read where writing is left out, and write where reading is', () => {
    expect(without(['patient/Condition.cruds'], 's0-change')).toEqual(['patient/Condition.rs']);
    expect(without(['patient/Condition.*'], 's0-change')).toEqual(['patient/Condition.rs']);
    expect(without(['patient/Condition.cruds'], 's0-view')).toEqual(['patient/Condition.cud']);
    expect(without(['patient/Condition.write'])).toEqual(['patient/Condition.write']);
  });

  test('are narrowed to the categories that are left', () => {
    const parts = choicesOf(['patient/Observation.rs']).patient[0]?.parts.map(({ code }) => code) ?? [];
    const others = parts.filter((code) => code !== 'laboratory').map((code) => `s0-${code}`);
    expect(without(['patient/Observation.rs'], ...others)).toEqual([`patient/Observation.rs?category=${laboratory}`]);
    expect(without(['patient/Observation.cruds'], ...others)).toEqual([
      `patient/Observation.rs?category=${laboratory}`,
      'patient/Observation.cud',
    ]);
  });

  test('of a whole record are narrowed to groups of types', () => {
    const granted = without(['patient/*.rs'], 's0-group-gene', 's0-group-money');
    expect(granted).toContain('patient/Condition.rs');
    expect(granted).toContain('patient/Organization.rs');
    expect(granted.filter((scope) => /Coverage|MolecularSequence|\*/.test(scope))).toEqual([]);
  });

  test('that have a condition already keep it', () => {
    const scope = `patient/Observation.rs?category=${laboratory}`;
    expect(choicesOf([scope]).patient[0]?.parts).toEqual([]);
    expect(without([scope])).toEqual([scope]);
  });

  test('are none when only the context is left', () => {
    expect(without(['launch/patient', 'offline_access', 'patient/*.rs'], 's2-view')).toEqual([]);
    expect(grantedScopes(['openid'], new Set(['s0-view', 'nonsense']))).toEqual([]);
  });

  test('are within what was asked, whatever boxes come back', () => {
    const asked = fc.subarray(
      [
        'launch/patient',
        'openid',
        'offline_access',
        'online_access',
        'patient/*.rs',
        'patient/Observation.cruds',
        'patient/Condition.read',
        'patient/Patient.write',
        'user/*.r',
        'user/Observation.*',
      ],
      { minLength: 1 },
    );
    const boxes = fc.array(
      fc.constantFrom(
        'identity',
        'offline',
        'online',
        ...Array.from({ length: 10 }, (_, i) => [
          `s${i}-view`,
          `s${i}-change`,
          `s${i}-laboratory`,
          `s${i}-group-gene`,
          `s${i}-survey`,
        ]).flat(),
        's99-view',
        '__proto__',
      ),
    );
    fc.assert(
      fc.property(asked, boxes, (scopes, ticked) => {
        const wide = scopes.map((text) => parseScope(text));
        for (const text of grantedScopes(scopes, new Set(ticked))) {
          const narrow = parseScope(text);
          const isCovered = (right: string): boolean =>
            wide.some(
              (each) =>
                each.kind === 'resource' &&
                narrow.kind === 'resource' &&
                each.level === narrow.level &&
                (each.type === '*' || each.type === narrow.type) &&
                each.rights.some((one) => one === right),
            );
          expect(narrow.kind === 'plain' ? scopes.includes(text) : narrow.rights.every(isCovered)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
