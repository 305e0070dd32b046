/**
 * Search parameters that come and go while the server runs, and what they make of the registry: one view to search by, and further
 * ones whose rows are kept beside, for definitions that are still being built or that others may still search by.
 * https://hl7.org/fhir/R4/searchparameter.html
 */
import type { Definitions } from '../fhir/definitions.ts';
import type { SlimSearchParameter } from '../fhir/slim-search-parameter.ts';
import { typesOf, withSearchParameters } from '../fhir/with-search-parameters.ts';

export interface RegisteredParameter {
  /** Number of this definition; a changed definition gets another one. */
  readonly generation: string;
  /** Who brought it: `SearchParameter/[id]`, or `file [url]`. */
  readonly owner: string;
  readonly parameter: SlimSearchParameter;
  /** `building`: rows are written and nobody searches by them; `retired`: rows are written until it has faded. */
  readonly state: 'building' | 'active' | 'retired';
  /** The job that builds it or has built it. */
  readonly job: string | null;
}

/** A registry whose rows are kept beside those of the first one. */
export interface Beside {
  readonly definitions: Definitions;
  /** Where it differs. */
  readonly types: ReadonlySet<string>;
}

export interface IndexView {
  /** What searches know. */
  readonly definitions: Definitions;
  readonly beside: readonly Beside[];
}

/** The definition as the registry takes it. */
export const numbered = ({ generation, parameter }: Pick<RegisteredParameter, 'generation' | 'parameter'>): SlimSearchParameter => ({
  ...parameter,
  generation,
});

export function viewOf(standard: Definitions, registered: readonly RegisteredParameter[]): IndexView {
  const active = registered.filter(({ state }) => state === 'active').map(numbered);
  const others = registered.filter(({ state }) => state !== 'active');
  return {
    definitions: withSearchParameters(standard, active),
    beside: layersOf(standard, others).map((layer) => ({
      // The first of a code stands, so that the definitions of the layer go before those that are searched.
      definitions: withSearchParameters(standard, [...layer.map(numbered), ...active]),
      types: new Set(layer.flatMap(({ parameter }) => typesOf(standard, parameter.base))),
    })),
  };
}

/** Definitions that share a code of one type need a registry each. */
function layersOf(standard: Definitions, others: readonly RegisteredParameter[]): readonly (readonly RegisteredParameter[])[] {
  const layers: { readonly members: RegisteredParameter[]; readonly names: Set<string> }[] = [];
  for (const one of others) {
    const names = namesOf(standard, one.parameter);
    const layer = layers.find((each) => names.every((name) => !each.names.has(name))) ?? { members: [], names: new Set<string>() };
    if (layer.members.length === 0) layers.push(layer);
    layer.members.push(one);
    for (const name of names) layer.names.add(name);
  }
  return layers.map(({ members }) => members);
}

/** What a search would call it, for each of its types: `Patient.shoe`. */
export const namesOf = (standard: Definitions, { base, code }: SlimSearchParameter): readonly string[] =>
  typesOf(standard, base).map((type) => `${type}.${code}`);
