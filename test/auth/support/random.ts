/** Numbers that fast-check chooses: a failure names the seed and the path that bring them back. */
import fc from 'fast-check';

/** From 0 to one below. */
export type Random = (below: number) => number;

export const pick = <T>(random: Random, list: readonly T[]): T => list[random(list.length)] as T;

const randomFrom =
  (gen: fc.GeneratorValue): Random =>
  (below) =>
    gen(fc.nat, below - 1);

export const randoms: fc.Arbitrary<Random> = fc.gen().map(randomFrom);

/** What one seed brings. */
export function sampled<T>(seed: number, make: (random: Random) => T): T {
  const [made] = fc.sample(randoms.map(make), { seed, numRuns: 1 });
  return made as T;
}
