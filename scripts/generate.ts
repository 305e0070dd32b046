/**
 * Writes src/fhir/generated from the official R4 package, and the additional types of fhir-profiles; `--check` fails on drift.
 *
 *   npx tsx scripts/generate.ts [--check]
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type RawStructure, slimTypes } from '../src/fhir/slim.ts';
import { projectFile, projectRoot } from '../src/root.ts';

type Json = Record<string, any>;

const packageOf = (name: string) => {
  const folder = projectFile('node_modules', name);
  const names = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return (prefix: string): Json[] => names.filter((file) => file.startsWith(`${prefix}-`)).sort().map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
};

const r4 = packageOf('hl7.fhir.r4.examples');
const r5 = packageOf('hl7.fhir.r5.core');
const standard = 'http://hl7.org/fhir/';
const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);

/** Base types only: no profiles, no extensions, no logical models. */
const baseStructures = (all: readonly Json[]): Json[] =>
  all.filter((json) => json.kind !== 'logical' && (json.derivation !== 'constraint') && json.url === `${standard}StructureDefinition/${json.type}`);

function model(): Json[] {
  return baseStructures(r4('StructureDefinition')).flatMap((structure) => slimTypes(structure as RawStructure)).sort(byName);
}

const slimParameter = ({ code, url, type, description, base, expression, target, component }: Json): Json => ({
  code,
  url,
  type,
  description: String(description ?? '').split(/\r?\n/)[0],
  base,
  ...(expression ? { expression } : {}),
  ...(target ? { target } : {}),
  ...(component ? { component: component.map((part: Json) => ({ definition: part.definition, expression: part.expression })) } : {}),
});

/** The package holds examples of SearchParameters as well: only those of the standard count. */
const parameters = (): Json[] =>
  r4('SearchParameter')
    .filter((json) => json.url.startsWith(`${standard}SearchParameter/`) && json.base && json.code && !json.id.startsWith('example'))
    .map(slimParameter)
    .sort((a, b) => (a.url < b.url ? -1 : 1));

const compartments = (): Json =>
  Object.fromEntries(
    r4('CompartmentDefinition')
      .filter((json) => json.url.startsWith(`${standard}CompartmentDefinition/`) && json.code && !/example/.test(json.id))
      .map((json) => [json.code, Object.fromEntries(json.resource.filter((member: Json) => member.param).map((member: Json) => [member.code, member.param]))]),
  );

/** Codes of the value sets that required bindings name, where they are enumerated or whole, fully listed code systems. */
function codes(all: readonly Json[], wanted: ReadonlySet<string>, valueSets: readonly Json[], codeSystems: readonly Json[]): Json {
  const systems = new Map(codeSystems.map((system) => [system.url, system]));
  const sets = new Map(valueSets.map((set) => [set.url, set]));
  const found: Json = {};
  for (const url of [...wanted].sort()) {
    const listed = codesOfSet(sets.get(url), systems, sets);
    if (listed) found[url] = [...new Set(listed)].sort();
  }
  return found;
}

function codesOfSet(set: Json | undefined, systems: ReadonlyMap<string, Json>, sets: ReadonlyMap<string, Json>): string[] | undefined {
  if (!set?.compose?.include || set.compose.exclude) return undefined;
  const parts = set.compose.include.map((include: Json) => codesOfInclude(include, systems, sets));
  return parts.every((part: unknown) => part !== undefined) ? parts.flat() : undefined;
}

function codesOfInclude(include: Json, systems: ReadonlyMap<string, Json>, sets: ReadonlyMap<string, Json>): string[] | undefined {
  if (include.filter) return undefined;
  if (include.concept) return include.concept.map((concept: Json) => concept.code);
  if (include.valueSet) return include.valueSet.length === 1 && !include.system ? codesOfSet(sets.get(include.valueSet[0].split('|')[0]), systems, sets) : undefined;
  const system = systems.get(include.system);
  return system?.content === 'complete' && system.concept ? allConcepts(system.concept) : undefined;
}

const allConcepts = (concepts: readonly Json[]): string[] => concepts.flatMap((concept) => [concept.code, ...allConcepts(concept.concept ?? [])]);

const requiredSets = (types: readonly Json[]): Set<string> =>
  new Set(types.flatMap((type) => type.elements.flatMap((element: Json) => (element.binding?.[0] === 'required' ? [element.binding[1]] : []))));

/** GenomicStudy with the one data type of R5 that it needs, in the form of a loaded profile folder. */
function genomicStudy(): Json {
  const all = r5('StructureDefinition');
  const structures = all.filter((json) => ['GenomicStudy', 'CodeableReference'].includes(json.id));
  const types = structures.flatMap((structure) => slimTypes(structure as RawStructure)).sort(byName);
  return {
    origin: 'hl7.fhir.r5.core 5.0.0 (CC0-1.0)',
    types,
    searchParameters: r5('SearchParameter').filter((json) => json.url.startsWith(`${standard}SearchParameter/GenomicStudy-`)).map(slimParameter),
    compartments: { Patient: { GenomicStudy: ['patient'] } },
    codes: codes(all, requiredSets(types), r5('ValueSet'), r5('CodeSystem')),
  };
}

const lines = (list: readonly unknown[]): string => `[\n${list.map((item) => JSON.stringify(item)).join(',\n')}\n]\n`;

function outputs(): Map<string, string> {
  const types = model();
  const sets = codes(types, requiredSets(types), r4('ValueSet'), r4('CodeSystem'));
  return new Map([
    ['src/fhir/generated/types.json', lines(types)],
    ['src/fhir/generated/search-parameters.json', lines(parameters())],
    ['src/fhir/generated/compartments.json', `${JSON.stringify(compartments(), null, 1)}\n`],
    ['src/fhir/generated/codes.json', `{\n${Object.entries(sets).map(([url, list]) => `${JSON.stringify(url)}:${JSON.stringify(list)}`).join(',\n')}\n}\n`],
    ['fhir-profiles/genomic-study/resource-type.json', `${JSON.stringify(genomicStudy(), null, 1)}\n`],
  ]);
}

function main(): void {
  const check = process.argv.includes('--check');
  for (const [file, text] of outputs()) {
    const path = join(projectRoot, file);
    const same = existsSync(path) && readFileSync(path, 'utf8') === text;
    if (check && !same) {
      console.error(`${file} differs from what scripts/generate.ts makes: run npm run generate and commit the result`);
      process.exitCode = 1;
    }
    if (check || same) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`wrote ${file} (${Math.round(text.length / 1024)} KB)`);
  }
}

main();
