import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '../../src/auth/policy.ts';
import { shippedPolicies } from '../../src/auth/shipped-policies.ts';
import { definitions } from '../support/repository.ts';

const isType = (name: string): boolean => definitions.isResourceType(name);

const policy = (more: object): unknown => ({ name: 'x', description: 'X.', rules: [], ...more });
const rule = (more: object): unknown => policy({ rules: [{ types: ['*'], rights: 'rs', patients: 'all', ...more }] });

describe('a policy', () => {
  test.each([
    ['no object', [], 'The whole'],
    ['an unknown name', policy({ role: 'x' }), 'role'],
    ['no name', policy({ name: undefined }), 'name'],
    ['a name that is no word', policy({ name: 'A b' }), 'name'],
    ['no description', policy({ description: ' ' }), 'description'],
    ['rules that are no list', policy({ rules: {} }), 'rules'],
    ['a rule that is no object', policy({ rules: ['x'] }), 'rules[0]'],
    ['an unknown type', rule({ types: ['Nothing'] }), 'rules[0].types'],
    ['rights out of order', rule({ rights: 'sr' }), 'rules[0].rights'],
    ['no rights', rule({ rights: '' }), 'rules[0].rights'],
    ['unknown patients', rule({ patients: 'some' }), 'rules[0].patients'],
    ['an unknown name in a rule', rule({ type: 'x' }), 'rules[0].type'],
    ['own patients without a relation', rule({ patients: 'own' }), 'own'],
    ['an unknown relation', policy({ own: ['friend'] }), 'own'],
    ['a label without its system', policy({ withheld: ['R'] }), 'withheld'],
    ['a flag that is a text', policy({ breakGlass: 'yes' }), 'breakGlass'],
  ])('with %s is refused, and told where', (_, value, at) => {
    expect(() => parsePolicy(value, isType)).toThrow(at);
  });

  test('is read with what it leaves out', () => {
    expect(parsePolicy(rule({}), isType)).toEqual({
      name: 'x',
      description: 'X.',
      rules: [{ types: ['*'], rights: ['r', 's'], patients: 'all' }],
      own: [],
      withheld: [],
      breakGlass: false,
      administers: false,
      custodian: false,
    });
  });

  test('comes with the server for practitioners, patients, related persons, administrators and systems', () => {
    const shipped = shippedPolicies(isType);
    expect([...shipped.keys()].sort().join(' ')).toBe(
      'administrator all-patients custodian emergency own-patients patient related-person system',
    );
    // Only these two go past what patients withhold: one without a reason, one with.
    expect([...shipped.values()].filter(({ custodian }) => custodian).map(({ name }) => name)).toEqual(['custodian']);
    expect([...shipped.values()].filter(({ breakGlass }) => breakGlass).map(({ name }) => name)).toEqual(['emergency']);
    expect(shipped.get('administrator')?.rules.every(({ patients }) => patients === 'none')).toBe(true);
  });
});
