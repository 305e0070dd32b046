import { expect, test } from '@jest/globals';
import { own } from '../../src/fhir/own.ts';

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'other'])('%s is not in a table that does not hold it', (key) => {
  expect(own({ held: 1 }, key)).toBeUndefined();
});
test('what a table holds is found', () => expect(own({ constructor: 1 as unknown }, 'constructor')).toBe(1));
