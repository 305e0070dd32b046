/** A world in a database, asked by a principal; and the same without all that a token cannot read, for as long as a test looks at it. */
import { localPrincipal, type Principal } from '../../../src/auth/principal.ts';
import { FhirError } from '../../../src/fhir/outcome.ts';
import type { FhirRequest, FhirResponse, Services } from '../../../src/interactions/interaction.ts';
import { dispatch } from '../../../src/interactions/routes.ts';
import { createRepositories, type Repositories } from '../../../src/repository/create-repositories.ts';
import { openRegistry, type SearchRegistry } from '../../../src/repository/search-registry.ts';
import { containerLink } from '../../../src/search/contained/type.ts';
import { selfHash } from '../../../src/search/link-token.ts';
import { type Database, openDatabase, type TransactionSession } from '../../../src/store/database.ts';
import { testDatabase } from '../../support/database.ts';
import { fakeJobs } from '../../support/fake-jobs.ts';
import { fakeReindexing } from '../../support/fake-reindexing.ts';
import { definitions } from '../../support/repository.ts';
import type { Oracle } from './oracle.ts';
import { type Version, type World } from './world.ts';

export interface Answer {
  readonly status: number;
  /** Headers and body, page links without their cursors. */
  readonly text: string;
  readonly next?: string;
}

export type Ask = (principal: Principal, url: string) => Promise<Answer>;

export interface Store {
  readonly ask: Ask;
  readonly repositories: Repositories;
  /** Asks a store that holds nothing but what may be read. */
  within(oracle: Oracle, work: (ask: Ask) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

const base = 'http://127.0.0.1:8080/fhir';

function requestFor(principal: Principal, url: string): FhirRequest {
  const { pathname, searchParams } = new URL(url.startsWith('http') ? url : `${base}/${url}`);
  const path = pathname
    .replace(/^\/fhir\/?/, '')
    .split('/')
    .filter((segment) => segment !== '');
  const nothing = (): never => {
    throw new Error('a GET has no body');
  };
  const body = { contentType: '', bytes: Buffer.alloc(0), resource: nothing, json: nothing };
  return { method: 'GET', path: path.map(decodeURIComponent), query: [...searchParams], headers: {}, base, principal, body };
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
  const shown = `${JSON.stringify(response.headers ?? {})} ${text.replace(/_cursor=[^"&]+/g, '_cursor=*')}`;
  return { status: response.status, text: shown, ...(next === undefined ? {} : { next }) };
}

const settings = { updateCreate: true, softwareVersion: '0.1.0', defaultCount: 50, maxCount: 100, searchExplain: true };

function askerOf(repositories: Repositories, registry: SearchRegistry): Ask {
  const services: Services = {
    definitions: registry.current().definitions,
    ...{ settings, reindexing: fakeReindexing(), jobs: fakeJobs(), now: () => new Date('2026-02-01T00:00:00Z') },
    repository: repositories.of,
    access: repositories.access,
    validator: repositories.validator,
  };
  return async (principal, url) => {
    try {
      return await answerOf(await dispatch(requestFor(principal, url), services));
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      return answerOf({ status: error.status, headers: error.headers, body: { resourceType: 'OperationOutcome', issue: error.issues } });
    }
  };
}

class LookedAt extends Error {}

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
}

const optionsOf = (database: Database, registry: SearchRegistry) => ({
  ...{ database, registry, updateCreate: true, referentialIntegrity: 'off' as const, base, now: () => new Date() },
});

export async function storeOf(world: World): Promise<Store> {
  const { connection, drop } = await testDatabase();
  const database = openDatabase({ connection, schema: 'anamnesis', poolSize: 8, statementTimeoutMs: 60_000 });
  const registry = await openRegistry(database, definitions);
  const repositories = await createRepositories(optionsOf(database, registry));
  for (const wave of world.waves) await repositories.of(localPrincipal).commit(wave, { transaction: true });
  let inside: TransactionSession | undefined;
  const switching: Database = {
    ...database,
    run: (statement) => (inside ?? database).run(statement),
    frozen: (work) => (inside === undefined ? database.frozen(work) : work(inside)),
  };
  const reduced = askerOf(await createRepositories(optionsOf(switching, registry)), registry);
  return {
    ...{ repositories, ask: askerOf(repositories, registry) },
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
