/** An external PostgreSQL: reached, new enough, and with the rights that are needed — or one clear line. */
import pg from 'pg';
import { identifier } from '../store/statement.ts';
import { CommandError } from './terminal.ts';

const leastVersion = 150_000;
const connectWithinMs = 8000;

/** https://www.postgresql.org/docs/18/errcodes-appendix.html and the codes of Node's sockets. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at that address',
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name cannot be looked up now',
  ENOENT: 'there is no such socket',
  ETIMEDOUT: 'the host does not answer',
  EHOSTUNREACH: 'the host cannot be reached',
  ECONNRESET: 'the connection was cut; is it PostgreSQL that listens there?',
  '28P01': 'user or password is wrong',
  '28000': 'this user may not connect',
  '3D000': 'that database does not exist',
  '42501': 'this user may not connect to that database',
  '53300': 'it has too many connections already',
  '57P03': 'it is starting up or shutting down',
};

/** Host and database without user and password. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host || 'the local socket'}${pathname}`;
}

function reasonOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  return reasons[code] ?? (/timeout/i.test(message) ? 'the host does not answer' : message);
}

interface Facts {
  readonly version: number;
  readonly name: string;
  readonly schema: boolean;
  readonly maycreate: boolean;
  readonly mayuse: boolean;
  readonly encoding: string;
}

const askFacts = `select current_setting('server_version_num')::int as version, current_setting('server_version') as name,
  pg_catalog.getdatabaseencoding() as encoding,
  exists (select from pg_catalog.pg_namespace where nspname = $1) as schema,
  has_database_privilege(current_database(), 'CREATE') as maycreate,
  coalesce((select has_schema_privilege(oid, 'USAGE, CREATE') from pg_catalog.pg_namespace where nspname = $1), false) as mayuse`;

function refusalOf(facts: Facts, schema: string): string | undefined {
  if (facts.version < leastVersion) return `it is PostgreSQL ${facts.name}, but 15 or newer is needed`;
  if (facts.encoding !== 'UTF8') return `the database has encoding ${facts.encoding}, but UTF8 is needed`;
  if (!facts.schema && !facts.maycreate) return `this user may not create the schema ${schema}: grant create on the database`;
  if (facts.schema && !facts.mayuse) return `this user may not use the schema ${schema}: grant usage and create on it`;
  return undefined;
}

/** Throws CommandError. */
export async function checkExternal(url: string, schema: string): Promise<pg.PoolConfig> {
  const connection = { connectionString: url, application_name: 'anamnesis' };
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: connectWithinMs });
  client.on('error', () => undefined);
  let refused: string | undefined;
  try {
    await client.connect();
    const { rows } = await client.query<Facts>(askFacts, [identifier(schema)]);
    refused = refusalOf(rows[0] as Facts, schema);
  } catch (error) {
    throw new CommandError(`The database at ${placeOf(url)} (DATABASE_URL) cannot be used: ${reasonOf(error)}.`, { cause: error });
  } finally {
    await client.end().catch(() => undefined);
  }
  if (refused !== undefined) throw new CommandError(`The database at ${placeOf(url)} (DATABASE_URL) cannot be used: ${refused}.`);
  return connection;
}
