/**
 * The independent proof of search: thousands of generated searches over all types, answered by the server and by looking at every
 * resource with an interpreter of FHIRPath. The oracle shares no code with what it judges. https://hl7.org/fhir/R4/search.html
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { compare } from './generator/compare.ts';
import { features, type Question } from './generator/question.ts';
import { questions } from './generator/questions.ts';
import { type Asked, serverWithEverything } from './generator/server.ts';

const seed = Number(process.env['SEARCH_SEED'] ?? 20200306);

/** At most so many are told of each feature. */
const mostTold = 20;
/** Share of the questions of a feature that find something. */
const leastPositive = 0.15;

describe('A search', () => {
  let server: Asked;
  let asked: readonly Question[] = [];
  beforeAll(async () => {
    server = await serverWithEverything(4);
    asked = questions(server.world, seed);
  }, 300_000);
  afterAll(() => server?.close());

  test('is asked in thousands of ways over all types', () => {
    expect(server.refused).toEqual([]);
    expect(asked.length).toBeGreaterThan(2000);
    expect(new Set(asked.map(({ path }) => path.split('/').at(-1))).size).toBeGreaterThan(135);
    const counts = features.map((feature) => [feature, asked.filter((each) => each.feature === feature).length] as const);
    expect(counts.filter(([, count]) => count < 5)).toEqual([]);
  });

  test.each([...features])(
    '%s finds what looking at every resource finds',
    async (feature) => {
      const own = asked.filter((one) => one.feature === feature);
      const wrong: string[] = [];
      let positive = 0;
      for (const each of own) {
        const { expected, difference } = await compare(server.ask, server.world, each);
        if (difference !== undefined) wrong.push(difference);
        if (expected > 0) positive++;
      }
      expect(`${wrong.length} differ\n${wrong.slice(0, mostTold).join('\n')}`).toBe('0 differ\n');
      // Most questions are about what is there: agreement on nothing would prove little.
      expect(positive / own.length).toBeGreaterThan(leastPositive);
    },
    120_000,
  );
});
