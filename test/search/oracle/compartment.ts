/** Which resources are in a compartment. https://hl7.org/fhir/R4/compartmentdefinition.html */
import type { Resource } from '../../../src/fhir/resource.ts';
import { compartmentCodes } from './definition.ts';
import { leadsTo } from './reference.ts';
import type { World } from './world.ts';

export function compartmentTest(world: World, compartment: string, id: string) {
  const owner: Resource = { resourceType: compartment, id };
  const codes = new Map<string, readonly string[]>();
  return (resource: Resource): boolean => {
    const { resourceType } = resource;
    // The definition marks a compartment's own type by {def}: the resource itself.
    if (resourceType === compartment && resource.id === id) return true;
    const found = codes.get(resourceType) ?? compartmentCodes(compartment, resourceType) ?? [];
    codes.set(resourceType, found);
    return found.some((code) => world.itemsByCode(resource, code).some((item) => leadsTo(item, owner)));
  };
}
