/** Which of HL7's validator cases can be judged here, and why the others cannot. The list is closed: whatever it does not name is judged. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Entry, expectsErrors, type Run } from './manifest.ts';

/** Packages of the cases that are to be had, by the name that the manifest uses, and what stands in for them. */
export const packages: ReadonlyMap<string, string> = new Map([
  // 3.1.1 is the technical correction of 3.1.0.
  ['hl7.fhir.us.core#3.1.0', 'hl7.fhir.us.core#3.1.1'],
  ['hl7.fhir.us.core#3.1.1', 'hl7.fhir.us.core#3.1.1'],
  ['hl7.fhir.us.core#6.1.0', 'hl7.fhir.us.core#6.1.0'],
  ['hl7.fhir.us.core#7.0.0', 'hl7.fhir.us.core#7.0.0'],
  ['hl7.fhir.uv.ips#1.1.0', 'hl7.fhir.uv.ips#1.1.0'],
  ['hl7.fhir.uv.ipa#1.0.0', 'hl7.fhir.uv.ipa#1.0.0'],
]);

/** Kinds of cases that are about something else than FHIR R4 resources. */
const otherMatters: readonly (readonly [why: string, is: (entry: Entry) => boolean])[] = [
  ['marked in the manifest as not to be run', (entry) => entry['use-test'] === false],
  ['of another version of FHIR', ({ version = '4.0' }) => !version.startsWith('4.0')],
  ['a CDA document, a smart health card or a file of lines, not one resource in JSON or XML', isNoResource],
  ['a pattern for the comparison of test results, with placeholders in the place of values', ({ matchetype }) => matchetype === true],
];

function isNoResource({ file, module = '' }: Entry): boolean {
  return module === 'cda' || (module === 'shc' && !/-(?:bundle|cvx)\.json$/.test(file)) || !/\.(?:json|xml)$/.test(file);
}

/** Why a run cannot be judged; undefined = it is judged. */
export function whyNot(run: Run, folder: string): string | undefined {
  const kind = otherMatters.find(([, is]) => is(run.entry));
  if (kind) return kind[0];
  if (run.expected === undefined) return 'without a recorded outcome';
  const lacking = run.packages.find((name) => !packages.has(name));
  if (lacking !== undefined) return `needs the package ${lacking}, which is not to be had`;
  const file = [run.entry.file, ...run.supporting].find((name) => !existsSync(join(folder, name)));
  return file === undefined ? undefined : `needs ${file}, which is not there`;
}

/** Properties of an entry that say nothing of how it was run. */
const descriptive: ReadonlySet<string> = new Set(
  'id name outcome expected module description explanation profile profiles supporting packages file'.split(' '),
);

/** What a run is given, as text: two runs that are given the same and have opposite outcomes differ in something that is not recorded. */
function given({ entry, profile, supporting, packages: names }: Run): string {
  const settings = Object.entries(entry).filter(([key]) => !descriptive.has(key));
  return JSON.stringify([entry.file, profile, [...supporting].sort(), names, settings.sort()]);
}

/** Runs that contradict an earlier one about the same input. */
export function contradictions(runs: readonly Run[]): ReadonlySet<Run> {
  const first = new Map<string, Run>();
  const found = new Set<Run>();
  for (const run of runs) {
    const key = given(run);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, run);
    else if (expectsErrors(earlier) !== expectsErrors(run)) found.add(run);
  }
  return found;
}
