import { describe, expect, test } from '@jest/globals';
import { check, extensionOf, profileOf } from '../../support/profile-check.ts';

const wrong: readonly unknown[] = [null, 0, 'x', [], [null], {}, [{}], { a: null }, ['x'], true, [0]];
const patient = {
  resourceType: 'Patient',
  extension: [{ url: 'http://example.org/fhir/StructureDefinition/e', valueString: 'x' }],
  name: [{ given: ['a'] }],
};

const elementParts = [
  'slicing',
  'type',
  'binding',
  'constraint',
  'extension',
  'min',
  'max',
  'sliceName',
  'id',
  'fixedString',
  'maxLength',
  'isModifier',
];
const parts = ['context', 'contextInvariant', 'differential', 'snapshot', 'baseDefinition', 'kind', 'version', 'derivation', 'abstract'];

describe('definitions of a wrong form are read as far as they have the right one', () => {
  test.each(elementParts)('ElementDefinition.%s', async (part) => {
    for (const value of wrong) {
      const elements = [
        { path: 'Patient.name', [part]: value },
        { path: 'Patient.name', sliceName: 's', [part]: value },
        { path: 'Patient.active', min: 1 },
      ];
      const { issues } = await check(patient, [profileOf('f', 'Patient', elements), extensionOf('e', 'string')], { extensions: true });
      expect(issues.join()).toContain('Patient.active: there are 0');
    }
  });

  test.each(parts)('StructureDefinition.%s', async (part) => {
    for (const value of wrong) {
      const definitions = [
        profileOf('f', 'Patient', [{ path: 'Patient.name', min: 1 }], { [part]: value }),
        extensionOf('e', 'string', { [part]: value }),
      ];
      expect(Array.isArray((await check(patient, definitions, { extensions: true })).issues)).toBe(true);
    }
  });

  test.each(['code', 'profile', 'targetProfile', '_profile', 'aggregation', 'versioning'])('ElementDefinition.type.%s', async (part) => {
    for (const value of wrong) {
      const elements = [
        { path: 'Patient.name', type: [{ code: 'HumanName', [part]: value }] },
        { path: 'Patient.active', min: 1 },
      ];
      expect((await check(patient, [profileOf('f', 'Patient', elements)])).issues.join()).toContain('Patient.active: there are 0');
    }
  });
});
