/** Elements of StructureDefinitions, parameters of OperationDefinitions, expressions of SearchParameters: one rule at a time. */
import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../../src/fhir/resource.ts';
import { childOf, targetOf } from '../../../src/validation/rules/definition/element-path.ts';
import { operationDefinitionRule } from '../../../src/validation/rules/definition/operation-definition.ts';
import { parameterProfileRule } from '../../../src/validation/rules/definition/parameter-profile.ts';
import { structureDefinitionRule } from '../../../src/validation/rules/definition/structure-definition.ts';
import { searchParameterRule } from '../../../src/validation/rules/search-parameter/search-parameter.ts';
import { canonicalsAskedBy, definitions, told } from './told.ts';

const standard = 'http://hl7.org/fhir/StructureDefinition/';
const system = 'http://hl7.org/fhirpath/System.';
const profile = (elements: readonly object[], more: object = {}): Resource => ({
  resourceType: 'StructureDefinition',
  url: 'http://a.b/StructureDefinition/p',
  type: 'Observation',
  derivation: 'constraint',
  baseDefinition: `${standard}Observation`,
  differential: { element: elements },
  ...more,
});
const lines = (resource: Resource, known: readonly Resource[] = []): string[] =>
  told(structureDefinitionRule, resource, known).map((line) => line.replace('StructureDefinition', 'S'));
const said = (...elements: object[]): string[] => lines(profile(elements)).map((line) => line.replace('.differential.element[0]', '!'));

describe('ElementDefinition.type', () => {
  test.each([
    [`${system}String`, 0],
    ['http://a.b/StructureDefinition/Logical', 0],
    ['Quantity', 0],
    ['Patient', 0],
    ['Number', 1],
    ['string!', 1],
  ])('%s', (code, faults) => expect(said({ path: 'Observation.value[x]', type: [{ code }] })).toHaveLength(faults));

  test('a type without a code is told elsewhere', () => expect(said({ path: 'Observation.value[x]', type: [{}] })).toEqual([]));
});

describe('ElementDefinition.fixed[x], pattern[x], defaultValue[x], minValue[x], maxValue[x] are of the type of the element', () => {
  const valued = (types: readonly string[], value: object): string[] =>
    said({ path: 'Observation.value[x]', type: types.map((code) => ({ code })), ...value });

  test.each([
    ['one of several types', ['string', 'Quantity'], { patternQuantity: {} }, true],
    ['none of several types', ['string', 'Quantity'], { patternCoding: {} }, false],
    ['of no type that is told', [], { patternCoding: {} }, true],
    ['a System type by its own', [`${system}String`], { fixedString: 'a' }, true],
    ['a System type by one of FHIR', [`${system}String`], { fixedUri: 'a' }, true],
    ['a kind of Quantity as Quantity', ['Age'], { patternQuantity: {} }, true],
    ['a kind of Quantity by its own name', ['Age'], { patternAge: {} }, true],
    ['a kind of Quantity as something else', ['Age'], { patternString: 'a' }, false],
    ['a string as a Quantity', ['string'], { patternQuantity: {} }, false],
    ['a logical type', ['http://a.b/Logical'], { patternString: 'a' }, true],
    ['a default of another type', ['string'], { defaultValueInteger: 1 }, false],
    ['a least value of another type', ['string'], { minValueInteger: 1 }, false],
    ['a greatest value of another type', ['string'], { maxValueInteger: 1 }, false],
  ])('%s', (_, types, value, isRight) => expect(valued(types, value)).toHaveLength(isRight ? 0 : 1));

  test('what would be right is named, up to five types', () => {
    const types = ['string', 'code', 'uri', 'Coding', 'Range', 'Ratio'];
    expect(valued(types, { fixedInteger: 1 })).toEqual([
      'error S!.fixed: The value is of type Integer; expected that of the element: string, code, uri, Coding, Range',
    ]);
  });
});

describe('invariants of elements', () => {
  const constrained = (...constraint: object[]): string[] => said({ path: 'Observation', constraint });

  test('those without key or expression are told elsewhere', () => {
    expect(constrained({}, {}, { key: 'a' }, { expression: 'true' })).toEqual([]);
    expect(constrained({ key: 'a', expression: 'true' }, { key: 'b', expression: 'true' })).toEqual([]);
  });

  test('one that cannot be read is named', () => {
    expect(constrained({ key: 'a', expression: '(' })[0]).toContain('The invariant "a" cannot be read: ');
  });
});

