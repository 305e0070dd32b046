/** Looks up many sets of tokens at once: what conditional interactions mostly ask. https://hl7.org/fhir/R4/http.html#cond-update */
import { identifier, type Statement } from '../statement.ts';
import { plain, split, texts } from './column.ts';

export interface TokenQuery {
  /** Number by which the answer is told apart. */
  readonly place: number;
  readonly typeCode: number;
  readonly tokens: readonly string[];
}

/**
 * Rows of {place, id}: current resources that carry all tokens of a query, at most `limit` for each. The type is compared as an
 * expression, since the planner would otherwise combine the few rows of a token with an index scan over all rows of the type.
 */
export function tokenMatches(schemaName: string, queries: readonly TokenQuery[], limit: number): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select q.place, m.id from unnest($1::integer[], $2::smallint[], ${split(3)}) as q(place, tc, toks)
cross join lateral (select r.id from ${schema}.res r where r.toks @> q.toks::bigint[] and r.tc + 0 = q.tc and not r.del limit $4) m`,
    values: [
      plain(queries.map((query) => query.place)),
      plain(queries.map((query) => query.typeCode)),
      texts(queries.map((query) => plain(query.tokens))),
      limit,
    ],
    name: 'token-matches',
  };
}
