/** One call of `commit` before it meets the database: everything that can be refused or prepared without it. */
import type { Access } from '../../auth/access.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { Written } from '../../validation/write-check.ts';
import type { Change } from '../change.ts';
import type { CommitOptions } from '../repository.ts';
import type { CommitContext } from './context.ts';
import { identify, linksOfTransaction } from './identify.ts';
import { type Prepared, prepare } from './prepared.ts';
import { assertAnswered } from './unanswered.ts';

/** Nothing is written without the access of who writes. */
export interface BoundOptions extends CommitOptions {
  readonly access: Access;
}

export interface Unit {
  /** By whose search parameters it is prepared. */
  readonly context: CommitContext;
  readonly changes: readonly Change[];
  readonly options: BoundOptions;
  /** Id of each change where it is known beforehand. */
  readonly ids: readonly (string | undefined)[];
  /** Filled when nothing of the unit depends on the database's content. */
  readonly prepared?: readonly (Prepared | undefined)[];
}

/** What is to be validated beforehand: everything but patches. */
export const writtenBy = (changes: readonly Change[]): Written[] =>
  changes.flatMap((change) => {
    const resource = resourceOf(change);
    return resource === undefined ? [] : [{ resource, at: placeOf(change, resource), fullUrl: change.fullUrl }];
  });

/** Identifies and prepares what is valid, where no criteria have to be answered first. Throws FhirError. */
export function makeUnit(context: CommitContext, changes: readonly Change[], options: BoundOptions): Unit {
  if (dependsOnSearch(context, changes, options)) return { context, changes, options, ids: changes.map(givenId) };
  const ids = identify(context, changes, changes.map(givenId));
  if (options.transaction) linksOfTransaction(context, changes, ids);
  return withIndex(context, { changes, options, ids });
}

const withIndex = (context: CommitContext, unit: Pick<Unit, 'changes' | 'options' | 'ids'>): Unit => ({
  ...unit,
  context,
  prepared: unit.changes.map((change, i) => prepareChange(context, change, unit.ids[i], unit.options)),
});

/** The unit under the search parameters of now: ids and links stay, index rows are made anew. */
export function underContext(context: CommitContext, unit: Unit): Unit {
  if (unit.context === context) return unit;
  return unit.prepared === undefined ? { ...unit, context } : withIndex(context, unit);
}

/** What is searched by may change with it. */
export const writesParameters = ({ changes }: Unit): boolean => changes.some(({ type }) => type === 'SearchParameter');

export const givenId = (change: Change): string | undefined => (change.kind === 'create' ? undefined : change.id);

export const criteriaOf = (change: Change): string | undefined => (change.kind === 'create' ? change.ifNoneExist : change.criteria);

/** FHIRPath of the resource in the request. */
export const placeOf = ({ at }: Change, { resourceType }: Resource): string => (at === '' ? resourceType : at);

export const resourceOf = (change: Change): Resource | undefined => ('resource' in change ? change.resource : undefined);

/** A change as the store takes it; undefined for what brings no resource or has no id yet. */
export function prepareChange(
  context: CommitContext,
  change: Change,
  id: string | undefined,
  options: CommitOptions,
): Prepared | undefined {
  const resource = resourceOf(change);
  if (resource === undefined || id === undefined) return undefined;
  const prepared = prepare(context, resource, id, change.kind === 'update' ? change.printed : undefined);
  assertAnswered(context, options, resource, prepared, change.at);
  return prepared;
}

/** Criteria anywhere mean that ids, and so links and texts, are known only inside the database transaction. */
function dependsOnSearch(context: CommitContext, changes: readonly Change[], options: CommitOptions): boolean {
  if (changes.some((change) => criteriaOf(change) !== undefined)) return true;
  if (!options.transaction) return false;
  return changes.some((change) => {
    const resource = resourceOf(change);
    return resource !== undefined && context.findLinks(resource, (value, kind) => kind === 'reference' && isSearch(value)).length > 0;
  });
}

const isSearch = (reference: string): boolean => /^[A-Z][A-Za-z]*\?/.test(reference);
