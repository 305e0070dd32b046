/** `anamnesis client`: the applications that may ask for access. */
import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { JSONWebKeySet } from 'jose';
import { addClient, allClients, type Client, disableClient } from '../auth/client.ts';
import { methodOf } from '../auth/client-authentication.ts';
import { keysOf } from '../auth/key-set.ts';
import { parsePurposes } from '../auth/purpose.ts';
import { mayBeRedirect } from '../auth/registration.ts';
import { parseScopes, printScope } from '../auth/scope.ts';
import { newSecret } from '../auth/secret.ts';
import { type ShapeName, shapeNames } from '../auth/study-shape.ts';
import { readConfig } from '../config.ts';
import { assertPolicy } from './policy.ts';
import { recordCommand } from './record-command.ts';
import { addSettings, flagsOf } from './setting-option.ts';
import { CommandError, type Terminal } from './terminal.ts';
import { withDatabase } from './user/open-database.ts';

interface Asked {
  readonly id?: string;
  readonly redirect: readonly string[];
  readonly logoutRedirect: readonly string[];
  readonly launch?: string;
  readonly scope?: string;
  readonly public?: boolean;
  readonly backend?: boolean;
  readonly jwks?: string;
  readonly jwksUrl?: string;
  readonly policy?: string;
  readonly purpose?: string;
  readonly trusted?: boolean;
  readonly genomicStudy?: ShapeName;
}

const usualScopes =
  'openid fhirUser profile launch launch/patient launch/encounter offline_access online_access patient/*.cruds user/*.cruds';

function keySetOf(file: string): JSONWebKeySet {
  try {
    const set = JSON.parse(readFileSync(file, 'utf8')) as JSONWebKeySet;
    if (keysOf(set)?.every((key) => key.d === undefined && typeof key.kid === 'string') === true) return set;
  } catch {
    throw new CommandError(`--jwks ${file} cannot be read as JSON.`);
  }
  throw new CommandError(`--jwks ${file} must be a JSON Web Key Set of public keys, each with its kid.`);
}

function checkUris({ redirect, public: isPublic = false, backend = false }: Asked): void {
  if (!backend && redirect.length === 0)
    throw new CommandError('An application for people needs --redirect; one that acts for itself is added with --backend.');
  const wrong = redirect.find((uri) => !mayBeRedirect(uri, true));
  if (wrong !== undefined) throw new CommandError(`--redirect ${wrong} must be an https URL without fragment, or one of this machine.`);
  if (isPublic && backend) throw new CommandError('--public and --backend exclude each other: what acts for itself has a secret to keep.');
}

function purposesOf({ purpose }: Asked): Pick<Client, 'purposes'> {
  if (purpose === undefined) return {};
  const purposes = parsePurposes(purpose);
  if (purposes !== undefined) return { purposes };
  throw new CommandError(
    `--purpose ${purpose.slice(0, 64)} must be codes of v3-ActReason, such as "TREAT" or "TREAT HRESCH", and not BTG.`,
  );
}

interface Made {
  readonly client: Client;
  readonly secret?: string;
}

