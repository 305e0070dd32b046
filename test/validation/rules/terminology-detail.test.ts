/** CodeSystems, ValueSets, ConceptMaps, Measures: one rule at a time. */
import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../../src/fhir/resource.ts';
import { measureRule } from '../../../src/validation/rules/measure/measure.ts';
import { measureReportRule } from '../../../src/validation/rules/measure/report.ts';
import { codeSystemRule } from '../../../src/validation/rules/terminology/code-system.ts';
import { conceptMapRule } from '../../../src/validation/rules/terminology/concept-map.ts';
import { valueSetRule } from '../../../src/validation/rules/terminology/value-set.ts';
import { canonicalsAskedBy, placesTold, told } from './told.ts';

const system = (more: object): Resource => ({ resourceType: 'CodeSystem', content: 'complete', concept: [{ code: 'a' }], ...more });
const ofSystem = (more: object): string[] => told(codeSystemRule, system(more));
const standard = 'http://hl7.org/fhir/concept-properties#';

describe('CodeSystem.content and CodeSystem.count', () => {
  test.each([
    [{ content: 'complete', count: 1 }, 0],
    [{ content: 'complete', count: 2 }, 1],
    [{ content: 'complete', count: 3, concept: [] }, 1],
    [{ content: 'complete', count: 2, concept: [{ code: 'a' }, {}, { concept: [{ code: 'b' }] }] }, 0],
    [{ content: 'fragment', count: 1 }, 0],
    [{ content: 'fragment', count: 2 }, 0],
    [{ content: 'fragment', count: 0 }, 1],
    [{ content: 'fragment' }, 0],
    [{ content: 'example', count: 0 }, 0],
    [{ content: undefined, supplements: 'http://a.b' }, 0],
  ])('%j', (more, faults) => expect(ofSystem(more)).toHaveLength(faults));
});

describe('CodeSystem.property', () => {
  const declares = (...property: object[]): string[] => ofSystem({ property });

  test.each([
    [[{ code: 'a' }, { code: 'b' }, {}, {}], []],
    [
      [
        { code: 'a', uri: 'http://u' },
        { code: 'b', uri: 'http://u' },
      ],
      ['warning CodeSystem.property[1]: A property with the uri'],
    ],
    [[{ uri: `${standard}x` }, { uri: `${standard}x` }], ['error CodeSystem.property[1]: A property with the uri']],
    [[{ code: 'mine', uri: `${standard}parent`, type: 'code' }], []],
    [
      [{ code: 'child', uri: `${standard}parent`, type: 'code' }],
      ['error CodeSystem.property[0]: The code "child" is that of another property'],
    ],
    [[{ code: 'x', uri: `${standard}unheard-of`, type: 'code' }], []],
    [[{ code: 'parent', uri: 'http://u', type: 'string' }], []],
    [
      [{ code: 'parent', type: 'code' }],
      [
        `warning CodeSystem.property[0]: The property has the code of a property of the specification; expected its uri ${standard}parent too`,
      ],
    ],
  ])('%j', (property, expected) => expect(declares(...property)).toEqual(expected.map((line) => expect.stringContaining(line))));

  const holding = (property: object[], ...own: object[]): string[] => ofSystem({ property, concept: [{ code: 'a', property: own }] });
  test.each([
    ['of a type that is not declared', [{ code: 'x' }], { code: 'x', valueCode: 'v' }, 0],
    [
      'of the type of the first declaration',
      [
        { code: 'x', type: 'code' },
        { code: 'x', type: 'string' },
      ],
      { code: 'x', valueCode: 'v' },
      1,
    ],
    ['of the specification, undeclared', [], { code: 'comment', valueString: 'v' }, 0],
    ['undeclared', [], { code: 'x', valueString: 'v' }, 1],
    ['without a value', [], { code: 'x' }, 0],
    ['without a code', [], { valueString: 'x' }, 0],
    ['a date and time', [{ code: 'x', type: 'dateTime' }], { code: 'x', valueDateTime: '2020' }, 0],
    ['a parent that is no code', [{ code: 'parent', type: 'string', uri: 'http://u' }], { code: 'parent', valueString: 'z' }, 1],
    ['a parent of another type', [], { code: 'parent', valueInteger: 1 }, 0],
    ['a property that names anything', [{ code: 'x', type: 'code' }], { code: 'x', valueCode: 'z' }, 0],
    ['a child that is no code', [], { code: 'child', valueCode: 'z' }, 1],
    ['a child that is the concept itself', [], { code: 'child', valueCode: 'a' }, 0],
  ])('a concept holding one %s', (_, property, own, faults) => expect(holding(property, own)).toHaveLength(faults));

  test('what is declared is told as it would be written', () => {
    expect(holding([{ code: 'x', type: 'dateTime' }], { code: 'x', valueString: 'v' })).toEqual([
      'error CodeSystem.concept[0].property[0]: The property "x" is declared with the type dateTime; expected valueDateTime, not valueString',
    ]);
  });

  test('concepts within concepts are looked at', () => {
    const inner = { code: 'b', property: [{ code: 'x', valueCode: 'v' }] };
    expect(placesTold(codeSystemRule, system({ concept: [{ code: 'a', concept: [inner] }] }))).toEqual([
      'warning CodeSystem.concept[0].concept[0].property[0]',
    ]);
  });

  test('a Coding without system, or without code, and one of a system that is not known, prove nothing', () => {
    const coded = (valueCoding: object): Resource =>
      system({ property: [{ code: 'x', type: 'Coding' }], concept: [{ code: 'a', property: [{ code: 'x', valueCoding }] }] });
    const known = [system({ url: 'http://s', concept: [{ code: 'a', concept: [{ code: 'b' }] }] })];
    for (const coding of [{ code: 'z' }, { system: 'http://s' }, { system: 'http://t', code: 'z' }, { system: 'http://s', code: 'b' }])
      expect(told(codeSystemRule, coded(coding), known)).toEqual([]);
    expect(told(codeSystemRule, coded({ system: 'http://s', code: 'z' }), known)).toHaveLength(1);
    expect(canonicalsAskedBy(codeSystemRule, coded({ code: 'z' }))).toEqual([]);
  });

  test('filters without a code are told elsewhere', () => {
    const operator = ['='];
    expect(ofSystem({ filter: [{ operator }, { operator }, { code: 'x', operator }, { code: 'y', operator }] })).toEqual([]);
  });
});

