/** The search behind the question mark of a scope, as a condition. https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#finer-grained-resource-constraints-using-search-parameters */
import type { Definitions } from '../fhir/definitions.ts';
import { refusal } from '../fhir/outcome.ts';
import { allOf, type Condition } from '../search/condition.ts';
import { parseSearch } from '../search/parse.ts';
import type { ParseOptions } from '../search/parse-context.ts';
import { isResultParameter } from '../search/parse-result.ts';
import { printScope, type ResourceScope, type Scope } from './scope.ts';

/** What searches are read with. */
export interface FilterContext {
  readonly now: () => Date;
  readonly base?: string;
  readonly timeZone?: string;
}

export const parseOptionsOf = ({ now, base, timeZone }: FilterContext): ParseOptions => ({
  ...{ strict: true, defaultCount: 1, maxCount: 1, now: now() },
  ...(base === undefined ? {} : { base }),
  ...(timeZone === undefined ? {} : { timeZone }),
});

/** Whether the resource tells by itself: neither what it refers to nor what stands elsewhere must be asked. */
function isPlain(condition: Condition): boolean {
  switch (condition.kind) {
    case 'refers':
    case 'referred':
    case 'words':
    case 'coded':
    case 'hierarchy':
      return false;
    case 'not':
      return isPlain(condition.of);
    case 'any':
    case 'all':
      return condition.of.every(isPlain);
    default:
      return true;
  }
}

const refuse = (scope: Scope, why: string): Error =>
  refusal('value', `"${printScope(scope).slice(0, 200)}" cannot be granted: ${why}`, { expression: 'scope' });

/** What must hold of resources of the type; undefined = nothing. Throws a FhirError (400) for what a scope cannot ask. */
export function scopeFilter(scope: ResourceScope, type: string, definitions: Definitions, context: FilterContext): Condition | undefined {
  if (scope.pairs.length === 0) return undefined;
  const shaping = scope.pairs.find(([name]) => isResultParameter(name));
  if (shaping !== undefined) throw refuse(scope, `${shaping[0]} shapes a result and says not which resources are meant`);
  const { conditions } = parseSearch(definitions, type, scope.pairs, parseOptionsOf(context));
  if (conditions.every(isPlain)) return allOf(conditions);
  throw refuse(
    scope,
    'it asks for more than the resource itself tells: chains, value sets, hierarchies and words of texts are no part of scopes',
  );
}

/** Throws a FhirError that names a scope of an unknown type or with a search that cannot be granted. */
export function checkScope(scope: Scope, definitions: Definitions, context: FilterContext): void {
  if (scope.kind === 'plain') return;
  if (scope.type !== '*' && !definitions.isResourceType(scope.type)) throw refuse(scope, `${scope.type} is no resource type`);
  for (const type of scope.type === '*' ? definitions.resourceTypes : [scope.type]) scopeFilter(scope, type, definitions, context);
}
