/** The systems of plain codes. https://hl7.org/fhir/R4/search.html#token */
import { describe, expect, test } from '@jest/globals';
import { impliedSystems } from '../../src/fhir/implied-system.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { SlimType } from '../../src/fhir/slim.ts';
import { readCodeSystem } from '../../src/fhir/value-set/code-system.ts';
import type { RawValueSet } from '../../src/fhir/value-set/value-set.ts';

const element = (type: string, valueSet: string) => ({
  name: valueSet,
  types: [type],
  binding: ['required', `urn:set:${valueSet}`] as const,
});

const types = [
  {
    name: 'Thing',
    kind: 'complex',
    abstract: false,
    url: 'urn:thing',
    elements: [
      element('code', 'one'),
      element('code', 'two'),
      element('code', 'nested'),
      element('code', 'unknown'),
      element('Coding', 'coded'),
    ],
  },
] as unknown as readonly SlimType[];

const set = (name: string, include: NonNullable<RawValueSet['compose']>['include']): [string, RawValueSet] => [
  `urn:set:${name}`,
  { url: `urn:set:${name}`, compose: { include: include ?? [] } },
];

const sets = new Map([
  set('one', [{ system: 'urn:a' }]),
  set('two', [
    { system: 'urn:a', concept: [{ code: '1' }] },
    { system: 'urn:b', concept: [{ code: '2' }] },
  ]),
  set('nested', [{ valueSet: ['urn:set:two|7'] }, { system: 'urn:c' }]),
  set('coded', [{ system: 'urn:a' }]),
]);

describe('The systems of plain codes', () => {
  const systems = new Map([
    ['urn:a', readCodeSystem({ resourceType: 'CodeSystem', url: 'urn:a', content: 'complete', concept: [{ code: '1' }] } as never)],
  ]);

  test('are those of the value set, with their codes where it has several and they can be listed', () => {
    expect(impliedSystems(types, sets, systems)).toEqual({
      'urn:set:one': [['urn:a']],
      'urn:set:two': [
        ['urn:a', '1'],
        ['urn:b', '2'],
      ],
      'urn:set:nested': [['urn:a'], ['urn:b'], ['urn:c']],
    });
  });

  test('of R4 have the codes that are allowed', () => {
    const { systems: of } = loadDefinitions();
    expect([...(of('http://hl7.org/fhir/ValueSet/administrative-gender').get('http://hl7.org/fhir/administrative-gender') ?? [])]).toEqual([
      'female',
      'male',
      'other',
      'unknown',
    ]);
    const intent = of('http://hl7.org/fhir/ValueSet/task-intent');
    expect([...(intent.get('http://hl7.org/fhir/task-intent') ?? [])]).toEqual(['unknown']);
    expect(intent.get('http://hl7.org/fhir/request-intent')?.has('order')).toBe(true);
    const types = of('http://hl7.org/fhir/ValueSet/mimetypes');
    expect([...types]).toEqual([['urn:ietf:bcp:13', undefined]]);
    expect(of('urn:none').size).toBe(0);
  });
});
