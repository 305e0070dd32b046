import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../../src/fhir/resource.ts';
import { operationDefinitionRule } from '../../../src/validation/rules/definition/operation-definition.ts';
import { parameterProfileRule } from '../../../src/validation/rules/definition/parameter-profile.ts';
import { structureDefinitionRule } from '../../../src/validation/rules/definition/structure-definition.ts';
import { cpuClock } from '../../support/cpu.ts';
import { canonicalsAskedBy, placesTold, told } from './told.ts';

const standard = 'http://hl7.org/fhir/StructureDefinition/';

describe('StructureDefinitions', () => {
  const profile = (...element: object[]): Resource => ({
    resourceType: 'StructureDefinition',
    url: 'http://a.b/StructureDefinition/p',
    type: 'Observation',
    derivation: 'constraint',
    baseDefinition: `${standard}Observation`,
    differential: { element: [{ path: 'Observation' }, ...element] },
  });
  const at = 'StructureDefinition.differential.element[1]';
  const places = (...element: object[]): string[] => placesTold(structureDefinitionRule, profile(...element));

  test('a profile that narrows is right', () => {
    const right = profile(
      { path: 'Observation.subject', min: 1 },
      { path: 'Observation.value[x]', type: [{ code: 'Quantity' }], patternQuantity: { code: 'kg' } },
      { path: 'Observation.valueQuantity.code', min: 1 },
      {
        path: 'Observation.category',
        max: '1',
        slicing: {
          discriminator: [
            { type: 'pattern', path: '$this' },
            { type: 'value', path: 'coding.code' },
          ],
        },
      },
      { path: 'Observation.component.code.coding', min: 1 },
      { path: 'Observation.extension', type: [{ code: 'Extension' }], slicing: { discriminator: [{ type: 'value', path: 'url' }] } },
      { path: 'Observation.identifier.extension.value[x]' },
    );
    expect(told(structureDefinitionRule, right)).toEqual([]);
  });

  test.each([
    ['an element that the type does not have', { path: 'Observation.colour' }, ''],
    ['fewer than the type requires', { path: 'Observation.code', min: 0 }, '.min'],
    ['more than the type allows', { path: 'Observation.subject', max: '2' }, '.max'],
    ['no number that could be', { path: 'Observation.category', min: 2, max: '1' }, ''],
    ['a type that does not exist', { path: 'Observation.value[x]', type: [{ code: 'Number' }] }, '.type[0]'],
    ['a fixed value of another type', { path: 'Observation.status', type: [{ code: 'code' }], fixedString: 'final' }, '.fixed'],
    [
      'a pattern of another type',
      { path: 'Observation.code', type: [{ code: 'CodeableConcept' }], patternCoding: { code: 'a' } },
      '.pattern',
    ],
    [
      'a discriminator that leads nowhere',
      { path: 'Observation.extension', slicing: { discriminator: [{ type: 'value', path: 'type' }] } },
      '.slicing.discriminator[0]',
    ],
    [
      'a discriminator that filters',
      { path: 'Observation.category', slicing: { discriminator: [{ type: 'value', path: "coding.where(code='a')" }] } },
      '.slicing.discriminator[0]',
    ],
    [
      'an invariant that cannot be read',
      { path: 'Observation', constraint: [{ key: 'a', expression: 'code.exists(' }] },
      '.constraint[0].expression',
    ],
    [
      'an invariant of a function that does not exist',
      { path: 'Observation', constraint: [{ key: 'a', expression: 'nothing()' }] },
      '.constraint[0].expression',
    ],
    [
      'a key that is there twice',
      {
        path: 'Observation',
        constraint: [
          { key: 'a', expression: 'true' },
          { key: 'a', expression: 'true' },
        ],
      },
      '.constraint[1]',
    ],
  ])('%s is an error', (_, element, place) => expect(places(element)).toEqual([`error ${at}${place}`]));

  test('definitions of types are compared with nothing', () => {
    const logical = {
      ...profile({ path: 'Observation.colour' }),
      type: 'http://a.b/Thing',
      derivation: 'specialization',
      baseDefinition: `${standard}Element`,
    };
    expect(told(structureDefinitionRule, logical)).toEqual([]);
  });

  test('the base is known, and of the same type', () => {
    expect(placesTold(structureDefinitionRule, { ...profile(), baseDefinition: 'http://a.b/unknown' })).toEqual([
      'warning StructureDefinition.baseDefinition',
    ]);
    expect(placesTold(structureDefinitionRule, { ...profile(), baseDefinition: `${standard}Patient` })).toEqual([
      'error StructureDefinition.type',
    ]);
    expect(placesTold(structureDefinitionRule, { ...profile(), baseDefinition: 'http://a.b/StructureDefinition/p' })).toEqual([
      'error StructureDefinition.baseDefinition',
    ]);
    const known = { resourceType: 'StructureDefinition', url: 'http://a.b/known', type: 'Observation' };
    expect(placesTold(structureDefinitionRule, { ...profile(), baseDefinition: 'http://a.b/known' }, [known])).toEqual([]);
    expect(canonicalsAskedBy(structureDefinitionRule, profile())).toEqual([`StructureDefinition ${standard}Observation`]);
  });

  test('extensions: a context, one url', () => {
    const extension = (url: string, more: object): Resource => ({
      resourceType: 'StructureDefinition',
      url,
      type: 'Extension',
      derivation: 'constraint',
      baseDefinition: `${standard}Extension`,
      context: [{ type: 'element', expression: 'Patient' }],
      differential: { element: [{ path: 'Extension.url', fixedUri: url }] },
      ...more,
    });
    expect(told(structureDefinitionRule, extension('http://a.b/e', {}))).toEqual([]);
    expect(placesTold(structureDefinitionRule, extension('http://a.b/e', { context: [] }))).toEqual(['warning StructureDefinition']);
    expect(placesTold(structureDefinitionRule, extension('http://a.b/e', { context: [{ type: 'fhirpath', expression: 'a..b' }] }))).toEqual(
      ['error StructureDefinition.context[0].expression'],
    );
    expect(placesTold(structureDefinitionRule, extension('http://a.b/e', { contextInvariant: ['a..b'] }))).toEqual([
      'error StructureDefinition.contextInvariant[0]',
    ]);
    const derived = extension('http://a.b/f', { baseDefinition: 'http://a.b/e' });
    expect(placesTold(structureDefinitionRule, derived, [extension('http://a.b/e', {})])).toEqual([
      'error StructureDefinition.baseDefinition',
    ]);
  });

  test('a path of a hundred thousand steps is looked at in no time', () => {
    const spent = cpuClock();
    places({
      path: `Observation${'.extension'.repeat(100_000)}`,
      slicing: { discriminator: [{ type: 'value', path: '('.repeat(100_000) }] },
    });
    expect(spent()).toBeLessThan(3000);
  });
});

