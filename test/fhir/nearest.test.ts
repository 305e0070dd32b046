import { describe, expect, test } from '@jest/globals';
import { nearest } from '../../src/fhir/nearest.ts';

const types = ['Patient', 'Practitioner', 'Observation', 'Organization', 'List'];

describe('the nearest known word', () => {
  test.each([
    ['patient', 'Patient'],
    ['Pateint', 'Patient'],
    ['Observations', 'Observation'],
    ['Organisation', 'Organization'],
    ['list', 'List'],
  ])('%s means %s', (word, meant) => expect(nearest(word, types)).toBe(meant));

  test.each(['xyz', '', 'Q'.repeat(100)])('%j means nothing known', (word) => expect(nearest(word, types)).toBeUndefined());
});