describe('a profile narrows cardinalities (profiling.html#cardinality)', () => {
  test.each([
    ['as many as the type requires', { path: 'Observation.code', min: 1 }, 0],
    ['a slice that is not required', { path: 'Observation.code', sliceName: 's', min: 0 }, 0],
    ['fewer than the type requires', { path: 'Observation.code', min: 0 }, 1],
    ['as many as the type allows', { path: 'Observation.subject', max: '1' }, 0],
    ['any number where the type allows that', { path: 'Observation.category', max: '*' }, 0],
    ['any number where the type allows one', { path: 'Observation.subject', max: '*' }, 1],
    ['exactly so many', { path: 'Observation.category', min: 2, max: '2' }, 0],
    ['at least some, of any number', { path: 'Observation.category', min: 2, max: '*' }, 0],
    ['more than none at all', { path: 'Observation.category', min: 1, max: '0' }, 1],
    ['of an element of an unknown type', { path: 'Thing.category', min: 0 }, 0],
    ['of the root', { path: 'Observation', min: 0, max: '*' }, 0],
    ['within a resource of any type', { path: 'Observation.contained.name', min: 0 }, 0],
    ['neither', { path: 'Observation.code' }, 0],
  ])('%s', (_, element, faults) => expect(said(element)).toHaveLength(faults));

  test('the snapshot is looked at too; definitions of other types are not', () => {
    const wrong = [{ path: 'Observation.colour' }];
    expect(lines({ ...profile([]), snapshot: { element: wrong } })).toEqual([
      'error S.snapshot.element[0]: There is no element "Observation.colour" in the type; expected one that it has',
    ]);
    expect(lines(profile(wrong, { derivation: 'specialization' }))).toEqual([]);
    expect(lines(profile(wrong, { type: 'http://a.b/Thing' }))).toEqual([
      expect.stringContaining('A constraint is of the type of its base'),
    ]);
  });
});

describe('paths of elements', () => {
  const typesAt = (path: string): unknown => {
    const target = targetOf(definitions, path);
    return target === undefined || target === 'unknown' ? target : target.types.join(' ');
  };

  test.each([
    ['Observation.value[x]', expect.stringContaining('Quantity CodeableConcept string')],
    ['Observation.value', expect.stringContaining('Quantity CodeableConcept string')],
    ['Observation.valueQuantity', 'Quantity'],
    ['Observation.valueQuantity.value', 'decimal'],
    ['Observation.status.value', ''],
    ['Observation.status.id', 'string'],
    ['Observation.status.extension.url', 'uri'],
    ['Observation.status.other', undefined],
    ['Observation.code.other', undefined],
    ['Observation.code.coding.value', undefined],
    ['Observation.contained', 'Resource'],
    ['Observation.contained.id', 'unknown'],
    ['Nothing.id', 'unknown'],
  ])('%s', (path, types) => expect(typesAt(path)).toEqual(types));

  test('of several types, any may have the child', () => {
    expect(childOf(definitions, ['Quantity', 'Coding'], 'display')?.types).toEqual(['string']);
    expect(childOf(definitions, ['Quantity', 'Coding'], 'nothing')).toBeUndefined();
  });
});

