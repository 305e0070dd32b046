/**
 * Reads the slim model of R4 and the additional types of `fhir-profiles/` into the registry that everything else asks.
 * https://hl7.org/fhir/R4/resourcelist.html
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFile } from '../root.ts';
import type { Definitions, ElementDefinition, Property, SearchParameter, TypeDefinition, TypeReference } from './definitions.ts';
import type { SlimElement, SlimType } from './slim.ts';

type Compartments = Record<string, Record<string, readonly string[]>>;

/** One additional resource type (or several) with what belongs to it. */
interface AdditionalTypes {
  readonly types: readonly SlimType[];
  readonly searchParameters: readonly SearchParameter[];
  readonly compartments: Compartments;
  readonly codes: Record<string, readonly string[]>;
}

const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;
const generated = <T>(name: string): T => readJson<T>(projectFile('src', 'fhir', 'generated', name));

function additionalTypes(folder: string): AdditionalTypes[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).map((name) => join(folder, name, 'resource-type.json'));
  return files.filter((file) => existsSync(file)).map((file) => readJson<AdditionalTypes>(file));
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

/** Remembers what was computed for a name. */
function remembered<T>(compute: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const fresh = compute(name);
    known.set(name, fresh);
    return fresh;
  };
}

function parametersByBase(all: readonly SearchParameter[]): ReadonlyMap<string, readonly SearchParameter[]> {
  const byBase = new Map<string, SearchParameter[]>();
  for (const parameter of all) {
    for (const base of parameter.base) byBase.set(base, [...(byBase.get(base) ?? []), parameter]);
  }
  return byBase;
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

export function loadDefinitions(folder: string = projectFile('fhir-profiles')): Definitions {
  const additional = additionalTypes(folder);
  const slim = [...generated<SlimType[]>('types.json'), ...additional.flatMap((one) => one.types)];
  const slimByName = new Map(slim.map((type) => [type.name, type]));
  const type = remembered((name) => {
    const found = slimByName.get(name);
    return found && typeDefinition(found);
  });
  const parameters = parametersByBase([...generated<SearchParameter[]>('search-parameters.json'), ...additional.flatMap((one) => one.searchParameters)]);
  const compartments = mergedCompartments([generated<Compartments>('compartments.json'), ...additional.map((one) => one.compartments)]);
  const codeLists = Object.assign({}, generated<Record<string, readonly string[]>>('codes.json'), ...additional.map((one) => one.codes));
  const names = (types: readonly SlimType[]): string[] => types.filter((one) => one.kind === 'resource' && !one.abstract).map((one) => one.name);
  const resourceTypes = names(slim).sort();
  const known = new Set(resourceTypes);
  return {
    resourceTypes,
    additionalTypes: additional.flatMap((one) => names(one.types)),
    isResourceType: (name) => known.has(name),
    type,
    properties: remembered((name) => propertiesOf(type(name))),
    searchParameters: remembered((name) => {
      const bases = type(name)?.base === 'DomainResource' ? ['Resource', 'DomainResource', name] : ['Resource', name];
      return new Map(bases.flatMap((base) => parameters.get(base) ?? []).map((parameter) => [parameter.code, parameter]));
    }),
    compartment: (code) => compartments.get(code) ?? new Map(),
    codes: remembered((valueSet) => {
      const list = codeLists[valueSet];
      return list && new Set(list);
    }),
  };
}
