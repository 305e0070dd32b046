/**
 * The search parameters of the moment: the standard's, and those that the database holds, which clients and files define. A write says
 * by which of them it was indexed (the stamp), and the database refuses what is out of date.
 */
import type { Definitions } from '../fhir/definitions.ts';
import { refusal } from '../fhir/outcome.ts';
import type { SlimSearchParameter } from '../fhir/slim-search-parameter.ts';
import { hashVersion } from '../search/hash.ts';
import { type IndexView, type RegisteredParameter, viewOf } from '../search/registered-parameter.ts';
import type { Database, Session } from '../store/database.ts';
import { initialStamp } from '../store/statement/index-version.ts';
import { readRegistered, type SearchParameterRow } from '../store/statement/search-parameter.ts';

export interface IndexState extends IndexView {
  /** `[token hash].[number]`: which parameters leave rows. */
  readonly stamp: string;
  readonly registered: readonly RegisteredParameter[];
}

export interface SearchRegistry {
  /** What holds on every database: types, and the parameters of R4. */
  readonly standard: Definitions;
  /** Throws 503 while another version of the program has the index in its hands. */
  current(): IndexState;
  /** The same, asked of the database first when it was not asked for a while. */
  recent(): IndexState | Promise<IndexState>;
  /** Asks the database. */
  refresh(): Promise<IndexState>;
}

/** How old the knowledge of searches may be. Rows of retired definitions are written for much longer (see search-parameter.ts). */
const mostAge = 10_000;

interface Known {
  readonly state: IndexState;
  /** When the next retired definition has faded, by the clock of this process. */
  readonly until: number;
  readonly fading: ReadonlyMap<string, number>;
}

type Row = { readonly stamp: string } & (SearchParameterRow | { readonly generation: null });

export const firstStamp = `${hashVersion}.0`;

export const nextStamp = (stamp: string): string => `${hashVersion}.${Number(stamp.split('.')[1] ?? 0) + 1}`;

const isOurs = ({ stamp }: IndexState): boolean => stamp.startsWith(`${hashVersion}.`);

const registeredOf = ({ generation, owner, definition, state, job }: SearchParameterRow): RegisteredParameter => ({
  generation,
  owner,
  parameter: JSON.parse(definition) as SlimSearchParameter,
  state,
  job,
});

async function read(session: Session, schema: string, standard: Definitions): Promise<Known> {
  const asked = performance.now();
  const rows = await session.run<Row>(readRegistered(schema));
  const stamp = rows[0]?.stamp;
  if (stamp === undefined) throw new Error('the database keeps no version of its index');
  const parameters = rows.flatMap((row) => (row.generation === null ? [] : [row]));
  const fading = new Map(parameters.flatMap(({ generation, fades }) => (fades === null ? [] : [[generation, asked + fades] as const])));
  return known(standard, stamp, parameters.map(registeredOf), fading);
}

function known(
  standard: Definitions,
  stamp: string,
  registered: readonly RegisteredParameter[],
  fading: ReadonlyMap<string, number>,
): Known {
  const until = Math.min(...fading.values());
  return { state: { stamp, registered, ...viewOf(standard, registered) }, until, fading };
}

/** Without what has faded. */
function later({ state, fading }: Known, standard: Definitions, now: number): Known {
  const left = new Map([...fading].filter(([, until]) => until > now));
  const registered = state.registered.filter((one) => one.state !== 'retired' || left.has(one.generation));
  return known(standard, state.stamp, registered, left);
}

export async function openRegistry(database: Database, standard: Definitions): Promise<SearchRegistry> {
  const { schema } = database;
  await database.run(initialStamp(schema, firstStamp));
  let latest = await read(database, schema, standard);
  let confirmed = performance.now();
  let asking: Promise<IndexState> | undefined;

  const ask = async (): Promise<IndexState> => {
    const asked = performance.now();
    const found = await read(database, schema, standard);
    // The same parameters stay the same object, so that nothing is compiled again.
    if (found.state.stamp !== latest.state.stamp) latest = found;
    confirmed = asked;
    return latest.state;
  };
  const refresh = (): Promise<IndexState> => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
  const current = (): IndexState => {
    const now = performance.now();
    if (now >= latest.until) latest = later(latest, standard, now);
    if (!isOurs(latest.state)) throw rebuilding();
    return latest.state;
  };
  const recent = (): IndexState | Promise<IndexState> => (performance.now() - confirmed < mostAge ? current() : refresh().then(current));
  return { standard, current, recent, refresh };
}

const rebuilding = (): Error =>
  refusal('transient', 'The search index is being rebuilt by another version of this program: try again later', {
    headers: { 'retry-after': '30' },
  });
