/** Questions with one parameter of one type. */
import type { Resource } from '../../../src/fhir/resource.ts';
import { codesOf } from '../oracle/code-system.ts';
import { type Parameter, parametersOf } from '../oracle/definition.ts';
import { object } from '../oracle/item.ts';
import { tokensOf } from '../oracle/token.ts';
import type { World } from '../oracle/world.ts';
import { codedValue } from './coded-value.ts';
import type { Drawn } from './drawn.ts';
import { type Feature, features, type Pair, type Question, question } from './question.ts';
import type { Random } from './random.ts';
import { typedValue } from './token-value.ts';
import { drawValue, strange } from './value.ts';

/** Answered in ways of their own: none of them looks at values. */
const special: ReadonlySet<string> = new Set(['_text', '_content', '_query', '_filter', '_list', 'near']);

export const searchable = (type: string): readonly Parameter[] =>
  [...parametersOf(type).values()].filter(({ code, expression }) => expression !== undefined && !special.has(code));

const isModifier = (feature: string): feature is Feature => (features as readonly string[]).includes(feature);

export function featureOf({ type, xpathUsage }: Parameter, { modifier }: Drawn): Feature {
  if (xpathUsage === 'phonetic') return 'phonetic';
  const feature = `${type}${modifier}`;
  if (isModifier(feature)) return feature;
  return /^:[A-Z]/.test(modifier) ? 'reference:[type]' : (type as Feature);
}

/** A value that some resource of the type has, or nearly has. */
export function draw(random: Random, world: World, type: string, parameter: Parameter): Drawn | undefined {
  const resources = world.of(type).filter((each) => world.items(each, parameter).length > 0);
  for (let tries = 0; tries < 3; tries++) {
    const item = random.maybe(world.items(random.maybe(resources) ?? ({ resourceType: type } as Resource), parameter));
    const drawn = item && drawValue(random, parameter, item);
    if (drawn) return drawn;
  }
  return undefined;
}

export const pairOf = ({ code }: Parameter, { modifier, value }: Drawn): Pair => [`${code}${modifier}`, value];

function questionsOf(random: Random, world: World, type: string, parameter: Parameter, count: number): Question[] {
  const drawn = Array.from({ length: count }, () => draw(random, world, type, parameter)).filter((each) => each !== undefined);
  const other = strange[parameter.type];
  // Many parameters have no value anywhere: most of them are not asked.
  if (drawn.length === 0 && other !== undefined && random.next() < 0.25) drawn.push({ modifier: '', value: other });
  return drawn.map((each) => question(featureOf(parameter, each), type, pairOf(parameter, each)));
}

const missing = (random: Random, type: string, { code }: Parameter): Question =>
  question('missing', type, [`${code}:missing`, random.of('true', 'false')]);

/** Every parameter of every type that has resources, a few times where there are many of them. */
export function parameterQuestions(random: Random, world: World): Question[] {
  return world.types.flatMap((type) => {
    const count = Math.min(5, 1 + Math.ceil(world.of(type).length / 20));
    return searchable(type).flatMap((parameter) => [
      ...questionsOf(random, world, type, parameter, count),
      ...(parameter.type === 'composite' || random.next() < 0.7 ? [] : [missing(random, type, parameter)]),
    ]);
  });
}

/** Pairs of any parameters of the type, drawn from one resource, so that together they often find something. */
export function pairsOf(random: Random, world: World, type: string, count: number): Pair[] {
  const resource = random.maybe(world.of(type));
  if (resource === undefined) return [];
  const filled = searchable(type).filter((parameter) => world.items(resource, parameter).length > 0);
  return random.some(filled, count).flatMap((parameter) => {
    const item = random.maybe(world.items(resource, parameter));
    const drawn = item && drawValue(random, parameter, item);
    return drawn ? [pairOf(parameter, drawn)] : [];
  });
}

/** Of all values those that allow for what is seldom asked: there are few. */
export function seldomQuestions(random: Random, world: World, count: number): Question[] {
  const found = world.types.flatMap((type) =>
    searchable(type).flatMap((parameter) =>
      parameter.type === 'token'
        ? world.of(type).flatMap((resource) => world.items(resource, parameter).map((item) => ({ type, parameter, item })))
        : [],
    ),
  );
  const ask = (some: typeof found, drawFrom: typeof typedValue): Question[] =>
    random.some(some, count).flatMap(({ type, parameter, item }) => {
      const drawn = drawFrom(random, item);
      return drawn ? [question(featureOf(parameter, drawn), type, pairOf(parameter, drawn))] : [];
    });
  const identifiers = found.filter(({ item }) => item.type === 'Identifier' && object(item.value)['type'] !== undefined);
  const nested = found.filter(({ item }) =>
    tokensOf(item).some(({ system, code }) => (codesOf(system ?? '')?.get(code ?? '')?.size ?? 0) > 0),
  );
  return [...ask(identifiers, typedValue), ...ask(nested, codedValue)];
}
