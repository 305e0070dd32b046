/**
 * Base validation: is this JSON a FHIR resource, element by element, and do its invariants hold? Functions generated per type, loaded when
 * the type is first met.
 * https://hl7.org/fhir/R4/validation.html, https://hl7.org/fhir/R4/json.html
 */
import type { Definitions } from '../fhir/definitions.ts';
import type { Issue } from '../fhir/outcome.ts';
import { isObject, type Resource } from '../fhir/resource.ts';
import { Runtime } from './runtime/runtime.ts';
import { Walk } from './walk.ts';

/**
 * Faults and warnings of a resource, at most a hundred of each and their number; empty = none. `at` stands for the root in paths, such as
 * `Bundle.entry[3].resource`.
 */
export type Validate = (resource: Resource, at?: string) => Issue[];

export interface ValidateOptions {
  /** False = invariants that only warn are not evaluated. */
  readonly warnings?: boolean;
}

const runtimes = new WeakMap<Definitions, Runtime>();

/** What all validators of a registry share. */
export function runtimeOf(definitions: Definitions): Runtime {
  const runtime = runtimes.get(definitions) ?? new Runtime(definitions);
  runtimes.set(definitions, runtime);
  return runtime;
}

export function compileValidator(definitions: Definitions, { warnings = true }: ValidateOptions = {}): Validate {
  const runtime = runtimeOf(definitions);
  return (root, at) => {
    const walk = new Walk(warnings);
    runtime.resource(root, walk);
    return walk.count === 0 ? [] : walk.issues(at ?? rootName(definitions, root));
  };
}

function rootName(definitions: Definitions, root: unknown): string {
  const type = isObject(root) ? root.resourceType : undefined;
  return typeof type === 'string' && definitions.isResourceType(type) ? type : 'Resource';
}
