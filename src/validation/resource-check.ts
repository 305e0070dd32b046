/** One check of resources against rules, profiles and bindings, with what is known so far. https://hl7.org/fhir/R4/validation.html */
import { setImmediate as immediate } from 'node:timers/promises';
import type { Definitions } from '../fhir/definitions.ts';
import type { Issue } from '../fhir/outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import { answerBindings } from './binding/answer.ts';
import type { Questions } from './binding/questions.ts';
import { type Claim, wantedOf } from './claimed-profiles.ts';
import { Collected } from './collected.ts';
import { environmentsOf } from './environment.ts';
import type { Asking } from './knowledge.ts';
import type { Place } from './place.ts';
import { checkPolicy, type Policed } from './policy.ts';
import type { Extensions } from './profiles.ts';
import { surroundingsOf } from './surroundings.ts';
import type { Found, Rule, Surroundings } from './validation.ts';

export interface Extended {
  readonly extensions: Extensions;
  readonly at: string;
}

export interface Checking {
  readonly definitions: Definitions;
  readonly root: Resource;
  /** What is looked at, outer resources first. */
  readonly places: readonly Place[];
  /** What references can lead to; the same unless given. */
  readonly around?: readonly Place[];
  readonly claims: readonly Claim[];
  /** Resources whose extensions are looked at, with all that these hold. */
  readonly extended: readonly Extended[];
  /** Profiles that are asked for. */
  readonly policies?: readonly Policed[];
  readonly rules: readonly Rule[];
  /** What was found before. */
  readonly before: readonly Issue[];
  readonly askBindings: (resource: Resource, at: string, questions: Questions) => void;
  readonly now?: (() => Date) | undefined;
}

/** Finds all there is only when `asking` is satisfied afterwards. */
export function checkResources(checking: Checking, asking: Asking): Collected {
  const collected = new Collected();
  for (const _ of checkInSteps(checking, asking, collected));
  return collected;
}

/** The same, with a pause wherever others may have their turn. */
function* checkInSteps(checking: Checking, asking: Asking, collected: Collected): Generator<undefined> {
  const { definitions, root, places, around = places, claims, before, askBindings, now } = checking;
  for (const issue of before) collected.take(issue);
  const inside = surroundingsOf(definitions, root, around);
  const surroundings: Surroundings = {
    ...inside,
    environmentOf: environmentsOf({ places, asking, now, surroundings: () => surroundings }),
  };
  for (const place of places) {
    checkRules(checking, place, collected, surroundings, asking);
    askBindings(place.resource, place.at, collected.questions);
    yield;
  }
  for (const { place, profile } of wantedOf(claims, asking, collected)) {
    profile.check(place.resource, place.at, collected, surroundings);
    yield;
  }
  for (const { extensions, at } of checking.extended)
    if (asking.isLoaded(`extensions of ${at}`, () => extensions.prepare())) extensions.check(at, collected, surroundings);
  for (const policed of checking.policies ?? []) checkPolicy(policed, asking, collected, surroundings);
  answerBindings(collected, asking);
  if (asking.isCut) collected.add('error', 'too-costly', places[0]?.at ?? '', tooMany);
}

const tooMany =
  'So many profiles, value sets and other definitions are asked for that not everything was checked; validate the parts by themselves';

function checkRules({ rules }: Checking, { resource, at }: Place, collected: Collected, surroundings: Surroundings, asking: Asking): void {
  const found: Found = (type, canonical) => asking.resource(type, canonical) ?? undefined;
  for (const { types, check } of rules) {
    if (types?.includes(resource.resourceType) !== false) check(resource, at, collected, surroundings, found);
  }
}

/** Rounds of checking, each with the answers that the one before it asked for. */
const mostRounds = 10;

/** What was not looked at to its end is not called valid. */
export const unfinished = (at: string): Issue => ({
  severity: 'error',
  code: 'too-costly',
  diagnostics:
    'Definitions ask for further definitions again and again, so that not everything was checked; validate the parts by themselves',
  expression: [at],
});

/** Milliseconds after which other requests have their turn, and after which a check is broken off. */
const turn = 50;
const longest = 60_000;

export async function checkFully(checking: Checking, asking: Asking): Promise<Collected> {
  const end = performance.now() + longest;
  for (let round = 1; ; round++) {
    const collected = new Collected();
    const isDone = await inTurns(checkInSteps(checking, asking, collected), end);
    if (!isDone) collected.add('error', 'too-costly', checking.places[0]?.at ?? '', tooLong);
    if (!isDone || asking.isSatisfied) return collected;
    if (round >= mostRounds) {
      collected.take(unfinished(checking.places[0]?.at ?? ''));
      return collected;
    }
    await asking.fetch();
  }
}

const tooLong = `The validation was broken off after ${longest / 1000} seconds, so that not everything was checked; validate the parts by themselves`;

/** False when there was not enough time. */
async function inTurns(steps: Iterable<undefined>, end: number): Promise<boolean> {
  let next = performance.now() + turn;
  for (const _ of steps) {
    const now = performance.now();
    if (now < next) continue;
    if (now > end) return false;
    await immediate();
    next = performance.now() + turn;
  }
  return true;
}
