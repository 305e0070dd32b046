/** Questions with parameters of their own kind: places, and words of the narrative. */
import { object } from '../oracle/item.ts';
import { narrativeWords } from '../oracle/narrative.ts';
import { metresBetween } from '../oracle/near.ts';
import type { World } from '../oracle/world.ts';
import { type Question, question } from './question.ts';
import type { Random } from './random.ts';

/** So much more or less than the distance to some place: no rounding decides. */
const beside = 0.001;

export function nearQuestions(random: Random, world: World, count: number): Question[] {
  const places = world.of('Location').flatMap((location) => {
    const { latitude, longitude } = object(location['position']);
    return typeof latitude === 'number' && typeof longitude === 'number' ? [[latitude, longitude] as const] : [];
  });
  return Array.from({ length: count }, () => {
    const [here, there] = [random.maybe(places), random.maybe(places)];
    if (here === undefined || there === undefined) return [];
    const metres = metresBetween(here, there) * (1 + random.of(beside, -beside)) + 1;
    const distance = random.of(`${(metres / 1000).toFixed(6)}|km`, `${(metres / 1000).toFixed(6)}`, `${metres.toFixed(3)}|m`);
    return [question('near', 'Location', ['near', `${here[0]}|${here[1]}|${distance}`])];
  }).flat();
}

export function textQuestions(random: Random, world: World, count: number): Question[] {
  const told = world.all.filter((resource) => narrativeWords(resource).size > 0);
  return Array.from({ length: count }, () => {
    const resource = random.maybe(told);
    if (resource === undefined) return [];
    const words = [...narrativeWords(resource)].filter((word) => /^[a-z]{4,20}$/.test(word) && word !== 'nbsp');
    const [a, b] = random.some(words, 2);
    if (a === undefined || b === undefined) return [];
    const text = random.of(
      a,
      a.toUpperCase(),
      `${a} ${b}`,
      `${a} AND ${b}`,
      `${a} OR ${b}`,
      `${a} NOT ${b}`,
      `NOT ${a}`,
      `${a.slice(0, 3)}*`,
      `${a}x`,
    );
    return [question('text', resource.resourceType, ['_text', text])];
  }).flat();
}
