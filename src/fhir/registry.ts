/**
 * Reads the slim model of R4 and the additional types of `fhir-profiles/` into the registry that everything else asks.
 * https://hl7.org/fhir/R4/resourcelist.html
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFile } from '../root.ts';
import { additionalModel } from './additional-type.ts';
import { type Compartments, type Model, modelOf } from './conformance.ts';
import type { Definitions, ElementDefinition, Invariant, Property, TypeDefinition, TypeReference } from './definitions.ts';
import { remembered } from './remembered.ts';
import type { Resource } from './resource.ts';
import type { SlimElement, SlimInvariant, SlimType } from './slim.ts';
import { withSearchParameters } from './with-search-parameters.ts';

function readJson<T>(path: string): T {
  const text = readFileSync(path, 'utf8');
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new Error(`${path} is no JSON: ${(error as Error).message}`);
  }
}

const generated = <T>(name: string): T => readJson<T>(projectFile('src', 'fhir', 'generated', name));

const standardModel = (): Model => ({
  types: generated('types.json'),
  searchParameters: generated('search-parameters.json'),
  compartments: generated('compartments.json'),
  codes: generated('codes.json'),
  systems: generated('systems.json'),
});

/** Every JSON resource below the folder, in the order of their paths. */
function resourcesIn(folder: string): Resource[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  // The manifests of packages lie among them.
  return files.sort().flatMap((file) => resourceOr(readJson<Resource>(join(folder, file))));
}

const resourceOr = (json: Resource): Resource[] => (typeof json.resourceType === 'string' ? [json] : []);

const typeReference = (slim: SlimElement['types'][number]): TypeReference => (typeof slim === 'string' ? { code: slim } : slim);

const invariants = (slim: readonly SlimInvariant[] | undefined): { readonly invariants?: readonly Invariant[] } =>
  slim === undefined
    ? {}
    : {
        invariants: slim.map(([key, severity, human, expression]) => ({
          key,
          severity: severity as Invariant['severity'],
          human,
          expression,
        })),
      };

const elementDefinition = (slim: SlimElement): ElementDefinition => ({
  name: slim.name,
  min: slim.min ?? 0,
  max: slim.max === undefined ? 1 : slim.max < 0 ? Number.POSITIVE_INFINITY : slim.max,
  types: slim.types.map(typeReference),
  choice: slim.choice ?? false,
  summary: slim.summary ?? false,
  modifier: slim.modifier ?? false,
  ...(slim.xml ? { xml: slim.xml } : {}),
  ...(slim.binding ? { binding: { strength: slim.binding[0] as 'required', valueSet: slim.binding[1] } } : {}),
  ...invariants(slim.invariants),
});

const typeDefinition = (slim: SlimType): TypeDefinition => ({
  name: slim.name,
  kind: slim.kind,
  abstract: slim.abstract ?? false,
  ...(slim.base === undefined ? {} : { base: slim.base }),
  url: slim.url,
  elements: slim.elements.map(elementDefinition),
  ...(slim.pattern === undefined ? {} : { pattern: slim.pattern }),
  ...invariants(slim.invariants),
});

/** `value` with type Quantity is the JSON property `valueQuantity`. */
function propertiesOf(type: TypeDefinition | undefined): ReadonlyMap<string, Property> {
  const properties = new Map<string, Property>();
  for (const element of type?.elements ?? []) {
    for (const reference of element.types) {
      const name = element.choice ? `${element.name}${reference.code.charAt(0).toUpperCase()}${reference.code.slice(1)}` : element.name;
      properties.set(name, { element, type: reference });
    }
  }
  return properties;
}

function mergedCompartments(all: readonly Compartments[]): ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> {
  const merged = new Map<string, Map<string, readonly string[]>>();
  for (const compartments of all) {
    for (const [code, members] of Object.entries(compartments)) {
      merged.set(code, new Map([...(merged.get(code) ?? []), ...Object.entries(members)]));
    }
  }
  return merged;
}

const concreteResources = (types: readonly SlimType[]): string[] =>
  types.filter(({ kind, abstract }) => kind === 'resource' && !abstract).map(({ name }) => name);

/** The registry in its two parts: what never changes while the server runs, and the search parameters that may. */
export interface Registry {
  /** Types, compartments and codes, those of the folder included, with the search parameters of R4. */
  readonly definitions: Definitions;
  /** The SearchParameters of the folder. */
  readonly searchParameters: readonly Resource[];
}

/** Throws an Error when the resources of the folder do not fit together. */
export function loadRegistry(folder: string = projectFile('fhir-profiles')): Registry {
  const resources = resourcesIn(folder);
  const definitions = definitionsOf(standardModel(), resources);
  return { definitions, searchParameters: resources.filter(isSearchParameter) };
}

/** The registry as it is on an empty database. */
export function loadDefinitions(folder?: string): Definitions {
  const { definitions, searchParameters } = loadRegistry(folder);
  return withSearchParameters(definitions, modelOf(searchParameters).searchParameters);
}

/** What is put into the folder counts whatever its status, unless it is retired. */
const isSearchParameter = ({ resourceType, status }: Resource): boolean => resourceType === 'SearchParameter' && status !== 'retired';

/** The registry of a model and what the resources add to it. */
export function definitionsOf(standard: Model, resources: readonly Resource[]): Definitions {
  const additional = additionalModel(resources, standard);
  const slim = new Map([...standard.types, ...additional.types].map((type) => [type.name, type]));
  const isKnown = (name: string): boolean => slim.has(name);
  const type = remembered(isKnown, (name) => {
    const found = slim.get(name);
    return found && typeDefinition(found);
  });
  const compartments = mergedCompartments([standard.compartments, additional.compartments]);
  const additionalTypes = concreteResources(additional.types);
  const codeLists = new Map(Object.entries(withTypes({ ...additional.codes, ...standard.codes }, additionalTypes)));
  const codes = remembered(
    (valueSet: string) => codeLists.has(valueSet),
    (valueSet) => {
      const list = codeLists.get(valueSet);
      return list && new Set(list);
    },
  );
  const systems = { ...additional.systems, ...standard.systems };
  const resourceTypes = [...concreteResources(standard.types), ...additionalTypes].sort();
  const known = new Set(resourceTypes);
  const bare: Definitions = {
    resourceTypes,
    additionalTypes,
    isResourceType: (name) => known.has(name),
    type,
    properties: remembered(isKnown, (name) => propertiesOf(type(name))),
    searchParameters: () => new Map(),
    compartment: (code) => compartments.get(code) ?? new Map(),
    codes,
    systems: (valueSet) =>
      new Map((systems[valueSet] ?? []).map(([system, ...own]) => [system, own.length > 0 ? new Set(own) : codes(valueSet)])),
  };
  return withSearchParameters(bare, standard.searchParameters);
}

/** Value sets that list resource types list the additional ones too. */
function withTypes(codes: Model['codes'], types: readonly string[]): Model['codes'] {
  const lists = ['resource-types', 'all-types', 'defined-types'].map((name) => `http://hl7.org/fhir/ValueSet/${name}`);
  const longer = lists.flatMap((url) => (codes[url] === undefined ? [] : [[url, [...codes[url], ...types]] as const]));
  return { ...codes, ...Object.fromEntries(longer) };
}
