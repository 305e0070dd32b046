/**
 * Extraction of index rows beside fhirpath.js: `npm run build && npx tsx bench/extract.ts --built [folder of gzipped bundles]`. Without
 * a folder the official examples are taken that are no definitions; without `--built` the sources are run as tsx transforms them, which
 * takes longer than what is built.
 *
 * Ours is what a write needs: values, hashes, intervals, rows, of contained resources too; `rows` without and `with words` with the texts
 * of full-text search. Theirs is the values only, of expressions that were compiled before and have no union members of other types.
 * CPU time of interleaved rounds, medians. That both find the same values is what test/search/oracle.test.ts shows.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { loadDefinitions } from '../src/fhir/registry.ts';
import type { Resource } from '../src/fhir/resource.ts';
import { withoutSearchParameters } from '../src/fhir/without-search-parameters.ts';
import { projectFile } from '../src/root.ts';
import { fullTextCodes } from '../src/search/special-parameter.ts';
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
const withWords = compileExtractor(definitions);
const withoutWords = compileExtractor(withoutSearchParameters(definitions, fullTextCodes));

type Work = (list: readonly Resource[]) => void;

const ours =
  (extract: (resource: Resource) => unknown): Work =>
  (list) => {
    for (const resource of list) extract(resource);
  };

const containedIn = ({ contained }: Resource): readonly Resource[] => (Array.isArray(contained) ? (contained as Resource[]) : []);

const theirs: Work = (list) => {
  for (const resource of list) {
    for (const ask of questions(resource.resourceType)) ask(resource);
    theirs(containedIn(resource));
  }
};

const columns: readonly Work[] = [ours(withoutWords), ours(withWords), theirs];

/** Microseconds of CPU for each resource; short work is repeated until it can be measured. */
function cost(work: Work, list: readonly Resource[]): number {
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

const print = (name: string, cells: readonly string[]): void =>
  console.log(name.padEnd(24) + cells.map((cell) => cell.padStart(13)).join(''));

function compare(name: string, list: readonly Resource[]): void {
  const costs: number[][] = columns.map(() => []);
  for (let round = -2; round < rounds; round++)
    for (const [i, work] of columns.entries()) {
      const found = cost(work, list);
      if (round >= 0) costs[i]?.push(found);
    }
  const [rows = 0, words = 0, other = 0] = costs.map(median);
  const factors = [other / rows, other / words].map((factor) => factor.toFixed(1));
  print(name, [String(list.length), ...[rows, words, other].map((each) => each.toFixed(1)), ...factors]);
}

const folder = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const resources = (folder === undefined ? someExamples(20) : fromBundles(folder)).filter(
  ({ resourceType }) => !definitional.has(resourceType),
);
print('', ['resources', 'rows µs', 'with words µs', 'fhirpath µs', 'times', 'with words']);
compare('all', resources);
const types = new Map<string, Resource[]>();
for (const resource of resources) types.set(resource.resourceType, [...(types.get(resource.resourceType) ?? []), resource]);
const frequent = [...types].sort((a, b) => b[1].length - a[1].length).slice(0, 12);
for (const [type, list] of frequent) compare(type, list);
