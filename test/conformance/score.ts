/** The scores of conformance: what is checked in, what was reached now, and whether anything was lost in between. */
import { readFileSync } from 'node:fs';
import { projectFile } from '../../src/root.ts';
import type { Judged, Judgement } from './validator-cases.ts';

/** Of cases with a recorded outcome. Names, so that a drop is seen even where another case was won. */
export interface CaseScore {
  readonly runnable: number;
  readonly agree: number;
  readonly falseAlarms: readonly string[];
  readonly misses: readonly string[];
  /** Cases in which both find errors and HL7's places are recorded. */
  readonly bothFind: number;
  readonly elsewhere: readonly string[];
}

/** Of resources that are to be accepted. */
export interface AcceptanceScore {
  readonly resources: number;
  /** As writes. */
  readonly refused: readonly string[];
  /** Those of which $validate tells errors, which is stricter: it knows rules that a write is not refused for. */
  readonly faulty: number;
}

/** Of required elements that were taken away. */
export interface DeletionScore {
  readonly taken: number;
  readonly missed: readonly string[];
}

export interface Scores {
  readonly validatorCases: CaseScore;
  readonly takenAway?: DeletionScore;
  readonly accepted: Readonly<Record<string, AcceptanceScore>>;
}

export const scoreFile = projectFile('test', 'fixtures', 'conformance', 'scores.json');

export const readScores = (): Scores => JSON.parse(readFileSync(scoreFile, 'utf8')) as Scores;

export function scoreOf({ judgements }: Judged): CaseScore {
  const ids = (is: (judgement: Judgement) => boolean): string[] => judgements.filter(is).map(({ run }) => run.id);
  return {
    runnable: judgements.length,
    agree: ids(({ verdict }) => verdict === 'agrees').length,
    falseAlarms: ids(({ verdict }) => verdict === 'false alarm'),
    misses: ids(({ verdict }) => verdict === 'miss'),
    bothFind: ids(({ samePlace }) => samePlace !== undefined).length,
    elsewhere: ids(({ samePlace }) => samePlace === false),
  };
}

const percent = (part: number, whole: number): string => `${whole === 0 ? '0.0' : ((100 * part) / whole).toFixed(1)} %`;

const line = (name: string, text: string): string => `${name.padEnd(40)}${text}`;

export function caseTable({ runnable, agree, falseAlarms, misses, bothFind, elsewhere }: CaseScore): string {
  const same = bothFind - elsewhere.length;
  return [
    line('HL7 validator cases', `${runnable}`),
    line('  agree on errors or none', `${agree} (${percent(agree, runnable)})`),
    line('  false alarms', `${falseAlarms.length} (${percent(falseAlarms.length, runnable)})`),
    line('  misses', `${misses.length} (${percent(misses.length, runnable)})`),
    line('  both find errors, at the same place', `${same} of ${bothFind} (${percent(same, bothFind)})`),
  ].join('\n');
}

export const acceptanceLine = (name: string, { resources, refused, faulty }: AcceptanceScore): string =>
  line(name, `${resources - refused.length} of ${resources} accepted, without errors in $validate: ${resources - faulty}`);

export const deletionLine = ({ taken, missed }: DeletionScore): string =>
  line('US Core 6.1.0, an element taken away', `${taken - missed.length} of ${taken} found`);

/** Names that are among the present ones, and were not among the former. */
export const lost = (now: readonly string[], before: readonly string[]): string[] => now.filter((name) => !before.includes(name));
