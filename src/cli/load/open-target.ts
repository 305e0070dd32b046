/** The database as a target: the interactions and repositories that a server has, without the server. */
import type pg from 'pg';
import { localPrincipal } from '../../auth/principal.ts';
import type { Config } from '../../config.ts';
import { parseJson } from '../../fhir/json.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { FhirRequest, FhirResponse, Services } from '../../interactions/interaction.ts';
import { dispatch } from '../../interactions/routes.ts';
import type { Log } from '../../log.ts';
import type { Repository } from '../../repository/repository.ts';
import { type OpenServices, openServices } from '../../services.ts';
import { softwareVersion } from '../../software-version.ts';
import { gatherEntries } from '../../store/gathered-index.ts';
import { commandPrincipal } from '../record-command.ts';
import { type DatabaseTargetOptions, databaseTarget } from './database-target.ts';
import type { Target } from './target.ts';

export interface OpenTarget {
  readonly target: Target;
  close(): Promise<void>;
}

/** A large commit takes longer than any request of a client may. */
const statementTimeout = 600_000;
const poolSize = 6;
const base = 'http://localhost/fhir';
const empty = Buffer.alloc(0);

/** POST on the base; the bundle is handed over as it was parsed. */
const requestOf = (bundle: Resource): FhirRequest => ({
  method: 'POST',
  path: [],
  query: [],
  headers: { prefer: 'return=minimal' },
  base,
  principal: localPrincipal,
  body: { contentType: 'application/fhir+json', bytes: empty, resource: () => bundle, json: () => bundle },
});

async function resourceOf({ body }: FhirResponse): Promise<Resource> {
  if (body === undefined) return { resourceType: 'Bundle' };
  if (typeof body === 'string') return parseJson(body) as Resource;
  if (!(Symbol.asyncIterator in body)) return body as Resource;
  const pieces: string[] = [];
  for await (const piece of body) pieces.push(piece);
  return parseJson(pieces.join('')) as Resource;
}

/** Runs transactions and batches as the server would; genomic studies in other shapes where `shaped` is given. */
export const bundleRunner =
  (services: OpenServices['services'], shaped: OpenServices['shaped'] = (current) => current): DatabaseTargetOptions['runBundle'] =>
  async (bundle) => {
    const [request, current] = [requestOf(bundle), await services()];
    return resourceOf(await dispatch(request, shaped(current, current, request)));
  };

/** Writes as a transaction would. */
async function repositoryOf(services: () => Promise<Services>, shaped: OpenServices['shaped']): Promise<Repository> {
  const current = await services();
  return shaped(current, current, requestOf({ resourceType: 'Bundle' })).repository(localPrincipal);
}

export async function openTarget(connection: pg.PoolConfig, config: Config, log: Log): Promise<OpenTarget> {
  const usual = { ...config, updateCreate: true, statementTimeout, databasePoolSize: Math.min(config.databasePoolSize, poolSize) };
  const common = { connection, log, version: softwareVersion() };
  const strict = await openServices({ ...common, config: usual });
  const open = await openServices({ ...common, config: { ...usual, referentialIntegrity: 'off' } });
  const { wrote, end } = await gatherEntries(open.database);
  const part = { part: 'load', who: commandPrincipal() };
  const told = async ({ audit, services }: OpenServices): Promise<Services> => audit?.aside(await services(), part) ?? services();
  return {
    target: databaseTarget({
      runBundle: bundleRunner(() => told(strict), strict.shaped),
      repository: await repositoryOf(() => told(open), open.shaped),
      wrote,
    }),
    close: async () => {
      await end();
      await strict.close();
      await open.close();
    },
  };
}
