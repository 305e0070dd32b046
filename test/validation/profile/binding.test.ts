import { describe, expect, test } from '@jest/globals';
import { check, profileOf } from '../../support/profile-check.ts';

const observation = (more: object) => ({ resourceType: 'Observation', status: 'final', code: { text: 'x' }, ...more });
const bound = (path: string, strength: string, valueSet: string, more: object = {}) =>
  profileOf('bound', 'Observation', [{ path, binding: { strength, valueSet, ...more } }]);

const asked = async (resource: object, profile: ReturnType<typeof profileOf>) =>
  (await check(resource as never, [profile])).questions.map(({ at, strength, valueSet, type, isMaximum }) => ({
    at,
    strength,
    valueSet,
    type,
    ...(isMaximum ? { isMaximum } : {}),
  }));

describe('bindings of profiles', () => {
  test('become questions, with the value and its place', async () => {
    const profile = bound('Observation.component.value[x]', 'required', 'http://x/vs');
    const component = [
      { code: {}, valueString: 'a' },
      { code: {}, valueCodeableConcept: { text: 'b' } },
      { code: {}, valueInteger: 1 },
    ];
    expect(await asked(observation({ component }), profile)).toEqual([
      { at: 'Observation.component[0].value', strength: 'required', valueSet: 'http://x/vs', type: 'string' },
      { at: 'Observation.component[1].value', strength: 'required', valueSet: 'http://x/vs', type: 'CodeableConcept' },
    ]);
  });

  test.each(['required', 'extensible', 'preferred'])('%s ones are asked', async (strength) => {
    expect(await asked(observation({}), bound('Observation.code', strength, 'http://x/vs'))).toHaveLength(1);
  });

  test('examples are not, nor what the base type asks already', async () => {
    expect(await asked(observation({}), bound('Observation.code', 'example', 'http://x/vs'))).toEqual([]);
    const same = bound('Observation.status', 'required', 'http://hl7.org/fhir/ValueSet/observation-status|4.0.1');
    expect(await asked(observation({}), same)).toEqual([]);
  });

  test('the greatest value set is asked beside the bound one', async () => {
    const url = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet';
    const profile = bound('Observation.code', 'extensible', 'http://x/vs', { extension: [{ url, valueCanonical: 'http://x/max' }] });
    expect(await asked(observation({}), profile)).toEqual([
      { at: 'Observation.code', strength: 'extensible', valueSet: 'http://x/vs', type: 'CodeableConcept' },
      { at: 'Observation.code', strength: 'required', valueSet: 'http://x/max', type: 'CodeableConcept', isMaximum: true },
    ]);
  });

  test('additional bindings are asked as their purpose says, unless they are for some uses only', async () => {
    const url = 'http://hl7.org/fhir/tools/StructureDefinition/additional-binding';
    const additional = (purpose: string, ...more: object[]) => ({
      url,
      extension: [{ url: 'purpose', valueCode: purpose }, { url: 'valueSet', valueCanonical: `http://x/${purpose}` }, ...more],
    });
    const usage = { url: 'usage', valueUsageContext: {} };
    const profile = bound('Observation.code', 'example', 'http://x/vs', {
      extension: [additional('required'), additional('extensible', usage), additional('maximum'), additional('candidate')],
    });
    expect((await asked(observation({}), profile)).map(({ valueSet, strength }) => `${strength} ${valueSet}`)).toEqual([
      'required http://x/required',
      'required http://x/maximum',
    ]);
  });

  test('a code of a value set that can be listed is answered at once', async () => {
    const narrower = bound('Observation.status', 'required', 'http://hl7.org/fhir/ValueSet/observation-status');
    const gender = profileOf('gender', 'Patient', [
      { path: 'Patient.contact.gender', binding: { strength: 'required', valueSet: 'http://hl7.org/fhir/ValueSet/administrative-gender' } },
    ]);
    expect(await asked(observation({}), narrower)).toEqual([]);
    expect(await asked({ resourceType: 'Patient', contact: [{ gender: 'male' }] }, gender)).toEqual([]);
  });

  test('a quantity without a code has nothing to be asked', async () => {
    const profile = bound('Observation.value[x]', 'required', 'http://x/units');
    expect(await asked(observation({ valueQuantity: { value: 1 } }), profile)).toEqual([]);
    expect(await asked(observation({ valueQuantity: { value: 1, code: 'kg' } }), profile)).toHaveLength(1);
  });

  test('an heir replaces the binding of its base', async () => {
    const base = bound('Observation.code', 'extensible', 'http://x/wide');
    const heir = profileOf(
      'heir',
      'Observation',
      [{ path: 'Observation.code', binding: { strength: 'required', valueSet: 'http://x/narrow' } }],
      {
        baseDefinition: base['url'],
      },
    );
    const { questions } = await check(observation({}) as never, [heir, base]);
    expect(questions.map(({ valueSet }) => valueSet)).toEqual(['http://x/narrow']);
  });
});
