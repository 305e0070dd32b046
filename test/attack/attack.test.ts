/**
 * Every operation and every route under attack: refused by an outcome that says what was wrong, nothing stored then, nothing betrayed to the
 * log. https://hl7.org/fhir/R4/http.html#Status-Codes. ATTACK=1 asks all of it (tens of thousands of requests), ATTACK=10 a tenth.
 */
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { operationAttacks } from './operation-attacks.ts';
import { requestAttacks } from './request-attacks.ts';
import { type Attack, faultsOfAll } from './wire.ts';
import { type AttackedWorld, attackedWorld } from './world.ts';

let world: AttackedWorld;
beforeAll(async () => {
  world = await attackedWorld();
}, 180_000);
afterAll(() => world?.close());
afterEach(() => expect(world.betrayals()).toEqual([]));

const step = Number(process.env['ATTACK'] ?? 151);

/** One of so many. */
const some = (all: Iterable<Attack>): readonly Attack[] => [...all].filter((_, i) => i % step === 0);

it.each([
  ['Every operation', operationAttacks],
  ['Every route of the FHIR API', requestAttacks],
])(
  '%s: refuses what it is wrongly asked for, by name, and nothing is stored then',
  async (_, attacks) => {
    const { count, faults } = await faultsOfAll(world, some(attacks()));
    expect(count).toBeGreaterThan(100);
    expect(faults).toEqual([]);
  },
  7_200_000,
);
