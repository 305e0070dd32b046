import { describe, expect, test } from '@jest/globals';
import { errorsOf, profileOf } from '../../support/profile-check.ts';

const brief = (issues: readonly string[]): string[] => issues.map((issue) => issue.replace(/ \(http:.*$/, '').replace(/^error /, ''));
const observation = (more: object) => ({ resourceType: 'Observation', status: 'final', code: { text: 'x' }, ...more });
const concept = { coding: [{ system: 'http://x', code: 'a' }] };

describe('fixed values', () => {
  const fixed = profileOf('fixed', 'Observation', [
    { path: 'Observation.status', fixedCode: 'final' },
    { path: 'Observation.code', fixedCodeableConcept: concept },
  ]);

  test('are there exactly, apart from ids', async () => {
    expect(await errorsOf(observation({ code: { id: '1', coding: [{ id: '2', ...concept.coding[0] }] } }), [fixed])).toEqual([]);
  });

  test('have nothing beside them', async () => {
    expect(brief(await errorsOf(observation({ code: { ...concept, text: 'x' } }), [fixed]))).toEqual([
      'Observation.code.text: Not the value that the fixed value of http://example.org/fhir/StructureDefinition/fixed asks for; expected it to be absent',
    ]);
    expect(await errorsOf(observation({ code: { coding: [...concept.coding, ...concept.coding] } }), [fixed])).toHaveLength(1);
  });

  test('are told with what is expected', async () => {
    const found = await errorsOf(observation({ status: 'amended', code: concept }), [fixed]);
    expect(found).toEqual([
      'error Observation.status: Not the value that the fixed value of http://example.org/fhir/StructureDefinition/fixed asks for; expected "final"',
    ]);
  });

  test('do not ask for an element that is absent', async () => {
    const optional = profileOf('optional', 'Observation', [{ path: 'Observation.method', fixedCodeableConcept: concept }]);
    expect(await errorsOf(observation({}), [optional])).toEqual([]);
  });
});

describe('pattern values', () => {
  const pattern = profileOf('pattern', 'Observation', [{ path: 'Observation.code', patternCodeableConcept: concept }]);

  test('let more be there: other properties and other items of lists', async () => {
    const more = {
      text: 'x',
      coding: [
        { system: 'http://y', code: 'b' },
        { ...concept.coding[0], display: 'A' },
      ],
    };
    expect(await errorsOf(observation({ code: more }), [pattern])).toEqual([]);
  });

  test('have to be met in one item of a list', async () => {
    const split = {
      coding: [
        { system: 'http://x', code: 'b' },
        { system: 'http://y', code: 'a' },
      ],
    };
    expect(brief(await errorsOf(observation({ code: split }), [pattern]))[0]).toContain(
      'Observation.code: Not the value that the pattern value',
    );
  });

  test('are told at the innermost element that differs', async () => {
    const quantity = profileOf('quantity', 'Observation', [
      { path: 'Observation.value[x]', patternQuantity: { system: 'http://unitsofmeasure.org', code: 'kg' } },
    ]);
    const found = await errorsOf(observation({ valueQuantity: { value: 1, system: 'http://unitsofmeasure.org', code: 'g' } }), [quantity]);
    expect(brief(found)[0]).toMatch(/^Observation\.value\.code: .*expected "kg"$/);
  });

  test('add up along the chain of bases', async () => {
    const heir = profileOf('heir', 'Observation', [{ path: 'Observation.code', patternCodeableConcept: { text: 'x' } }], {
      baseDefinition: pattern['url'],
    });
    expect(await errorsOf(observation({ code: { ...concept, text: 'x' } }), [heir, pattern])).toEqual([]);
    expect(await errorsOf(observation({ code: concept }), [heir, pattern])).toHaveLength(1);
    expect(await errorsOf(observation({ code: { text: 'x' } }), [heir, pattern])).toHaveLength(1);
  });
});

describe('limits of values', () => {
  const now = { environment: { now: () => new Date('2024-06-15T00:00:00Z') } };
  const limited = (path: string, limit: object) => profileOf('limited', 'Observation', [{ path, ...limit }]);

  test.each([
    ['minValueInteger', { minValueInteger: 5 }, { valueInteger: 5 }, { valueInteger: 4 }],
    ['maxValueInteger', { maxValueInteger: 5 }, { valueInteger: 5 }, { valueInteger: 6 }],
    ['minValueTime', { minValueTime: '01:00:00' }, { valueTime: '01:00:00' }, { valueTime: '00:30:00' }],
    ['maxValueDateTime', { maxValueDateTime: '2020-01-01' }, { valueDateTime: '2020-01-01T10:00:00Z' }, { valueDateTime: '2020-02' }],
    [
      'minValueInstant, the same moment in another zone',
      { minValueDateTime: '2020-01-01T12:00:00Z' },
      { valueDateTime: '2020-01-01T13:00:00+01:00' },
      { valueDateTime: '2020-01-01T12:30:00+01:00' },
    ],
    [
      'minValueQuantity',
      { minValueQuantity: { value: 1, code: 'kg' } },
      { valueQuantity: { value: 1, code: 'kg' } },
      { valueQuantity: { value: 0.5, code: 'kg' } },
    ],
    [
      'minValueQuantity of time',
      { minValueQuantity: { value: 1, code: 'a' } },
      { valueDateTime: '2023-07-01' },
      { valueDateTime: '2022-01-01' },
    ],
    [
      'maxValueQuantity of time',
      { maxValueQuantity: { value: 2, code: 'mo' } },
      { valueDateTime: '2024-07-01' },
      { valueDateTime: '2024-12-01' },
    ],
  ])('%s', async (_name, limit, right, wrong) => {
    const profile = limited('Observation.value[x]', limit);
    expect(await errorsOf(observation(right), [profile], now)).toEqual([]);
    expect(await errorsOf(observation(wrong), [profile], now)).toHaveLength(1);
  });

  test('quantities of other units are not compared', async () => {
    const profile = limited('Observation.value[x]', { maxValueQuantity: { value: 1, code: 'kg' } });
    expect(await errorsOf(observation({ valueQuantity: { value: 500, code: 'g' } }), [profile])).toEqual([]);
  });

  test('maxLength counts characters', async () => {
    const profile = limited('Observation.code.text', { maxLength: 3 });
    expect(await errorsOf(observation({ code: { text: 'abc' } }), [profile])).toEqual([]);
    expect(brief(await errorsOf(observation({ code: { text: 'abcd' } }), [profile]))).toEqual([
      'Observation.code.text: There are 4 characters; expected at most 3',
    ]);
  });

  test('a value may be asked for, with extensions that may stand for it', async () => {
    const later = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-ElementDefinition.';
    const absent = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
    const active = (...extension: object[]) => profileOf('active', 'Patient', [{ path: 'Patient.active', min: 1, extension }]);
    const without = (url: string) => ({ resourceType: 'Patient', _active: { extension: [{ url, valueCode: 'unknown' }] } });
    const alternatives = active({ url: `${later}valueAlternatives`, valueCanonical: absent });
    expect(await errorsOf(without(absent), [alternatives])).toEqual([]);
    expect(await errorsOf(without('a:b'), [alternatives])).toHaveLength(1);
    expect(await errorsOf(without(absent), [active({ url: `${later}mustHaveValue`, valueBoolean: true })])).toHaveLength(1);
  });
});
