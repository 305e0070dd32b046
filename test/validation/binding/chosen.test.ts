import { describe, expect, test } from '@jest/globals';
import type { Membership } from '../../../src/fhir/value-set/membership.ts';
import { answerBindings } from '../../../src/validation/binding/answer.ts';
import { Collected } from '../../../src/validation/collected.ts';
import type { Asking } from '../../../src/validation/knowledge.ts';
import type { BindingQuestion } from '../../../src/validation/validation.ts';

const system = 'http://example.org/colours';
const red: Membership = {
  result: 'yes',
  concept: {
    system,
    code: 'r',
    display: 'Red',
    designations: ['rouge'],
    abstract: false,
    inactive: false,
    properties: [],
    parents: [],
    children: [],
  },
};
const asking = { members: () => () => red } as unknown as Asking;

function told(display: string | undefined, more: Partial<BindingQuestion> = {}): string[] {
  const collected = new Collected();
  const value = { system, code: 'r', ...(display === undefined ? {} : { display }) };
  collected.ask({ valueSet: 'http://example.org/v', strength: 'required', type: 'Coding', value, at: 'x', isChosen: true, ...more });
  answerBindings(collected, asking);
  return collected.issues().map(({ severity, expression, diagnostics }) => `${severity} ${expression?.join()}: ${diagnostics}`);
}

describe('What was chosen from a value set', () => {
  test('is shown as the code is called there: by display or designation, whatever the case', () => {
    for (const display of [undefined, 'Red', ' red ', 'Rouge']) expect(told(display)).toEqual([]);
  });

  test('with another display is none of the choices', () => {
    expect(told('Blue')).toEqual(['error x: "r" of the value set http://example.org/v is shown as "Red", not as "Blue"']);
  });

  test('elsewhere the code alone decides', () => {
    expect(told('Blue', { isChosen: false })).toEqual([]);
  });
});
