/** References, bindings and extensions in profiles, one condition at a time. */
import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../../src/fhir/resource.ts';
import { base, check, errorsOf, extensionOf, profileOf } from '../../support/profile-check.ts';

const specified = 'http://hl7.org/fhir/StructureDefinition/';
const brief = (issues: readonly string[]): string[] => issues.map((issue) => issue.replace(/ \(http:.*$/, ''));
const observation = (more: object): Resource => ({ resourceType: 'Observation', status: 'final', code: { text: 'x' }, ...more });
const subject = (type: object): Resource =>
  profileOf('subject', 'Observation', [{ path: 'Observation.subject', type: [{ code: 'Reference', ...type }] }]);
const to = (reference: object, more: object = {}): Resource => observation({ subject: reference, ...more });

describe('"If any profiles are specified, then the content must conform to at least one of them" (ElementDefinition.type.targetProfile)', () => {
  const patient = { targetProfile: [`${specified}Patient`] };

  test.each([
    ['a type of those', patient, { reference: 'Patient/1' }, 0],
    ['another type', patient, { reference: 'Group/1' }, 1],
    ['a type whose name begins alike', patient, { reference: 'PatientX/1' }, 0],
    ['an absolute URL of another type', patient, { reference: 'http://a.b/Group/1' }, 1],
    ['an absolute URL of no known form', patient, { reference: 'http://a.b/whatever' }, 0],
    ['a urn', patient, { reference: 'urn:uuid:00000000-0000-4000-8000-000000000001' }, 0],
    ['a logical reference to another type', patient, { type: 'Group', identifier: { value: '1' } }, 1],
    ['a logical reference to something that is no resource', patient, { type: 'http://a.b/Thing' }, 0],
    ['a name alone', patient, { display: 'Ann' }, 0],
    ['any resource', { targetProfile: [`${specified}Resource`] }, { reference: 'Basic/1' }, 0],
    ['any domain resource', { targetProfile: [`${specified}DomainResource`] }, { reference: 'Basic/1' }, 0],
    ['no target at all', {}, { reference: 'Basic/1' }, 0],
  ])('%s', async (_, type, reference, errors) => {
    expect(await errorsOf(to(reference), [subject(type)])).toHaveLength(errors);
  });

  test('what is contained is looked at, whatever the reference says', async () => {
    const holding = (resourceType: string) => to({ reference: '#p', type: 'Patient' }, { contained: [{ resourceType, id: 'p' }] });
    expect(await errorsOf(holding('Patient'), [subject(patient)])).toEqual([]);
    expect(brief(await errorsOf(holding('Device'), [subject(patient)]))).toEqual([
      expect.stringContaining('error Observation.subject: The reference leads to a resource of type Device; expected one of'),
    ]);
  });

  test('of several profiles on a type one is enough', async () => {
    const named = profileOf('named', 'Patient', [{ path: 'Patient.name', min: 1 }]);
    const born = profileOf('born', 'Patient', [{ path: 'Patient.birthDate', min: 1 }]);
    const either = subject({ targetProfile: [`${base}named`, `${base}born`] });
    const holding = (more: object) => to({ reference: '#p' }, { contained: [{ resourceType: 'Patient', id: 'p', ...more }] });
    expect(await errorsOf(holding({ birthDate: '2000' }), [either, named, born])).toEqual([]);
    expect(await errorsOf(holding({ name: [{ text: 'A' }] }), [either, named, born])).toEqual([]);
    expect((await errorsOf(holding({}), [either, named, born])).join()).toMatch(
      /conforms to none of the profiles expected: .*named.*; .*born/,
    );
  });

  test('in a Bundle, entries are looked at', async () => {
    const within = profileOf('within', 'Bundle', [
      { path: 'Bundle.entry.resource', type: [{ code: 'Resource', profile: [`${base}subject`, `${specified}Device`] }] },
    ]);
    const bundle = (reference: string): Resource => ({
      resourceType: 'Bundle',
      type: 'collection',
      entry: [
        { fullUrl: 'http://x/Observation/o', resource: to({ reference }, { id: 'o' }) },
        { fullUrl: 'http://x/Patient/d', resource: { resourceType: 'Device', id: 'd' } },
      ],
    });
    expect((await errorsOf(bundle('Patient/d'), [within, subject(patient)])).join()).toContain('leads to a resource of type Device');
    expect(await errorsOf(bundle('Patient/other'), [within, subject(patient)])).toEqual([]);
  });
});

describe('aggregation and versioning say how they differ (elementdefinition.html#aggregation)', () => {
  test.each([
    [{ aggregation: ['contained'] }, { reference: 'Patient/1' }, 'The reference is referenced; expected one that is contained'],
    [
      { aggregation: ['referenced', 'bundled'] },
      { reference: '#p' },
      'The reference is contained; expected one that is referenced or bundled',
    ],
    [{ versioning: 'specific' }, { reference: 'Patient/1' }, 'The reference names no version; expected one to a version'],
    [{ versioning: 'independent' }, { reference: 'Patient/1/_history/2' }, 'The reference names a version; expected one without a version'],
    [{ versioning: 'specific' }, { reference: '#p' }, undefined],
    [{ versioning: 'specific' }, { display: 'Ann' }, undefined],
    [{ aggregation: ['contained'] }, { display: 'Ann' }, undefined],
    [{ versioning: 'either' }, { reference: 'Patient/1' }, undefined],
  ])('%j: %j', async (type, reference, text) => {
    const found = await errorsOf(to(reference, { contained: [{ resourceType: 'Patient', id: 'p' }] }), [subject(type)]);
    expect(found).toEqual(text === undefined ? [] : [expect.stringContaining(text)]);
  });

  test('in a Bundle what is there may be called referenced as well', async () => {
    const within = profileOf('within', 'Bundle', [
      { path: 'Bundle.entry.resource', type: [{ code: 'Resource', profile: [`${base}subject`, `${specified}Patient`] }] },
    ]);
    const entry = [
      { fullUrl: 'http://x/Observation/o', resource: to({ reference: 'Patient/p' }, { id: 'o' }) },
      { fullUrl: 'http://x/Patient/p', resource: { resourceType: 'Patient', id: 'p' } },
    ];
    const bundle: Resource = { resourceType: 'Bundle', type: 'collection', entry };
    expect(await errorsOf(bundle, [within, subject({ aggregation: ['referenced'] })])).toEqual([]);
    expect((await errorsOf(bundle, [within, subject({ aggregation: ['contained'] })])).join()).toContain(
      'is bundled; expected one that is contained',
    );
  });
});

describe('bindings that are asked beside those of the base type', () => {
  const bound = (path: string, binding: object): Resource => profileOf('bound', path.split('.')[0] ?? '', [{ path, binding }]);
  const asked = async (resource: Resource, profile: Resource): Promise<string[]> =>
    (await check(resource, [profile])).questions.map(({ strength, valueSet, at }) => `${strength} ${valueSet} ${at}`);
  const status = 'http://hl7.org/fhir/ValueSet/observation-status';

  test.each([
    ['the same set, as strong', { strength: 'required', valueSet: status }, 0],
    ['the same set in a version', { strength: 'required', valueSet: `${status}|4.0.1` }, 0],
    ['another set', { strength: 'required', valueSet: 'http://x/vs' }, 1],
    ['another set, less strong', { strength: 'preferred', valueSet: 'http://x/vs' }, 1],
    ['no set', { strength: 'required' }, 0],
  ])('%s', async (_, binding, questions) => {
    expect(await asked(observation({}), bound('Observation.status', binding))).toHaveLength(questions);
  });

  test('the same set, stronger than the base says, is asked; of an element of another name, too', async () => {
    const category = 'http://hl7.org/fhir/ValueSet/observation-category';
    const coded = observation({ category: [{ text: 'x' }], method: { text: 'x' } });
    expect(await asked(coded, bound('Observation.category', { strength: 'preferred', valueSet: category }))).toEqual([]);
    expect(await asked(coded, bound('Observation.category', { strength: 'required', valueSet: category }))).toHaveLength(1);
    expect(await asked(coded, bound('Observation.method', { strength: 'preferred', valueSet: category }))).toHaveLength(1);
  });

  test('only codes are codes: a Quantity by its code, texts of a type that has none are not asked', async () => {
    const value = { strength: 'required', valueSet: 'http://x/vs' };
    const profile = bound('Observation.value[x]', value);
    expect(await asked(observation({ valueQuantity: { value: 1, code: 'g' } }), profile)).toHaveLength(1);
    expect(await asked(observation({ valueQuantity: { value: 1, unit: 'g' } }), profile)).toEqual([]);
    expect(await asked(observation({ valueDateTime: '2020' }), profile)).toEqual([]);
    expect(await asked(observation({ _valueString: { extension: [] } }), profile)).toEqual([]);
  });

  test('a code that a listed set of the standard has is not asked about, any other is', async () => {
    const gender = bound('Patient.maritalStatus.coding.code', {
      strength: 'required',
      valueSet: 'http://hl7.org/fhir/ValueSet/administrative-gender',
    });
    const patient = (code: string): Resource => ({ resourceType: 'Patient', maritalStatus: { coding: [{ code }] } });
    expect(await asked(patient('male'), gender)).toEqual([]);
    expect(await asked(patient('m'), gender)).toHaveLength(1);
  });
});

describe('extensions and their contexts (defining-extensions.html#context)', () => {
  const colour = (...context: object[]): Resource => extensionOf('colour', 'string', { context });
  const extension = [{ url: `${base}colour`, valueString: 'x' }];
  const said = async (resource: object, definition: Resource): Promise<string[]> => {
    const any = profileOf('any', String((resource as Resource).resourceType), []);
    return brief((await check(resource as Resource, [any, definition], { extensions: true })).issues);
  };
  const element = (expression: string): object => ({ type: 'element', expression });

  test.each([
    ['one of several contexts', [element('Group'), element('Patient')], { resourceType: 'Patient', extension }, 0],
    ['none of several', [element('Group'), element('Device')], { resourceType: 'Patient', extension }, 1],
    ['no context', [], { resourceType: 'Patient', extension }, 0],
    ['an inline structure by its path', [element('Patient.contact')], { resourceType: 'Patient', contact: [{ extension }] }, 0],
    ['its type, an element of all such', [element('BackboneElement')], { resourceType: 'Patient', contact: [{ extension }] }, 0],
    [
      'an element that all resources have',
      [element('DomainResource.text')],
      { resourceType: 'Patient', text: { status: 'generated', extension } },
      0,
    ],
    ['an element by the URL of its type', [element(`${specified}HumanName`)], { resourceType: 'Patient', name: [{ extension }] }, 0],
    ['an element by the profile around', [element('http://a.b/p#Patient.name')], { resourceType: 'Patient', name: [{ extension }] }, 0],
    ['another element of the same type', [element('Patient.name')], { resourceType: 'Patient', contact: [{ name: { extension } }] }, 1],
    ['a choice by any of its names', [element('Observation.value[x]')], observation({ valueQuantity: { extension } }), 0],
    ['a choice by its type', [element('Observation.valueQuantity')], observation({ valueQuantity: { extension } }), 0],
    ['a choice by another type', [element('Observation.valueString')], observation({ valueQuantity: { extension } }), 1],
    ['a canonical resource', [element('CanonicalResource')], { resourceType: 'ValueSet', status: 'draft', extension }, 0],
    ['what has a status but no url', [element('CanonicalResource')], observation({ extension }), 1],
    ['an element of a canonical resource', [element('CanonicalResource')], { resourceType: 'ValueSet', contact: [{ extension }] }, 1],
    [
      'a resource in a Bundle',
      [element('Patient')],
      { resourceType: 'Bundle', type: 'collection', entry: [{ resource: { resourceType: 'Patient', extension } }] },
      0,
    ],
    [
      'the Bundle around it',
      [element('Bundle')],
      { resourceType: 'Bundle', type: 'collection', entry: [{ resource: { resourceType: 'Patient', extension } }] },
      1,
    ],
    ['what a path cannot tell', [{ type: 'fhirpath', expression: 'nothing(' }], { resourceType: 'Patient', extension }, 0],
    [
      'a primitive that a path selects',
      [{ type: 'fhirpath', expression: 'Patient.birthDate' }],
      { resourceType: 'Patient', birthDate: '2000', _birthDate: { extension } },
      0,
    ],
    ['what a path does not select', [{ type: 'fhirpath', expression: 'Patient.name' }], { resourceType: 'Patient', extension }, 1],
    [
      'another extension',
      [{ type: 'extension', expression: 'a:b' }],
      { resourceType: 'Patient', extension: [{ url: 'http://example.org/x', extension }] },
      1,
    ],
  ])('%s', async (_, context, resource, errors) => {
    const found = (await said(resource, colour(...context))).filter((line) => line.includes('is not allowed on'));
    expect(found).toHaveLength(errors);
  });

  test('where it would be right is said, contexts of other kinds with their kind', async () => {
    expect(await said({ resourceType: 'Patient', extension }, colour(element('Group'), { type: 'extension', expression: 'a:b' }))).toEqual([
      `error Patient: The extension ${base}colour is not allowed on Patient; expected on one of: Group, extension a:b`,
    ]);
  });

  test('a modifier is told where it stands wrongly, either way', async () => {
    const modifier = profileOf(
      'colour',
      'Extension',
      [
        { path: 'Extension', isModifier: true },
        { path: 'Extension.url', fixedUri: `${base}colour` },
      ],
      {
        context: [element('Element')],
      },
    );
    expect((await said({ resourceType: 'Patient', extension }, modifier)).join()).toContain(
      'stands in extension; expected it in modifierExtension',
    );
    expect((await said({ resourceType: 'Patient', modifierExtension: extension }, colour(element('Element')))).join()).toContain(
      'stands in modifierExtension; expected it in extension',
    );
  });
});

describe('an heir only narrows (profiling.html)', () => {
  const heir = (own: object, inherited: object): Resource[] => [
    profileOf('heir', 'Patient', [{ path: 'Patient.name', ...own }], { baseDefinition: `${base}strict` }),
    profileOf('strict', 'Patient', [{ path: 'Patient.name', ...inherited }]),
  ];
  const names = (count: number): Resource => ({
    resourceType: 'Patient',
    ...(count > 0 ? { name: Array.from({ length: count }, () => ({ text: 'abcd' })) } : {}),
  });
  const faults = async (own: object, inherited: object, count: number): Promise<number> =>
    (await errorsOf(names(count), heir(own, inherited))).length;

  test.each([
    ['a lower min', { min: 1 }, { min: 2 }, [1, 0, 0]],
    ['a higher min', { min: 2 }, { min: 1 }, [1, 0, 0]],
    ['a higher max', { max: '2' }, { max: '1' }, [0, 1, 1]],
    ['a lower max', { max: '1' }, { max: '2' }, [0, 1, 1]],
    ['any max', { max: '*' }, { max: '2' }, [0, 0, 1]],
    ['no number as max', { max: 'many' }, { max: '2' }, [0, 0, 1]],
  ])('%s', async (_, own, inherited, expected) => {
    expect([await faults(own, inherited, 1), await faults(own, inherited, 2), await faults(own, inherited, 3)]).toEqual(expected);
  });

  test('the smaller maxLength counts, an invariant of one key replaces that of the base', async () => {
    const text = (own: object, inherited: object): Resource[] => [
      profileOf('heir', 'Patient', [{ path: 'Patient.name.text', ...own }], { baseDefinition: `${base}strict` }),
      profileOf('strict', 'Patient', [{ path: 'Patient.name.text', ...inherited }]),
    ];
    const invariant = (expression: string, severity = 'error'): object => ({
      constraint: [{ key: 'a-1', severity, human: 'h', expression }],
    });
    expect(await errorsOf(names(1), text({ maxLength: 9 }, { maxLength: 3 }))).toHaveLength(1);
    expect(await errorsOf(names(1), text({ maxLength: 3 }, { maxLength: 9 }))).toHaveLength(1);
    expect(await errorsOf(names(1), text({ maxLength: 4 }, {}))).toEqual([]);
    expect(await errorsOf(names(1), text(invariant('true'), invariant('false')))).toEqual([]);
    expect(await errorsOf(names(1), text(invariant('false'), invariant('true')))).toHaveLength(1);
    expect((await check(names(1), text(invariant('false', 'warning'), {}))).issues).toEqual([
      expect.stringMatching(/^warning Patient\.name\[0\]\.text: a-1: h/),
    ]);
  });
});