describe('the path of a discriminator: element names, extension(url), resolve(), ofType(type) (profiling.html#discriminator)', () => {
  const sliced = (path: string | undefined, ...ways: (string | undefined)[]): string[] =>
    said({ ...(path === undefined ? {} : { path }), slicing: { discriminator: ways.map((way) => ({ type: 'value', path: way })) } });

  test.each([
    ['Observation.category', '$this', 0],
    ['Observation.category', '$this.coding.code', 0],
    ['Observation.subject', 'resolve()', 0],
    ['Observation.subject', 'resolve().name.family', 0],
    ['Observation.component', 'value.ofType(Quantity).code', 0],
    ['Observation.component', 'value[x]', 0],
    ['Observation.component', "extension('http://a.b/c.d').value", 0],
    ['Observation.component', 'extension("http://a.b").value', 0],
    ['Observation.component', "extension('http://a.b').value.nothing", 0],
    ['Observation.contained', 'anything.at.all', 0],
    ['Thing.part', 'anything', 0],
    ['Observation.status', 'value', 1],
    ['Observation.category', 'coding.colour', 1],
    ['Observation.category', 'coding.code.', 1],
    ['Observation.category', 'coding.first()', 1],
    ['Observation.category', "coding.where(a.b = 'c')", 1],
    ['Observation.category', 'coding..code', 1],
  ])('of %s: %s', (path, way, faults) => expect(sliced(path, way)).toHaveLength(faults));

  test('without a path, and of an element without one, nothing is said', () => {
    expect(sliced('Observation.category', undefined)).toEqual([]);
    expect(told(structureDefinitionRule, profile([{ slicing: { discriminator: [{ path: 'colour' }] } }], { derivation: 'x' }))).toEqual([]);
  });

  test('what is not allowed is named by its step', () => {
    expect(sliced('Observation.category', "coding.where(a.b = 'c').code")).toEqual([
      expect.stringMatching(/^error S!\.slicing\.discriminator\[0\]: "where\(a\.b = 'c'\)" is not allowed/),
    ]);
    expect(sliced('Observation.category', 'coding.colour')[0]).toContain('"coding.colour" leads nowhere from "Observation.category"');
  });
});

describe('bases and contexts of StructureDefinitions', () => {
  const known = (more: object): Resource => ({ resourceType: 'StructureDefinition', url: 'http://a.b/known', ...more });
  const based = (more: object, ...others: Resource[]): string[] => lines(profile([], more), others);

  test.each([
    ['none', { baseDefinition: undefined }, []],
    ['one of the standard, with its version', { baseDefinition: `${standard}Observation|4.0.1` }, []],
    ['one of the standard that does not exist', { baseDefinition: `${standard}Nothing` }, ['warning S.baseDefinition']],
    ['itself, in some version', { baseDefinition: 'http://a.b/StructureDefinition/p|1' }, ['error S.baseDefinition']],
    ['a known one that tells no type', { baseDefinition: 'http://a.b/known' }, []],
    ['a specialization of another type', { baseDefinition: `${standard}DomainResource`, derivation: 'specialization' }, []],
    ['another type, its own untold', { baseDefinition: `${standard}Patient`, type: undefined }, []],
    ['another type', { baseDefinition: `${standard}Patient` }, ['error S.type']],
  ])('%s', (_, more, expected) => {
    expect(based(more, known({})).map((line) => line.slice(0, line.indexOf(': ')))).toEqual(expected);
  });

  test('the base is asked for, unless it is the definition itself', () => {
    expect(canonicalsAskedBy(structureDefinitionRule, profile([]))).toEqual([`StructureDefinition ${standard}Observation`]);
    expect(canonicalsAskedBy(structureDefinitionRule, profile([], { baseDefinition: 'http://a.b/StructureDefinition/p' }))).toEqual([]);
  });

  const url = (fixedUri: string | undefined, view = 'differential', path = 'Extension.url'): object => ({
    differential: undefined,
    [view]: {
      element: [
        { path: 'Extension', fixedUri: 'http://other' },
        { path, ...(fixedUri === undefined ? {} : { fixedUri }) },
      ],
    },
  });
  test.each([
    ['the same url', url('http://u'), url('http://u'), 0],
    ['another url', url('http://u'), url('http://v'), 1],
    ['another url, by the snapshot of the base', url('http://u', 'snapshot'), url('http://v'), 1],
    ['another url, by its own snapshot', url('http://u'), url('http://v', 'snapshot'), 1],
    ['a base without url', url(undefined), url('http://v'), 0],
    ['without url', url('http://u'), url(undefined), 0],
    ['the url of something within', url('http://u'), url('http://v', 'differential', 'Extension.extension.url'), 0],
  ])('an extension derived with %s', (_, base, own, faults) => {
    const more = { type: 'Extension', baseDefinition: 'http://a.b/known', context: [{ type: 'element', expression: 'Patient' }], ...own };
    expect(based(more, known({ type: 'Extension', ...base }))).toHaveLength(faults);
    expect(
      based({ ...more, type: 'Observation' }, known({ type: 'Observation', ...base })).filter((line) => line.includes('fixes the url')),
    ).toEqual([]);
  });

  const inContext = (context: object[], more: object = {}): string[] =>
    based({ type: 'Extension', baseDefinition: `${standard}Extension`, context, ...more });
  test.each([
    [
      'on every element',
      [{ type: 'element', expression: 'Element' }],
      ['warning S.context[0]: The extension may be used on every element'],
    ],
    ['on extensions of the name Element', [{ type: 'extension', expression: 'Element' }], []],
    ['on one type', [{ type: 'element', expression: 'Patient' }], []],
    [
      'by a path that cannot be read',
      [{ type: 'fhirpath', expression: '(' }],
      ['error S.context[0].expression: The context cannot be read'],
    ],
    ['by a path that is none of FHIRPath', [{ type: 'element', expression: '(' }], []],
    ['by a path that is missing', [{ type: 'fhirpath' }], []],
    ['by none', [], ['warning S: An extension should tell where it may be used']],
  ])('an extension to be used %s', (_, context, expected) => {
    expect(inContext(context)).toEqual(expected.map((line) => expect.stringContaining(line)));
  });

  test('invariants of contexts can be read, all of them', () => {
    expect(inContext([{ type: 'element', expression: 'Patient' }], { contextInvariant: ['true', 1, '('] })).toEqual([
      expect.stringContaining('error S.contextInvariant[2]: The invariant of the context cannot be read'),
    ]);
    expect(lines(profile([], { derivation: 'specialization', type: 'Extension', baseDefinition: `${standard}Element` }))).toEqual([]);
  });
});

