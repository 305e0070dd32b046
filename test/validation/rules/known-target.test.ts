import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../../src/fhir/resource.ts';
import { canonicalTargetRule } from '../../../src/validation/rules/element/canonical-target.ts';
import { placesTold, told } from './told.ts';

const base = 'http://example.org';
const known = (resourceType: string, path: string, elements: object = {}): Resource => ({
  resourceType,
  url: `${base}/${path}`,
  ...elements,
});

describe('A canonical leads to the type of resource that its element is for (references.html#canonical)', () => {
  const response = (questionnaire: string): Resource => ({ resourceType: 'QuestionnaireResponse', questionnaire });
  const valueSet = known('ValueSet', 'ValueSet/v', { version: '1' });

  test('another type is an error where the canonical stands', () => {
    expect(told(canonicalTargetRule, response(`${base}/ValueSet/v`), [valueSet])).toEqual([
      `error QuestionnaireResponse.questionnaire: "${base}/ValueSet/v" is a ValueSet; expected the canonical URL of a Questionnaire`,
    ]);
    expect(placesTold(canonicalTargetRule, response(`${base}/ValueSet/v|1`), [valueSet])).toHaveLength(1);
  });

  test('what is not known proves nothing, whatever it is called', () => {
    expect(told(canonicalTargetRule, response(`${base}/ValueSet/w`), [valueSet])).toEqual([]);
  });

  test('the right type may be called as one likes', () => {
    expect(told(canonicalTargetRule, response(`${base}/Questionnaire/q`), [known('Questionnaire', 'Questionnaire/q')])).toEqual([]);
    const odd = [known('ValueSet', 'ValueSet/q'), known('Questionnaire', 'ValueSet/q')];
    expect(told(canonicalTargetRule, response(`${base}/ValueSet/q`), odd)).toEqual([]);
  });

  test('of several types that are right, one is enough', () => {
    const plan = { resourceType: 'PlanDefinition', action: [{ definitionCanonical: `${base}/ValueSet/q` }] };
    const other = known('ValueSet', 'ValueSet/q');
    expect(placesTold(canonicalTargetRule, plan, [other])).toEqual(['error PlanDefinition.action[0].definition']);
    expect(told(canonicalTargetRule, plan, [other, known('Questionnaire', 'ValueSet/q')])).toEqual([]);
  });

  test('in an extension beside a value, too', () => {
    const extension = [{ url: 'http://e', valueDataRequirement: { type: 'Patient', profile: [`${base}/ValueSet/v`] } }];
    const expected = ['error Patient.gender.extension[0].value.profile[0]', 'error Patient.name[0].given[0].extension[0].value.profile[0]'];
    const patient = { resourceType: 'Patient', _gender: { extension }, name: [{ _given: [{ extension }] }] };
    expect(placesTold(canonicalTargetRule, patient, [valueSet])).toEqual(expected);
  });

  test('resources inside are looked at by themselves', () => {
    const bundle = { resourceType: 'Bundle', entry: [{ resource: response(`${base}/ValueSet/v`) }] };
    expect(placesTold(canonicalTargetRule, bundle, [valueSet])).toEqual(['error Bundle.entry[0].resource.questionnaire']);
  });

  test('lists, inner elements and extensions beside a value are looked at', () => {
    const plan = {
      resourceType: 'PlanDefinition',
      library: [`${base}/Library/l`, `${base}/ValueSet/v`],
      _status: { extension: [{ url: 'http://e', valueRelatedArtifact: { type: 'citation', resource: `${base}/ValueSet/v` } }] },
      action: [{ action: [{ transform: `${base}/ValueSet/v` }] }],
    };
    expect(placesTold(canonicalTargetRule, plan, [valueSet])).toEqual([
      'error PlanDefinition.library[1]',
      'error PlanDefinition.action[0].action[0].transform',
    ]);
  });
});
