/** A world in a database, asked by a principal; and the same without all that a token cannot read, for as long as a test looks at it. */

import type { Access } from '../../../src/auth/access.ts';
import { type AccessContext, createAccess } from '../../../src/auth/create-access.ts';
import type { Policy } from '../../../src/auth/policy.ts';
import { localPrincipal, type Principal } from '../../../src/auth/principal.ts';
import { parseJson } from '../../../src/fhir/json.ts';
import { FhirError } from '../../../src/fhir/outcome.ts';
import type { Resource } from '../../../src/fhir/resource.ts';
import type { FhirRequest, FhirResponse, RequestBody, Services } from '../../../src/interactions/interaction.ts';
import { dispatch } from '../../../src/interactions/routes.ts';
import { createRepositories, type Repositories } from '../../../src/repository/create-repositories.ts';
import { putPolicy } from '../../../src/repository/policies.ts';
import { openRegistry, type SearchRegistry } from '../../../src/repository/search-registry.ts';
import { containerLink } from '../../../src/search/contained/type.ts';
import { selfHash } from '../../../src/search/link-token.ts';
import { type Database, openDatabase, type TransactionSession } from '../../../src/store/database.ts';
import { testDatabase } from '../../support/database.ts';
import { fakeJobs } from '../../support/fake-jobs.ts';
import { fakeReindexing } from '../../support/fake-reindexing.ts';
import { alwaysAsked, definitions } from '../../support/repository.ts';
import { type Export, exporting } from './exports.ts';
import type { Oracle } from './oracle.ts';
import type { Asked } from './requests.ts';
import { type Version, type World } from './world.ts';

export interface Answer {
  readonly status: number;
  /** Headers and body, page links without their cursors, and no ids that are made up for one answer. */
  readonly text: string;
  readonly next?: string;
}

export type Ask = (principal: Principal, asked: Asked) => Promise<Answer>;

/** What is left out of an access, to see that it would be missed. */
export type Fault = 'consents' | 'labels' | 'policies' | 'filters';

