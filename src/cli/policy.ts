/** `anamnesis policy`: whose records people and systems may see, as data; running servers hear of changes at once. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { shippedPolicies } from '../auth/shipped-policies.ts';
import { readConfig } from '../config.ts';
import { loadDefinitions } from '../fhir/registry.ts';
import { dropPolicy, type IsType, policiesOf, putPolicy } from '../repository/policies.ts';
import type { Database } from '../store/database.ts';
import { recordCommand } from './record-command.ts';
import { addSettings, flagsOf } from './setting-option.ts';
import { CommandError, type Terminal } from './terminal.ts';
import { withDatabase } from './user/open-database.ts';

const isType: IsType = (name) => loadDefinitions().isResourceType(name);

/** Those that come with the server, and those of the database, which go before. */
export async function policyNames(database: Database): Promise<ReadonlySet<string>> {
  const policies = policiesOf(database, database.schema, isType);
  await policies.look();
  return new Set(policies.current().keys());
}

/** A name that is not known would allow nothing, and nobody would know why. */
export async function assertPolicy(database: Database, name: string | undefined): Promise<void> {
  if (name !== undefined && !(await policyNames(database)).has(name))
    throw new CommandError(`There is no policy "${name.slice(0, 64)}": anamnesis policy list shows all.`);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    throw new CommandError(`${file} cannot be read as JSON: ${(error as Error).message}.`);
  }
}

type Options = Readonly<Record<string, unknown>>;

const addCommand = (terminal: Terminal): Command =>
  addSettings(new Command('add').description('Add a policy, or put it in the place of the one of its name.').argument('<file>', 'JSON'), [
    'database',
  ]).action(async (file: string, options: Options) => {
    const body = readJson(file);
    const config = readConfig(terminal.env, flagsOf(options));
    const { name } = await withDatabase(config, async (database) => {
      const put = await putPolicy(database, database.schema, body, isType);
      await recordCommand(database, config, { kind: 'policy', subject: `policy/${put.name}`, detail: 'put' });
      return put;
    });
    terminal.out.write(`Policy ${name} stands.\n`);
  });

const removeCommand = (terminal: Terminal): Command =>
  addSettings(new Command('remove').description('Remove a policy that was added.').argument('<name>'), ['database']).action(
    async (name: string, options: Options) => {
      const config = readConfig(terminal.env, flagsOf(options));
      const gone = await withDatabase(config, async (database) => {
        const dropped = await dropPolicy(database, database.schema, name);
        if (dropped) await recordCommand(database, config, { kind: 'policy', subject: `policy/${name}`, detail: 'removed' });
        return dropped;
      });
      if (!gone) throw new CommandError(`No policy "${name.slice(0, 64)}" was added: anamnesis policy list shows all.`);
      const stays = shippedPolicies(isType).has(name);
      terminal.out.write(
        stays ? `Policy ${name} is again as it comes with the server.\n` : `Policy ${name} is gone: who is under it may do nothing.\n`,
      );
    },
  );

const listCommand = (terminal: Terminal): Command =>
  addSettings(new Command('list').description('List the policies and what they say.'), ['database']).action(async (options: Options) => {
    await withDatabase(readConfig(terminal.env, flagsOf(options)), async (database) => {
      const policies = policiesOf(database, database.schema, isType);
      await policies.look();
      const known = [...policies.current().values()].sort((one, other) => (one.name < other.name ? -1 : 1));
      for (const { name, description } of known) terminal.out.write(`${name}\t${description}\n`);
    });
  });

export const policyCommand = (terminal: Terminal): Command =>
  new Command('policy')
    .description('Add, list and remove policies: whose records people and systems may see.')
    .addCommand(addCommand(terminal))
    .addCommand(listCommand(terminal))
    .addCommand(removeCommand(terminal));
