/** A repository within an access: every way to read it goes through what is within reach. */
import type { Access } from '../auth/access.ts';
import type { Definitions } from '../fhir/definitions.ts';
import type { Extract } from '../search/extract.ts';
import type { Session } from '../store/database.ts';
import type { OwnedRecord } from '../store/statement/read.ts';
import type { EverythingContext } from './everything-context.ts';
import { everythingWithin } from './everything-within.ts';
import { historyWithin } from './history-within.ts';
import type { Relating } from './known-patients.ts';
import type { ReadRow } from './read.ts';
import { readWithin, vreadWithin } from './read-within.ts';
import type { Repository } from './repository.ts';
import { type SearchContext, searchWith } from './search.ts';
import { searchLimits } from './search-within.ts';

export interface Restricting extends Omit<SearchContext, 'principalId' | 'within'>, Pick<EverythingContext, 'frozen'> {
  readonly session: Session;
  readonly readRow: ReadRow;
  readonly readOwned: ReadRow<OwnedRecord>;
  readonly relating?: Relating | undefined;
  /** With the search parameters of the moment. */
  readonly current: () => Definitions;
  readonly extract: () => Extract;
}

export function restrictedRepository(restricting: Restricting, access: Access, id: string, commit: Repository['commit']): Repository {
  const { session, current, schema, typeCodes, statistics } = restricting;
  const reading = { ...restricting, access, compile: { schema, typeCodes, statistics } };
  // Page links are for those who may see the same.
  const principalId = `${id} ${access.key}`;
  const within = searchLimits(reading);
  return {
    read: (type, asked) => readWithin(reading, type, asked),
    vread: (type, asked, versionId) => vreadWithin(reading, type, asked, versionId),
    history: (scope, range) => historyWithin({ ...reading, principalId }, scope, range),
    search: (query) =>
      searchWith(session, { ...restricting, definitions: current(), principalId, within, findable: within.findable }, query),
    everything: (subject, asked) => everythingWithin({ ...reading, definitions: current(), principalId }, subject, asked),
    commit,
  };
}
