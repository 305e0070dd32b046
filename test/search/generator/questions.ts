/** Thousands of searches over everything that a server holds; the same for the same resources and the same seed. */
import type { World } from '../oracle/world.ts';
import { andQuestions, compartmentQuestions, listQuestions, orQuestions, sortQuestions, systemQuestions } from './combined-question.ts';
import { filterQuestions } from './filter-question.ts';
import { hierarchyQuestions } from './hierarchy-question.ts';
import { chainQuestion, hasQuestion, includeQuestion, type Link, linksOf, spread } from './link-question.ts';
import { parameterQuestions, seldomQuestions } from './parameter-question.ts';
import type { Question } from './question.ts';
import { Random } from './random.ts';
import { nearQuestions, textQuestions } from './special-question.ts';

type OfLink = (random: Random, world: World, link: Link, further: readonly Link[]) => Question | undefined;

function linkQuestions(random: Random, world: World): Question[] {
  const links = linksOf(world);
  const asked = (make: OfLink, some: readonly Link[]): Question[] => some.flatMap((link) => make(random, world, link, links) ?? []);
  const [contained, free] = [links.filter((each) => each.contained), links.filter((each) => !each.contained)];
  return [
    ...asked(chainQuestion, [...spread(random, free, 200), ...spread(random, free, 100), ...spread(random, contained, 40)]),
    ...asked(hasQuestion, [...spread(random, free, 150), ...spread(random, free, 100)]),
    ...asked(includeQuestion, [...spread(random, free, 200), ...spread(random, free, 150)]),
  ];
}

/** Every search once. */
export function questions(world: World, seed: number): readonly Question[] {
  const random = new Random(seed);
  const all = [
    ...parameterQuestions(random, world),
    ...seldomQuestions(random, world, 25),
    ...nearQuestions(random, world, 15),
    ...textQuestions(random, world, 40),
    ...hierarchyQuestions(random, world, 40),
    ...andQuestions(random, world, 250),
    ...orQuestions(random, world, 250),
    ...compartmentQuestions(random, world, 120),
    ...systemQuestions(random, world, 80),
    ...sortQuestions(random, world, 150),
    ...listQuestions(random, world, 12),
    ...filterQuestions(random, world, 150),
    ...linkQuestions(random, world),
  ];
  return [...new Map(all.map((each) => [`${each.path}?${each.query}`, each])).values()];
}
