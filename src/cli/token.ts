/** `anamnesis token`: one access token for scripts, for whoever may use the database. Nothing else is printed. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { findAccountByName } from '../auth/account.ts';
import { createAuthorization } from '../auth/authorization.ts';
import { addClient, findClient } from '../auth/client.ts';
import { issueAccessToken } from '../auth/grant/issue.ts';
import { parseScopes, printScope, type Scope } from '../auth/scope.ts';
import { checkScope } from '../auth/scope-filter.ts';
import { inOneTransaction, type Tables } from '../auth/tables.ts';
import { readConfig } from '../config.ts';
import { isId } from '../fhir/id.ts';
import { loadRegistry } from '../fhir/registry.ts';
import { assertPolicy } from './policy.ts';
import { recordCommand } from './record-command.ts';
import { addSettings, flagsOf } from './setting-option.ts';
import { CommandError, type Terminal } from './terminal.ts';
import { withDatabase } from './user/open-database.ts';

interface Asked {
  readonly scope: string;
  readonly patient?: string;
  readonly user?: string;
  readonly policy?: string;
  readonly lifetime: number;
}

/** Every token belongs to a client: these have no credentials and no grants, so that nobody else can be them. */
const commandLine = { id: 'command-line', name: 'Command line' };

async function ensureClient(tables: Tables, policy: string | undefined): Promise<string> {
  const id = policy === undefined ? commandLine.id : `${commandLine.id}-${policy}`;
  if ((await findClient(tables, id)) !== undefined) return id;
  const nothing = { redirectUris: [], postLogoutRedirectUris: [], grantTypes: [], scopes: [], details: {} };
  const limits = policy === undefined ? {} : { policy };
  await addClient(tables, { ...commandLine, id, ...nothing, ...limits, kind: 'confidential', trusted: true, disabled: false });
  return id;
}

/** Whoever asks for everything keeps the record: they may use the database itself. Consents bind every other token of a system. */
const policyFor = ({ policy }: Asked, scopes: readonly string[]): string | undefined =>
  policy ?? (scopes.includes('system/*.cruds') ? 'custodian' : undefined);

function scopesOf({ scope, patient, user }: Asked): readonly Scope[] {
  const scopes = parseScopes(scope);
  if (scopes.length === 0) throw new CommandError('--scope is empty, but must be scopes such as "system/*.cruds".');
  const { definitions } = loadRegistry();
  for (const each of scopes) checkScope(each, definitions, { now: () => new Date() });
  const has = (level: string): boolean => scopes.some((each) => each.kind === 'resource' && each.level === level);
  if (has('patient') && patient === undefined) throw new CommandError('Scopes of patient/ mean one patient: give --patient with its id.');
  if (has('user') && user === undefined) throw new CommandError('Scopes of user/ mean a person: give --user with the name of an account.');
  return scopes;
}

async function accountOf(tables: Tables, name: string | undefined): Promise<string | undefined> {
  if (name === undefined) return undefined;
  const account = await findAccountByName(tables, name);
  if (account === undefined || account.disabled) throw new CommandError(`There is no account ${name} that may act.`);
  return account.id;
}

async function issue(tables: Tables, asked: Asked): Promise<string> {
  const scopes = scopesOf(asked).map(printScope);
  const { patient, lifetime: seconds } = asked;
  const client = await ensureClient(tables, policyFor(asked, scopes));
  const account = await accountOf(tables, asked.user);
  const context = patient === undefined ? {} : { patient };
  const authorization = await createAuthorization(tables, { client, account, scopes, context });
  return (await issueAccessToken(tables, { authorization, scopes: scopes.join(' '), seconds })).access_token;
}

function readId(text: string): string {
  if (isId(text)) return text;
  throw new InvalidArgumentError('It must be the id of a patient.');
}

function readSeconds(text: string): number {
  const seconds = /^\d{1,8}$/.test(text) ? Number(text) : 0;
  if (seconds >= 1 && seconds <= 31_536_000) return seconds;
  throw new InvalidArgumentError('It must be seconds, from 1 to 31536000.');
}

export function tokenCommand(terminal: Terminal): Command {
  const command = new Command('token')
    .description('Print an access token, and nothing else.')
    .requiredOption('--scope <scopes>', 'what it is good for, such as "system/*.cruds"')
    .addOption(new Option('--patient <id>', 'the patient that scopes of patient/ mean').argParser(readId))
    .option('--user <name>', 'the account that scopes of user/ mean')
    .option('--policy <name>', 'the policy that limits scopes of system/')
    .addOption(new Option('--lifetime <seconds>', 'how long it counts').argParser(readSeconds).default(3600));
  return addSettings(command, ['database']).action(async (options: Asked & Record<string, unknown>) => {
    const config = readConfig(terminal.env, flagsOf(options));
    const token = await withDatabase(config, async (database) => {
      await assertPolicy(database, options.policy);
      const issued = await inOneTransaction(database, (tables) => issue(tables, options));
      const { scope, patient, user } = options;
      const subject = user === undefined ? {} : { subject: `account/${user}` };
      await recordCommand(database, config, {
        kind: 'token',
        detail: 'issued by a command',
        client: commandLine.id,
        scopes: scope.split(/\s+/),
        patient,
        ...subject,
      });
      return issued;
    });
    terminal.out.write(`${token}\n`);
  });
}
