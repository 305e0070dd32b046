import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { localPrincipal } from '../../src/auth/principal.ts';
import type { ExportInput } from '../../src/bulk/export-input.ts';
import { FhirError } from '../../src/fhir/outcome.ts';
import { inputOf } from './support/exports.ts';
import { oracleOf, stateOf, type Token } from './support/oracle.ts';
import { pick, type Random, randoms, sampled } from './support/random.ts';
import { type Asked, allParameters, batchOf, requestOf } from './support/requests.ts';
import { type Answer, type Ask, type Store, storeOf } from './support/store.ts';
import { plainToken, principalOf, tokenOf } from './support/token.ts';
import { types, type World, worldOf } from './support/world.ts';

/** Requests in all: few in the suite, `ACCESS_CASES=20000` for the whole proof; another seed finds others. */
const cases = Number(process.env['ACCESS_CASES'] ?? 1200);
const seed = Number(process.env['ACCESS_SEED'] ?? 1);
const perToken = 50;
const patience = 60_000 + cases * 60;

/** Without Consents, where resources are contained in others, and with them. */
const worlds: readonly World[] = [false, true].map((agreed, n) => sampled(seed + n, (random) => worldOf(random, agreed)));
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
function askedOf(random: Random, token: Token): Asked {
  const named = namedBy(token);
  const [type, pair] = pick(random, allParameters);
  if (random(2) === 0 || !named.includes(type)) return requestOf(random, named);
  const encoded = pair.split('&').map((each) => each.replace(/=(.*)$/, (_, value: string) => `=${encodeURIComponent(value)}`));
  return { url: `${type}?${encoded.join('&')}` };
}

const told = (token: Token, asked: Asked): string => `${JSON.stringify(principalOf(token))}\n${JSON.stringify(asked)}`;

type Work = (random: Random, world: World, store: Store) => Promise<void>;

/** Each run is one token in one world. What fails says by itself who asked for what: there is nothing to shrink. */
const run = (count: number, work: Work): Promise<fc.RunDetails<[Random]>> =>
  fc.check(
    fc.asyncProperty(randoms, async (random) => {
      const place = random(worlds.length);
      await work(random, worlds[place] as World, stores[place] as Store);
    }),
    { seed, numRuns: Math.ceil(count), endOnFailure: true },
  );

async function holds(count: number, work: Work): Promise<void> {
  const { failed, errorInstance, seed: used, counterexamplePath } = await run(count, work);
  if (failed) throw new Error(`ACCESS_SEED=${used}, path ${counterexamplePath}\n${(errorInstance as Error).message}`);
}

/** Whoever may not see all is told the number itself, never an estimate: so it is what the smaller store counts. */
const [estimated, accurate] = ['_total=estimate', '_total=accurate'];
const counted = (answer: Answer): Answer => ({ ...answer, text: answer.text.replaceAll(accurate, estimated) });
const countable = ({ url, post }: Asked): Asked => ({
  url: url.replace(estimated, accurate),
  ...(post === undefined ? {} : { post: { ...post, text: post.text.replace(estimated, accurate) } }),
});

/** Page after page, as far as both go. */
async function compared(token: Token, asked: Asked, ask: Ask, reduced: Ask): Promise<void> {
  const principal = principalOf(token);
  let [one, other]: [Asked | undefined, Asked | undefined] = [asked, asked];
  for (let page = 0; one !== undefined && other !== undefined && page < 3; page++) {
    const answer = await ask(principal, one);
    // What the scopes do not name is refused whatever is stored.
    // A summary tells which types were not looked at, which the scopes say, whatever is stored.
    const local = answer.status !== 403 && !asked.url.includes('$summary');
    const expected = counted(await reduced(local ? localPrincipal : principal, countable(other)));
    if (counted(answer).text !== expected.text)
      throw new Error(
        `${told(token, asked)}\npage ${page + 1}\nwas      ${answer.status} ${answer.text}\nexpected ${expected.status} ${expected.text}`,
      );
    [one, other] = [answer, expected].map(({ next }) => (next === undefined ? undefined : { url: next })) as [Asked?, Asked?];
  }
}

const comparing: Work = async (random, { versions }, store) => {
  const token = tokenOf(random, true);
  await store.within(oracleOf(plainToken(token), versions), async (reduced) => {
    for (let n = 0; n < perToken; n++) await compared(token, askedOf(random, token), store.ask, reduced);
  });
};

const looking =
  (asker: (store: Store) => Ask): Work =>
  async (random, { versions }, store) => {
    const token = tokenOf(random, false);
    const oracle = oracleOf(plainToken(token), versions);
    const principal = principalOf(token);
    const asked = Array.from({ length: perToken }, () =>
      random(10) === 0 ? batchOf(random, namedBy(token)) : requestOf(random, namedBy(token)),
    );
    await Promise.all(
      asked.map(async (each) => {
        const { text } = await asker(store)(principal, each);
        const own = marks(`${each.url} ${each.post?.text ?? ''}`);
        const shown = own.reduce((rest, mark) => rest.replaceAll(mark, ''), text);
        const leaked = marks(shown).filter((mark) => !oracle.marks.has(mark));
        if (leaked.length > 0) throw new Error(`${told(token, each)}\nshows ${leaked.join(', ')}`);
      }),
    );
  };

