/**
 * Structural validation: is this JSON a FHIR resource, element by element? Compiled per type when the type is first met.
 * https://hl7.org/fhir/R4/validation.html, https://hl7.org/fhir/R4/json.html
 */
import type { Definitions } from '../fhir/definitions.ts';
import type { Issue } from '../fhir/outcome.ts';
import { isObject, type Resource } from '../fhir/resource.ts';
import { type Check, wrongKind } from './check.ts';
import { Constraints } from './invariants.ts';
import { suggestion } from './reference-check.ts';
import { TypeChecks } from './type-check.ts';
import { shown, Walk } from './walk.ts';

/** Every fault of a resource, and every warning, at most a hundred and one; empty = none. `at` stands for the root in paths, such as `Bundle.entry[3].resource`. */
export type Validate = (resource: Resource, at?: string) => Issue[];

export interface ValidateOptions {
  /** False = invariants that only warn are not evaluated. */
  readonly warnings?: boolean;
}

export function compileValidator(definitions: Definitions, { warnings = true }: ValidateOptions = {}): Validate {
  const resource: Check = (walk, value, owner, key) => {
    if (!isObject(value)) return wrongKind(walk, value, 'an object with a resourceType');
    const type = value.resourceType;
    if (typeof type === 'string' && definitions.isResourceType(type)) return types.of(type)(walk, value, owner, key);
    walk.addAt('resourceType', 'structure', () => noType(definitions, type));
  };
  const types = new TypeChecks(definitions, new Constraints(definitions, warnings), resource, containedCheck(resource));
  return (root, at) => {
    const walk = new Walk(at ?? rootName(definitions, root));
    resource(walk, root, root, '');
    return walk.issues();
  };
}

function noType(definitions: Definitions, type: unknown): string {
  if (type === undefined) return 'The resource has no resourceType; expected the name of its type, such as "Patient"';
  if (typeof type !== 'string') return 'The resourceType is no string; expected the name of a resource type, such as "Patient"';
  return `${shown(type)} is no resource type${suggestion(definitions, type)}`;
}

function rootName(definitions: Definitions, root: unknown): string {
  const type = isObject(root) ? root.resourceType : undefined;
  return typeof type === 'string' && definitions.isResourceType(type) ? type : 'Resource';
}

// SHALL: contained resources have an id and contain none — references.html#contained
function containedCheck(resource: Check): Check {
  return (walk, value, owner) => {
    resource(walk, value, owner, 'contained');
    if (!isObject(value)) return;
    if (value.id === undefined) walk.addAt('id', 'required', () => 'A contained resource must have an id');
    if (value.contained !== undefined) walk.addAt('contained', 'invariant', () => 'A contained resource must not contain resources itself');
  };
}
