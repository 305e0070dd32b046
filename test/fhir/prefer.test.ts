/** The Prefer header: RFC 7240, http.html#ops. */
import { describe, expect, test } from '@jest/globals';
import { type Preferences, readPrefer } from '../../src/fhir/prefer.ts';

describe('Prefer', () => {
  const cases: [string | undefined, Preferences][] = [
    [undefined, {}],
    ['', {}],
    ['return=minimal', { return: 'minimal' }],
    ['return=representation', { return: 'representation' }],
    ['return=OperationOutcome', { return: 'OperationOutcome' }],
    ['return="minimal"', { return: 'minimal' }],
    ['Return = Minimal', { return: 'minimal' }],
    ['handling=lenient', { handling: 'lenient' }],
    ['return=minimal, handling=strict', { return: 'minimal', handling: 'strict' }],
    ['return=minimal; handling=strict', { return: 'minimal', handling: 'strict' }],
    ['respond-async, return=minimal', { return: 'minimal', async: true }],
    ['return=everything', {}],
    ['return=minimal, return=representation', { return: 'minimal' }],
    ['wait=10', {}],
  ];
  test.each(cases)('%j is read as %j', (header, preferences) => expect(readPrefer(header)).toEqual(preferences));
});
