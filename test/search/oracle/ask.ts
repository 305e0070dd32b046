/** A whole search, answered by looking at every resource. https://hl7.org/fhir/R4/search.html */
import type { Resource } from '../../../src/fhir/resource.ts';
import { compartmentTest } from './compartment.ts';
import { criterion } from './criterion.ts';
import { isResourceType } from './definition.ts';
import { included, includeOf } from './include.ts';
import { compareBy, type Order, ordersOf } from './sort.ts';
import type { World } from './world.ts';

export interface Expected {
  readonly matches: readonly Resource[];
  readonly orders: readonly Order[];
  /** `Type/id` of what stands beside some matches. */
  includedFor(matches: readonly Resource[]): ReadonlySet<string>;
}

const shaping: ReadonlySet<string> = new Set([
  '_sort',
  '_count',
  '_total',
  '_summary',
  '_elements',
  '_type',
  '_include',
  '_revinclude',
  '_include:iterate',
  '_revinclude:iterate',
]);

/** The types of `Patient`, `Patient/1/Observation`, `Patient/1/*` and the empty path. */
function scopeOf(
  world: World,
  path: string,
  asked: string | undefined,
): { readonly types: readonly string[]; readonly test: (resource: Resource) => boolean } {
  const [first = '', id, type] = path.split('/');
  const all = asked?.split(',') ?? world.types.filter(isResourceType);
  if (id === undefined) return { types: first === '' ? all : [first], test: () => true };
  return { types: type === '*' || type === undefined ? all : [type], test: compartmentTest(world, first, id) };
}

export function ask(world: World, path: string, query: string): Expected {
  const pairs = [...new URLSearchParams(query)];
  const value = (name: string): string | undefined => pairs.find(([each]) => each === name)?.[1];
  const { types, test } = scopeOf(world, path, value('_type'));
  const filters = pairs.filter(([name]) => !shaping.has(name));
  const matches = types.flatMap((type) => {
    // SHALL: repeated parameters are AND — search.html#combining
    const tests = filters.map(([name, text]) => criterion(world, type, name, text));
    return world.of(type).filter((resource) => test(resource) && tests.every((each) => each(resource)));
  });
  const sort = value('_sort');
  const orders = sort === undefined ? [] : ordersOf(world, types[0] ?? '', sort);
  const includes = pairs.filter(([name]) => /^_(rev)?include/.test(name)).map(([name, text]) => includeOf(name, text));
  return {
    matches: matches.toSorted((a, b) => compareBy(orders, a, b)),
    orders,
    includedFor: (page) => included(world, includes, page),
  };
}