export interface Store {
  readonly ask: Ask;
  /** As `ask`, but for the fault. */
  faulty(fault: Fault): Ask;
  readonly repositories: Repositories;
  readonly exported: Export;
  /** What stands with another number than is known, by `Type/id`. */
  versionsAfter(known: ReadonlyMap<string, { readonly versionId: number }>): Promise<readonly Version[]>;
  /** Asks a store that holds nothing but what may be read. */
  within(oracle: Oracle, work: (ask: Ask) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

const base = 'http://127.0.0.1:8080/fhir';

function bodyOf({ post }: Asked): RequestBody {
  const { type, text } = post ?? { type: '', text: '' };
  return {
    ...{ contentType: type, bytes: Buffer.from(text) },
    resource: () => parseJson(text) as Resource,
    json: () => JSON.parse(text) as unknown,
  };
}

function requestFor(principal: Principal, asked: Asked): FhirRequest {
  const { url, post } = asked;
  const { pathname, searchParams } = new URL(url.startsWith('http') ? url : `${base}/${url}`);
  const path = pathname
    .replace(/^\/fhir\/?/, '')
    .split('/')
    .filter((segment) => segment !== '')
    .map(decodeURIComponent);
  const method = post === undefined ? 'GET' : 'POST';
  return { method, path, query: [...searchParams], headers: {}, base, principal, body: bodyOf(asked) };
}

async function textOf({ body, bytes }: FhirResponse): Promise<string> {
  if (bytes !== undefined) return bytes.data.toString();
  if (body === undefined || typeof body === 'string') return body ?? '';
  if (!(Symbol.asyncIterator in body)) return JSON.stringify(body);
  let text = '';
  for await (const piece of body) text += piece;
  return text;
}

async function answerOf(response: FhirResponse): Promise<Answer> {
  const text = await textOf(response);
  const next = /"relation":"next","url":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  const same = text.replace(/_cursor=[^"&]+/g, '_cursor=*').replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, 'made-up');
  const shown = `${JSON.stringify(response.headers ?? {})} ${same}`;
  return { status: response.status, text: shown, ...(next === undefined ? {} : { next }) };
}

const settings = { updateCreate: true, softwareVersion: '0.1.0', defaultCount: 50, maxCount: 100, searchExplain: true };

type Views = Pick<Services, 'repository' | 'access' | 'validator'>;

const viewsOf = ({ of, access, validator }: Repositories): Views => ({ repository: of, access, validator });

const broken: Readonly<Record<Fault, (principal: Principal, context: AccessContext) => [Principal, AccessContext]>> = {
  consents: (principal, context) => [principal, { ...context, consents: false }],
  labels: (principal, context) => [principal, { ...context, policies: changed(context, (policy) => ({ ...policy, withheld: [] })) }],
  policies: (principal, context) => [
    principal,
    { ...context, policies: changed(context, (each) => ({ ...each, rules: each.rules.map((rule) => ({ ...rule, patients: 'all' })) })) },
  ],
  filters: ({ scopes, ...rest }, context) => [{ ...rest, scopes: scopes.map((scope) => scope.replace(/\?.*/, '')) }, context],
};

const changed = ({ policies }: AccessContext, change: (policy: Policy) => Policy): AccessContext['policies'] =>
  new Map([...policies].map(([name, policy]) => [name, change(policy)]));

function faultyViews(repositories: Repositories, registry: SearchRegistry, fault: Fault): Views {
  const access = (principal: Principal): Access => {
    const context = { now: () => new Date(), base, policies: repositories.policies.current(), consents: repositories.consents.isSet() };
    const [who, without] = broken[fault]({ ...principal }, context);
    return createAccess(who, registry.current().definitions, without);
  };
  return { ...viewsOf(repositories), access, repository: (principal) => repositories.under(access(principal), 'faulty') };
}

function askerOf(views: Views, registry: SearchRegistry): Ask {
  const services: Services = {
    definitions: registry.current().definitions,
    ...{ settings, reindexing: fakeReindexing(), jobs: fakeJobs(), now: () => new Date('2026-02-01T00:00:00Z') },
    ...views,
  };
  return async (principal, asked) => {
    try {
      return await answerOf(await dispatch(requestFor(principal, asked), services));
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      return answerOf({ status: error.status, headers: error.headers, body: { resourceType: 'OperationOutcome', issue: error.issues } });
    }
  };
}

class LookedAt extends Error {}

let takenAway = 0;

const nameOf = ({ type, id }: Version): string => `${type}/${id}`;

async function takeAway(session: TransactionSession, schema: string, versions: readonly Version[], oracle: Oracle): Promise<void> {
  const gone = [...new Map(versions.filter(({ type, id }) => !oracle.readable(type, id)).map((each) => [nameOf(each), each])).values()];
  const selves = `{${gone.map(({ type, id }) => selfHash(type, id)).join(',')}}`;
  const links = `{${gone.map(({ type, id }) => containerLink(type, id)).join(',')}}`;
  const former = versions.filter((each) => oracle.readable(each.type, each.id) && !oracle.seen.has(each));
  await session.run({
    text: `delete from ${schema}.ver v using ${schema}.res r where r.rid = v.rid and r.self = any($1::bigint[])`,
    values: [selves],
  });
  await session.run({
    text: `delete from ${schema}.ver v using ${schema}.res r, unnest($1::bigint[], $2::int[]) q(self, ver) where r.self = q.self and v.rid = r.rid and v.ver = q.ver`,
    values: [`{${former.map(({ type, id }) => selfHash(type, id)).join(',')}}`, `{${former.map(({ versionId }) => versionId).join(',')}}`],
  });
  await session.run({ text: `delete from ${schema}.res where rid < 0 and toks && $1::bigint[]`, values: [links] });
  await session.run({ text: `delete from ${schema}.res where self = any($1::bigint[])`, values: [selves] });
  // What was known of the full store does not hold of this one, nor of another one.
  await session.run({ text: `update ${schema}.relating_change set n = ${++takenAway} * 1000000000::bigint`, values: [] });
}

const optionsOf = (database: Database, registry: SearchRegistry) => ({
  ...{ database, registry, updateCreate: true, referentialIntegrity: 'off' as const, base, now: () => new Date() },
});

/** Withholds a label, which none of those that come with the server does. */
const guarded = {
  ...{ name: 'guarded', description: 'All but what is very restricted.', rules: [{ types: ['*'], rights: 'cruds', patients: 'all' }] },
  withheld: ['http://terminology.hl7.org/CodeSystem/v3-Confidentiality|V'],
};

interface StandingRow {
  readonly name: string;
  readonly id: string;
  readonly ver: number;
  readonly body: string | null;
}

async function versionsAfter(database: Database, known: ReadonlyMap<string, { readonly versionId: number }>): Promise<readonly Version[]> {
  const rows = await database.run<StandingRow>({
    text: `select t.name, r.id, r.ver, v.body from anamnesis.res r join anamnesis.type_code t on t.tc = r.tc and r.rid > 0
join anamnesis.ver v on v.rid = r.rid and v.ver = r.ver and v.sk = r.sk`,
    values: [],
  });
  const changed = rows.filter(({ name, id, ver }) => known.get(`${name}/${id}`)?.versionId !== ver);
  // The rest of a body stands behind `lastUpdated`.
  return changed.map(({ name: type, id, ver: versionId, body }): Version => {
    const text = body === null ? null : `{"resourceType":"${type}","id":"${id}","meta":{"lastUpdated":"x"${body}`;
    return { type, id, versionId, content: text === null ? null : (JSON.parse(text) as Resource) };
  });
}

export async function storeOf(world: World): Promise<Store> {
  const { connection, drop } = await testDatabase();
  const database = openDatabase({ connection, schema: 'anamnesis', poolSize: 8, statementTimeoutMs: 60_000 });
  const registry = await openRegistry(database, definitions);
  await putPolicy(database, database.schema, guarded, (name) => definitions.isResourceType(name));
  const repositories = await createRepositories({ ...optionsOf(database, registry), recent: alwaysAsked() });
  for (const wave of world.waves) await repositories.of(localPrincipal).commit(wave, { transaction: true });
  let inside: TransactionSession | undefined;
  const switching: Database = {
    ...database,
    run: (statement) => (inside ?? database).run(statement),
    frozen: (work) => (inside === undefined ? database.frozen(work) : work(inside)),
  };
  const reduced = askerOf(viewsOf(await createRepositories(optionsOf(switching, registry))), registry);
  return {
    ...{ repositories, ask: askerOf(viewsOf(repositories), registry), exported: exporting({ database, connection, repositories }) },
    versionsAfter: (known) => versionsAfter(database, known),
    faulty: (fault) => askerOf(faultyViews(repositories, registry, fault), registry),
    within: async (oracle, work) => {
      const looking = database.transaction(async (session) => {
        await takeAway(session, database.schema, world.versions, oracle);
        inside = session;
        await work(reduced);
        throw new LookedAt('what was taken away comes back');
      });
      await looking.catch((error: unknown) => {
        if (!(error instanceof LookedAt)) throw error;
      });
      inside = undefined;
    },
    close: async () => {
      await database.close();
      await drop();
    },
  };
}
