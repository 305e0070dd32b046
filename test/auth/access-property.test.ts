import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { localPrincipal } from '../../src/auth/principal.ts';
import { oracleOf, type Token } from './support/oracle.ts';
import { allParameters, requestOf } from './support/requests.ts';
import { type Answer, type Ask, type Store, storeOf } from './support/store.ts';
import { plainToken, principalOf, tokenOf } from './support/token.ts';
import { pick, type Random, randomOf, types, type World, worldOf } from './support/world.ts';

/** Requests in all; another seed finds others. */
const cases = Number(process.env.ACCESS_CASES ?? 20_000);
const seed = Number(process.env.ACCESS_SEED ?? 1);
const perToken = 50;

const worlds: readonly World[] = [worldOf(seed), worldOf(seed + 1)];
let stores: readonly Store[] = [];

beforeAll(async () => {
  stores = await Promise.all(worlds.map(storeOf));
}, 120_000);

afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
});

const marks = (text: string): readonly string[] => text.match(/mk-[A-Za-z]+-[a-z0-9-]+-v\d+-/g) ?? [];

/** Types that the scopes name: the others are refused anyhow. */
const namedBy = ({ scopes }: Token): readonly string[] => [...new Set(scopes.flatMap(({ type }) => (type === '*' ? types : [type])))];

/** Every parameter in turn besides what comes at random. */
function askedOf(random: Random, token: Token): string {
  const named = namedBy(token);
  const [type, pair] = pick(random, allParameters);
  if (random(2) === 0 || !named.includes(type)) return requestOf(random, named);
  return `${type}?${pair
    .split('&')
    .map((each) => each.replace(/=(.*)$/, (_, value: string) => `=${encodeURIComponent(value)}`))
    .join('&')}`;
}

const told = (token: Token, url: string): string => `${JSON.stringify(principalOf(token))}\n${url}`;

async function each(count: number, salt: number, work: (random: Random, world: World, store: Store) => Promise<void>): Promise<void> {
  const tokens = Math.ceil(count / perToken);
  for (let n = 0; n < tokens; n++) {
    const place = n % worlds.length;
    await work(randomOf(seed * 1_000_003 + salt * 7919 + n), worlds[place] as World, stores[place] as Store);
  }
}

/** Whoever may not see all is told the number itself, never an estimate: so it is what the smaller store counts. */
const [estimated, accurate] = ['_total=estimate', '_total=accurate'];
const counted = (answer: Answer): Answer => ({ ...answer, text: answer.text.replaceAll(accurate, estimated) });

/** Page after page, as far as both go. */
async function compared(token: Token, url: string, ask: Ask, reduced: Ask): Promise<void> {
  const principal = principalOf(token);
  let [one, other]: [string | undefined, string | undefined] = [url, url];
  for (let page = 0; one !== undefined && page < 3; page++) {
    const answer = await ask(principal, one);
    // What the scopes do not name is refused whatever is stored.
    const local = answer.status !== 403;
    const expected = counted(await reduced(local ? localPrincipal : principal, (other as string).replace(estimated, accurate)));
    if (counted(answer).text !== expected.text)
      throw new Error(
        `${told(token, url)}\npage ${page + 1}\nwas      ${answer.status} ${answer.text}\nexpected ${expected.status} ${expected.text}`,
      );
    [one, other] = [answer.next, expected.next];
  }
}

describe('a token', () => {
  // "no response ever contains, counts or reveals a resource that the token can't read by id"
  test(
    'is answered as if nothing were stored but what it can read',
    () =>
      each(cases * 0.15, 1, async (random, { versions }, store) => {
        const token = tokenOf(random, true);
        await store.within(oracleOf(plainToken(token), versions), async (reduced) => {
          for (let n = 0; n < perToken; n++) await compared(token, askedOf(random, token), store.ask, reduced);
        });
      }),
    600_000,
  );

  test(
    'is shown no version of what it cannot read, whatever its rights are',
    () =>
      each(cases * 0.85, 2, async (random, { versions }, store) => {
        const token = tokenOf(random, false);
        const oracle = oracleOf(plainToken(token), versions);
        const principal = principalOf(token);
        await Promise.all(
          Array.from({ length: perToken }, async () => {
            const url = requestOf(random, namedBy(token));
            const { text } = await store.ask(principal, url);
            const shown = marks(url).reduce((rest, mark) => rest.replaceAll(mark, ''), text);
            const leaked = marks(shown).filter((mark) => !oracle.marks.has(mark));
            if (leaked.length > 0) throw new Error(`${told(token, url)}\nshows ${leaked.join(', ')}`);
          }),
        );
      }),
    600_000,
  );

  test('reads by id exactly what its scopes reach', async () => {
    await each(cases / 20, 3, async (random, { versions }, store) => {
      const token = tokenOf(random, random(2) === 0);
      const oracle = oracleOf(plainToken(token), versions);
      const names = [...new Set(versions.map(({ type, id }) => `${type}/${id}`))];
      await Promise.all(
        names.map(async (name) => {
          const [type = '', id = ''] = name.split('/');
          const { status } = await store.ask(principalOf(token), name);
          const readable = oracle.readable(type, id);
          if (!readable && !oracle.names(type, 'r')) return expect([name, status]).toEqual([name, 403]);
          const isGone = versions.findLast((each) => each.type === type && each.id === id)?.content === null;
          const expected = readable ? [isGone ? 410 : 200] : [404, 403];
          if (!expected.includes(status)) throw new Error(`${told(token, name)}\nanswers ${status} instead of ${expected.join(' or ')}`);
        }),
      );
    });
  }, 600_000);
});
