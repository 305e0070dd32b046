/**
 * A write of SearchParameters registers them in its own database transaction: what a client was told is stored is also being built.
 * https://hl7.org/fhir/R4/searchparameter.html
 */
import { parseJson } from '../../fhir/json.ts';
import type { Resource } from '../../fhir/resource.ts';
import { isNothing, type ParameterWrite, type Registration, registrationOf } from '../../search/registration.ts';
import type { Session } from '../../store/database.ts';
import { lockStamp } from '../../store/statement/index-version.ts';
import type { Statement } from '../../store/statement.ts';
import { registrationSql } from '../registration-sql.ts';
import { nextStamp } from '../search-registry.ts';
import type { CommitContext } from './context.ts';
import { type Item, liveItems, nameOf, type Work } from './work.ts';

/** The search parameters changed since the write was prepared: it is prepared anew. */
export class IndexChanged extends Error {}

/** What goes behind the writes; holds the parameters until the transaction ends. Throws 422 for a definition that cannot be used. */
export async function registrationStatements(context: CommitContext, session: Session, works: readonly Work[]): Promise<Statement[]> {
  const writes = liveItems(works).filter(writesParameter).map(writeOf);
  if (writes.length === 0 || isNothing(registration(context, writes))) return [];
  const [row] = await session.run<{ value: string }>(lockStamp(context.schema));
  // What is known here is what holds, as long as nobody changed it: nobody can from here on.
  if (row?.value !== context.stamp) throw new IndexChanged('the search parameters changed');
  return registrationSql(context.schema, registration(context, writes), nextStamp(context.stamp));
}

const registration = ({ standard, registered }: CommitContext, writes: readonly ParameterWrite[]): Registration =>
  registrationOf(standard, registered, writes);

const writesParameter = (item: Item): boolean => item.row !== undefined && item.change.type === 'SearchParameter';

function writeOf(item: Item): ParameterWrite {
  const resource = activeResource(item);
  return { owner: nameOf(item), at: item.change.at, ...(resource === undefined ? {} : { resource }) };
}

/** What a client publishes for use: drafts are not ready for it, what is retired should no longer be used. */
function activeResource({ result }: Item): Resource | undefined {
  const body = result?.version?.body;
  const resource = body === null || body === undefined ? undefined : (parseJson(body) as Resource);
  return resource?.['status'] === 'active' ? resource : undefined;
}