describe('ValueSet.compose', () => {
  const set = (compose: object, more: object = {}): Resource => ({ resourceType: 'ValueSet', url: 'http://a.b/vs', compose, ...more });
  const filtered = (filter: object, known?: Resource, part = 'include'): string[] =>
    told(valueSetRule, set({ [part]: [{ system: 'http://s', filter: [filter] }] }), known === undefined ? [] : [known]);
  const known = system({
    url: 'http://s',
    property: [{ code: 'size', type: 'integer' }, { code: 'kind', type: 'code' }, { code: 'name', type: 'string' }, {}],
    filter: [{ code: 'special' }, { code: 'other' }],
    concept: [{ code: 'a', concept: [{ code: 'b' }] }],
  });

  test('what is excluded is looked at as what is included', () => {
    expect(filtered({ property: 'concept', op: 'is-a', value: 'z' }, known, 'exclude')).toEqual([
      'error ValueSet.compose.exclude[0].filter[0]: The filter on "concept" names "z", which is no code of http://s',
    ]);
    expect(placesTold(valueSetRule, set({ exclude: [{ system: '#x' }] }))).toEqual(['error ValueSet.compose.exclude[0]']);
  });

  test.each([
    ['special', '=', 'anything', 0],
    ['other', '=', 'anything', 0],
    ['size', '=', '+3', 0],
    ['size', '=', '3.0', 1],
    ['kind', '=', 'z', 0],
    ['kind', 'is-a', 'z', 1],
    ['name', '=', 'z', 0],
    ['code', '=', 'z', 0],
    ['parent', '=', 'b', 0],
    ['parent', '=', 'z', 1],
    ['child', '=', 'z', 1],
    ['concept', '=', 'z', 1],
    ['concept', 'in', 'a,b', 0],
    ['concept', 'in', 'y,z', 2],
    ['concept', 'not-in', 'a,z', 1],
    ['name', '=', 'a,b', 0],
    ['concept', 'descendent-of', 'z', 1],
    ['concept', 'is-not-a', 'z', 1],
    ['concept', 'generalizes', 'z', 1],
    ['concept', 'generalizes', 'b', 0],
    ['anything', 'exists', 'true', 0],
    ['anything', 'exists', 'TRUE', 1],
    ['code', 'regex', '[', 1],
    ['colour', '=', 'red', 1],
  ])('a filter %s %s %s', (property, op, value, faults) => expect(filtered({ property, op, value }, known)).toHaveLength(faults));

  test('a filter that lacks a part is told elsewhere', () => {
    for (const filter of [
      { property: 'size', op: '=' },
      { property: 'size', value: 'x' },
      { op: 'exists', value: 'x' },
    ])
      expect(filtered(filter, known)).toEqual([]);
  });

  test('what a system has is named, and a system without url is called so', () => {
    expect(filtered({ property: 'colour', op: '=', value: 'red' }, known)).toEqual([
      'warning ValueSet.compose.include[0].filter[0]: The code system has no property "colour"; expected concept, code, display, inactive, deprecated, notSelectable, parent, child, size, kind, name',
    ]);
    const long = system({ url: 'http://s', property: Array.from({ length: 30 }, (_, i) => ({ code: `p${i}`, type: 'string' })) });
    expect(filtered({ property: 'colour', op: '=', value: 'red' }, long)[0]?.split(', ')).toHaveLength(20);
  });

  test('codes without system are asked of none, those of value sets of the standard are refused', () => {
    expect(told(valueSetRule, set({ include: [{ concept: [{ code: '1' }, {}, {}] }] }))).toEqual([]);
    expect(told(valueSetRule, set({ include: [{ system: 'http://terminology.hl7.org/ValueSet/x' }] }))).toHaveLength(1);
    expect(told(valueSetRule, set({ include: [{ system: 'http://a.b/ValueSet/x' }] }))).toEqual([]);
  });

  test('a value set without url, or with something else than a canonical, includes nothing of itself', () => {
    expect(told(valueSetRule, set({ include: [{ valueSet: ['undefined', null] }] }, { url: undefined }))).toEqual([]);
    expect(told(valueSetRule, set({ include: [{ valueSet: [null, 'http://a.b/vs'] }] }))).toHaveLength(1);
    expect(told(valueSetRule, { resourceType: 'ValueSet', url: 'http://a.b/vs' })).toEqual([]);
  });

  test.each([
    ['a page of more', { total: 1, offset: 5 }, [{ code: 'a' }, { code: 'b' }], 0],
    ['more than the total', { total: 1 }, [{ code: 'a' }, { code: 'b' }], 1],
    ['no total', {}, [{ code: 'a' }], 0],
    ['a group without code', { total: 1 }, [{ display: 'g', contains: [{ code: 'a' }] }], 0],
    ['an abstract code', { total: 1 }, [{ code: 'g', abstract: true, contains: [{ code: 'a' }] }], 0],
    ['a code that groups others', { total: 1 }, [{ code: 'g', abstract: false, contains: [{ code: 'a' }] }], 1],
  ])('an expansion with %s', (_, more, contains, faults) => {
    const expansion = { identifier: 'i', parameter: [{ name: 'p' }], contains, ...more };
    expect(told(valueSetRule, { resourceType: 'ValueSet', expansion })).toHaveLength(faults);
  });

  test('other extensions declare no parameters, and are no expressions', () => {
    const expression = (url: string, value: object): object => ({ property: 'x', op: '=', _value: { extension: [{ url, ...value }] } });
    const cqf = 'http://hl7.org/fhir/StructureDefinition/cqf-expression';
    const fhirpath = { valueExpression: { language: 'text/fhirpath', expression: '%p' } };
    const declared = [{ url: 'http://other', extension: [{ url: 'name', valueCode: 'p' }] }];
    const places = (filter: object): number =>
      told(valueSetRule, set({ include: [{ system: 'http://s', filter: [filter] }] }, { extension: declared })).length;
    expect(places(expression(cqf, fhirpath))).toBe(1);
    expect(places(expression('http://other', fhirpath))).toBe(0);
    expect(places(expression(cqf, { valueString: '%p' }))).toBe(0);
    expect(places(expression(cqf, { valueExpression: { language: 'text/fhirpath', expression: '1 + 1' } }))).toBe(0);
  });
});

