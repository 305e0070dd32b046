/** What a commit needs under the search parameters of the moment; made anew when they change. */
import type { Access } from '../../auth/access.ts';
import type { ConsentContext } from '../../auth/consent/criterion.ts';
import type { Definitions } from '../../fhir/definitions.ts';
import { compileLinks } from '../../fhir/links.ts';
import type { Resource } from '../../fhir/resource.ts';
import { compileExtractor, type Extract, type ExtractOptions } from '../../search/extract.ts';
import { hash64 } from '../../search/hash.ts';
import { mergeRows } from '../../search/merge-rows.ts';
import type { Statistics } from '../../search/plan/statistics.ts';
import { restfulTarget } from '../../search/reference-target.ts';
import type { IndexView } from '../../search/registered-parameter.ts';
import { zoneOf } from '../../search/types/date-interval.ts';
import type { Session } from '../../store/database.ts';
import type { TypeCodes } from '../../store/type-code.ts';
import type { Terminology } from '../../terminology/terminology.ts';
import type { BeginWriteCheck } from '../../validation/write-check.ts';
import type { Announcements } from '../conformance/announcement.ts';
import type { ContainedTypes } from '../contained-types.ts';
import type { RepositoryOptions } from '../create-repositories.ts';
import { candidateTest, findMatches, normaliseCriteria } from '../matches.ts';
import type { IndexState } from '../search-registry.ts';
import type { CommitContext } from './context.ts';
import { knownTexts } from './known-texts.ts';

export interface CommitContexts {
  /** The same object until the parameters change. */
  current(): CommitContext;
  /** Asks the database which parameters hold. */
  renew(): Promise<CommitContext>;
}

export function commitContexts(
  options: RepositoryOptions,
  typeCodes: TypeCodes,
  statistics: () => Statistics,
  terminology: (session: Session, access: Access) => Terminology,
  contained: ContainedTypes,
  conformance: Announcements,
  beginCheck: BeginWriteCheck,
): CommitContexts {
  const { registry, database, now, referentialIntegrity, updateCreate } = options;
  const { standard } = registry;
  const zone = options.timeZone === undefined ? {} : { timeZone: options.timeZone };
  const base = options.base === undefined ? {} : { base: options.base };
  const extractOptions = { ...zone, bases: options.base === undefined ? [] : [options.base] };
  const lasting = {
    schema: database.schema,
    standard,
    typeCodes,
    beginCheck,
    consents: consentContext(standard, typeCodes, options),
    findLinks: compileLinks(standard),
    hash: hash64,
    referentialIntegrity,
    updateCreate,
    texts: knownTexts(() => now().getTime()),
    contained,
    conformance,
    now,
  };
  const contextOf = (state: IndexState): CommitContext => {
    const { stamp, registered, definitions } = state;
    const match = { schema: database.schema, definitions, typeCodes, statistics, terminology, contained, now, ...zone, ...base };
    return {
      ...lasting,
      stamp,
      registered,
      compile: match,
      extract: extractorOf(state, extractOptions),
      normalise: (criteria) => normaliseCriteria(match, criteria),
      findMatches: (session, criteria, limit) => findMatches(session, match, criteria, limit),
      candidateTest: (criteria) => candidateTest(match, criteria),
    };
  };
  let latest: { readonly state: IndexState; readonly context: CommitContext } | undefined;
  const current = (): CommitContext => {
    const state = registry.current();
    if (latest?.state !== state) latest = { state, context: contextOf(state) };
    return latest.context;
  };
  return { current, renew: () => registry.refresh().then(current) };
}

/** By the standard's own parameters, which never change. */
function consentContext(definitions: Definitions, typeCodes: TypeCodes, { base, timeZone }: RepositoryOptions): ConsentContext {
  const local = (text: string): string | undefined => {
    const target = restfulTarget(text, (name) => definitions.isResourceType(name));
    return target === undefined || (target.base !== '' && target.base !== base) ? undefined : `${target.type}/${target.id}`;
  };
  return { definitions, typeCodes, zone: zoneOf(timeZone), local };
}

/** The rows that searches go by, and those that are kept beside them. */
function extractorOf({ definitions, beside }: IndexView, options: ExtractOptions): Extract {
  const extract = compileExtractor(definitions, options);
  if (beside.length === 0) return extract;
  const others = beside.map((view) => ({ types: view.types, extract: compileExtractor(view.definitions, options) }));
  return (resource) =>
    others
      .filter(({ types }) => isOneOf(types, resource))
      .reduce((rows, other) => mergeRows(rows, other.extract(resource)), extract(resource));
}

/** The resource, or something that it contains, is of one of the types. */
const isOneOf = (types: ReadonlySet<string>, { resourceType, contained }: Resource): boolean =>
  types.has(resourceType) ||
  (Array.isArray(contained) && contained.some((each: { resourceType?: unknown } | null) => types.has(String(each?.resourceType))));
