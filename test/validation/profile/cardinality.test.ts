import { describe, expect, test } from '@jest/globals';
import { errorsOf, profileOf } from '../../support/profile-check.ts';

const patient = (more: object = {}) => ({ resourceType: 'Patient', ...more });

describe('cardinality in profiles', () => {
  const named = profileOf('named', 'Patient', [
    { path: 'Patient.name', min: 1, max: '2' },
    { path: 'Patient.name.family', min: 1 },
    { path: 'Patient.active', min: 1 },
    { path: 'Patient.photo', max: '0' },
    { path: 'Patient.deceased[x]', max: '0' },
  ]);

  test('what is required and absent is told at its parent, with the number that is expected', async () => {
    expect(await errorsOf(patient({ active: true }), [named])).toEqual([
      'error Patient: Patient.name: there are 0; expected at least 1 (http://example.org/fhir/StructureDefinition/named)',
    ]);
  });

  test('a required child counts only where its parent is', async () => {
    expect(await errorsOf(patient({ active: true, name: [{ family: 'A' }, { text: 'B' }] }), [named])).toEqual([
      'error Patient.name[1]: Patient.name.family: there are 0; expected at least 1 (http://example.org/fhir/StructureDefinition/named)',
    ]);
  });

  test('max bounds repetitions', async () => {
    const name = { family: 'A' };
    expect(await errorsOf(patient({ active: true, name: [name, name] }), [named])).toEqual([]);
    expect(await errorsOf(patient({ active: true, name: [name, name, name] }), [named])).toEqual([
      'error Patient: Patient.name: there are 3; expected at most 2 (http://example.org/fhir/StructureDefinition/named)',
    ]);
  });

  test('max 0 prohibits elements and every form of a choice', async () => {
    const found = await errorsOf(patient({ active: true, name: [{ family: 'A' }], photo: [{ url: 'a:b' }], deceasedBoolean: false }), [
      named,
    ]);
    expect(found.map((issue) => issue.split(' (')[0])).toEqual([
      'error Patient: Patient.photo: there are 1; expected none',
      'error Patient: Patient.deceased[x]: there are 1; expected none',
    ]);
  });

  test('a primitive that has only extensions is there', async () => {
    const absent = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] };
    expect(await errorsOf(patient({ _active: absent, name: [{ _family: absent }] }), [named])).toEqual([]);
  });

  test('children of primitives are extensions of their twins', async () => {
    const timed = profileOf('timed', 'Patient', [{ path: 'Patient.birthDate.extension', min: 1 }]);
    expect(await errorsOf(patient({ birthDate: '2000-01-01' }), [timed])).toHaveLength(1);
    expect(
      await errorsOf(patient({ birthDate: '2000-01-01', _birthDate: { extension: [{ url: 'a:b', valueString: 'x' }] } }), [timed]),
    ).toEqual([]);
    expect(await errorsOf(patient(), [timed])).toEqual([]);
  });

  test('paths lead into inline structures that repeat themselves', async () => {
    const deep = profileOf('deep', 'Questionnaire', [{ path: 'Questionnaire.item.item.text', min: 1 }]);
    const item = { linkId: '1', type: 'group', item: [{ linkId: '2', type: 'display' }] };
    expect(await errorsOf({ resourceType: 'Questionnaire', item: [item] }, [deep])).toEqual([
      'error Questionnaire.item[0].item[0]: Questionnaire.item.item.text: there are 0; expected at least 1 (http://example.org/fhir/StructureDefinition/deep)',
    ]);
  });
});
