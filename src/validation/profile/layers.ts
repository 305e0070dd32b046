/**
 * The chain of StructureDefinitions from the one next to a base type to a profile.
 * https://hl7.org/fhir/R4/structuredefinition-definitions.html#StructureDefinition.baseDefinition
 */
import type { Definitions } from '../../fhir/definitions.ts';
import type { ProfileFault } from './profile.ts';
import {
  differentialOf,
  listOf,
  type StructureDefinition,
  snapshotOf,
  sourceOf,
  specifiedName,
  typeProfiles,
} from './structure-definition.ts';

export type Find = (canonical: string) => Promise<StructureDefinition | undefined>;

export interface Layers {
  readonly layers: readonly StructureDefinition[];
  readonly fault?: ProfileFault;
}

const longestChain = 50;

export async function layersOf(profile: StructureDefinition, definitions: Definitions, find: Find): Promise<Layers> {
  const fault = unsupported(profile, definitions);
  if (fault !== undefined) return { layers: [], fault };
  const layers: StructureDefinition[] = [];
  const isType = (canonical: string): boolean => definitions.type(specifiedName(canonical) ?? '') !== undefined;
  for (let current = profile; !isTypeDefinition(current, definitions); ) {
    layers.unshift(lean(current));
    const { baseDefinition } = current;
    // A snapshot without a differential says what the bases say.
    const isWhole = differentialOf(current).length === 0 && snapshotOf(current).length > 0;
    if (baseDefinition === undefined || isType(baseDefinition) || isWhole) break;
    const base = await find(baseDefinition);
    if (base === undefined) return withoutBase(layers, current, baseDefinition);
    if (layers.some(({ url }) => url === base.url) || layers.length > longestChain) return { layers: [], fault: endless(profile) };
    current = base;
  }
  return { layers };
}

/** Some authors call a profile a specialization: what counts is whether it is the one that defines the type. */
const isTypeDefinition = ({ type, url }: StructureDefinition, definitions: Definitions): boolean => definitions.type(type)?.url === url;

/** Without the snapshot, which is most of it, where the differential says it all. */
function lean(definition: StructureDefinition): StructureDefinition {
  if (differentialOf(definition).length === 0 || definition.snapshot === undefined) return definition;
  const { snapshot: _snapshot, text: _text, mapping: _mapping, ...rest } = definition;
  return rest as StructureDefinition;
}

function unsupported({ kind, type, url, derivation }: StructureDefinition, definitions: Definitions): ProfileFault | undefined {
  if (definitions.type(type) !== undefined && (kind !== 'logical' || derivation === 'constraint')) return undefined;
  const what = kind === 'logical' ? `is a logical model, or a profile on one (${type})` : `is about the type ${type}, which is not known`;
  return { code: 'not-supported', text: `${url} ${what}; expected a profile on a resource type or data type` };
}

/** Its snapshot says the same where it has one. */
function withoutBase(layers: readonly StructureDefinition[], last: StructureDefinition, base: string): Layers {
  if (snapshotOf(last).length > 0) {
    const { differential: _, ...rest } = last;
    return { layers: [rest as StructureDefinition, ...layers.slice(1)] };
  }
  const text = `The profile ${sourceOf(last)} is based on ${base}, which is not known; expected a base that is loaded`;
  return { layers: [], fault: { code: 'not-found', text } };
}

const endless = (profile: StructureDefinition): ProfileFault => ({
  code: 'invalid',
  text: `The profile ${sourceOf(profile)} is based on itself, or on more than ${longestChain} others; expected a chain that ends at a type`,
});

/** Profiles that a check against these layers may ask for. */
export function needsOf(layers: readonly StructureDefinition[], definitions: Definitions): readonly string[] {
  const needs = new Set<string>();
  for (const layer of layers) {
    const differential = differentialOf(layer);
    for (const element of differential.length > 0 ? differential : snapshotOf(layer)) {
      for (const type of listOf(element.type))
        for (const canonical of [...typeProfiles(type), ...listOf(type.targetProfile)]) needs.add(canonical);
      for (const { expression } of listOf(element.constraint)) for (const canonical of namedIn(expression)) needs.add(canonical);
    }
  }
  return [...needs].filter((canonical) => definitions.type(specifiedName(canonical) ?? '') === undefined);
}

/** `conformsTo('…')` in an invariant. */
const namedIn = (expression: string | undefined): string[] =>
  typeof expression === 'string' ? [...expression.matchAll(/conformsTo\(\s*'([^']+)'\s*\)/g)].map(([, canonical]) => canonical ?? '') : [];
