/**
 * Which of the stored definitions somebody may look things up in: those of types that their access reaches as a whole. What they may
 * read in part only is as if it were not stored, so that no answer about a code tells of what is out of reach.
 */
import type { Access, Right } from '../auth/access.ts';
import { isOpen } from '../auth/restriction.ts';
import type { Repository } from './repository.ts';

export type DefinitionStore = Pick<Repository, 'read' | 'search'>;

const rights: readonly Right[] = ['r', 's'];

const isOpenFor = (access: Access, type: string): boolean =>
  access.isUnrestricted || rights.every((right) => access.restriction(type, right)?.any.some(isOpen) === true);

export const openTypes = (access: Access, types: readonly string[]): readonly string[] => types.filter((type) => isOpenFor(access, type));

/** The store as if nothing but these types were in it. */
export function definitionsOf(store: DefinitionStore, types: readonly string[]): DefinitionStore {
  const open = new Set(types);
  return {
    read: async (type, id) => (open.has(type) ? store.read(type, id) : undefined),
    search: async (query) => (query.types.every((type) => open.has(type)) ? store.search(query) : { matches: [], included: [] }),
  };
}

/** One for each set of types: few sets are ever met, whoever asks. */
export function perOpenTypes<T>(types: readonly string[], all: () => T, make: (open: readonly string[]) => T): (access: Access) => T {
  const made = new Map<string, T>();
  const known = new WeakMap<Access, T>();
  const find = (access: Access): T => {
    const open = openTypes(access, types);
    if (open.length === types.length) return all();
    const key = open.join(' ');
    const found = made.get(key) ?? make(open);
    made.set(key, found);
    return found;
  };
  return (access) => {
    const found = known.get(access) ?? find(access);
    known.set(access, found);
    return found;
  };
}
