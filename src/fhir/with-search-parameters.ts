/** The registry with search parameters added, such as those that clients define. https://hl7.org/fhir/R4/searchparameter.html */
import { parameterFor } from './conformance.ts';
import type { Definitions, SearchParameter, TypeDefinition } from './definitions.ts';
import { remembered } from './remembered.ts';
import type { SlimSearchParameter } from './slim-search-parameter.ts';

type ByBase = ReadonlyMap<string, readonly SlimSearchParameter[]>;

function groupedByBase(parameters: readonly SlimSearchParameter[]): ByBase {
  const byBase = new Map<string, SlimSearchParameter[]>();
  for (const parameter of parameters) {
    for (const base of parameter.base) byBase.set(base, [...(byBase.get(base) ?? []), parameter]);
  }
  return byBase;
}

/** Every resource but Bundle, Binary and Parameters is a DomainResource, also those of later versions with a base of their own. */
const basesOf = ({ name, base }: TypeDefinition): readonly string[] =>
  base === 'Resource' ? ['Resource', name] : ['Resource', 'DomainResource', name];

/** The concrete types that one of the bases stands for. */
export function typesOf(definitions: Definitions, bases: readonly string[]): readonly string[] {
  const isMeant = (name: string): boolean => {
    const type = definitions.type(name);
    return type !== undefined && basesOf(type).some((base) => bases.includes(base));
  };
  return definitions.resourceTypes.filter(isMeant);
}

function searchParametersOf(definitions: Definitions, byBase: ByBase, name: string): ReadonlyMap<string, SearchParameter> {
  const type = definitions.type(name);
  const before = definitions.searchParameters(name);
  const bases = type?.kind === 'resource' ? basesOf(type) : [];
  const added = bases.flatMap((base) => byBase.get(base) ?? []);
  if (added.length === 0) return before;
  const found = new Map(before);
  for (const parameter of added) if (!found.has(parameter.code)) found.set(parameter.code, parameterFor(parameter, name));
  return found;
}

/** Where two share a code, the earlier one stands: what the registry has first of all. */
export function withSearchParameters(definitions: Definitions, added: readonly SlimSearchParameter[]): Definitions {
  const byBase = groupedByBase(added);
  const isKnown = (name: string): boolean => definitions.type(name) !== undefined;
  return { ...definitions, searchParameters: remembered(isKnown, (name) => searchParametersOf(definitions, byBase, name)) };
}