test('ConceptMaps: elements without code are told elsewhere', () => {
  const group = [{ source: 'http://s', target: 'http://t', element: [{}, {}, { code: 'a' }, { code: 'b' }] }];
  expect(told(conceptMapRule, { resourceType: 'ConceptMap', group })).toEqual([]);
});

describe('Measures and their reports', () => {
  const criteria = (language: string, expression: string): object => ({ criteria: { language, expression } });
  const ofMeasure = (more: object): string[] => placesTold(measureRule, { resourceType: 'Measure', ...more });

  test('FHIRPath of populations and of supplemental data can be read', () => {
    const wrong = criteria('text/fhirpath', '(');
    expect(ofMeasure({ group: [{ population: [wrong] }], supplementalData: [wrong] })).toEqual([
      'error Measure.group[0].population[0].criteria.expression',
      'error Measure.supplementalData[0].criteria.expression',
    ]);
    expect(
      ofMeasure({ group: [{ population: [criteria('text/fhirpath', 'true'), { criteria: { language: 'text/fhirpath' } }] }] }),
    ).toEqual([]);
    expect(ofMeasure({ group: [{ population: [criteria('text/other', '(')] }] })).toEqual([]);
  });

  test.each([
    [['#l'], 0],
    [['urn:uuid:1'], 0],
    [['Library/l'], 1],
    [['l#'], 1],
    [[], 1],
  ])('CQL with the libraries %j', (library, faults) => {
    expect(ofMeasure({ library, supplementalData: [criteria('text/cql.identifier', 'x')] })).toHaveLength(faults);
  });

  const coding = (code?: string, codeSystem?: string): object => ({
    code: { coding: [{ ...(codeSystem ? { system: codeSystem } : {}), ...(code ? { code } : {}) }] },
  });
  const text = (words: string): object => ({ code: { text: words } });
  const url = 'http://a.b/m';
  const compared = (wanted: object[], given: object[]): string[] =>
    told(measureReportRule, { resourceType: 'MeasureReport', type: 'summary', measure: url, group: given }, [
      { resourceType: 'Measure', url, group: wanted },
    ]).map((line) => line.replace('MeasureReport', 'M'));

  test.each([
    ['the same code of another system', [coding('a', 'http://s'), text('x')], [coding('a', 'http://t'), text('x')], 2],
    ['codes without system', [coding('a'), text('x')], [coding('a'), text('x')], 2],
    ['systems without code', [coding(undefined, 'http://s'), text('x')], [coding(undefined, 'http://s'), text('x')], 2],
    ['the same text', [text('x'), text('y')], [text('y'), text('x')], 0],
    ['another text', [text('x'), text('y')], [text('x'), text('z')], 2],
    ['one of two, told twice', [text('x'), text('y')], [text('x'), text('x'), text('y')], 1],
    ['a single one, told as another', [text('x')], [text('y')], 2],
    ['a single one, once with and once without a code', [text('x')], [text('x'), {}], 1],
  ])('groups with %s', (_, wanted, given, faults) => expect(compared(wanted, given)).toHaveLength(faults));

  test('a part is named by its code, its text or its id', () => {
    expect(compared([text('x'), { id: 'i' }, {}, coding('c', 'http://s')], []).map((line) => line.slice(line.indexOf('group "')))).toEqual([
      'group "x"; expected it in the report too',
      'group "i"; expected it in the report too',
      'group "without a code"; expected it in the report too',
      'group "c"; expected it in the report too',
    ]);
    expect(compared([text('x'), text('y')], [{}, text('z')]).slice(0, 2)).toEqual([
      "error M.group[0]: The group has no code that tells which of the measure's it is; expected the code that the measure has",
      'error M.group[1]: The measure has no group of this code; expected one of its codes',
    ]);
  });

  test('a report that names no measure is told elsewhere', () => {
    expect(told(measureReportRule, { resourceType: 'MeasureReport', group: [text('x')] })).toEqual([]);
  });

  test.each([
    [{ value: 0 }, 0],
    [{ value: 1 }, 0],
    [{ value: -0.1 }, 1],
    [{ value: 1.1 }, 1],
    [{ value: 0, unit: '%' }, 0],
    [{ value: 100, code: '%' }, 0],
    [{ value: 100.5, code: '%' }, 1],
    [{ value: -1, code: '%' }, 1],
    [{ value: 50, code: 'g', unit: '%' }, 1],
  ])('the proportion %j', (measureScore, faults) => {
    const scoring = {
      coding: [
        { system: 'http://other', code: 'cohort' },
        { system: 'http://terminology.hl7.org/CodeSystem/measure-scoring', code: 'proportion' },
      ],
    };
    const measure = { resourceType: 'Measure', url, group: [{}], scoring };
    const report = { resourceType: 'MeasureReport', type: 'summary', measure: url, group: [{ measureScore }] };
    expect(told(measureReportRule, report, [measure])).toHaveLength(faults);
  });
});
