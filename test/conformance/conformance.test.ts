import { describe, expect, test } from '@jest/globals';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import { projectFile } from '../../src/root.ts';
import { sharedData } from '../support/shared-data.ts';
import { accept } from './acceptance.ts';
import { knownFaults } from './known-fault.ts';
import { acceptanceLine, type CaseScore, caseTable, lost, readScores, scoreOf } from './score.ts';
import { judgeCases } from './validator-cases.ts';

const definitions = loadDefinitions();
const recorded = readScores();
const patience = 300_000;
const print = (text: string): boolean => process.stdout.write(`${text}\n`);

/** What the scores that are checked in do not have among their losses. */
const losses = (now: CaseScore) => ({
  falseAlarms: lost(now.falseAlarms, recorded.validatorCases.falseAlarms),
  misses: lost(now.misses, recorded.validatorCases.misses),
  elsewhere: lost(now.elsewhere, recorded.validatorCases.elsewhere),
});
const none = { falseAlarms: [], misses: [], elsewhere: [] };

/** Skipped in sight: the reason stands in the name. */
const withSharedData = sharedData('fhir-test-cases', 'validator') === undefined ? test.skip : test;

describe("HL7's validator cases (npm run conformance rewrites the scores)", () => {
  test('that come with the project are judged as the scores say', async () => {
    const score = scoreOf(await judgeCases(projectFile('test', 'fixtures', 'validator-cases'), definitions));
    expect(score.runnable).toBeGreaterThan(50);
    expect(losses(score)).toEqual(none);
  });

  withSharedData(
    'all of them, where the shared data lies beside the project: none is lost',
    async () => {
      const score = scoreOf(await judgeCases(sharedData('fhir-test-cases', 'validator') ?? '', definitions));
      print(caseTable(score));
      expect(losses(score)).toEqual(none);
      expect(score.runnable).toBe(recorded.validatorCases.runnable);
    },
    patience,
  );
});

describe('Public resources', () => {
  test('that the scores name as refused have each a known fault, and all with one are refused', () => {
    const refused = Object.entries(recorded.accepted).flatMap(([suite, score]) => score.refused.map((name) => `${suite}: ${name}`));
    const known = Object.entries(knownFaults).flatMap(([suite, faults]) => Object.keys(faults).map((name) => `${suite}: ${name}`));
    expect(refused.sort()).toEqual(known.sort());
  });

  test(
    'are accepted, but for those that the scores name',
    async () => {
      const { scores, refusals } = await accept(definitions, 25);
      for (const [suite, score] of Object.entries(scores)) print(acceptanceLine(`${suite}, a sample`, score));
      const unexpected = refusals.filter(({ suite, name, isRefused }) => isRefused && !recorded.accepted[suite]?.refused.includes(name));
      expect(unexpected).toEqual([]);
    },
    patience,
  );
});
