/** Builds the one door to resources on a database: everything compiled once, then a repository for every principal. */
import type { Access } from '../auth/access.ts';
import type { Principal } from '../auth/principal.ts';
import { unrestricted } from '../auth/unrestricted.ts';
import type { Definitions } from '../fhir/definitions.ts';
import { FhirError } from '../fhir/outcome.ts';
import { type ShippedResources, shippedResources } from '../packages/shipped.ts';
import { containedType } from '../search/contained/type.ts';
import { noStatistics, type Statistics } from '../search/plan/statistics.ts';
import type { Database, Session } from '../store/database.ts';
import { pageSecret } from '../store/setting.ts';
import { keepStatistics } from '../store/statistics.ts';
import { loadTypeCodes, type TypeCodes } from '../store/type-code.ts';
import { shippedSources } from '../terminology/create-terminology.ts';
import type { Terminology } from '../terminology/terminology.ts';
import type { Conformance } from '../validation/conformance/source.ts';
import { isConformanceType } from '../validation/conformance/type.ts';
import type { ValidationSettings } from '../validation/setting.ts';
import type { Validator } from '../validation/validation.ts';
import { type Committer, createCommitter } from './commit/committer.ts';
import { type CommitContexts, commitContexts } from './commit/contexts.ts';
import { announcements } from './conformance/announcement.ts';
import { conformanceOver } from './conformance/create-conformance.ts';
import { type ConformanceWatch, conformanceWatch } from './conformance/watch.ts';
import { type ConsentFlag, consentFlag } from './consent-flag.ts';
import { type ContainedTypes, containedTypes } from './contained-types.ts';
import { everything } from './everything.ts';
import { history } from './history.ts';
import { gatheredReads, type ReadRow, read, singleReads, vread } from './read.ts';
import type { Repository } from './repository.ts';
import { searchWith } from './search.ts';
import type { SearchRegistry } from './search-registry.ts';
import { terminologies } from './terminologies.ts';
import { openValidation } from './validation.ts';

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
}

export interface Repositories {
  of(principal: Principal): Repository;
  /** The same with an access that is made already; page links are bound to the id. */
  under(access: Access, id: string): Repository;
  validator(principal: Principal): Validator;
  /** For what writes index rows without a commit. */
  readonly contexts: CommitContexts;
  readonly typeCodes: TypeCodes;
  readonly typeNames: ReadonlyMap<number, string>;
  /** Structures, value sets, questionnaires … by canonical. */
  readonly conformance: Conformance;
  /** Of what other processes write. */
  readonly watch: ConformanceWatch;
  readonly consents: ConsentFlag;
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
  };
  const current = (): Definitions => registry.current().definitions;
  const shipped = options.shipped ?? shippedResources();
  const sources = shippedSources(shipped);
  const terminologyOver = terminologies({ definitions, sources, ...(options.base === undefined ? {} : { base: options.base }) });
  const announced = announcements(database.schema);
  const consents = consentFlag(database, database.schema);
  await consents.look();
  // Inside a transaction everything is read by its own connection.
  const viewOf = (session: Session): View =>
    viewBy(terminologyOver, shared, current, session, singleReads(session, shared.schema), 'transaction');
  const reads = gatheredReads(database, shared.schema);
  const { terminology, repository } = viewBy(terminologyOver, shared, current, database, reads, 'terminology');
  const conformance = conformanceOver({ repository, definitions, shipped, terminology: sources });
  const { validator, beginCheck } = openValidation({
    ...{ definitions, terminology: terminology(), source: conformance, settings: options.validation, now: options.now },
  });
  const contexts = commitContexts(
    options,
    typeCodes,
    statistics,
    (session) => viewOf(session).terminology(),
    shared.contained,
    announced,
    beginCheck,
  );
  const { commit } = createCommitter(database, contexts, (session) => viewOf(session).repository);
  const changed = (): void => {
    terminology().changed();
    conformance.changed();
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
    bind({ ...shared, terminology }, current, database, reads, id, (changes, asked) => announcing(changes, { ...asked, access }));
  const of = (principal: Principal): Repository => under(unrestricted, principal.id);
  const watch = conformanceWatch({ session: database, schema: database.schema, announcements: announced, onChange: changed });
  return { contexts, typeCodes, typeNames, of, under, validator: () => validator, conformance, watch, consents };
}

interface View {
  readonly repository: Repository;
  readonly terminology: () => Terminology;
}

/** A repository that only reads, and terminology over what it reads, made when it is asked for. */
function viewBy(
  terminologyOver: (repository: Repository) => Terminology,
  shared: Shared,
  current: () => Definitions,
  session: Session,
  readRow: ReadRow,
  principalId: string,
): View {
  let known: Terminology | undefined;
  const terminology = (): Terminology => (known ??= terminologyOver(repository));
  const repository = bind({ ...shared, terminology }, current, session, readRow, principalId, refuseCommit);
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
  readonly contained: ContainedTypes;
}

function bind(
  shared: Shared & Pick<View, 'terminology'>,
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
    history: (scope, range) => history(session, shared, scope, range),
    search: (query) => searchWith(session, { ...shared, definitions: current(), principalId }, query),
    everything: (patientId, asked) => everything(session, shared, patientId, asked),
    commit,
  };
}

const refuseCommit: Repository['commit'] = async () => {
  throw new Error('a view of an open transaction only reads');
};
