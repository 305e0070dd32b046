/** `:above` and `:below` of references: versions of canonicals, and what is part of what. https://hl7.org/fhir/R4/search.html#recursive */
import type { Resource } from '../../../src/fhir/resource.ts';
import { targetsOf } from './chain.ts';
import { parametersOf } from './definition.ts';
import type { Item } from './item.ts';
import { literalOf } from './literal.ts';
import { referenceText } from './reference.ts';
import { unescaped } from './text.ts';
import type { World } from './world.ts';

/** References of these establish a strict hierarchy: each resource is part of one other at most. */
export const parents: ReadonlyMap<string, string> = new Map([
  ['Encounter', 'part-of'],
  ['Location', 'partof'],
  ['Organization', 'partof'],
]);

function above(world: World, resource: Resource): readonly Resource[] {
  const parameter = parametersOf(resource.resourceType).get(parents.get(resource.resourceType) ?? '');
  if (parameter === undefined) return [];
  return world.items(resource, parameter).flatMap((item) => targetsOf(world, resource, parameter, item));
}

const nameOf = ({ resourceType, id }: Resource): string => `${resourceType}/${id}`;

/** The resource with everything above it. */
function withAncestors(world: World, resource: Resource, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(nameOf(resource))) return seen;
  seen.add(nameOf(resource));
  for (const each of above(world, resource)) withAncestors(world, each, seen);
  return seen;
}

/** `1` is above `1.1`, whatever follows. */
const isPart = (whole: string, part: string): boolean => whole === part || whole.startsWith(`${part}.`);

function versionTest(modifier: string, searched: string): (own: string) => boolean {
  const [url, version] = searched.split('|');
  return (own) => {
    const [ownUrl, ownVersion] = own.split('|');
    if (own === searched) return true;
    if (ownUrl !== url) return false;
    return modifier === 'below'
      ? version === undefined || (ownVersion !== undefined && isPart(ownVersion, version))
      : ownVersion === undefined || (version !== undefined && isPart(version, ownVersion));
  };
}

export function hierarchyTest(world: World, modifier: string, value: string): (item: Item) => boolean {
  const searched = unescaped(value);
  const ofVersions = versionTest(modifier, searched);
  const asked = literalOf(searched);
  const start = asked === undefined ? undefined : world.find(asked.type, asked.id);
  const aboveIt = start === undefined ? new Set([searched]) : withAncestors(world, start);
  return (item) => {
    const own = referenceText(item);
    if (own === undefined) return false;
    if (typeof item.value === 'string') return ofVersions(own);
    const literal = literalOf(own);
    if (!literal?.local || asked === undefined || literal.type !== asked.type) return false;
    const name = `${literal.type}/${literal.id}`;
    if (name === `${asked.type}/${asked.id}`) return true;
    if (modifier === 'above') return aboveIt.has(name);
    const target = world.find(literal.type, literal.id);
    return target !== undefined && withAncestors(world, target).has(`${asked.type}/${asked.id}`);
  };
}
