/**
 * Whatever a token writes, over all routes that write, where patients have a say, labels are withheld and reasons are given: the store is
 * compared before and after each write, and judged by an oracle that knows nothing of how the server keeps its rules.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FhirError } from '../../src/fhir/outcome.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import type { Change } from '../../src/repository/change.ts';
import { type Oracle, oracleOf, stateOf, type Token } from './support/oracle.ts';
import { type Random, sampled } from './support/random.ts';
import type { Ask, Fault, Store } from './support/store.ts';
import { storeOf } from './support/store.ts';
import { plainToken, principalOf, writerOf } from './support/token.ts';
import { types, type Version, type World, worldOf } from './support/world.ts';
import { linesOf, type Standing, writeOf } from './support/writes.ts';

/** Writes in all: few in the suite, more by `WRITE_CASES`. */
const cases = Number(process.env['WRITE_CASES'] ?? 160);
const seed = Number(process.env['ACCESS_SEED'] ?? 1);
const perToken = 8;
const patience = 120_000 + cases * 1000;

const world: World = sampled(seed, (random) => worldOf(random, true));
const stores: Store[] = [];
beforeAll(async () => {
  stores.push(await storeOf(world));
}, 120_000);
afterAll(() => Promise.all(stores.map((store) => store.close())));

const marks = (text: string): readonly string[] => text.match(/mk-[A-Za-z]+-[a-z0-9-]+-v\d+-/g) ?? [];

const namedBy = ({ scopes }: Token): readonly string[] => [...new Set(scopes.flatMap(({ type }) => (type === '*' ? types : [type])))];

interface Stood {
  readonly versionId: number;
  readonly content: Resource | null;
}

/** Versions of this store, the newest last. */
class Known {
  readonly versions: Version[] = [...world.versions];
  readonly #last = new Map<string, Stood>();

  constructor() {
    for (const { type, id, versionId, content } of world.versions) this.#last.set(`${type}/${id}`, { versionId, content });
  }

  /** What was written since. */
  async look(store: Store): Promise<readonly (Version & { readonly before: Stood | undefined })[]> {
    const changed = (await store.versionsAfter(this.#last)).map((version) => ({
      ...version,
      before: this.#last.get(`${version.type}/${version.id}`),
    }));
    for (const { type, id, versionId, content } of changed) {
      this.versions.push({ type, id, versionId, content });
      this.#last.set(`${type}/${id}`, { versionId, content });
    }
    return changed;
  }
}

type Changed = Awaited<ReturnType<Known['look']>>[number];

/** By what stood before: what was there, and what is to be there, must be within reach of the right. */
function isAllowed({ reaches }: Oracle, after: Oracle, { type, content, before }: Changed): boolean {
  const stood = before?.content ?? undefined;
  // A patient that is new is who its own content says.
  const reached = (right: string): boolean =>
    content !== null && (reaches(content, right) || (type === 'Patient' && stood === undefined && after.reaches(content, right)));
  if (content === null) return stood !== undefined && reaches(stood, 'd');
  return stood === undefined ? reached('c') || reached('u') : reaches(stood, 'u') && reached('u');
}

type Writing = (random: Random, token: Token, standing: Standing) => Promise<{ readonly asked: string; readonly answer: string }>;

const throughRoutes =
  (ask: Ask): Writing =>
  async (random, token, standing) => {
    const asked = writeOf(random, namedBy(token), standing);
    const { text } = await ask(principalOf(token), asked);
    return { asked: JSON.stringify(asked), answer: text };
  };

/** As a job that imports writes them. */
const importing =
  (store: Store): Writing =>
  async (random, token, standing) => {
    const lines = linesOf(random, standing);
    const changes = lines.map((resource): Change => {
      const { resourceType: type, id = '' } = resource;
      return { kind: 'update', type, id, at: '', resource };
    });
    const faults: unknown[] = [];
    const refuse = (_: unknown, fault: FhirError): void => void faults.push(fault.issues);
    const results = await store.repositories
      .of(principalOf(token))
      .commit(changes, { referentialIntegrity: 'off', refuse })
      .catch((error: unknown) => {
        if (error instanceof FhirError && error.status < 500) return error.issues;
        throw error;
      });
    return { asked: JSON.stringify(lines), answer: JSON.stringify([results, faults]) };
  };

/** Of what they read in the end, and of what they read before. */
const shownTo = (oracle: Oracle): readonly string[] => [...oracle.seen].flatMap(({ content }) => marks(JSON.stringify(content)));

/** How many wrote something. */
async function holds(store: Store, known: Known, count: number, random: Random, writing: Writing): Promise<number> {
  let written = 0;
  for (let n = 0; n < count; n++) {
    const token = writerOf(random);
    for (let i = 0; i < perToken; i++) {
      const before = oracleOf(plainToken(token), known.versions);
      const { asked, answer } = await writing(random, token, stateOf(known.versions));
      const changed = await known.look(store);
      const after = changed.length === 0 ? before : oracleOf(plainToken(token), known.versions);
      const told = `${JSON.stringify(principalOf(token))}\n${asked}\n${answer}`;
      const strange = changed.filter((each) => !isAllowed(before, after, each));
      if (strange.length > 0) throw new Error(`${told}\nwrote ${JSON.stringify(strange)}`);
      const allowed = new Set([...marks(asked), ...shownTo(before), ...shownTo(after)]);
      const leaked = marks(answer).filter((mark) => !allowed.has(mark));
      if (leaked.length > 0) throw new Error(`${told}\nshows ${leaked.join(', ')}`);
      written += changed.length;
    }
  }
  return written;
}

const running = (store: Store, known: Known, share: number, writing: Writing, from = seed): Promise<number> =>
  sampled(from, (random) => holds(store, known, Math.ceil((cases * share) / perToken), random, writing));

describe('a token that writes', () => {
  const known = new Known();
  const here = (): Store => stores[0] as Store;

  test(
    'changes, makes and is shown nothing out of reach, over all routes',
    async () => expect(await running(here(), known, 0.8, throughRoutes(here().ask))).toBeGreaterThan(cases / 30),
    patience,
  );

  test(
    'imports nothing out of reach',
    async () => expect(await running(here(), known, 0.2, importing(here()), seed + 1)).toBeGreaterThan(0),
    patience,
  );

  test.each<Fault>(['consents', 'policies'])(
    'would be caught: without the limits of %s, the property fails',
    async (fault) => {
      const store = await storeOf(world);
      stores.push(store);
      const finding = sampled(seed, (random) => holds(store, new Known(), 200, random, throughRoutes(store.faulty(fault))));
      await expect(finding).rejects.toThrow(/wrote|shows/);
    },
    patience,
  );
});
