/** The statements of assertions that were used. */
import { identifier, type Statement } from '../../statement.ts';

/** No row when it was used before. */
export const useAssertion = (schemaName: string, hash: Buffer, expires: Date): Statement => ({
  text: `insert into ${identifier(schemaName)}.assertion (hash, expires) values ($1, $2) on conflict do nothing returning hash`,
  values: [hash, expires],
});
