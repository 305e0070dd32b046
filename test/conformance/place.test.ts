import { describe, expect, test } from '@jest/globals';
import type { Issue } from '../../src/fhir/outcome.ts';
import type { RecordedIssue } from './manifest.ts';
import { atSamePlace } from './place.ts';

const ours = (place: Partial<Issue>): Issue[] => [{ severity: 'error', code: 'structure', diagnostics: '', ...place }];
const theirs = (place: Partial<RecordedIssue>): RecordedIssue[] => [{ severity: 'error', ...place }];

describe('Two issues are at the same place', () => {
  test('when the path is the same, whatever stands in comments, type casts and filters', () => {
    expect(
      atSamePlace(
        ours({ expression: ['Bundle.entry[0].resource.value.code'] }),
        theirs({ expression: ['Bundle.entry[0].resource/*Observation/x*/.value.ofType(Quantity).code'] }),
      ),
    ).toBe(true);
  });

  test('when a fault of the text is in the same line', () => {
    expect(atSamePlace(ours({ location: ['line 15, column 3'] }), theirs({ diagnostics: '[15,40]' }))).toBe(true);
    expect(atSamePlace(ours({ location: ['line 15, column 3'] }), theirs({ details: { text: "'#' at Line 15 (path=x)" } }))).toBe(true);
    expect(atSamePlace(ours({ location: ['line 1, column 3'] }), theirs({ diagnostics: '[15,40]' }))).toBe(false);
  });

  test('when HL7 counts from one, as it does of references within a Bundle', () => {
    const theirPath = 'Bundle.entry[1].resource.author[1]';
    expect(atSamePlace(ours({ expression: ['Bundle.entry[0].resource.author[0]'] }), theirs({ expression: [theirPath] }))).toBe(true);
    const unreachable = theirs({ expression: ['Bundle.entry[2]'], details: { text: "Entry 'x' isn't reachable" } });
    expect(atSamePlace(ours({ expression: ['Bundle.entry[1]'] }), unreachable)).toBe(true);
    expect(atSamePlace(ours({ expression: ['Bundle.entry[1]'] }), theirs({ expression: ['Bundle.entry[2]'] }))).toBe(false);
  });

  test('when HL7 names the first entry for the fullUrl of any', () => {
    const fullUrl = theirs({ expression: ['Bundle.entry[0]'], details: { text: "The fullUrl 'x' is wrong" } });
    expect(atSamePlace(ours({ expression: ['Bundle.entry[3]'] }), fullUrl)).toBe(true);
    expect(atSamePlace(ours({ expression: ['Bundle.entry[3].resource'] }), fullUrl)).toBe(false);
  });

  test('not when one is of another item, or of the parent', () => {
    expect(atSamePlace(ours({ expression: ['Patient.name[0]'] }), theirs({ expression: ['Patient.name[1]'] }))).toBe(false);
    expect(atSamePlace(ours({ expression: ['Patient.name[0]'] }), theirs({ expression: ['Patient'] }))).toBe(false);
  });

  test('not when one of them is only a warning', () => {
    const expression = ['Patient'];
    expect(atSamePlace(ours({ expression, severity: 'warning' }), theirs({ expression }))).toBe(false);
    expect(atSamePlace(ours({ expression }), theirs({ expression, severity: 'warning' }))).toBe(false);
  });
});
