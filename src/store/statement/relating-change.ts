/** The count of changes to what says whose patients are whose: counted in the transaction of the change, and read with what it is about. */
import { identifier, type Statement } from '../statement.ts';

/** The last of a transaction: nobody waits for more than its commit. */
export const countRelatingChange = (schemaName: string): Statement => ({
  text: `update ${identifier(schemaName)}.relating_change set n = n + 1 where slot = pg_backend_pid() % 32`,
  values: [],
  name: 'relating-change',
});

/** The same number means that nothing of it was changed between two snapshots. */
export const relatingChanges = (schema: string): string => `(select sum(n)::bigint from ${schema}.relating_change)`;
