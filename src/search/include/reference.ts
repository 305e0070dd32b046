/** What a resource refers to by its reference parameters, as the branches of the index find it. https://hl7.org/fhir/R4/search.html#include */
import type { Definitions, SearchParameter } from '../../fhir/definitions.ts';
import { parseReference } from '../../fhir/reference.ts';
import { isObject, type Resource } from '../../fhir/resource.ts';
import { walk } from '../expression.ts';
import { type Indexing, indexingOf } from '../indexing.ts';
import { canonicalTypes } from '../link.ts';
import type { ReferenceContext } from '../types/reference.ts';
import { targetTypes } from '../types/reference-parameter.ts';
import { referenceParameters } from './parameter.ts';

/** A resource of this server that a literal reference names, in one version if it says so. */
export interface LiteralTarget {
  readonly kind: 'literal';
  readonly type: string;
  readonly id: string;
  readonly version?: string;
}

/** A canonical as it is written, and the types of resources that it may name. */
export interface CanonicalTarget {
  readonly kind: 'canonical';
  readonly canonical: string;
  readonly types: readonly string[];
}

export type IncludeTarget = LiteralTarget | CanonicalTarget;

/** Everything that one parameter of a resource leads to. */
export interface Reader {
  readonly code: string;
  readonly read: (resource: Resource, context: ReferenceContext, take: (target: IncludeTarget) => void) => void;
}

/** All that the reader takes. */
export function targetsOf({ read }: Reader, resource: Resource, context: ReferenceContext): readonly IncludeTarget[] {
  const targets: IncludeTarget[] = [];
  read(resource, context, (target) => void targets.push(target));
  return targets;
}

const known = new WeakMap<Definitions, Map<string, readonly Reader[]>>();

/** The readers of all reference parameters of a type. */
export function readersOf(definitions: Definitions, type: string): readonly Reader[] {
  let types = known.get(definitions);
  if (!types) known.set(definitions, (types = new Map()));
  let readers = types.get(type);
  if (!readers) {
    const indexing = indexingOf(definitions, type);
    readers = referenceParameters(definitions, type).map((parameter) =>
      readerOf(definitions, parameter, indexing.get(parameter.code) as Indexing),
    );
    types.set(type, readers);
  }
  return readers;
}

function readerOf(definitions: Definitions, parameter: SearchParameter, indexing: Indexing): Reader {
  const types = targetTypes({ parameter, indexing }, definitions.resourceTypes);
  const possible = new Set(types);
  const canonicals = types.filter((type) => definitions.searchParameters(type).has('url'));
  return {
    code: parameter.code,
    read: (resource, context, take) => {
      for (const { steps, type } of indexing.branches)
        walk(resource, steps, 0, (value) => {
          const text = textOf(value);
          if (text === undefined) return;
          if (canonicalTypes.has(type)) return take({ kind: 'canonical', canonical: text, types: canonicals });
          const target = literalTarget(text, context);
          if (target !== undefined && possible.has(target.type)) take(target);
        });
    },
  };
}

/** Of a Reference, a CodeableReference, a resource inside a resource, or a canonical. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!isObject(value)) return undefined;
  const { reference, resourceType, id } = value;
  if (typeof resourceType === 'string') return typeof id === 'string' ? `${resourceType}/${id}` : undefined;
  return isObject(reference) ? textOf(reference) : typeof reference === 'string' ? reference : undefined;
}

/** Undefined for what this server cannot hold: it is left out, and no error. */
function literalTarget(text: string, { isResourceType, bases }: ReferenceContext): LiteralTarget | undefined {
  const found = parseReference(text, isResourceType);
  if (found?.kind !== 'relative' && !(found?.kind === 'absolute' && bases.has(found.root))) return undefined;
  const { type, id, version } = found;
  return version === undefined ? { kind: 'literal', type, id } : { kind: 'literal', type, id, version };
}
