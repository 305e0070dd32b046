/**
 * Reads the slim model of R4 and the additional types of `fhir-profiles/` into the registry that everything else asks.
 * https://hl7.org/fhir/R4/resourcelist.html
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFile } from '../root.ts';
import { additionalModel } from './additional-type.ts';
import { type Compartments, type Model, parameterFor } from './conformance.ts';
import type { Definitions, ElementDefinition, Property, SearchParameter, TypeDefinition, TypeReference } from './definitions.ts';
import type { Resource } from './resource.ts';
import type { SlimElement, SlimType } from './slim.ts';
import type { SlimSearchParameter } from './slim-search-parameter.ts';

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
});

/** Every JSON resource below the folder, in the order of their paths. */
function resourcesIn(folder: string): Resource[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => readJson<Resource>(join(folder, file)));
}

const typeReference = (slim: SlimElement['types'][number]): TypeReference => (typeof slim === 'string' ? { code: slim } : slim);

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
});

const typeDefinition = (slim: SlimType): TypeDefinition => ({
  name: slim.name,
  kind: slim.kind,
  abstract: slim.abstract ?? false,
  ...(slim.base === undefined ? {} : { base: slim.base }),
  url: slim.url,
  elements: slim.elements.map(elementDefinition),
  ...(slim.pattern === undefined ? {} : { pattern: slim.pattern }),
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

/** Remembers what was computed for a known name; an unknown one is computed again, so that strangers' names are never kept. */
function remembered<T>(isKnown: (name: string) => boolean, compute: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const fresh = compute(name);
    if (isKnown(name)) known.set(name, fresh);
    return fresh;
  };
}

/** By base, then by code; where two share a code, the first (the standard's own) stands. */
function parametersByBase(all: readonly SlimSearchParameter[]): ReadonlyMap<string, ReadonlyMap<string, SlimSearchParameter>> {
  const byBase = new Map<string, Map<string, SlimSearchParameter>>();
  for (const parameter of all) {
    for (const base of parameter.base) {
      const ofBase = byBase.get(base) ?? new Map<string, SlimSearchParameter>();
      byBase.set(base, ofBase);
      if (!ofBase.has(parameter.code)) ofBase.set(parameter.code, parameter);
    }
  }
  return byBase;
}

/** Every resource but Bundle, Binary and Parameters is a DomainResource, also those of later versions with a base of their own. */
const basesOf = ({ name, base }: TypeDefinition): readonly string[] =>
  base === 'Resource' ? ['Resource', name] : ['Resource', 'DomainResource', name];

function searchParametersOf(
  type: TypeDefinition | undefined,
  byBase: ReturnType<typeof parametersByBase>,
): ReadonlyMap<string, SearchParameter> {
  const bases = type?.kind === 'resource' ? basesOf(type) : [];
  const found = bases.flatMap((base) => [...(byBase.get(base)?.values() ?? [])]);
  return new Map(found.map((parameter) => [parameter.code, parameterFor(parameter, type?.name ?? '')]));
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

/** Throws an Error when the resources of the folder do not fit together. */
export function loadDefinitions(folder: string = projectFile('fhir-profiles')): Definitions {
  const standard = standardModel();
  const additional = additionalModel(resourcesIn(folder), standard);
  const slim = new Map([...standard.types, ...additional.types].map((type) => [type.name, type]));
  const isKnown = (name: string): boolean => slim.has(name);
  const type = remembered(isKnown, (name) => {
    const found = slim.get(name);
    return found && typeDefinition(found);
  });
  const parameters = parametersByBase([...standard.searchParameters, ...additional.searchParameters]);
  const compartments = mergedCompartments([standard.compartments, additional.compartments]);
  const codeLists = new Map(Object.entries({ ...additional.codes, ...standard.codes }));
  const additionalTypes = concreteResources(additional.types);
  const resourceTypes = [...concreteResources(standard.types), ...additionalTypes].sort();
  const known = new Set(resourceTypes);
  return {
    resourceTypes,
    additionalTypes,
    isResourceType: (name) => known.has(name),
    type,
    properties: remembered(isKnown, (name) => propertiesOf(type(name))),
    searchParameters: remembered(isKnown, (name) => searchParametersOf(type(name), parameters)),
    compartment: (code) => compartments.get(code) ?? new Map(),
    codes: remembered(
      (valueSet) => codeLists.has(valueSet),
      (valueSet) => {
        const list = codeLists.get(valueSet);
        return list && new Set(list);
      },
    ),
  };
}