describe('OperationDefinitions', () => {
  const operation = (more: object): string[] =>
    placesTold(operationDefinitionRule, { resourceType: 'OperationDefinition', system: true, ...more });
  const named = (name: string, more: object = {}): object => ({ name, use: 'in', min: 0, max: '1', type: 'string', ...more });

  test.each([
    ['one that can be called nowhere', { system: false }, ['warning OperationDefinition']],
    ['one of types that it does not tell', { type: true }, ['warning OperationDefinition']],
    ['parameters of one name and use', { parameter: [named('a'), named('a')] }, ['error OperationDefinition.parameter[1]']],
    ['parameters of one name, in and out', { parameter: [named('a'), named('a', { use: 'out' })] }, []],
    [
      'parts of one name',
      { parameter: [named('a', { type: undefined, part: [named('b'), named('b')] })] },
      ['error OperationDefinition.parameter[0].part[1]'],
    ],
    ['an unknown type', { parameter: [named('a', { type: 'Number' })] }, ['error OperationDefinition.parameter[0].type']],
    ['no maximum', { parameter: [named('a', { max: 'many' })] }, ['error OperationDefinition.parameter[0].max']],
    ['more than the maximum', { parameter: [named('a', { min: 2 })] }, ['error OperationDefinition.parameter[0]']],
    [
      'codes of a boolean',
      { parameter: [named('a', { type: 'boolean', binding: { strength: 'required', valueSet: 'http://a.b' } })] },
      ['warning OperationDefinition.parameter[0].binding'],
    ],
  ])('%s', (_, more, expected) => expect(operation(more)).toEqual(expected));
});

describe('profiles on the Parameters of an operation agree with its parameters', () => {
  const profile = (parameter: object, resource: object = {}): Resource => ({
    resourceType: 'StructureDefinition',
    url: 'http://a.b/in',
    type: 'Parameters',
    differential: {
      element: [
        { id: 'Parameters.parameter', path: 'Parameters.parameter' },
        { id: 'Parameters.parameter:s', path: 'Parameters.parameter', sliceName: 's', ...parameter },
        { id: 'Parameters.parameter:s.name', path: 'Parameters.parameter.name', fixedString: 'thing' },
        { id: 'Parameters.parameter:s.value[x]', path: 'Parameters.parameter.value[x]', max: '0' },
        { id: 'Parameters.parameter:s.resource', path: 'Parameters.parameter.resource', ...resource },
      ],
    },
  });
  const operation = {
    resourceType: 'OperationDefinition',
    inputProfile: 'http://a.b/in',
    parameter: [
      { name: 'thing', use: 'out', min: 0, max: '*' },
      { name: 'thing', use: 'in', min: 1, max: '1', type: 'Patient' },
    ],
  };
  const places = (known: Resource): string[] => placesTold(parameterProfileRule, operation, [known]);
  const wrong = ['error OperationDefinition.parameter[1]'];

  test.each([
    ['the same', profile({ min: 1, max: '1' }, { type: [{ code: 'Patient' }] }), []],
    ['another min', profile({ min: 0 }), wrong],
    ['another max', profile({ max: '*' }), wrong],
    ['another type', profile({}, { type: [{ code: 'Group' }] }), wrong],
    ['a profile of something else', { ...profile({}), type: 'Patient' }, ['error OperationDefinition.inputProfile']],
  ])('%s', (_, known, expected) => expect(places(known)).toEqual(expected));
});
