/** `anamnesis worker`: works at jobs, such as exports, without serving requests; as many of them as are wanted. */
import { Command } from 'commander';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { openServices } from '../services.ts';
import { softwareVersion } from '../software-version.ts';
import { rebuildingOn } from './rebuilding.ts';
import { addSettings, flagsOf } from './setting-option.ts';
import { openStorage } from './storage.ts';
import type { Terminal } from './terminal.ts';

const explanation = `
Needs the database of the server (DATABASE_URL, or the DATA_DIR of a server that runs here) and the same place for
files. The server itself works at jobs as well, unless its JOB_SLOTS is 0. Ends at SIGTERM; what it was working at
goes on elsewhere.
`;

const stopAsked = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
  });

async function work(options: Record<string, unknown>, terminal: Terminal): Promise<void> {
  const given = readConfig(terminal.env, flagsOf(options));
  // A worker that does nothing is none.
  const config = { ...given, jobSlots: Math.max(1, given.jobSlots) };
  const log = createLog(config.logLevel);
  const storage = await openStorage({ config, log, purpose: 'work' });
  try {
    const { connection } = storage;
    const stop = stopAsked();
    const services = await openServices({ config, connection, log, version: softwareVersion(), rebuilding: rebuildingOn(terminal.out) });
    services.start();
    terminal.out.write(`Working at jobs, ${config.jobSlots} at a time, on ${storage.place}. Ctrl-C ends it.\n`);
    const signal = await stop;
    log.info({ signal }, 'Stopping: jobs under way are given back');
    await services.close();
  } finally {
    await storage.close();
  }
}

export function workerCommand(terminal: Terminal): Command {
  const command = new Command('worker')
    .description('Work at jobs, such as exports, without serving requests.')
    .addHelpText('after', explanation);
  return addSettings(command, ['database', 'fhir']).action((options: Record<string, unknown>) => work(options, terminal));
}