describe('OperationDefinitions', () => {
  const operation = (more: object): string[] =>
    told(operationDefinitionRule, { resourceType: 'OperationDefinition', system: true, ...more }).map((line) =>
      line.replace('OperationDefinition', 'O'),
    );
  const parameter = (more: object): string[] => operation({ parameter: [{ name: 'a', use: 'in', ...more }] });
  const binding = { strength: 'required', valueSet: 'http://a.b' };

  test.each([
    [{ system: false, instance: true, resource: ['Patient'] }, 0],
    [{ system: false, instance: true }, 1],
    [{ system: false, type: true, resource: ['Patient'] }, 0],
    [{ resource: ['Patient'] }, 0],
    [{ system: false }, 1],
  ])('levels: %j', (more, faults) => expect(operation(more)).toHaveLength(faults));

  test.each([
    [{ min: 1, max: '1' }, 0],
    [{ min: 2, max: '1' }, 1],
    [{ min: 9, max: '*' }, 0],
    [{ min: 9 }, 0],
    [{ max: '0' }, 0],
    [{ max: '1a' }, 1],
    [{ min: 1, max: 'x' }, 1],
    [{ type: 'Any' }, 0],
    [{ type: 'Nothing' }, 1],
    [{ binding }, 0],
    [{ binding, type: 'code' }, 0],
    [{ binding, type: 'uri' }, 0],
    [{ binding, type: 'boolean' }, 1],
    [{ type: 'boolean' }, 0],
  ])('the parameter %j', (more, faults) => expect(parameter(more)).toHaveLength(faults));
});

