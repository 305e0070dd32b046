/** Questions with several parameters or values, over compartments and all types, and with an order. */
import { compartmentTest } from '../oracle/compartment.ts';
import { compartmentCodes, parametersOf } from '../oracle/definition.ts';
import { listTest } from '../oracle/list.ts';
import type { World } from '../oracle/world.ts';
import { draw, pairOf, pairsOf, searchable } from './parameter-question.ts';
import { type Pair, type Question, question } from './question.ts';
import type { Random } from './random.ts';

const times = (count: number, make: () => Question | undefined): Question[] =>
  Array.from({ length: count }, make).filter((each) => each !== undefined);

/** Types with more resources are asked more often. */
const someType = (random: Random, world: World): string => random.maybe(world.all)?.resourceType ?? '';

export const andQuestions = (random: Random, world: World, count: number): Question[] =>
  times(count, () => {
    const type = someType(random, world);
    const pairs = pairsOf(random, world, type, 2 + random.below(3));
    return pairs.length < 2 ? undefined : question('and', type, ...pairs);
  });

export const orQuestions = (random: Random, world: World, count: number): Question[] =>
  times(count, () => {
    const type = someType(random, world);
    const parameter = random.maybe(searchable(type));
    if (parameter === undefined) return undefined;
    const drawn = Array.from({ length: 4 }, () => draw(random, world, type, parameter)).filter((each) => each !== undefined);
    const [first] = drawn;
    const same = drawn.filter(({ modifier }) => modifier === first?.modifier);
    if (first === undefined || same.length < 2) return undefined;
    return question('or', type, pairOf(parameter, { ...first, value: same.map(({ value }) => value).join(',') }));
  });

const compartments = ['Patient', 'Encounter', 'RelatedPerson', 'Practitioner', 'Device'];

function members(world: World, compartment: string, id: string): readonly string[] {
  const test = compartmentTest(world, compartment, id);
  return world.types.filter(
    (type) => type === compartment || (compartmentCodes(compartment, type) !== undefined && world.of(type).some(test)),
  );
}

export const compartmentQuestions = (random: Random, world: World, count: number): Question[] =>
  times(count, () => {
    const compartment = random.maybe(compartments) ?? 'Patient';
    const owner = random.maybe(world.of(compartment));
    if (owner === undefined) return undefined;
    const types = world.types.filter((type) => type === compartment || compartmentCodes(compartment, type) !== undefined);
    if (random.next() < 0.3) return question('compartment', `${compartment}/${owner.id}/*`);
    // A type that something of it is in, mostly.
    const inside = random.next() < 0.7 ? members(world, compartment, owner.id ?? '') : types;
    const type = random.maybe(inside) ?? compartment;
    return question('compartment', `${compartment}/${owner.id}/${type}`, ...pairsOf(random, world, type, random.below(2)));
  });

/** Parameters that all of the types have. */
function common(types: readonly string[]): ReadonlySet<string> {
  const [first = '', ...others] = types;
  return new Set(
    [...parametersOf(first).keys()].filter((code) =>
      others.every((type) => parametersOf(type).get(code)?.type === parametersOf(first).get(code)?.type),
    ),
  );
}

export const systemQuestions = (random: Random, world: World, count: number): Question[] =>
  times(count, () => {
    const types = random.some(world.types, 2 + random.below(3));
    const codes = common(types);
    const pairs = pairsOf(random, world, types[0] ?? '', 6).filter(([name]) => codes.has(name.split(':')[0] ?? ''));
    const named: Pair = ['_type', types.join(',')];
    const everywhere = pairs.filter(([name]) => name.startsWith('_'));
    if (everywhere.length > 0 && random.next() < 0.5) return question('system', '', ...everywhere);
    return pairs.length === 0 ? undefined : question('system', '', named, ...pairs.slice(0, 2));
  });

const sortable: ReadonlySet<string> = new Set(['date', 'string', 'number', 'token', 'reference', 'uri']);

export const sortQuestions = (random: Random, world: World, count: number): Question[] =>
  times(count, () => {
    const type = someType(random, world);
    const keys = random.some(
      searchable(type).filter(({ type: kind, xpathUsage }) => sortable.has(kind) && xpathUsage !== 'phonetic'),
      1 + random.below(2),
    );
    const sort = keys.map(({ code }) => `${random.of('', '-')}${code}`).join(',');
    const most = world.of(type).length;
    const page: Pair[] = random.next() < 0.5 ? [['_count', String(1 + Math.floor(most / 9) + random.below(most))]] : [];
    return question('sort', type, ...pairsOf(random, world, type, random.below(2)), ['_sort', sort], ...page);
  });

export const listQuestions = (random: Random, world: World, count: number): Question[] =>
  times(count, () => {
    const list = random.maybe(world.of('List'));
    if (list === undefined) return undefined;
    const isOnIt = listTest(world, list.id ?? '');
    const types = world.types.filter((type) => world.of(type).some(isOnIt));
    return question('list', random.maybe(random.next() < 0.8 ? types : world.types) ?? 'Patient', ['_list', list.id ?? '']);
  });
