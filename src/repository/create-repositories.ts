/** Builds the one door to resources on a database: everything compiled once, then a repository for every principal. */
import type { Access } from '../auth/access.ts';
import { assertGlass } from '../auth/break-glass.ts';

import { createAccess, isEverybody } from '../auth/create-access.ts';
import type { Principal } from '../auth/principal.ts';
import { unrestricted } from '../auth/unrestricted.ts';
import type { Definitions } from '../fhir/definitions.ts';
import { FhirError } from '../fhir/outcome.ts';
import { type ShippedResources, shippedResources } from '../packages/shipped.ts';
import { containedType } from '../search/contained/type.ts';
import type { Extract } from '../search/extract.ts';
import { noStatistics, type Statistics } from '../search/plan/statistics.ts';
import type { Query } from '../search/query.ts';
import type { Database, Session } from '../store/database.ts';
import { pageSecret } from '../store/setting.ts';
import { type OwnedRecord, type RelatedRecord, readOwned, readRelated } from '../store/statement/read.ts';
import type { Statement } from '../store/statement.ts';
import { keepStatistics } from '../store/statistics.ts';
import { loadTypeCodes, type TypeCodes } from '../store/type-code.ts';
import { shippedSources } from '../terminology/create-terminology.ts';
import type { Terminology } from '../terminology/terminology.ts';
import type { Conformance } from '../validation/conformance/source.ts';
import { conformanceTypes, isConformanceType } from '../validation/conformance/type.ts';
import type { ValidationSettings } from '../validation/setting.ts';
import type { Validator } from '../validation/validation.ts';
import type { BeginWriteCheck } from '../validation/write-check.ts';
import { type Committer, createCommitter } from './commit/committer.ts';
import { type CommitContexts, commitContexts } from './commit/contexts.ts';
import { announcements } from './conformance/announcement.ts';
import { conformanceOver } from './conformance/create-conformance.ts';
import { type ConformanceWatch, conformanceWatch } from './conformance/watch.ts';
import { type ConsentFlag, consentFlag } from './consent-flag.ts';
import { type ContainedTypes, containedTypes } from './contained-types.ts';
import { type DefinitionStore, definitionsOf, perOpenTypes } from './definitions-within.ts';
import { everything } from './everything.ts';
import { history } from './history.ts';
import { knownPatients, type Relating } from './known-patients.ts';
import { type Policies, policiesOf } from './policies.ts';
import { gatheredReads, type ReadRow, read, singleReads, vread } from './read.ts';
import type { RecentVersions } from './recent-versions.ts';
import type { Repository } from './repository.ts';
import { restrictedRepository } from './restricted.ts';
import { type SearchContext, searchWith } from './search.ts';
import type { SearchRegistry } from './search-registry.ts';
import { selectionWithin } from './selection.ts';
import { terminologies } from './terminologies.ts';
import { openValidation, type Validation } from './validation.ts';

export interface RepositoryOptions {
  readonly database: Database;
  readonly registry: SearchRegistry;
  readonly now: () => Date;
  readonly updateCreate: boolean;
  readonly referentialIntegrity: 'enforce' | 'off';
  /** Zone of dates without one. */
  readonly timeZone?: string;
  /** Absolute FHIR base of this server without trailing slash, where it is fixed: references to it are local. */
  readonly base?: string;
  /** Conformance resources that come with the server; all unless told otherwise. */
  readonly shipped?: ShippedResources;
  readonly validation?: ValidationSettings;
  /** Committed versions that this process keeps in memory; none unless told otherwise. */
  readonly recent?: RecentVersions;
}

export interface Repositories {
  /** Reads and writes what the principal may: nothing without scopes. */
  of(principal: Principal): Repository;
  access(principal: Principal): Access;
  /** The same with an access that is made already; page links are bound to the id. */
  under(access: Access, id: string): Repository;
  validator(principal: Principal): Validator;
  /** What every write is checked by. */
  readonly beginCheck: BeginWriteCheck;
  /** All that a query finds within an access, as SQL; `among`: of the rows of that table alone. */
  selection(session: Session, access: Access, query: Query, among?: string): Promise<Statement>;
  /** For what writes index rows without a commit. */
  readonly contexts: CommitContexts;
  readonly typeCodes: TypeCodes;
  readonly typeNames: ReadonlyMap<number, string>;
  /** Structures, value sets, questionnaires … by canonical. */
  readonly conformance: Conformance;
  /** Of what other processes write. */
  readonly watch: ConformanceWatch;
  readonly consents: ConsentFlag;
  readonly policies: Policies;
}

