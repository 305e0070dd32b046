/** Resources that stand beside the matches. https://hl7.org/fhir/R4/search.html#include */
import type { Resource } from '../../../src/fhir/resource.ts';
import { targetsOf } from './chain.ts';
import { type Parameter, parametersOf } from './definition.ts';
import { leadsTo } from './reference.ts';
import type { World } from './world.ts';

interface Include {
  readonly reverse: boolean;
  readonly iterate: boolean;
  readonly source: string;
  readonly code: string;
  readonly target: string | undefined;
}

export function includeOf(name: string, value: string): Include {
  const [kind, modifier] = name.split(':');
  const [source = '', code = '*', target] = value.split(':');
  return { reverse: kind === '_revinclude', iterate: modifier === 'iterate', source, code, target };
}

const referencesOf = (type: string, code: string): readonly Parameter[] =>
  [...parametersOf(type).values()].filter((each) => each.type === 'reference' && (code === '*' || each.code === code));

const nameOf = ({ resourceType, id }: Resource): string => `${resourceType}/${id}`;

/** What one include adds to some resources. */
function added(world: World, { reverse, source, code, target }: Include, from: readonly Resource[]): readonly Resource[] {
  if (reverse) {
    const sources = source === '*' ? world.types : [source];
    return sources.flatMap((type) =>
      world
        .of(type)
        .filter((other) =>
          referencesOf(type, code).some((parameter) =>
            world
              .items(other, parameter)
              .some((item) => from.some((each) => (target === undefined || each.resourceType === target) && leadsTo(item, each))),
          ),
        ),
    );
  }
  return from
    .filter(({ resourceType }) => source === '*' || resourceType === source)
    .flatMap((resource) =>
      referencesOf(resource.resourceType, code).flatMap((parameter) =>
        world.items(resource, parameter).flatMap((item) => targetsOf(world, resource, parameter, item)),
      ),
    )
    .filter(
      // What is contained is there already.
      (found) => (target === undefined || found.resourceType === target) && world.find(found.resourceType, found.id ?? '') === found,
    );
}

/** Names of what is included for the matches of a page. */
export function included(world: World, includes: readonly Include[], matches: readonly Resource[]): ReadonlySet<string> {
  const found = new Map<string, Resource>();
  const isMatch = new Set(matches.map(nameOf));
  const take = (resources: readonly Resource[]): Resource[] => {
    const fresh = resources.filter((each) => !found.has(nameOf(each)) && !isMatch.has(nameOf(each)));
    for (const each of fresh) found.set(nameOf(each), each);
    return [...new Map(fresh.map((each) => [nameOf(each), each])).values()];
  };
  let round = take(includes.flatMap((each) => added(world, each, matches)));
  const iterated = includes.filter(({ iterate }) => iterate);
  while (round.length > 0 && iterated.length > 0) {
    const from = round;
    round = take(iterated.flatMap((each) => added(world, each, from)));
  }
  return new Set(found.keys());
}
