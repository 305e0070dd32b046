/** The slim model of StructureDefinitions, on small definitions made here. */
import { describe, expect, test } from '@jest/globals';
import { type RawStructure, type SlimElement, type SlimType, slimTypes } from '../../src/fhir/slim.ts';

type RawElement = NonNullable<RawStructure['snapshot']>['element'][number];

const url = (name: string): string => `http://example.org/fhir/StructureDefinition/${name}`;

const structure = (element: readonly RawElement[], more: Partial<RawStructure> = {}): RawStructure => ({
  name: 'Thing',
  type: 'Thing',
  kind: 'resource',
  url: url('Thing'),
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/DomainResource',
  snapshot: { element: [{ path: 'Thing' }, ...element] },
  ...more,
});

const typeOf = (element: readonly RawElement[], name = 'Thing'): SlimType | undefined =>
  slimTypes(structure(element)).find((type) => type.name === name);

const slimElementOf = (element: RawElement): SlimElement | undefined => typeOf([element])?.elements[0];

describe('slimTypes', () => {
  test('names the type, its base and its canonical', () => {
    expect(typeOf([])).toEqual({ name: 'Thing', kind: 'resource', base: 'DomainResource', url: url('Thing'), elements: [] });
  });

  test('marks an abstract type', () => {
    expect(slimTypes(structure([], { abstract: true }))[0]?.abstract).toBe(true);
  });

  test('refuses a StructureDefinition without a snapshot by its canonical', () => {
    const { snapshot, ...differentialOnly } = structure([]);
    expect(snapshot).toBeDefined();
    expect(() => slimTypes(differentialOnly)).toThrow(`${url('Thing')} has no snapshot`);
  });

  test.each<[string, RawElement, SlimElement]>([
    ['leaves out defaults', { path: 'Thing.name', min: 0, max: '1', type: [{ code: 'string' }] }, { name: 'name', types: ['string'] }],
    ['keeps cardinality', { path: 'Thing.a', min: 1, max: '*', type: [{ code: 'code' }] }, { name: 'a', min: 1, max: -1, types: ['code'] }],
    ['keeps a numeric maximum', { path: 'Thing.a', max: '3', type: [{ code: 'code' }] }, { name: 'a', max: 3, types: ['code'] }],
    ['keeps a forbidden element', { path: 'Thing.a', max: '0', type: [{ code: 'code' }] }, { name: 'a', max: 0, types: ['code'] }],
    [
      'takes the suffix off a choice',
      { path: 'Thing.value[x]', type: [{ code: 'Quantity' }, { code: 'string' }] },
      { name: 'value', types: ['Quantity', 'string'], choice: true },
    ],
    [
      'calls a choice of one type a choice',
      { path: 'Thing.value[x]', type: [{ code: 'Quantity' }] },
      { name: 'value', types: ['Quantity'], choice: true },
    ],
    [
      'keeps the targets of a reference',
      { path: 'Thing.who', type: [{ code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Patient'] }] },
      { name: 'who', types: [{ code: 'Reference', targets: ['Patient'] }] },
    ],
    [
      'takes a reference to Resource as one to anything',
      { path: 'Thing.who', type: [{ code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Resource'] }] },
      { name: 'who', types: ['Reference'] },
    ],
    [
      'keeps the targets of a CodeableReference',
      { path: 'Thing.why', type: [{ code: 'CodeableReference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Condition'] }] },
      { name: 'why', types: [{ code: 'CodeableReference', targets: ['Condition'] }] },
    ],
    [
      'keeps summary and modifier',
      { path: 'Thing.a', isSummary: true, isModifier: true, type: [{ code: 'boolean' }] },
      { name: 'a', types: ['boolean'], summary: true, modifier: true },
    ],
    [
      'keeps a binding without its version',
      { path: 'Thing.a', type: [{ code: 'code' }], binding: { strength: 'required', valueSet: 'http://example.org/vs|4.0.1' } },
      { name: 'a', types: ['code'], binding: ['required', 'http://example.org/vs'] },
    ],
    [
      'drops a binding without a value set',
      { path: 'Thing.a', type: [{ code: 'code' }], binding: { strength: 'example' } },
      { name: 'a', types: ['code'] },
    ],
    [
      'reads the FHIR type behind a system type',
      {
        path: 'Thing.url',
        representation: ['xmlAttr'],
        type: [
          {
            code: 'http://hl7.org/fhirpath/System.String',
            extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type', valueUrl: 'uri' }],
          },
        ],
      },
      { name: 'url', types: ['uri'], xml: 'attribute' },
    ],
    [
      'takes the id of a resource for an id, though it is published as a string',
      {
        path: 'Thing.id',
        type: [
          {
            code: 'http://hl7.org/fhirpath/System.String',
            extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type', valueUrl: 'string' }],
          },
        ],
      },
      { name: 'id', types: ['id'] },
    ],
    [
      'knows XHTML',
      { path: 'Thing.div', representation: ['xhtml'], type: [{ code: 'xhtml' }] },
      { name: 'div', types: ['xhtml'], xml: 'xhtml' },
    ],
  ])('%s', (_sentence, raw, expected) => {
    expect(slimElementOf(raw)).toEqual(expected);
  });

  const nested: RawElement[] = [
    { path: 'Thing.part', max: '*', type: [{ code: 'BackboneElement' }] },
    { path: 'Thing.part.name', type: [{ code: 'string' }] },
    { path: 'Thing.part.piece', type: [{ code: 'BackboneElement' }] },
    { path: 'Thing.part.piece.size', type: [{ code: 'integer' }] },
    { path: 'Thing.part.part', max: '*', contentReference: '#Thing.part' },
    { path: 'Thing.other', contentReference: 'http://example.org/fhir/StructureDefinition/Thing#Thing.part.piece' },
  ];

  test('makes every inline structure a type named by its path', () => {
    expect(slimTypes(structure(nested)).map(({ name, kind, base }) => [name, kind, base])).toEqual([
      ['Thing', 'resource', 'DomainResource'],
      ['Thing.part', 'complex', 'BackboneElement'],
      ['Thing.part.piece', 'complex', 'BackboneElement'],
    ]);
  });

  test('gives each structure its own elements only, in their order', () => {
    expect(typeOf(nested)?.elements.map(({ name }) => name)).toEqual(['part', 'other']);
    expect(typeOf(nested, 'Thing.part')?.elements.map(({ name, types }) => [name, types])).toEqual([
      ['name', ['string']],
      ['piece', ['Thing.part.piece']],
      ['part', ['Thing.part']],
    ]);
  });

  test('resolves content references, relative and absolute, to the structure that they name', () => {
    expect(typeOf(nested)?.elements[1]?.types).toEqual(['Thing.part.piece']);
  });

  const length: RawElement = {
    path: 'length.value',
    type: [
      {
        code: 'http://hl7.org/fhirpath/System.String',
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/regex', valueString: '[0-9]+' }],
      },
    ],
  };

  test('keeps the regular expression of a primitive instead of its value element', () => {
    const primitive: RawStructure = {
      name: 'length',
      type: 'length',
      kind: 'primitive-type',
      url: url('length'),
      baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Element',
      snapshot: { element: [{ path: 'length' }, { path: 'length.extension', max: '*', type: [{ code: 'Extension' }] }, length] },
    };
    expect(slimTypes(primitive)).toEqual([
      {
        name: 'length',
        kind: 'primitive',
        base: 'Element',
        url: url('length'),
        elements: [{ name: 'extension', max: -1, types: ['Extension'] }],
        pattern: '[0-9]+',
      },
    ]);
  });
});