/** By id, each version that was, and in a search: of the types, or of all. */
const reading =
  (favoured?: string): Work =>
  async (random, { versions }, store) => {
    const token = tokenOf(random, random(2) === 0, favoured);
    const oracle = oracleOf(plainToken(token), versions);
    const answers = async (url: string, expected: readonly number[]): Promise<void> => {
      const { status } = await store.ask(principalOf(token), { url });
      if (!expected.includes(status)) throw new Error(`${told(token, { url })}\nanswers ${status} instead of ${expected.join(' or ')}`);
    };
    const refused = (type: string): readonly number[] => (oracle.names(type, 'r') ? [404, 403] : [403]);
    const asked = versions.filter(({ type }) => favoured === undefined || type === favoured);
    const names = new Map(asked.map((version) => [`${version.type}/${version.id}`, version]));
    await Promise.all([
      ...[...names].map(([url, { type, id, content }]) =>
        answers(url, oracle.readable(type, id) ? [content === null ? 410 : 200] : refused(type)),
      ),
      ...(favoured === undefined ? [] : asked).map((version) => {
        const { type, id, versionId, content } = version;
        return answers(`${type}/${id}/_history/${versionId}`, oracle.seen.has(version) ? [content === null ? 410 : 200] : refused(type));
      }),
    ]);
  };

/** Pages of a search put together. */
async function foundBy(token: Token, store: Store, url: string): Promise<readonly string[] | undefined> {
  const found: string[] = [];
  for (let asked: string | undefined = url; asked !== undefined; ) {
    const { status, text, next } = await store.ask(principalOf(token), { url: asked });
    if (status === 403) return undefined;
    found.push(...[...text.matchAll(/"fullUrl":"[^"]*?\/fhir\/([^"]+)"/g)].map(([, name = '']) => name));
    asked = next;
  }
  return found.sort();
}

const withoutTypes = (names: readonly string[], { filters }: ExportInput): readonly string[] =>
  names.filter((name) => filters.every(({ type }) => !name.startsWith(`${type}/`)));

/** Of a whole export exactly what may be both read and searched for; of a part nothing else, and of a filter what its search finds. */
const exportingAll: Work = async (random, { versions }, store) => {
  const token = tokenOf(random, random(2) === 0, random(2) === 0 ? 'Binary' : undefined);
  const oracle = oracleOf(plainToken(token), versions);
  const expected = [...stateOf(versions)]
    .filter(([, content]) => oracle.reaches(content, 'r') && oracle.reaches(content, 's'))
    .map(([name]) => name)
    .sort();
  for (let n = 0; n < 3; n++) {
    const input = n === 0 ? wholeInput : inputOf(random);
    const asked = `${told(token, { url: '$export' })}\n${JSON.stringify(input)}`;
    const [filter] = input.filters;
    const query = filter && new URLSearchParams(filter.pairs.map((pair) => [...pair])).toString();
    const sought = filter && (await foundBy(token, store, `${filter.type}?${query}`));
    const exported = await store.exported(principalOf(token), input).catch((fault: unknown) => {
      if (fault instanceof FhirError && (fault.status === 403 || fault.status === 404)) return undefined;
      throw fault;
    });
    if (exported === undefined) continue;
    const { names, text } = exported;
    const leaked = marks(text).filter((mark) => !oracle.marks.has(mark));
    const strange = names.filter((name) => !expected.includes(name));
    if (leaked.length + strange.length > 0) throw new Error(`${asked}\nhas ${[...leaked, ...strange].join(', ')}`);
    if (n === 0) expect([asked, [...names].sort()]).toEqual([asked, expected]);
    const isWhole = input.level === 'system' && input.types === undefined;
    if (filter === undefined || !isWhole) continue;
    expect([asked, names.filter((name) => name.startsWith(`${filter.type}/`)).sort()]).toEqual([asked, sought ?? []]);
    if (input.provenance === undefined)
      expect([asked, [...withoutTypes(names, input)].sort()]).toEqual([asked, withoutTypes(expected, input)]);
  }
};

const wholeInput: ExportInput = { level: 'system', base: 'http://127.0.0.1:8080/fhir', filters: [] };

describe('a token', () => {
  test('reads by id exactly what its scopes reach', () => holds(cases / 1000, reading()), patience);

  test(
    'reads every version of a Binary exactly as far as what it is an attachment of is within reach',
    () => holds(cases / 150, reading('Binary')),
    patience,
  );

  test('exports exactly what it can read and search for', () => holds(cases / 120, exportingAll), patience);

  // "no response ever contains, counts or reveals a resource that the token can't read by id"
  test('is answered as if nothing were stored but what it can read', () => holds((cases * 0.15) / perToken, comparing), patience);

  test(
    'is shown no version of what it cannot read, whatever its rights are',
    () =>
      holds(
        (cases * 0.85) / perToken,
        looking(({ ask }) => ask),
      ),
    patience,
  );

  test(
    'would be caught: with one restriction taken away, the property fails',
    async () => {
      for (const fault of ['consents', 'labels', 'policies', 'filters'] as const) {
        const { failed } = await run(
          200,
          looking(({ faulty }) => faulty(fault)),
        );
        expect([fault, failed]).toEqual([fault, true]);
      }
    },
    patience,
  );
});
