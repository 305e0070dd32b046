/** Which patients' compartments a resource is in. https://hl7.org/fhir/R4/compartmentdefinition-patient.html */
import type { Definitions } from '../fhir/definitions.ts';
import { isObject, type Resource } from '../fhir/resource.ts';
import { type Branch, walk } from './expression.ts';
import { indexingOf } from './indexing.ts';
import { isSingle } from './primary-date.ts';
import { indexedTarget, type ReferenceContext } from './types/reference.ts';

/** Ids of the compartment patients of a resource; the primary one is absent where the element that decides leads to none. */
export interface CompartmentPatients {
  readonly primary?: string;
  readonly others: readonly string[];
}

/** The path of the element that says whose record the resource is; its patient comes first. */
function primaryPath(definitions: Definitions, resourceType: string): string | undefined {
  const indexing = indexingOf(definitions, resourceType);
  const codes = definitions.compartment('Patient').get(resourceType) ?? [];
  return ['patient', 'subject', ...codes].map((code) => indexing.get(code)?.branches ?? []).find((branches) => branches.length > 0)?.[0]
    ?.path;
}

function compartmentBranches(definitions: Definitions, resourceType: string): readonly Branch[] {
  const indexing = indexingOf(definitions, resourceType);
  const codes = definitions.compartment('Patient').get(resourceType) ?? [];
  const branches = codes.flatMap((code) => indexing.get(code)?.branches ?? []);
  const primary = primaryPath(definitions, resourceType);
  return [...branches.filter(({ path }) => path === primary), ...branches.filter(({ path }) => path !== primary)];
}

const literalOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value;
  return isObject(value) && typeof value['reference'] === 'string' ? value['reference'] : undefined;
};

export type PatientsOf = (resource: Resource) => CompartmentPatients;

export function compartmentPatients(definitions: Definitions, resourceType: string, context: ReferenceContext): PatientsOf {
  const branches = compartmentBranches(definitions, resourceType);
  const own = branches.filter(({ path }) => path === branches[0]?.path);
  // Searches by the parameter of this element take the primary patient for what it leads to: it must not come from elsewhere.
  const decides = resourceType !== 'Patient' && isSingle(own);
  const others = branches.filter((branch) => !own.includes(branch));

  function collect(resource: Resource, some: readonly Branch[], found: Set<string>): void {
    const take = (value: unknown): void => {
      const literal = literalOf(value);
      const target = literal === undefined ? undefined : indexedTarget(literal, context)?.target;
      if (target?.startsWith('Patient/')) found.add(target.slice(8));
    };
    for (const { steps } of some) walk(resource, steps, 0, take);
  }

  return (resource) => {
    const found = new Set(resourceType === 'Patient' && resource.id !== undefined ? [resource.id] : []);
    collect(resource, own, found);
    const isDecided = found.size > 0 || !decides;
    collect(resource, others, found);
    const [primary, ...more] = found;
    return isDecided && primary !== undefined ? { primary, others: more } : { others: [...found] };
  };
}

/** By type and code, for the definitions that are asked about. */
const fenced = new WeakMap<Definitions, Map<string, boolean>>();

/**
 * Whether a resource that matches `code=Patient/x` always has x as its primary patient: the parameter reads the one element
 * that decides about it, and that element does not repeat.
 */
export function isFencedBy(definitions: Definitions, resourceType: string, code: string): boolean {
  const known = fenced.get(definitions) ?? new Map<string, boolean>();
  fenced.set(definitions, known);
  const name = `${resourceType}.${code}`;
  let found = known.get(name);
  if (found === undefined) known.set(name, (found = fences(definitions, resourceType, code)));
  return found;
}

function fences(definitions: Definitions, resourceType: string, code: string): boolean {
  if (resourceType === 'Patient') return false;
  const branches = indexingOf(definitions, resourceType).get(code)?.branches ?? [];
  const ordered = compartmentBranches(definitions, resourceType);
  return isSingle(branches) && ordered[0] !== undefined && ordered[0].path === branches[0]?.path;
}
