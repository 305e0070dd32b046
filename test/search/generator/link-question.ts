/** Questions that follow references: chains, reverse chains and includes. */
import type { Resource } from '../../../src/fhir/resource.ts';
import { targetsOf } from '../oracle/chain.ts';
import type { Parameter } from '../oracle/definition.ts';
import type { World } from '../oracle/world.ts';
import { pairsOf, searchable } from './parameter-question.ts';
import { type Feature, type Pair, type Question, question } from './question.ts';
import type { Random } from './random.ts';
import { drawValue } from './value.ts';

/** A reference that leads to a resource of the server, or to one within its own. */
export interface Link {
  readonly from: Resource;
  readonly parameter: Parameter;
  readonly to: Resource;
  readonly contained: boolean;
}

export function linksOf(world: World): Link[] {
  return world.types.flatMap((type) => {
    const parameters = searchable(type).filter((each) => each.type === 'reference');
    return world.of(type).flatMap((from) =>
      parameters.flatMap((parameter) =>
        world.items(from, parameter).flatMap((item) =>
          targetsOf(world, from, parameter, item)
            .map((to): Link => ({ from, parameter, to, contained: world.find(to.resourceType, to.id ?? '') !== to }))
            .filter(({ contained }) => !contained || item.type === 'Reference'),
        ),
      ),
    );
  });
}

/** Links of all kinds alike, however often each occurs. */
export function spread(random: Random, links: readonly Link[], most: number): Link[] {
  const kinds = new Map<string, Link[]>();
  for (const link of links) {
    const kind = `${link.from.resourceType}.${link.parameter.code}.${link.to.resourceType}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), link]);
  }
  return random.some([...kinds.values()], most).map((each) => random.maybe(each) as Link);
}

/** `:missing`, or a value of any parameter of the resource. */
function condition(random: Random, world: World, { resourceType }: Resource, resource: Resource): Pair | undefined {
  const filled = searchable(resourceType).filter(
    (parameter) => world.items(resource, parameter).length > 0 && parameter.code !== '_lastUpdated',
  );
  const parameter = random.maybe(filled);
  if (parameter === undefined) return undefined;
  if (random.next() < 0.1 && parameter.type !== 'composite') return [`${parameter.code}:missing`, random.of('true', 'false')];
  const item = random.maybe(world.items(resource, parameter));
  const drawn = item && drawValue(random, parameter, item);
  return drawn && [`${parameter.code}${drawn.modifier}`, drawn.value];
}

const head = (random: Random, { parameter: { code, target }, to }: Link): string =>
  target.length === 1 && random.next() < 0.7 ? code : random.of(`${code}:${to.resourceType}`, `${code}:${to.resourceType}`, code);

/** One step or two; `further` are the links by which a chain can go on. */
export function chainQuestion(random: Random, world: World, link: Link, further: readonly Link[]): Question | undefined {
  const next = random.next() < 0.35 ? random.maybe(further.filter(({ from }) => from === link.to)) : undefined;
  const end = condition(random, world, (next ?? link).to, (next ?? link).to);
  if (end === undefined) return undefined;
  const names = next === undefined ? [head(random, link)] : [head(random, link), head(random, next)];
  const feature: Feature = link.contained || next?.contained ? 'chain into contained' : 'chain';
  return question(feature, link.from.resourceType, [[...names, end[0]].join('.'), end[1]]);
}

export function hasQuestion(random: Random, world: World, link: Link, further: readonly Link[]): Question | undefined {
  if (link.contained) return undefined;
  const way = ({ from, parameter }: Link): string => `_has:${from.resourceType}:${parameter.code}`;
  const next = random.next() < 0.25 ? random.maybe(further.filter(({ to }) => to === link.from)) : undefined;
  const end = condition(random, world, (next ?? link).from, (next ?? link).from);
  if (end === undefined) return undefined;
  return question('has', link.to.resourceType, [`${next === undefined ? way(link) : `${way(link)}:${way(next)}`}:${end[0]}`, end[1]]);
}

export function includeQuestion(random: Random, world: World, link: Link, further: readonly Link[]): Question | undefined {
  const reverse = random.next() < 0.4;
  const type = reverse ? link.to.resourceType : link.from.resourceType;
  const code = random.next() < 0.15 ? '*' : link.parameter.code;
  const target = random.next() < 0.3 ? `:${link.to.resourceType}` : '';
  const iterate = random.next() < 0.25;
  const next = random.maybe(further.filter((each) => (reverse ? each.to === link.from : each.from === link.to)));
  const name = reverse ? '_revinclude' : '_include';
  const value = ({ from, parameter }: Link): string => `${from.resourceType}:${parameter.code}`;
  const pairs: Pair[] = [[iterate ? `${name}:iterate` : name, `${link.from.resourceType}:${code}${target}`]];
  if (iterate && next) pairs.push([`${name}:iterate`, value(next)]);
  return question(iterate ? 'iterate' : reverse ? 'revinclude' : 'include', type, ...pairsOf(random, world, type, 1), ...pairs);
}
