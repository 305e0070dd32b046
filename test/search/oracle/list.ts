/** Resources that a List refers to. https://hl7.org/fhir/R4/search.html#list */
import type { Resource } from '../../../src/fhir/resource.ts';
import { parametersOf } from './definition.ts';
import { leadsTo } from './reference.ts';
import type { World } from './world.ts';

export function listTest(world: World, id: string) {
  const list = world.find('List', id);
  const item = parametersOf('List').get('item');
  const items = list === undefined || item === undefined ? [] : world.items(list, item);
  return (resource: Resource): boolean => items.some((each) => leadsTo(each, resource));
}
