/**
 * What the invariants of R4 cost on the official examples: this engine beside fhirpath.js, one after the other in one process.
 * Run: npx tsx bench/fhirpath.ts [every so manieth example]
 */
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { compileFhirPath, openRun } from '../src/fhir/fhirpath/fhirpath.ts';
import type { Run } from '../src/fhir/fhirpath/run.ts';
import { loadDefinitions } from '../src/fhir/registry.ts';
import type { JsonObject } from '../src/fhir/resource.ts';
import { type Element, elementsOf, type Invariant, readExamples, readInvariants } from '../test/support/invariants.ts';

const rounds = 9;

interface Check {
  readonly key: string;
  readonly ours: (run: Run, element: Element) => unknown;
  readonly theirs: (element: Element) => unknown;
}

const definitions = loadDefinitions();

function compileBoth(type: string, { key, expression }: Invariant): Check {
  const expected = compileFhirPath(expression, { definitions, type, strict: false });
  const other = fhirpath.compile({ base: type, expression }, r4, { async: false, traceFn: () => {} });
  return {
    key,
    ours: (run, { value }) => expected.holdsIn(run, value),
    theirs: ({ value, resource, rootResource }) => other(value, { resource, rootResource }),
  };
}

const start = performance.now();
const invariants = readInvariants(definitions);
// A validator checks ele-1 on every element without FHIRPath.
const checked = [...invariants].map(([type, all]) => [type, all.filter(({ key }) => key !== 'ele-1')] as const);
const checks = new Map(checked.map(([type, all]) => [type, all.map((one) => compileBoth(type, one))]));
const count = checked.reduce((sum, [, all]) => sum + all.length, 0);
console.log(`${count} invariants read and compiled by both in ${(performance.now() - start).toFixed(0)} ms`);

const examples = readExamples(definitions, Number(process.argv[2] ?? 50));
const elements = examples.flatMap((example) => elementsOf(example, definitions));

/** Leaves out what fhirpath.js throws on: patterns it refuses, `as` on lists, resolve() without a network. */
function shared(all: readonly Check[], type: string): Check[] {
  const own = elements.filter((element) => element.type === type);
  return all.filter(({ theirs }) => {
    try {
      for (const element of own) theirs(element);
      return true;
    } catch {
      return false;
    }
  });
}

const compared = new Map([...checks].map(([type, all]) => [type, shared(all, type)]));

const runs = new Map<JsonObject, Run>();

/** One run for all that is asked of one resource, as a validator would have it. */
function runFor({ resource, rootResource }: Element): Run {
  const run = runs.get(resource) ?? openRun({ resource, rootResource, htmlChecks: () => true });
  runs.set(resource, run);
  return run;
}

function spent(work: (check: Check, element: Element) => void): number {
  const from = process.cpuUsage();
  for (const element of elements) for (const check of compared.get(element.type) ?? []) work(check, element);
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const evaluations = elements.reduce((sum, { type }) => sum + (compared.get(type)?.length ?? 0), 0);
console.log(`${examples.length} examples, ${elements.length} elements, ${evaluations} evaluations; CPU, median of ${rounds} rounds`);
const times = Array.from({ length: rounds }, () => [
  spent((check, element) => check.ours(runFor(element), element)),
  spent((check, element) => check.theirs(element)),
]);
const [own, other] = [median(times.map(([time = 0]) => time)), median(times.map(([, time = 0]) => time))];
const line = (time: number) => `${time.toFixed(1)} ms, ${((time / evaluations) * 1000).toFixed(2)} µs each`;
console.log(`  this engine  ${line(own)}`);
console.log(`  fhirpath.js  ${line(other)}, ${(other / own).toFixed(1)} ×`);

/** Milliseconds for one invariant on all elements that it is about, the best of the rounds. */
function best(own: readonly Element[], work: (element: Element) => unknown): number {
  const rounded = Array.from({ length: rounds }, () => {
    const from = performance.now();
    for (const element of own) work(element);
    return performance.now() - from;
  });
  return Math.min(...rounded);
}

/** Of few elements the clock tells too little. */
const enough = 30;

const ratios = [...compared].flatMap(([type, all]) => {
  const ofType = elements.filter((element) => element.type === type);
  if (ofType.length < enough) return [];
  return all.map((check) => best(ofType, check.theirs) / best(ofType, (element) => check.ours(runFor(element), element)));
});
const sorted = [...ratios].sort((a, b) => a - b);
const at = (part: number) => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(0);
console.log(`  invariant by invariant (${ratios.length}): median ${at(0.5)} ×, quarter ${at(0.25)} ×, three quarters ${at(0.75)} ×`);
