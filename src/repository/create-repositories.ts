/** Builds the one door to resources on a database: everything compiled once, then a repository for every principal. */
import type { Principal } from '../auth/principal.ts';
import type { Definitions } from '../fhir/definitions.ts';
import { compileLinks } from '../fhir/links.ts';
import { compileExtractor } from '../search/extract.ts';
import { hash64, hashVersion } from '../search/hash.ts';
import { noStatistics, type Statistics } from '../search/plan/statistics.ts';
import type { Database, Session } from '../store/database.ts';
import { checkHashVersion, pageSecret } from '../store/setting.ts';
import { keepStatistics } from '../store/statistics.ts';
import { loadTypeCodes, type TypeCodes } from '../store/type-code.ts';
import type { Terminology } from '../terminology/terminology.ts';
import { compileValidator } from '../validation/structure.ts';
import { createCommitter } from './commit/committer.ts';
import type { CommitContext } from './commit/context.ts';
import { knownTexts } from './commit/known-texts.ts';
import { everything } from './everything.ts';
import { history } from './history.ts';
import { candidateTest, findMatches, normaliseCriteria } from './matches.ts';
import { gatheredReads, type ReadRow, read, singleReads, vread } from './read.ts';
import type { Repository } from './repository.ts';
import { searchWith } from './search.ts';
import { terminologies } from './terminologies.ts';

export interface RepositoryOptions {
  readonly database: Database;
  readonly definitions: Definitions;
  readonly now: () => Date;
  readonly updateCreate: boolean;
  readonly referentialIntegrity: 'enforce' | 'off';
  /** Zone of dates without one. */
  readonly timeZone?: string;
  /** Absolute FHIR base of this server without trailing slash, where it is fixed: references to it are local. */
  readonly base?: string;
}

export type Repositories = (principal: Principal) => Repository;

export async function createRepositories(options: RepositoryOptions): Promise<Repositories> {
  const { database, definitions } = options;
  const typeCodes = await loadTypeCodes(database, database.schema, definitions.resourceTypes);
  await checkHashVersion(database, database.schema, hashVersion);
  const statistics = await keepStatistics(database, database.schema, typeCodes, noStatistics);
  const shared: Shared = {
    schema: database.schema,
    statistics,
    definitions,
    typeCodes,
    typeNames: new Map([...typeCodes].map(([name, code]) => [code, name])),
    secret: await pageSecret(database, database.schema),
    bases: new Set(options.base === undefined ? [] : [options.base]),
  };
  const terminologyOver = terminologies(options);
  // Inside a transaction everything is read by its own connection.
  const viewOf = (session: Session): View => viewBy(terminologyOver, shared, session, singleReads(session, shared.schema), 'transaction');
  const commitContext = commitContextOf(options, typeCodes, statistics, (session) => viewOf(session).terminology());
  const { commit } = createCommitter(database, commitContext, (session) => viewOf(session).repository);
  const reads = gatheredReads(database, shared.schema);
  const { terminology } = viewBy(terminologyOver, shared, database, reads, 'terminology');
  const announcing: Repository['commit'] = async (changes, asked) => {
    const results = await commit(changes, asked);
    if (changes.some(({ type }) => type === 'ValueSet' || type === 'CodeSystem')) terminology().changed();
    return results;
  };
  return (principal) => bind({ ...shared, terminology }, database, reads, principal.id, announcing);
}

interface View {
  readonly repository: Repository;
  readonly terminology: () => Terminology;
}

/** A repository that only reads, and terminology over what it reads, made when it is asked for. */
function viewBy(
  terminologyOver: (repository: Repository) => Terminology,
  shared: Shared,
  session: Session,
  readRow: ReadRow,
  principalId: string,
): View {
  let known: Terminology | undefined;
  const terminology = (): Terminology => (known ??= terminologyOver(repository));
  const repository = bind({ ...shared, terminology }, session, readRow, principalId, refuseCommit);
  return { repository, terminology };
}

interface Shared {
  readonly schema: string;
  readonly definitions: Definitions;
  readonly typeCodes: TypeCodes;
  readonly typeNames: ReadonlyMap<number, string>;
  readonly secret: string;
  readonly bases: ReadonlySet<string>;
  readonly statistics: () => Statistics;
}

function bind(
  shared: Shared & Pick<View, 'terminology'>,
  session: Session,
  readRow: ReadRow,
  principalId: string,
  commit: Repository['commit'],
): Repository {
  const { schema, typeCodes } = shared;
  const searchContext = { ...shared, principalId };
  return {
    read: (type, id) => read(readRow, typeCodes, type, id),
    vread: (type, id, versionId) => vread(session, schema, typeCodes, type, id, versionId),
    history: (scope, range) => history(session, shared, scope, range),
    search: (query) => searchWith(session, searchContext, query),
    everything: (patientId, asked) => everything(session, shared, patientId, asked),
    commit,
  };
}

const refuseCommit: Repository['commit'] = async () => {
  throw new Error('a view of an open transaction only reads');
};

function commitContextOf(
  options: RepositoryOptions,
  typeCodes: TypeCodes,
  statistics: () => Statistics,
  terminology: (session: Session) => Terminology,
): CommitContext {
  const { database, definitions, now } = options;
  const zone = options.timeZone === undefined ? {} : { timeZone: options.timeZone };
  const base = options.base === undefined ? {} : { base: options.base };
  const matchContext = { schema: database.schema, definitions, typeCodes, statistics, terminology, now, ...zone, ...base };
  return {
    schema: database.schema,
    definitions,
    typeCodes,
    validate: compileValidator(definitions),
    extract: compileExtractor(definitions, { ...zone, bases: options.base === undefined ? [] : [options.base] }),
    findLinks: compileLinks(definitions),
    hash: hash64,
    normalise: (criteria) => normaliseCriteria(matchContext, criteria),
    findMatches: (session, criteria, limit) => findMatches(session, matchContext, criteria, limit),
    candidateTest: (criteria) => candidateTest(matchContext, criteria),
    referentialIntegrity: options.referentialIntegrity,
    updateCreate: options.updateCreate,
    texts: knownTexts(() => now().getTime()),
    now,
  };
}
