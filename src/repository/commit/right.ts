/**
 * Which rights a change needs: c, u, d for what it does, r and s for what it looks for.
 * https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#scopes-for-requesting-fhir-resources
 */
import type { Access, Right } from '../../auth/access.ts';
import type { Change } from '../change.ts';
import { criteriaOf } from './unit.ts';
import { refusedAt } from './work.ts';

/** What is done: an update may also create, as SMART says. A patch tells of the content by how it fails, so that it needs r as well. */
const doing: Readonly<Record<Change['kind'], readonly Right[]>> = { create: ['c'], update: ['u'], patch: ['r', 'u'], delete: ['d'] };

export const doingRights = ({ kind }: Change): readonly Right[] => doing[kind];

/** What criteria may find. */
export const findingRights: readonly Right[] = ['r', 's'];

/** In the order in which scopes name them. */
const order = 'cruds';

const inOrder = (rights: Iterable<Right>): string =>
  [...new Set(rights)].sort((one, other) => order.indexOf(one) - order.indexOf(other)).join('');

const neededBy = (change: Change): readonly Right[] =>
  criteriaOf(change) === undefined ? doing[change.kind] : [...doing[change.kind], ...findingRights];

/** Throws 403 for a change of a type on which no scope gives what it needs, whatever the resource. */
export function assertRights(access: Access, changes: readonly Change[]): void {
  if (access.isUnrestricted) return;
  for (const change of changes) {
    const lacking = neededBy(change).filter((right) => access.restriction(change.type, right) === undefined);
    if (lacking.length > 0) throw lackingScope(change, inOrder(neededBy(change)));
  }
}

const lackingScope = (change: Change, rights: string): Error => {
  const { type } = change;
  const what = criteriaOf(change) === undefined ? change.kind : `conditional ${change.kind}`;
  return refusedAt(
    change,
    'forbidden',
    `A ${what} of ${type} needs a scope such as user/${type}.${rights}, which was not granted for all of "${rights}"`,
  );
};