describe('profiles on Parameters: "the profile shall not conflict with what is specified in the parameters" (OperationDefinition.inputProfile)', () => {
  const slice = (id: string, more: object): object => ({ id: `Parameters.parameter:s${id}`, path: 'Parameters.parameter', ...more });
  const parameters = (elements: object[], view = 'differential'): Resource => ({
    resourceType: 'StructureDefinition',
    url: 'http://a.b/in',
    type: 'Parameters',
    [view]: { element: elements },
  });
  const compared = (elements: object[], more: object = {}, view = 'differential', name = 'inputProfile'): string[] => {
    const parameter = [{ name: 'thing', use: name === 'inputProfile' ? 'in' : 'out', min: 0, max: '1', type: 'string', ...more }];
    return told(parameterProfileRule, { resourceType: 'OperationDefinition', [name]: 'http://a.b/in', parameter }, [
      parameters(elements, view),
    ]);
  };
  const named = slice('.name', { fixedString: 'thing' });

  test.each([
    ['the name by a pattern', [slice('', { min: 1 }), slice('.name', { patternString: 'thing' })], 1],
    ['another name', [slice('', { min: 1 }), slice('.name', { fixedString: 'other' })], 0],
    [
      'no slices',
      [
        { id: 'Parameters.parameter', min: 1 },
        { id: 'Parameters', min: 3 },
      ],
      0,
    ],
    ['the same type of a value', [named, slice('.value[x]', { type: [{ code: 'string' }] })], 0],
    ['another type of a value', [named, slice('.value[x]', { type: [{ code: 'code' }] })], 1],
    ['one of several types', [named, slice('.value[x]', { type: [{ code: 'code' }, { code: 'string' }] })], 0],
    ['types of what is not allowed', [named, slice('.value[x]', { max: '0', type: [{ code: 'code' }] })], 0],
    ['a type without code', [named, slice('.value[x]', { type: [{}] })], 0],
    ['types of a part', [named, slice('.part', { type: [{ code: 'code' }] })], 0],
  ])('%s', (_, elements, faults) => expect(compared(elements)).toHaveLength(faults));

  test('a general type is any, a parameter without type is none', () => {
    const typed = [named, slice('.value[x]', { type: [{ code: 'code' }] })];
    for (const type of ['Any', 'Element', 'Resource', 'DomainResource', undefined]) expect(compared(typed, { type })).toEqual([]);
  });

  test('a snapshot counts where there is no differential, an outputProfile for what comes out', () => {
    expect(compared([named, slice('', { min: 1 })], {}, 'snapshot')).toHaveLength(1);
    expect(compared([named, slice('', { min: 1 })], {}, 'differential', 'outputProfile')).toHaveLength(1);
    expect(compared([named, slice('', { min: 1 })], { use: 'out' })).toEqual([]);
    expect(canonicalsAskedBy(parameterProfileRule, { resourceType: 'OperationDefinition' })).toEqual([]);
  });

  test('what differs is told with both', () => {
    expect(compared([named, slice('', { min: 1, max: '*' })])).toEqual([
      'error OperationDefinition.parameter[0]: The min of the parameter is 0, but that of the inputProfile is 1; expected the same',
      'error OperationDefinition.parameter[0]: The max of the parameter is 1, but that of the inputProfile is *; expected the same',
    ]);
  });
});

describe('the expression of a SearchParameter begins with one of its bases', () => {
  const parameter = (more: object): Resource => ({ resourceType: 'SearchParameter', type: 'string', ...more });
  const faults = (base: string, expression: string): number => told(searchParameterRule, parameter({ base: [base], expression })).length;

  test.each([
    ['Organization', "Patient.name.where(use = 'official')", 1],
    ['Organization', 'Patient.name[0]', 1],
    ['Organization', '(Observation.value as Quantity)', 1],
    ['Organization', 'Patient.name', 1],
    ['Organization', 'name', 0],
    ['Organization', 'exists()', 0],
    ['Organization', "'text'", 0],
    ['Patient', 'Resource.id', 0],
    ['Patient', 'DomainResource.text', 0],
    ['Patient', 'Organization.name | (Group.name | Patient.name)', 0],
    ['Patient', 'Organization.name & Group.name', 0],
    ['HumanName', 'Patient.name', 0],
  ])('of %s: %s', (base, expression, expected) => expect(faults(base, expression)).toBe(expected));

  test('a parameter may be derived from one for all resources, and leave out what it takes over', () => {
    const url = 'http://a.b/general';
    const derived = (general: object, more: object): number =>
      told(searchParameterRule, parameter({ derivedFrom: url, base: ['Patient'], ...more }), [parameter({ url, ...general })]).length;
    expect(derived({ base: ['Resource'] }, {})).toBe(0);
    expect(derived({ base: ['DomainResource'] }, {})).toBe(0);
    expect(derived({ base: ['Group'] }, {})).toBe(1);
    expect(derived({ base: ['Patient'], type: undefined }, {})).toBe(0);
    expect(derived({ base: ['Patient'] }, { type: undefined })).toBe(0);
    expect(derived({ base: ['Patient'] }, { type: 'token' })).toBe(1);
    expect(derived({ base: ['Patient'], expression: 'Patient.name' }, {})).toBe(0);
    expect(derived({ base: ['Patient'] }, { expression: 'Patient.name' })).toBe(0);
    expect(canonicalsAskedBy(searchParameterRule, parameter({}))).toEqual([]);
  });
});
