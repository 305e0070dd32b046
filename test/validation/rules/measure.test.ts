import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../../src/fhir/resource.ts';
import { measureRule } from '../../../src/validation/rules/measure/measure.ts';
import { measureReportRule } from '../../../src/validation/rules/measure/report.ts';
import { placesTold, told } from './told.ts';

const url = 'http://example.org/Measure/m';
const coded = (code: string): object => ({ code: { coding: [{ system: 'http://example.org/codes', code }] } });
const scoring = (code: string): object => ({
  scoring: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/measure-scoring', code }] },
});
const measure = (elements: object): Resource => ({ resourceType: 'Measure', url, status: 'active', ...elements });
const report = (elements: object): Resource => ({ resourceType: 'MeasureReport', type: 'summary', measure: url, ...elements });
const places = (wanted: object, given: object): string[] => placesTold(measureReportRule, report(given), [measure(wanted)]);

describe('Groups of a MeasureReport "match the codes of the measure" (measurereport-definitions.html#MeasureReport.group.code)', () => {
  const two = { group: [coded('a'), coded('b')] };

  test('all of them, whatever their order', () => {
    expect(places(two, { group: [coded('b'), coded('a')] })).toEqual([]);
  });

  test.each([
    ['unknown', [coded('a'), coded('c')], ['error MeasureReport.group[1]', 'error MeasureReport']],
    ['without a code', [coded('a'), {}], ['error MeasureReport.group[1]', 'error MeasureReport']],
    ['twice', [coded('a'), coded('b'), coded('a')], ['error MeasureReport.group[2]']],
    ['missing', [coded('b')], ['error MeasureReport']],
  ])('one that is %s is an error', (_, group, expected) => {
    expect(places(two, { group })).toEqual(expected);
  });

  test('a text is as good as a code', () => {
    const text = { code: { text: 'all' } };
    expect(places({ group: [text, coded('b')] }, { group: [text, coded('b')] })).toEqual([]);
  });

  test('the single group needs no code', () => {
    expect(places({ group: [coded('a')] }, { group: [{}] })).toEqual([]);
    expect(places({ group: [{}] }, { group: [coded('a')] })).toEqual([]);
    expect(places({ group: [{}] }, { group: [{ id: 'x' }, { id: 'y' }] })).toHaveLength(3);
    expect(places({ group: [coded('a')] }, { group: [coded('b')] })).toHaveLength(2);
  });

  test('a collection of data needs not all of them', () => {
    expect(places(two, { type: 'data-collection', group: [coded('a')] })).toEqual([]);
  });

  test('a measure without groups says nothing of them', () => {
    expect(places({}, { group: [coded('a')] })).toEqual([]);
  });

  test('populations and stratifiers are looked at alike, within their group', () => {
    const wanted = { group: [{ population: [coded('p'), coded('q')], stratifier: [coded('s'), coded('t')] }] };
    const given = { group: [{ population: [coded('p'), coded('x')], stratifier: [coded('s'), {}] }] };
    expect(places(wanted, given)).toEqual([
      'error MeasureReport.group[0].population[1]',
      'error MeasureReport.group[0]',
      'error MeasureReport.group[0].stratifier[1]',
      'error MeasureReport.group[0]',
    ]);
  });

  test('observations are no population of a report', () => {
    const observed = coded('measure-observation');
    expect(places({ group: [{ population: [coded('p'), observed] }] }, { group: [{ population: [coded('p')] }] })).toEqual([]);
  });

  test('a measure that is not known is worth a note', () => {
    expect(placesTold(measureReportRule, report({}))).toEqual(['information MeasureReport.measure']);
  });

  test('a contained measure counts', () => {
    const contained = { ...measure(two), id: 'm' };
    expect(placesTold(measureReportRule, report({ measure: '#m', contained: [contained], group: [coded('a')] }))).toEqual([
      'error MeasureReport',
    ]);
  });

  test('only a list of subjects tells subjects', () => {
    const wanted = { group: [{ population: [coded('p')] }] };
    const group = [{ population: [{ ...coded('p'), subjectResults: { reference: 'List/1' } }] }];
    expect(places(wanted, { group })).toEqual(['error MeasureReport.group[0].population[0]']);
    expect(places(wanted, { type: 'subject-list', group })).toEqual([]);
  });
});

describe('Scores go by Measure.scoring (valueset-measure-scoring.html)', () => {
  const score = (measureScore: object, code: string, type = 'summary'): string[] =>
    places({ ...scoring(code), group: [{}] }, { type, group: [{ measureScore }] });

  test('a cohort has none', () => {
    expect(score({ value: 1 }, 'cohort')).toEqual(['error MeasureReport.group[0].measureScore']);
    expect(places({ ...scoring('cohort'), group: [{}] }, { group: [{}] })).toEqual([]);
  });

  test('a collection of data has none', () => {
    expect(score({ value: 1 }, 'ratio', 'data-collection')).toEqual(['error MeasureReport.group[0].measureScore']);
  });

  test('a proportion is between 0 and 1, or a percentage', () => {
    expect(score({ value: 0.5 }, 'proportion')).toEqual([]);
    expect(score({ value: 50, unit: '%' }, 'proportion')).toEqual([]);
    expect(score({ value: 1.5 }, 'proportion')).toEqual(['error MeasureReport.group[0].measureScore.value']);
    expect(score({ value: 150, code: '%' }, 'proportion')).toEqual(['error MeasureReport.group[0].measureScore.value']);
    expect(score({ unit: '%' }, 'proportion')).toEqual(['error MeasureReport.group[0].measureScore']);
  });

  test('any other has a value', () => {
    expect(score({ value: 7 }, 'ratio')).toEqual([]);
    expect(score({ unit: 'd' }, 'continuous-variable')).toEqual(['error MeasureReport.group[0].measureScore']);
    expect(places({ ...scoring('ratio'), group: [{}] }, { group: [{}] })).toEqual(['warning MeasureReport.group[0]']);
  });

  test('a scoring of one’s own says nothing', () => {
    expect(places({ scoring: { text: 'mine' }, group: [{}] }, { group: [{ measureScore: {} }] })).toEqual([]);
  });
});

describe('Criteria of a Measure', () => {
  const criteria = (language: string, expression: string): object => ({ criteria: { language, expression } });
  const at = (elements: object): string[] => placesTold(measureRule, measure(elements));

  test('in CQL need a library, which a composite measure may lack', () => {
    const group = [{ population: [criteria('text/cql', 'x')], stratifier: [criteria('text/cql-identifier', 'y')] }];
    expect(at({ group })).toEqual(['error Measure.group[0].stratifier[0].criteria', 'warning Measure.group[0].population[0].criteria']);
    expect(at({ group, library: ['http://example.org/Library/l'] })).toEqual([]);
  });

  test('in FHIRPath can be read', () => {
    const component = [criteria('text/fhirpath', 'Patient.gender = ')];
    expect(at({ group: [{ stratifier: [{ component }] }], supplementalData: [criteria('text/fhirpath', 'Patient.gender')] })).toEqual([
      'error Measure.group[0].stratifier[0].component[0].criteria.expression',
    ]);
    expect(told(measureRule, measure({ group: [{ stratifier: [{ component }] }] }))[0]).toMatch(/cannot be read/);
  });

  test('in other languages are left alone', () => {
    expect(at({ group: [{ population: [criteria('text/plain', 'all of them')] }] })).toEqual([]);
  });
});
