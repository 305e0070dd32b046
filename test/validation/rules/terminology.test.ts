import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../../src/fhir/resource.ts';
import { codeSystemRule } from '../../../src/validation/rules/terminology/code-system.ts';
import { conceptMapRule } from '../../../src/validation/rules/terminology/concept-map.ts';
import { valueSetRule } from '../../../src/validation/rules/terminology/value-set.ts';
import { canonicalsAskedBy, codingsAskedBy, placesTold, told } from './told.ts';

const system = (more: object): Resource => ({ resourceType: 'CodeSystem', content: 'complete', concept: [{ code: 'a' }], ...more });
const ofSystem = (more: object): string[] => placesTold(codeSystemRule, system(more));

describe('CodeSystem.content says how much is here (codesystem-definitions.html#CodeSystem.content)', () => {
  test.each([
    ['complete, with concepts', {}, []],
    ['complete, without', { concept: [] }, ['warning CodeSystem']],
    ['not-present, with concepts', { content: 'not-present' }, ['error CodeSystem.concept[0]']],
    ['not-present, without', { content: 'not-present', concept: [] }, []],
    ['a count that differs', { count: 2 }, ['warning CodeSystem.count']],
    ['a count that counts the nested ones', { count: 2, concept: [{ code: 'a', concept: [{ code: 'b' }] }] }, []],
    ['a fragment larger than the whole', { content: 'fragment', count: 0 }, ['warning CodeSystem.count']],
    ['a supplement of nothing', { content: 'supplement' }, ['error CodeSystem']],
    ['a supplement', { content: 'supplement', supplements: 'http://a.b' }, []],
    ['supplements without being one', { supplements: 'http://a.b' }, ['error CodeSystem.content']],
  ])('%s', (_, more, expected) => expect(ofSystem(more)).toEqual(expected));
});

describe('properties of concepts', () => {
  const standard = 'http://hl7.org/fhir/concept-properties#';
  const declares = (...property: object[]): string[] => ofSystem({ property });

  test('those of the specification have its code and type', () => {
    expect(declares({ code: 'notSelectable', uri: `${standard}notSelectable`, type: 'boolean' })).toEqual([]);
    expect(declares({ code: 'notSelectable', uri: `${standard}notSelectable`, type: 'code' })).toEqual(['error CodeSystem.property[0]']);
    expect(declares({ code: 'inactive', uri: `${standard}notSelectable`, type: 'boolean' })).toEqual(['error CodeSystem.property[0]']);
    expect(declares({ code: 'notSelectable', type: 'boolean' })).toEqual(['warning CodeSystem.property[0]']);
  });

  test('each is declared once', () => {
    expect(declares({ code: 'x', type: 'code' }, { code: 'x', type: 'code' })).toEqual(['error CodeSystem.property[1]']);
    const uri = `${standard}status`;
    expect(declares({ code: 'status', uri, type: 'code' }, { code: 'y', uri, type: 'code' })).toEqual(['error CodeSystem.property[1]']);
  });

  test('values are of the declared type, and of a declared property', () => {
    const concept = (property: object): object => ({
      property: [{ code: 'x', type: 'string' }],
      concept: [{ code: 'a', property: [property] }],
    });
    expect(ofSystem(concept({ code: 'x', valueString: 'v' }))).toEqual([]);
    expect(ofSystem(concept({ code: 'x', valueCode: 'v' }))).toEqual(['error CodeSystem.concept[0].property[0]']);
    expect(ofSystem(concept({ code: 'z', valueCode: 'v' }))).toEqual(['warning CodeSystem.concept[0].property[0]']);
  });

  test('parents and children are codes of the system', () => {
    const property = [{ code: 'parent', uri: `${standard}parent`, type: 'code' }];
    const child = (valueCode: string): object => ({
      property,
      concept: [{ code: 'a' }, { code: 'b', property: [{ code: 'parent', valueCode }] }],
    });
    expect(ofSystem(child('a'))).toEqual([]);
    expect(ofSystem(child('c'))).toEqual(['error CodeSystem.concept[1].property[0]']);
    expect(ofSystem({ ...child('c'), content: 'fragment' })).toEqual([]);
  });
});

