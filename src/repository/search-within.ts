/** Searches within an access: what limits each place where their rows come from. https://hl7.org/fhir/R4/search.html */
import { questionsStatement } from '../search/compile/check.ts';
import { allOf, conjuncts } from '../search/condition.ts';
import type { Lookup } from '../search/include/lookup.ts';
import type { Query } from '../search/query.ts';
import { checkRestricted, type Reach, reachOf, restricted } from '../search/restrict.ts';
import type { VersionRecord } from '../store/statement/read.ts';
import type { HierarchyContext } from './hierarchy.ts';
import { asking, contentWithin, type Reaching } from './reaching.ts';

/** What is found, by whom. */
export type Finding = Pick<Reaching, 'access' | 'session' | 'compile'>;

export interface FindLimits {
  /** Throws a FhirError (403) for what may not be searched, whatever is stored. */
  check(query: Query): void;
  /** The query, once everything is known that it asks for. */
  query(query: Query): Query;
  readonly findable: NonNullable<HierarchyContext['findable']>;
}

export interface SearchLimits extends FindLimits {
  lookups(lookups: readonly Lookup[]): readonly Lookup[];
  /** Of versions that are named those that may be read. */
  versions<T extends VersionRecord>(rows: readonly T[]): Promise<readonly T[]>;
}

export function findLimits({ access, session, compile }: Finding): FindLimits {
  const found: Reach = (type) => access.condition(type, ['r', 's']);
  return {
    check: (query) => checkRestricted(query, found),
    query: (query) => restricted(query, found),
    findable: async (type, selves) => {
      const condition = found(type);
      if (condition === undefined || selves.length === 0) return [];
      const rows = await session.run<{ self: string }>(questionsStatement(compile, [{ type, selves, condition }]));
      const those = new Set(rows.map(({ self }) => self));
      return selves.filter((self) => those.has(self));
    },
  };
}

export function searchLimits(reaching: Reaching): SearchLimits {
  const { access, typeNames } = reaching;
  return {
    ...findLimits(reaching),
    // What is included is read, and was not searched for.
    lookups: (lookups) => lookups.flatMap((lookup) => limited(lookup, (type) => access.condition(type, ['r']))),
    versions: async (rows) => {
      const ask = asking(reaching);
      const seen = await Promise.all(rows.map((row) => contentWithin(reaching, ask, typeNames.get(row.tc) ?? '', row)));
      return rows.filter((_, i) => seen[i]);
    },
  };
}

function limited(lookup: Lookup, reach: Reach): Lookup[] {
  const types = lookup.types.filter((type) => reach(type) !== undefined);
  if (types.length === 0) return [];
  return [{ ...lookup, types, condition: allOf([...conjuncts(lookup.condition), ...conjuncts(reachOf(types, reach))]) }];
}
