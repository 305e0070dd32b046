/** `anamnesis migrate`: brings the tables of the database to the version of this program, and ends. */
import { Command } from 'commander';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { addSettings, flagsOf } from './setting-option.ts';
import { openStorage } from './storage.ts';
import type { Terminal } from './terminal.ts';

export function migrateCommand({ env, out }: Terminal): Command {
  const command = new Command('migrate').description('Bring the tables of the database to the version of this program.');
  return addSettings(command, ['database']).action(async (options: Record<string, unknown>) => {
    const config = readConfig(env, flagsOf(options));
    const storage = await openStorage({ config, log: createLog(config.logLevel), purpose: 'migrate' });
    await storage.close();
    const done = storage.applied.length === 0 ? 'is up to date' : `applied ${storage.applied.join(', ')}`;
    out.write(`Schema ${config.databaseSchema} in ${storage.place}: ${done}.\n`);
  });
}