export async function createRepositories(options: RepositoryOptions): Promise<Repositories> {
  const { database, registry } = options;
  const definitions = registry.standard;
  const { resourceTypes } = definitions;
  const typeCodes = await loadTypeCodes(database, database.schema, [...resourceTypes, ...resourceTypes.map(containedType)]);
  const statistics = await keepStatistics(database, database.schema, typeCodes, noStatistics);
  const shared: Shared = {
    schema: database.schema,
    statistics,
    definitions,
    typeCodes,
    typeNames: new Map([...typeCodes].map(([name, code]) => [code, name])),
    secret: await pageSecret(database, database.schema),
    bases: new Set(options.base === undefined ? [] : [options.base]),
    contained: containedTypes(database.schema, () => options.now().getTime()),
    frozen: database.frozen,
  };
  const current = (): Definitions => registry.current().definitions;
  const shipped = options.shipped ?? shippedResources();
  const sources = shippedSources(shipped);
  const terminologyOver = terminologies({ definitions, sources, ...(options.base === undefined ? {} : { base: options.base }) });
  const announced = announcements(database.schema);
  const consents = consentFlag(database, database.schema);
  const policies = policiesOf(database, database.schema, (name) => definitions.isResourceType(name));
  await Promise.all([consents.look(), policies.look()]);
  // Made further down, and needed by the first request.
  const extract: () => Extract = () => contexts.current().extract;
  const viewBy = (session: Session, reads: Reads): View => viewOver(terminologyOver, shared, current, session, reads);
  // Inside a transaction everything is read by its own connection.
  const viewOf = (session: Session): View => viewBy(session, singleReadsOf(session, shared.schema));
  const kept = options.recent === undefined ? {} : { recent: options.recent };
  database.onLost(() => options.recent?.clear());
  const relating = { readRelated: gatheredReads<RelatedRecord>(database, shared.schema, readRelated), known: knownPatients() };
  const reads: Reads = {
    ...{ row: gatheredReads(database, shared.schema), owned: gatheredReads(database, shared.schema, readOwned) },
    ...{ relating, ...kept },
  };
  const view = viewBy(database, reads);
  const terminology = view.terminology(unrestricted);
  const repository = view.repository(unrestricted, 'terminology', extract, refuseCommit);
  const validationOver = (store: DefinitionStore, known: Terminology): Validation & { readonly conformance: Conformance } => {
    const conformance = conformanceOver({ repository: store, definitions, shipped, terminology: sources });
    return {
      conformance,
      ...openValidation({ definitions, terminology: known, source: conformance, settings: options.validation, now: options.now }),
    };
  };
  const { conformance, validator, beginCheck } = validationOver(repository, terminology);
  const further: Conformance[] = [];
  const validatorFor = perOpenTypes(
    conformanceTypes,
    () => validator,
    (open) => {
      const store = definitionsOf(repository, open);
      const made = validationOver(store, terminologyOver(store));
      further.push(made.conformance);
      return made.validator;
    },
  );
  const contexts = commitContexts(
    options,
    typeCodes,
    statistics,
    (session, access) => viewOf(session).terminology(access),
    shared.contained,
    announced,
    beginCheck,
  );
  const { commit } = createCommitter(database, contexts, (session, access) =>
    viewOf(session).repository(access, 'transaction', extract, refuseCommit),
  );
  const changed = (): void => {
    terminology.changed();
    for (const each of [conformance, ...further]) each.changed();
  };
  const announcing: Committer['commit'] = async (changes, asked) => {
    // Before it is written: what asks meanwhile asks in vain, and nothing that asks later goes without.
    if (changes.some(({ type }) => type === 'Consent')) consents.set();
    if (!changes.some(({ type }) => isConformanceType(type))) return commit(changes, asked);
    const results = await commit(changes, asked).catch((error: unknown) => {
      // Whether a lost connection had committed is not known.
      if (!(error instanceof FhirError)) changed();
      throw error;
    });
    changed();
    return results;
  };
  const { typeNames } = shared;
  const under = (access: Access, id: string): Repository =>
    view.repository(access, id, extract, (changes, asked) => announcing(changes, { ...asked, access }));
  const accessOf = accessMaker(options, current, policies, consents);
  const of = (principal: Principal): Repository => under(accessOf(principal), principal.id);
  const watch = conformanceWatch({ session: database, schema: database.schema, announcements: announced, onChange: changed });
  const selection: Repositories['selection'] = (session, access, query, among) =>
    selectionWithin(session, { ...shared, terminology: view.terminology }, access, query, among);
  const validatorOf = (principal: Principal): Validator => validatorFor(accessOf(principal));
  return {
    contexts,
    selection,
    typeCodes,
    typeNames,
    of,
    access: accessOf,
    under,
    validator: validatorOf,
    beginCheck,
    conformance,
    watch,
    consents,
    policies,
  };
}

