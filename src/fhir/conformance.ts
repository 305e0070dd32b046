/**
 * Conformance resources as the slim parts that the registry is made of: types, search parameters, compartments, codes.
 * https://hl7.org/fhir/R4/conformance-module.html
 */
import type { SearchParameter } from './definitions.ts';
import { enumeratedCodes } from './enumerated-codes.ts';
import { type ImpliedSystem, impliedSystems } from './implied-system.ts';
import type { Resource } from './resource.ts';
import { type RawStructure, type SlimType, slimTypes } from './slim.ts';
import { type RawSearchParameter, type SlimSearchParameter, slimSearchParameter } from './slim-search-parameter.ts';
import { type CodeSystem, type RawCodeSystem, readCodeSystem } from './value-set/code-system.ts';
import type { RawValueSet } from './value-set/value-set.ts';

/** Compartment → resource type → codes of the search parameters by which the type belongs to it. */
export type Compartments = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export interface Model {
  readonly types: readonly SlimType[];
  readonly searchParameters: readonly SlimSearchParameter[];
  readonly compartments: Compartments;
  /** Codes by value set, for those that required bindings name and that can be listed. */
  readonly codes: Readonly<Record<string, readonly string[]>>;
  /** Systems of plain codes by the value set that they are bound to. */
  readonly systems: Readonly<Record<string, readonly ImpliedSystem[]>>;
}

interface RawCompartment extends Resource {
  readonly code: string;
  readonly resource?: readonly { readonly code: string; readonly param?: readonly string[] }[];
}

const ofType = <T>(resources: readonly Resource[], resourceType: string): T[] =>
  resources.filter((resource) => resource.resourceType === resourceType) as unknown as T[];

const by =
  <T>(key: (item: T) => string): ((a: T, b: T) => number) =>
  (a, b) =>
    key(a) < key(b) ? -1 : 1;

/** Profiles, logical models and extensions define no type: only specialisations count. Throws an Error for one without a snapshot. */
export function modelOf(resources: readonly Resource[]): Model {
  const types = ofType<RawStructure>(resources, 'StructureDefinition').filter(definesType).flatMap(slimTypes);
  const parameters = ofType<RawSearchParameter>(resources, 'SearchParameter').filter(({ base }) => base !== undefined);
  const sets = new Map(ofType<RawValueSet>(resources, 'ValueSet').map((set) => [set.url, set]));
  const systems = new Map(ofType<RawCodeSystem>(resources, 'CodeSystem').map((system) => [system.url, readCodeSystem(system)]));
  return {
    types: types.sort(by(({ name }) => name)),
    searchParameters: parameters.map(slimSearchParameter).sort(by(({ url }) => url)),
    compartments: Object.fromEntries(ofType<RawCompartment>(resources, 'CompartmentDefinition').map((one) => [one.code, membersOf(one)])),
    codes: requiredCodes(types, sets, systems),
    systems: impliedSystems(types, sets, systems),
  };
}

const definesType = ({ kind, derivation }: RawStructure): boolean => kind !== 'logical' && derivation !== 'constraint';

const membersOf = ({ resource = [] }: RawCompartment): Record<string, readonly string[]> =>
  Object.fromEntries(resource.flatMap(({ code, param }) => (param ? [[code, param]] : [])));

function requiredCodes(
  types: readonly SlimType[],
  sets: ReadonlyMap<string, RawValueSet>,
  systems: ReadonlyMap<string, CodeSystem>,
): Model['codes'] {
  const bindings = types.flatMap(({ elements }) => elements.flatMap(({ binding }) => (binding ? [binding] : [])));
  const wanted = new Set(bindings.filter(([strength]) => strength === 'required').map(([, valueSet]) => valueSet));
  const listed = [...wanted].sort().map((url) => [url, enumeratedCodes(sets.get(url), sets, systems)] as const);
  return Object.fromEntries(listed.flatMap(([url, codes]) => (codes ? [[url, codes]] : [])));
}

/** The search parameter as it is for one resource type. */
export function parameterFor({ descriptions, ...parameter }: SlimSearchParameter, resourceType: string): SearchParameter {
  return { ...parameter, description: descriptions?.[resourceType] ?? parameter.description };
}
