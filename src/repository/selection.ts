/** What a query finds within an access, as SQL: for work that gathers more than pages can hold. */
import type { Access } from '../auth/access.ts';
import type { CompileContext } from '../search/compile/page.ts';
import { compileSelection, compileSelectionAmong } from '../search/compile/select.ts';
import { lookUp } from '../search/look-up.ts';
import type { Query } from '../search/query.ts';
import type { Session } from '../store/database.ts';
import type { Statement } from '../store/statement.ts';
import type { Terminology } from '../terminology/terminology.ts';
import type { ContainedTypes } from './contained-types.ts';
import { followHierarchy } from './hierarchy.ts';
import { findLimits } from './search-within.ts';

export interface Selecting extends CompileContext {
  readonly terminology: (access: Access) => Terminology;
  readonly contained: ContainedTypes;
}

/**
 * `select rid, sk, ver, tc, id, self, pat` of all that the query finds and the access may both search for and read; with `among`, of the rows
 * in that table (rid, sk) alone. Throws a FhirError (403) where nothing can be within reach.
 */
export async function selectionWithin(
  session: Session,
  { terminology, contained, schema, typeCodes, statistics }: Selecting,
  access: Access,
  query: Query,
  among?: string,
): Promise<Statement> {
  const compile = { schema, typeCodes, statistics };
  const limits = access.isUnrestricted ? undefined : findLimits({ access, session, compile });
  limits?.check(query);
  const follow = followHierarchy(session, { schema, typeCodes, findable: limits?.findable });
  const known = await lookUp(query, { terminology: () => terminology(access), follow, contained: await contained.recent(session) });
  const asked = limits?.query(known) ?? known;
  return among === undefined ? compileSelection(compile, asked) : compileSelectionAmong(compile, asked, among);
}
