/** Chains and reverse chains. https://hl7.org/fhir/R4/search.html#chaining, https://hl7.org/fhir/R4/search.html#has */
import type { Resource } from '../../../src/fhir/resource.ts';
import { type Parameter, parametersOf } from './definition.ts';
import { containedIn, type Item } from './item.ts';
import { literalOf } from './literal.ts';
import { isTarget, leadsTo, referenceText } from './reference.ts';
import type { World } from './world.ts';

type Criterion = (world: World, type: string, name: string, value: string) => (resource: Resource) => boolean;

/** The resources to which an item of a resource leads. "A chained condition will be evaluated inside contained resources." */
export function targetsOf(world: World, resource: Resource, { target }: Parameter, item: Item): readonly Resource[] {
  return leads(world, resource, item).filter(({ resourceType }) => isTarget(target, resourceType));
}

function leads(world: World, resource: Resource, item: Item): readonly Resource[] {
  const reference = referenceText(item);
  if (reference === undefined) return [];
  if (reference.startsWith('#')) return [containedIn(resource, reference)].filter((each) => each !== undefined);
  if (typeof item.value === 'string') return world.all.filter((each) => leadsTo(item, each));
  const literal = literalOf(reference);
  const found = literal?.local ? world.find(literal.type, literal.id) : undefined;
  return found ? [found] : [];
}

/** https://hl7.org/fhir/R4/search.html#modifiers */
const modifiers: Readonly<Partial<Record<Parameter['type'], readonly string[]>>> = {
  string: ['exact', 'contains', 'text'],
  token: ['text', 'not', 'in', 'not-in', 'above', 'below', 'of-type'],
  reference: ['identifier', 'above', 'below'],
  uri: ['above', 'below'],
};

function takes(parameter: Parameter | undefined, modifier: string | undefined): boolean {
  if (parameter === undefined) return false;
  if (modifier === undefined || modifier === 'missing') return true;
  return /^[A-Z]/.test(modifier) ? parameter.type === 'reference' : modifiers[parameter.type]?.includes(modifier) === true;
}

/** The same name may mean something of another type elsewhere: where the value is none of its values, nothing has it. */
function readable(test: () => (resource: Resource) => boolean): (resource: Resource) => boolean {
  try {
    return test();
  } catch {
    return () => false;
  }
}

export function chainTest(world: World, type: string, head: string, rest: string, value: string, criterion: Criterion) {
  const [code = '', asked] = head.split(':');
  const parameter = parametersOf(type).get(code);
  const tests = new Map<string, (resource: Resource) => boolean>();
  const [name = '', modifier] = (rest.split('.')[0] ?? '').split(':');
  // Of what has no such parameter nothing is asked, not even whether it has another value.
  const isAsked = (type: string): boolean => name.startsWith('_') || takes(parametersOf(type).get(name), modifier);
  const matches = (target: Resource): boolean => {
    if (!isAsked(target.resourceType)) return false;
    const test = tests.get(target.resourceType) ?? readable(() => criterion(world, target.resourceType, rest, value));
    tests.set(target.resourceType, test);
    return (asked === undefined || target.resourceType === asked) && test(target);
  };
  return (resource: Resource): boolean =>
    parameter !== undefined && world.items(resource, parameter).some((item) => targetsOf(world, resource, parameter, item).some(matches));
}

/** `Observation:patient:code`, or another reverse chain in the place of the last name. */
export function hasTest(world: World, _type: string, rest: string, value: string, criterion: Criterion) {
  const [, other = '', code = '', name = ''] = /^([^:]*):([^:]*):(.+)$/.exec(rest) ?? [];
  const test = criterion(world, other, name, value);
  const parameter = parametersOf(other).get(code);
  const items =
    parameter === undefined
      ? []
      : world
          .of(other)
          .filter(test)
          .flatMap((each) => world.items(each, parameter));
  return (resource: Resource): boolean =>
    isTarget(parameter?.target ?? [], resource.resourceType) && items.some((item) => leadsTo(item, resource));
}
