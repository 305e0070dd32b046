/**
 * `npm run conformance`: runs the suites and rewrites the scores. `--only <pattern>` runs the cases whose id, and the sets whose name,
 * matches, prints what was found beside what was recorded, and leaves the scores as they are.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import { sharedData } from '../support/shared-data.ts';
import { accept } from './acceptance.ts';
import { takeAway } from './deletion.ts';
import { recordedIssues } from './manifest.ts';
import { errorsOf } from './place.ts';
import { acceptanceLine, caseTable, deletionLine, type Scores, scoreFile, scoreOf } from './score.ts';
import { type Judgement, judgeCases } from './validator-cases.ts';

const print = (text: string): boolean => process.stdout.write(`${text}\n`);

function details(folder: string, { run, verdict, samePlace, issues }: Judgement): string {
  const ours = errorsOf(issues).map((issue) => `  ours ${issue.expression ?? issue.location ?? ''}: ${issue.diagnostics}`);
  const theirs = errorsOf(recordedIssues(folder, run)).map(
    ({ expression, diagnostics = '', details: { text } = {} }) => `  HL7  ${expression ?? ''} ${diagnostics}: ${text}`,
  );
  const place = samePlace === undefined ? '' : samePlace ? ', same place' : ', elsewhere';
  return [`${run.id} [${run.entry.module}, ${run.entry.file}] ${verdict}${place}`, ...ours.slice(0, 12), ...theirs.slice(0, 12)].join('\n');
}

const folder = sharedData('fhir-test-cases', 'validator');
const at = process.argv.indexOf('--only');
const only = at < 0 ? undefined : new RegExp(process.argv[at + 1] ?? '');
const brief = process.argv.includes('--brief');
if (folder === undefined) {
  print('The shared data does not lie beside the project; see test/support/shared-data.ts.');
  process.exit(1);
}
const definitions = loadDefinitions();
const judged = await judgeCases(folder, definitions, only);
const { scores: accepted, refusals } = await accept(definitions, 1, only);
for (const judgement of judged.judgements) {
  if (judgement.verdict !== 'agrees' || judgement.samePlace === false || only) if (!brief) print(details(folder, judgement));
}
for (const { suite, name, isRefused, why } of refusals)
  if (!brief) print(`${suite}: ${name}${isRefused ? ' REFUSED' : ''}\n  ${why.slice(0, 3).join('\n  ')}`);
for (const [id, why] of judged.excluded) if (!brief) print(`not judged: ${id} (${why})`);
const takenAway = only === undefined || only.test('taken away') ? await takeAway(definitions) : undefined;
const scores: Scores = { validatorCases: scoreOf(judged), ...(takenAway === undefined ? {} : { takenAway }), accepted };
print(caseTable(scores.validatorCases));
for (const [name, score] of Object.entries(accepted)) print(acceptanceLine(name, score));
if (takenAway) print(deletionLine(takenAway));
if (only === undefined) {
  mkdirSync(dirname(scoreFile), { recursive: true });
  writeFileSync(scoreFile, `${JSON.stringify(scores, undefined, 1)}\n`);
}
