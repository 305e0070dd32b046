/**
 * Extraction of index rows beside fhirpath.js: `npm run build && npx tsx bench/extract.ts --built [folder of gzipped bundles]`. Without
 * a folder the official examples are taken that are no definitions; without `--built` the sources are run as tsx transforms them, which
 * takes longer than what is built.
 *
 * Ours is all that a write needs: values, hashes, intervals, rows. Theirs is the values only, of expressions that were compiled before
 * and have no union members of other types. CPU time of interleaved rounds, medians.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { loadDefinitions } from '../src/fhir/registry.ts';
import type { Resource } from '../src/fhir/resource.ts';
import { projectFile } from '../src/root.ts';
import { someExamples } from '../test/support/examples.ts';
import { oracleOf } from '../test/support/fhirpath-oracle.ts';

const rounds = 11;
const mostFiles = 5;
const definitional = new Set(['SearchParameter', 'ValueSet', 'CodeSystem', 'StructureDefinition', 'ConceptMap', 'OperationDefinition']);

const definitions = loadDefinitions();

function fromBundles(folder: string): Resource[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.json.gz'))
    .sort()
    .slice(0, mostFiles);
  return files.flatMap((file) => {
    const text = gunzipSync(readFileSync(join(folder, file)))
      .toString()
      .replaceAll('urn:uuid:', 'Patient/');
    const { entry } = JSON.parse(text) as { readonly entry: readonly { readonly resource: Resource }[] };
    return entry.map(({ resource }, i) => ({ id: String(i), ...resource }));
  });
}

const questionsOf = new Map<string, readonly ((resource: Resource) => unknown)[]>();

/** All parameters of a type, asked by the interpreter. */
function questions(type: string): readonly ((resource: Resource) => unknown)[] {
  const found =
    questionsOf.get(type) ??
    [...definitions.searchParameters(type).values()].flatMap(({ expression, type: kind }) =>
      expression === undefined || kind === 'composite' ? [] : [oracleOf(type, expression)],
    );
  questionsOf.set(type, found);
  return found;
}

const isBuilt = process.argv.includes('--built');
const { compileExtractor } = (await import(
  isBuilt ? projectFile('dist', 'src', 'search', 'extract.js') : '../src/search/extract.ts'
)) as typeof import('../src/search/extract.ts');
const extract = compileExtractor(definitions);

const ours = (list: readonly Resource[]): void => {
  for (const resource of list) extract(resource);
};

const theirs = (list: readonly Resource[]): void => {
  for (const resource of list) for (const ask of questions(resource.resourceType)) ask(resource);
};

/** Microseconds of CPU for each resource; short work is repeated until it can be measured. */
function cost(work: (list: readonly Resource[]) => void, list: readonly Resource[]): number {
  const start = process.cpuUsage();
  let times = 0;
  for (let spent = 0; spent < 100_000; times++) {
    work(list);
    const { user, system } = process.cpuUsage(start);
    spent = user + system;
  }
  const { user, system } = process.cpuUsage(start);
  return (user + system) / times / list.length;
}

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;

function compare(name: string, list: readonly Resource[]): void {
  const [own, other]: [number[], number[]] = [[], []];
  for (let round = -2; round < rounds; round++) {
    const [one, two] = [cost(ours, list), cost(theirs, list)];
    if (round >= 0) own.push(one);
    if (round >= 0) other.push(two);
  }
  const [a, b] = [median(own), median(other)];
  const columns = [String(list.length), a.toFixed(1), b.toFixed(1), (b / a).toFixed(1)];
  console.log(name.padEnd(28) + columns.map((column) => column.padStart(12)).join(''));
}

const folder = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const resources = (folder === undefined ? someExamples(20) : fromBundles(folder)).filter(
  ({ resourceType }) => !definitional.has(resourceType),
);
console.log(''.padEnd(28) + ['resources', 'ours µs', 'fhirpath µs', 'times'].map((column) => column.padStart(12)).join(''));
compare('all', resources);
const types = new Map<string, Resource[]>();
for (const resource of resources) types.set(resource.resourceType, [...(types.get(resource.resourceType) ?? []), resource]);
const frequent = [...types].sort((a, b) => b[1].length - a[1].length).slice(0, 12);
for (const [type, list] of frequent) compare(type, list);