function clientOf(name: string, asked: Asked): Made {
  checkUris(asked);
  const { backend = false, policy, launch, jwks, jwksUrl } = asked;
  const hasKeys = jwks !== undefined || jwksUrl !== undefined;
  const secret = asked.public === true || hasKeys ? undefined : newSecret();
  const scopes = parseScopes(asked.scope ?? (backend ? 'system/*.rs' : usualScopes)).map(printScope);
  const client: Client = {
    id: asked.id ?? crypto.randomUUID(),
    name,
    kind: asked.public === true ? 'public' : 'confidential',
    ...(secret === undefined ? {} : { secret: secret.hash }),
    ...(jwks === undefined ? {} : { jwks: keySetOf(jwks) }),
    ...(jwksUrl === undefined ? {} : { jwksUri: jwksUrl }),
    redirectUris: asked.redirect,
    postLogoutRedirectUris: asked.logoutRedirect,
    ...(launch === undefined ? {} : { launchUri: launch }),
    grantTypes: backend ? ['client_credentials'] : ['authorization_code', 'refresh_token'],
    scopes,
    ...(policy === undefined ? {} : { policy }),
    ...purposesOf(asked),
    trusted: asked.trusted === true,
    details: asked.genomicStudy === undefined ? {} : { genomic_study: asked.genomicStudy },
    disabled: false,
  };
  return { client, ...(secret === undefined ? {} : { secret: secret.text }) };
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

function addCommand(terminal: Terminal): Command {
  const command = new Command('add')
    .description('Register an application; its secret is printed once.')
    .argument('<name>', 'as people see it')
    .option('--id <id>', 'client_id; one is made up otherwise')
    .option('--public', 'it runs where everybody can look: a browser, a phone')
    .option('--backend', 'it acts for itself, without a person')
    .addOption(new Option('--redirect <url>', 'where people come back to; may be repeated').argParser(collect).default([]))
    .addOption(new Option('--logout-redirect <url>', 'where people go after they have signed out').argParser(collect).default([]))
    .option('--launch <url>', 'where an EHR starts it')
    .option('--scope <scopes>', 'what it may ask for at most')
    .addOption(new Option('--jwks <file>', 'its public keys, instead of a secret').conflicts('jwksUrl'))
    .option('--jwks-url <url>', 'where its public keys are, instead of a secret')
    .option('--policy <name>', 'the policy that limits its scopes of system/')
    .option('--purpose <code>', 'why it may look at records, the usual first: TREAT, HRESCH for research …')
    .addOption(new Option('--genomic-study <shape>', 'the shape in which it is told genomic studies').choices(shapeNames))
    .option('--trusted', 'it belongs to the house: people are not asked for their consent');
  return addSettings(command, ['database']).action(async (name: string, options: Asked & Record<string, unknown>) => {
    const { client, secret } = clientOf(name, options);
    const config = readConfig(terminal.env, flagsOf(options));
    const added = await withDatabase(config, async (database) => {
      await assertPolicy(database, client.policy);
      const isNew = await addClient(database, client);
      if (isNew)
        await recordCommand(database, config, { kind: 'client', subject: `client/${client.id}`, detail: 'added', scopes: client.scopes });
      return isNew;
    });
    if (!added) throw new CommandError(`There is a client ${client.id} already.`);
    terminal.out.write(`client_id      ${client.id}\n${secret === undefined ? '' : `client_secret  ${secret}\n`}`);
  });
}

const proofs = { none: 'public', secret: 'secret', assertion: 'keys' } as const;

const line = (client: Client): string =>
  [client.id, client.name, proofs[methodOf(client)], client.disabled ? 'disabled' : 'active', client.scopes.join(' ')].join('\t');

function listCommand(terminal: Terminal): Command {
  const command = new Command('list').description('List the applications: id, name, proof, state, scopes.');
  return addSettings(command, ['database']).action(async (options: Record<string, unknown>) => {
    const clients = await withDatabase(readConfig(terminal.env, flagsOf(options)), allClients);
    terminal.out.write(clients.map((client) => `${line(client)}\n`).join(''));
  });
}

function disableCommand(terminal: Terminal): Command {
  const command = new Command('disable')
    .description('End an application with all of its tokens, at once.')
    .argument('<id>', 'its client_id');
  return addSettings(command, ['database']).action(async (id: string, options: Record<string, unknown>) => {
    const config = readConfig(terminal.env, flagsOf(options));
    const done = await withDatabase(config, async (database) => {
      const isKnown = await disableClient(database, id);
      if (isKnown) await recordCommand(database, config, { kind: 'client', subject: `client/${id}`, detail: 'disabled' });
      return isKnown;
    });
    if (!done) throw new CommandError(`There is no client ${id}.`);
    terminal.out.write(`Client ${id} is disabled.\n`);
  });
}

export const clientCommand = (terminal: Terminal): Command =>
  new Command('client')
    .description('Applications that may ask for access.')
    .addCommand(addCommand(terminal))
    .addCommand(listCommand(terminal))
    .addCommand(disableCommand(terminal));
