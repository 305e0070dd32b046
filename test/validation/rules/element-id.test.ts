import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../../src/fhir/resource.ts';
import { elementIdRule } from '../../../src/validation/rules/element/element-id.ts';
import { told } from './told.ts';

const texts = (resource: Resource): string[] => told(elementIdRule, resource);
const doubled = (at: string, id = 'a'): string =>
  `error ${at}: The id "${id}" is that of another element of this resource; expected each once`;

describe('Element.id: "unique id for the element within a resource" (element-definitions.html#Element.id)', () => {
  test.each([
    ['at any depth', { name: [{ id: 'a', period: { id: 'a' } }] }, [doubled('Patient.name[0].period')]],
    [
      'in extensions',
      { extension: [{ id: 'a', url: 'b', valueHumanName: { id: 'a' } }] },
      [doubled('Patient.extension[0].valueHumanName')],
    ],
    ['of primitives', { _gender: { id: 'a' }, _birthDate: { id: 'a' } }, [doubled('Patient.birthDate')]],
    ['in lists of primitives', { name: [{ _given: [null, { id: 'a' }, { id: 'a' }] }] }, [doubled('Patient.name[0].given[2]')]],
    [
      'each repetition, in the order of the text',
      { name: [{ id: 'a' }, { id: 'b' }, { id: 'a' }], address: [{ id: 'b' }, { id: 'a' }, { id: 'c' }] },
      [doubled('Patient.name[2]'), doubled('Patient.address[0]', 'b'), doubled('Patient.address[1]')],
    ],
    ['that are no texts', { name: [{ id: 1 }, { id: 1 }] }, []],
    ['each once', { name: [{ id: 'a' }, { id: 'b' }, {}], gender: 'male', contact: null }, []],
    ['without any', { name: [{}, {}], contact: [{}] }, []],
  ])('%s', (_, elements, expected) => {
    expect(texts({ resourceType: 'Patient', ...elements } as Resource)).toEqual(expected);
  });

  test('the id of the resource is none of an element', () => {
    expect(texts({ resourceType: 'Patient', id: 'a', name: [{ id: 'a' }] })).toEqual([]);
  });

  test('snapshot and differential name the same elements', () => {
    const element = [{ id: 'Patient', path: 'Patient' }];
    expect(texts({ resourceType: 'StructureDefinition', snapshot: { element }, differential: { element } })).toEqual([]);
  });
});

describe('ids of contained resources are unique within their container (references.html#contained)', () => {
  const containing = (...contained: object[]): string[] => texts({ resourceType: 'Patient', contained });

  test('those without an id are told elsewhere', () => {
    expect(containing({ resourceType: 'Group' }, { resourceType: 'Group' })).toEqual([]);
  });

  test('each repetition is told', () => {
    const group = { resourceType: 'Group', id: 'g' };
    expect(containing(group, { ...group, id: 'h' }, group, group)).toEqual(
      [2, 3].map((n) => `error Patient.contained[${n}]: The id "g" is that of another contained resource; expected each once`),
    );
  });
});
