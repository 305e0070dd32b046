/** What was withdrawn is told to all processes in the transaction that withdraws it, so that none goes on with what it remembers. */
import type { Statement } from '../../statement.ts';

/** A channel of its own: whoever has no authorization to remember need not listen. */
export const authorizationChannel = 'anamnesis_authorization';

/** Of what a notice tells; `all` where it cannot be said, such as a changed policy. */
export type Withdrawn = 'authorization' | 'client' | 'account' | 'all';

/** `anamnesis authorization 6f1c…`: the schema, what kind of thing, and which one. */
export const withdrawnPayload = (schema: string, kind: Withdrawn, id = ''): string => `${schema} ${kind} ${id}`;

export const tellWithdrawn = (schema: string, kind: Withdrawn, id = ''): Statement => ({
  text: 'select pg_notify($1, $2)',
  values: [authorizationChannel, withdrawnPayload(schema, kind, id)],
});

/** The same within a statement, for each row of a query that has `id`. */
export const tellEachSql = (schema: string, kind: Withdrawn, rows: string): string =>
  `select pg_notify('${authorizationChannel}', '${schema} ${kind} ' || id::text) from ${rows}`;