function accessMaker(
  { now, base, timeZone }: RepositoryOptions,
  current: () => Definitions,
  policies: Policies,
  consents: Pick<ConsentFlag, 'isSet'>,
): (principal: Principal) => Access {
  const reading = { now, ...(base === undefined ? {} : { base }), ...(timeZone === undefined ? {} : { timeZone }) };
  return (principal) => {
    // What needs no definitions waits for none: the index may just be made anew.
    if (isEverybody(principal)) return unrestricted;
    const known = policies.current();
    assertGlass(principal, known);
    return createAccess(principal, current(), { ...reading, policies: known, consents: consents.isSet() });
  };
}

/** Reads by id on one connection or many. */
interface Reads {
  readonly row: ReadRow;
  readonly owned: ReadRow<OwnedRecord>;
  /** Absent where what is read may not be committed yet. */
  readonly recent?: RecentVersions;
  /** The same. */
  readonly relating?: Relating | undefined;
}

const singleReadsOf = (session: Session, schema: string): Reads => ({
  row: singleReads(session, schema),
  owned: singleReads(session, schema, readOwned),
});

/** What is read over one session. */
interface View {
  repository(access: Access, id: string, extract: () => Extract, commit: Repository['commit']): Repository;
  /** Over what the access may look up. */
  terminology(access: Access): Terminology;
}

function viewOver(
  terminologyOver: (store: DefinitionStore) => Terminology,
  shared: Shared,
  current: () => Definitions,
  session: Session,
  reads: Reads,
): View {
  let known: Terminology | undefined;
  const recent = reads.recent === undefined ? {} : { recent: reads.recent };
  const free = (id: string, commit: Repository['commit']): Repository =>
    bind({ ...shared, ...recent, terminology: all }, current, session, reads.row, id, commit);
  const definitions: DefinitionStore = free('terminology', refuseCommit);
  function all(): Terminology {
    return (known ??= terminologyOver(definitions));
  }
  const terminology = perOpenTypes(['CodeSystem', 'ValueSet'], all, (open) => terminologyOver(definitionsOf(definitions, open)));
  return {
    terminology,
    repository: (access, id, extract, commit) => {
      if (access.isUnrestricted) return free(id, commit);
      const restricting = { ...shared, ...recent, terminology: () => terminology(access), session, current, extract };
      const { row: readRow, owned: readOwned, relating } = reads;
      return restrictedRepository({ ...restricting, readRow, readOwned, relating }, access, id, commit);
    },
  };
}

interface Shared {
  readonly schema: string;
  readonly definitions: Definitions;
  readonly typeCodes: TypeCodes;
  readonly typeNames: ReadonlyMap<number, string>;
  readonly secret: string;
  readonly bases: ReadonlySet<string>;
  readonly statistics: () => Statistics;
  readonly contained: ContainedTypes;
  readonly frozen: Database['frozen'];
}

function bind(
  shared: Shared & Pick<SearchContext, 'terminology' | 'recent'>,
  /** With the search parameters of the moment. */
  current: () => Definitions,
  session: Session,
  readRow: ReadRow,
  principalId: string,
  commit: Repository['commit'],
): Repository {
  const { schema, typeCodes } = shared;
  return {
    read: (type, id) => read(readRow, typeCodes, type, id),
    vread: (type, id, versionId) => vread(session, schema, typeCodes, type, id, versionId),
    history: (scope, range) => history(session, { ...shared, principalId }, scope, range),
    search: (query) => searchWith(session, { ...shared, definitions: current(), principalId }, query),
    everything: (subject, asked) => everything(session, { ...shared, principalId }, subject, asked),
    commit,
  };
}

const refuseCommit: Repository['commit'] = async () => {
  throw new Error('a view of an open transaction only reads');
};
