import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../../src/fhir/resource.ts';
import { Collected } from '../../../src/validation/collected.ts';
import { placesOf } from '../../../src/validation/place.ts';
import { compileElementWalk } from '../../../src/validation/rules/element/element.ts';
import { surroundingsOf } from '../../../src/validation/surroundings.ts';
import { definitions } from './told.ts';

function visited(types: readonly string[], resource: Resource): string[] {
  const seen: string[] = [];
  const walk = compileElementWalk(definitions, [{ types, check: (visit) => void seen.push(`${visit.type} ${visit.at()}`) }]);
  walk(resource, resource.resourceType, new Collected(), surroundingsOf(definitions, resource, placesOf(resource, resource.resourceType)));
  return seen;
}

describe('the walk by data types', () => {
  test('knows choices by their name alone, lists by their indexes', () => {
    const resource = { resourceType: 'Observation', valueQuantity: { value: 1 }, component: [{ valueQuantity: {} }, { valueString: 'a' }] };
    expect(visited(['Quantity'], resource)).toEqual(['Quantity Observation.value', 'Quantity Observation.component[0].value']);
    expect(visited(['string'], resource)).toEqual(['string Observation.component[1].value']);
  });

  test('looks into extensions, of primitives and their repetitions too', () => {
    const extension = [{ url: 'http://a.b', valueCode: 'c' }];
    const resource = { resourceType: 'Patient', extension, _gender: { extension }, name: [{ given: ['a'], _given: [{ extension }] }] };
    expect(visited(['code'], resource)).toEqual([
      'code Patient.extension[0].value',
      'code Patient.gender.extension[0].value',
      'code Patient.name[0].given[0].extension[0].value',
    ]);
  });

  test('leaves resources inside to themselves, and passes over what is of no use', () => {
    const resource = {
      resourceType: 'Bundle',
      entry: [{ fullUrl: 'a:b', resource: { resourceType: 'Patient', implicitRules: 'c:d' } }, null],
      unknown: { fullUrl: 'x' },
    };
    expect(visited(['uri'], resource as Resource)).toEqual(['uri Bundle.entry[0].fullUrl']);
    expect(visited(['HumanName'], { resourceType: 'Patient', name: ['text', null, 1] } as Resource)).toEqual([]);
  });
});
