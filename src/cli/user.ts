/** `anamnesis user`: the people who can sign in, also while a server runs on the database. */
import { Command, Option } from 'commander';
import {
  type Account,
  addAccount,
  allAccounts,
  changePassword,
  changeTotp,
  findAccountByName,
  policyOf,
  type Role,
  roles,
  setDisabled,
} from '../auth/account.ts';
import { secretBox } from '../auth/secret-box.ts';
import { newTotpSecret, totpUri } from '../auth/totp.ts';
import { type Config, readConfig } from '../config.ts';
import type { Database } from '../store/database.ts';
import { policyNames } from './policy.ts';
import { recordCommand } from './record-command.ts';
import { addSettings, flagsOf } from './setting-option.ts';
import { CommandError, type Terminal } from './terminal.ts';
import { withDatabase } from './user/open-database.ts';
import { readPassword } from './user/read-password.ts';

type Options = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const sourceOf = ({ passwordStdin, newPassword }: Options): 'stdin' | 'new' | undefined =>
  passwordStdin === true ? 'stdin' : newPassword === true ? 'new' : undefined;

/** Commands that change an account end in a line of what was done. */
const withPasswordOptions = (command: Command): Command =>
  command
    .addOption(new Option('--password-stdin', 'read the password from standard input'))
    .addOption(new Option('--new-password', 'make a password and print it once').conflicts('passwordStdin'));

const onDatabase = (
  command: Command,
  terminal: Terminal,
  work: (database: Database, name: string, options: Options, config: Config) => Promise<void>,
) =>
  addSettings(command, ['database']).action(async (...given: unknown[]) => {
    const options = given.at(-2) as Options;
    const name = typeof given[0] === 'string' ? given[0] : '';
    const config = readConfig(terminal.env, flagsOf(options));
    await withDatabase(config, async (database) => {
      await work(database, name, options, config);
      if (name !== '')
        await recordCommand(database, config, { kind: 'account', subject: `account/${name.toLowerCase()}`, detail: command.name() });
    });
  });

async function known(database: Database, name: string): Promise<Account> {
  const account = await findAccountByName(database, name);
  if (account === undefined) throw new CommandError(`There is no account "${name.slice(0, 100)}": anamnesis user list shows all.`);
  return account;
}

function addCommand(terminal: Terminal): Command {
  const command = new Command('add')
    .description('Add an account.')
    .argument('<name>', 'with which the person signs in')
    .addOption(new Option('--role <role>', 'what the person is').choices(roles).makeOptionMandatory())
    .addOption(new Option('--fhir-user <reference>', 'the resource that speaks of the person, such as Practitioner/7'))
    .addOption(new Option('--policy <name>', 'whose records the person may see; without it that of the role'))
    .addOption(new Option('--language <code>', 'language of the person').choices(['en', 'es', 'de', 'fr']));
  return onDatabase(withPasswordOptions(command), terminal, async (database, name, options) => {
    const { password, made } = await readPassword(terminal, sourceOf(options));
    const [fhirUser, policy, language] = [textOf(options['fhirUser']), textOf(options['policy']), textOf(options['language'])];
    if (policy !== undefined && !(await policyNames(database)).has(policy))
      throw new CommandError(`There is no policy "${policy}": anamnesis policy list shows all.`);
    const account = await addAccount(database, { name, password, role: options['role'] as Role, fhirUser, policy, language });
    if (account === undefined) throw new CommandError(`There is an account "${name}" already.`);
    terminal.out.write(`Added ${account.name}: ${account.role}, policy ${policyOf(account)}.\n`);
    if (made) terminal.out.write(`Password, shown this once: ${password}\n`);
  });
}

const line = (account: Account): string =>
  [
    account.name,
    account.role,
    account.fhirUser ?? '-',
    policyOf(account),
    account.totp === undefined ? 'password' : 'password and second factor',
    account.disabled ? 'disabled' : 'active',
  ].join('\t');

const listCommand = (terminal: Terminal): Command =>
  onDatabase(
    new Command('list').description('List the accounts: name, role, resource, policy, factors, state.'),
    terminal,
    async (database) => {
      for (const account of await allAccounts(database)) terminal.out.write(`${line(account)}\n`);
    },
  );

const disableCommand = (terminal: Terminal): Command =>
  onDatabase(
    new Command('disable')
      .description('Shut an account out at once; with --undo let it in again.')
      .argument('<name>')
      .addOption(new Option('--undo', 'let it sign in again')),
    terminal,
    async (database, name, { undo }) => {
      const account = await known(database, name);
      await setDisabled(database, account, undo !== true);
      terminal.out.write(`${account.name} is ${undo === true ? 'active' : 'disabled, and signed out everywhere'}.\n`);
    },
  );

const passwordCommand = (terminal: Terminal): Command =>
  onDatabase(
    withPasswordOptions(new Command('password').description('Change a password, and sign the person out everywhere.').argument('<name>')),
    terminal,
    async (database, name, options) => {
      const account = await known(database, name);
      const { password, made } = await readPassword(terminal, sourceOf(options));
      await changePassword(database, account, password);
      terminal.out.write(`The password of ${account.name} is changed.\n`);
      if (made) terminal.out.write(`Password, shown this once: ${password}\n`);
    },
  );

const totpCommand = (terminal: Terminal): Command =>
  onDatabase(
    new Command('totp')
      .description('Give an account a second factor, and print once what an authenticator app reads; with --remove take it away.')
      .argument('<name>')
      .addOption(new Option('--remove', 'take the second factor away')),
    terminal,
    async (database, name, { remove }, config) => {
      const account = await known(database, name);
      const secret = remove === true ? null : newTotpSecret();
      await changeTotp(database, account, secret, secretBox(config.secretKey));
      if (secret === null) terminal.out.write(`${account.name} signs in with the password alone.\n`);
      else terminal.out.write(`For the authenticator app of ${account.name}, shown this once:\n${totpUri(secret, account.name)}\n`);
    },
  );

export const userCommand = (terminal: Terminal): Command =>
  new Command('user')
    .description('Add, list, disable and change the accounts of people who sign in.')
    .addCommand(addCommand(terminal))
    .addCommand(listCommand(terminal))
    .addCommand(disableCommand(terminal))
    .addCommand(passwordCommand(terminal))
    .addCommand(totpCommand(terminal));
