/**
 * Writes src/fhir/generated, terminology and the compact R4 package from the official one, and the additional types of fhir-profiles; `--check` fails on drift.
 *
 *   npx tsx scripts/generate.ts [--check]
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Model, modelOf } from '../src/fhir/conformance.ts';
import { definitionsOf } from '../src/fhir/registry.ts';
import type { Resource } from '../src/fhir/resource.ts';
import { projectRoot } from '../src/root.ts';
import { moduleText } from '../src/validation/emit/module.ts';
import { genomicStudy } from './genomic-study.ts';
import { readPackage } from './package-resource.ts';
import { corePackage } from './packages/core.ts';
import { terminologyLines } from './terminology.ts';
import { readGenerated, writeGenerated } from './write-generated.ts';

const standard = 'http://hl7.org/fhir/';

const isExample = ({ id = '' }: Resource): boolean => id === 'example' || id.startsWith('example-');

/** The package holds examples of conformance resources as well; R4's own lie in its name space under their type and id. */
function isOfStandard(resource: Resource): boolean {
  const { resourceType, url, type } = resource;
  if (typeof url !== 'string' || isExample(resource)) return false;
  if (resourceType === 'StructureDefinition') return url === `${standard}StructureDefinition/${type}`;
  if (resourceType === 'SearchParameter' || resourceType === 'CompartmentDefinition') return url.startsWith(standard + resourceType);
  return true;
}

/** One item per line, so that a change shows as the lines it changes. */
const lines = (list: readonly unknown[]): string => `[\n${list.map((item) => JSON.stringify(item)).join(',\n')}\n]\n`;

const members = (object: object): string =>
  `{\n${Object.entries(object)
    .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
    .join(',\n')}\n}\n`;

function standardFiles(): [path: string, text: string][] {
  const read = readPackage('hl7.fhir.r4.examples');
  const kinds = ['StructureDefinition', 'SearchParameter', 'CompartmentDefinition', 'ValueSet', 'CodeSystem'];
  const model = modelOf(kinds.flatMap(read).filter(isOfStandard));
  return [
    ['src/fhir/generated/types.json', lines(model.types)],
    ['src/fhir/generated/search-parameters.json', lines(model.searchParameters)],
    ['src/fhir/generated/compartments.json', `${JSON.stringify(model.compartments, null, 1)}\n`],
    ['src/fhir/generated/codes.json', members(model.codes)],
    ['src/fhir/generated/systems.json', members(model.systems)],
    ...validatorFiles(model),
    ...['CodeSystem', 'ValueSet'].map((kind): [string, string] => [
      `terminology/r4-${kind}.ndjson.gz`,
      terminologyLines(read(kind).filter(isOfStandard)),
    ]),
  ];
}

const validators = 'src/validation/generated';

/** A module for each type that values can have; inline structures are part of their types. */
function validatorFiles(model: Model): [path: string, text: string][] {
  const definitions = definitionsOf(model, []);
  const names = model.types.filter(
    ({ kind, abstract, name }) => kind !== 'primitive' && !(kind === 'resource' && abstract) && !name.includes('.'),
  );
  return names.map(({ name }) => [`${validators}/${name}.js`, moduleText(definitions, name)]);
}

function additionalFiles(folder: string, resources: readonly Resource[]): [path: string, text: string][] {
  return resources.map((resource) => [`${folder}/${resource.resourceType}-${resource.id}.json`, `${printed(resource)}\n`]);
}

/** A property a line; of a snapshot, an element a line. */
function printed(resource: Resource): string {
  const { snapshot, ...rest } = resource as Resource & { snapshot?: { element: unknown[] } };
  const head = members(rest).trimEnd();
  return snapshot ? `${head.slice(0, -2)},\n"snapshot":{"element":${lines(snapshot.element).trimEnd()}}\n}` : head;
}

const filesIn = (folder: string, extension: string): string[] =>
  existsSync(join(projectRoot, folder))
    ? readdirSync(join(projectRoot, folder))
        .filter((name) => name.endsWith(extension))
        .map((name) => `${folder}/${name}`)
    : [];

function complain(file: string, what: string): void {
  console.error(`${file} ${what}: run npm run generate and commit the result`);
  process.exitCode = 1;
}

function main(check: boolean): void {
  const folder = 'fhir-profiles/genomic-study';
  const files = new Map([...standardFiles(), ...corePackage(), ...additionalFiles(folder, genomicStudy())]);
  for (const [file, text] of files) {
    if (existsSync(join(projectRoot, file)) && readGenerated(file) === text) continue;
    if (check) complain(file, 'differs from what scripts/generate.ts makes');
    else writeGenerated(file, text);
  }
  for (const file of [...filesIn('src/fhir/generated', '.json'), ...filesIn(validators, '.js'), ...filesIn(folder, '.json')].filter(
    (one) => !files.has(one),
  )) {
    if (check) complain(file, 'is not made by scripts/generate.ts');
    else rmSync(join(projectRoot, file));
  }
}

main(process.argv.includes('--check'));