test('codings of properties are codes of their systems, where these are known as a whole', () => {
  const coded = (code: string): Resource =>
    system({
      property: [{ code: 'x', type: 'Coding' }],
      concept: [{ code: 'a', concept: [{ code: 'b', property: [{ code: 'x', valueCoding: { system: 'http://a.b', code } }] }] }],
    });
  const known = system({ url: 'http://a.b' });
  expect(placesTold(codeSystemRule, coded('a'), [known])).toEqual([]);
  expect(placesTold(codeSystemRule, coded('c'), [known])).toEqual(['error CodeSystem.concept[0].concept[0].property[0].value.code']);
  expect(placesTold(codeSystemRule, coded('c'), [{ ...known, content: 'fragment' }])).toEqual([]);
  expect(canonicalsAskedBy(codeSystemRule, coded('c'))).toEqual(['CodeSystem http://a.b']);
});

test('a filter of a code system is there once, and has operators', () => {
  const filter = [{ code: 'x', operator: ['='] }, { code: 'x', operator: ['='] }, { code: 'y' }];
  expect(ofSystem({ filter })).toEqual(['error CodeSystem.filter[1]', 'warning CodeSystem.filter[2]']);
});

describe('ValueSets (valueset.html#compositions)', () => {
  const set = (include: object, more: object = {}): Resource => ({
    resourceType: 'ValueSet',
    url: 'http://a.b/vs',
    compose: { include: [include] },
    ...more,
  });
  const include = 'ValueSet.compose.include[0]';

  test('systems are absolute, and code systems', () => {
    expect(told(valueSetRule, set({ system: 'http://a.b' }))).toEqual([]);
    expect(placesTold(valueSetRule, set({ system: '#a' }))).toEqual([`error ${include}`]);
    expect(placesTold(valueSetRule, set({ system: 'http://hl7.org/fhir/ValueSet/a' }))).toEqual([`error ${include}.system`]);
  });

  test('concepts are asked about in their system, twice the same is a warning', () => {
    const valueSet = set({ system: 'http://a.b', concept: [{ code: 'a' }, { code: 'a' }] });
    expect(placesTold(valueSetRule, valueSet)).toEqual([`warning ${include}.concept[1]`]);
    expect(codingsAskedBy(valueSetRule, valueSet)).toEqual([`http://a.b#a ${include}.concept[0], ${include}.concept[1]`]);
  });

  test('a code that cannot be one of its system is an error', () => {
    expect(placesTold(valueSetRule, set({ system: 'http://snomed.info/sct', concept: [{ code: '1' }, { code: '404684003' }] }))).toEqual([
      `error ${include}.concept[0]`,
    ]);
  });

  describe('filters (valueset.html#filters)', () => {
    const property = [
      { code: 'size', type: 'integer' },
      { code: 'weight', type: 'decimal' },
      { code: 'since', type: 'dateTime' },
    ];
    const known = system({
      url: 'http://a.b',
      property,
      filter: [{ code: 'special' }],
      concept: [{ code: 'a', concept: [{ code: 'b' }] }],
    });
    const filtered = (name: string, op: string, value: string): string[] =>
      placesTold(valueSetRule, set({ system: 'http://a.b', filter: [{ property: name, op, value }] }), [known]);

    test.each([
      ['concept', 'is-a', 'b'],
      ['concept', 'in', 'a, b'],
      ['size', '=', '3'],
      ['weight', '=', '1.5'],
      ['since', '=', '2020-01'],
      ['inactive', '=', 'true'],
      ['special', '=', 'whatever'],
      ['size', 'exists', 'false'],
      ['code', 'regex', 'a+'],
    ])('%s %s %s is right', (name, op, value) => expect(filtered(name, op, value)).toEqual([]));

    test.each([
      ['concept', 'is-a', 'c', 'error'],
      ['concept', 'in', 'a,c', 'error'],
      ['size', '=', 'large', 'error'],
      ['weight', '=', 'heavy', 'error'],
      ['since', '=', 'yesterday', 'error'],
      ['inactive', '=', 'yes', 'error'],
      ['size', 'exists', 'yes', 'error'],
      ['code', 'regex', '(', 'error'],
      ['colour', '=', 'red', 'warning'],
    ])('%s %s %s is not', (name, op, value, severity) => expect(filtered(name, op, value)).toEqual([`${severity} ${include}.filter[0]`]));

    test('of systems that are not known are checked as far as possible', () => {
      expect(placesTold(valueSetRule, set({ system: 'http://a.b', filter: [{ property: 'x', op: '=', value: 'y' }] }))).toEqual([]);
      expect(canonicalsAskedBy(valueSetRule, set({ system: 'http://a.b', filter: [{}] }))).toEqual(['CodeSystem http://a.b']);
      expect(canonicalsAskedBy(valueSetRule, set({ filter: [{}] }))).toEqual([]);
    });
  });

  test('one that includes itself is an error', () => {
    expect(placesTold(valueSetRule, set({ valueSet: ['http://a.b/other', 'http://a.b/vs|1'] }))).toEqual([`error ${include}.valueSet[1]`]);
  });

  test('expansions count their codes, but not what only groups them', () => {
    const contains = [{ abstract: true, contains: [{ code: 'a' }, { code: 'b' }] }];
    const expanded = (total: number): Resource => ({
      resourceType: 'ValueSet',
      expansion: { total, contains, identifier: 'i', parameter: [{ name: 'p' }] },
    });
    expect(told(valueSetRule, expanded(2))).toEqual([]);
    expect(placesTold(valueSetRule, expanded(1))).toEqual(['error ValueSet.expansion.total']);
    expect(placesTold(valueSetRule, { resourceType: 'ValueSet', expansion: {} })).toEqual([
      'warning ValueSet.expansion',
      'information ValueSet.expansion',
    ]);
  });

  test('expressions of filters are FHIRPath, and use declared parameters', () => {
    const parameter = {
      url: 'http://hl7.org/fhir/tools/StructureDefinition/valueset-parameter',
      extension: [{ url: 'name', valueCode: 'p' }],
    };
    const filtered = (language: string, expression: string): string[] => {
      const extension = [{ url: 'http://hl7.org/fhir/StructureDefinition/cqf-expression', valueExpression: { language, expression } }];
      return placesTold(
        valueSetRule,
        set({ system: 'http://a.b', filter: [{ property: 'x', op: '=', _value: { extension } }] }, { extension: [parameter] }),
      );
    };
    expect(filtered('text/fhirpath', '%p')).toEqual([]);
    expect(filtered('text/fhirpath', '%q')).toEqual([`error ${include}.filter[0].value.extension[0].value`]);
    expect(filtered('text/cql', '%p')).toEqual([`error ${include}.filter[0].value.extension[0].value`]);
  });
});

test('ConceptMaps: systems, each code once, targets with codes', () => {
  const group = {
    source: 'http://s',
    target: 'http://t',
    element: [
      { code: 'a', target: [{ code: 'b', equivalence: 'equal' }] },
      { code: 'c', target: [{ equivalence: 'unmatched' }] },
    ],
  };
  const map = (more: object): string[] => placesTold(conceptMapRule, { resourceType: 'ConceptMap', group: [{ ...group, ...more }] });
  expect(map({})).toEqual([]);
  expect(map({ source: undefined })).toEqual(['warning ConceptMap.group[0]']);
  expect(map({ target: undefined })).toEqual(['warning ConceptMap.group[0].element[0].target[0]']);
  expect(map({ element: [{ code: 'a' }, { code: 'a', target: [{ equivalence: 'equal' }] }] })).toEqual([
    'warning ConceptMap.group[0].element[1]',
    'warning ConceptMap.group[0].element[1].target[0]',
  ]);
});
