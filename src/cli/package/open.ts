/** What a server has on the database, for as long as a command takes. */
import type { Config } from '../../config.ts';
import { createLog } from '../../log.ts';
import { type OpenServices, openServices } from '../../services.ts';
import { softwareVersion } from '../../software-version.ts';
import { openStorage } from '../storage.ts';

/** A commit of many resources takes longer than any request of a client may. */
const statementTimeout = 600_000;

export async function withServices<T>(config: Config, work: (services: OpenServices) => Promise<T>): Promise<T> {
  const log = createLog(config.logLevel);
  const storage = await openStorage({ config, log, purpose: 'load' });
  try {
    // What a package refers to may come later, or never.
    const own = { ...config, updateCreate: true, referentialIntegrity: 'off', statementTimeout } as const;
    const services = await openServices({ config: own, connection: storage.connection, log, version: softwareVersion() });
    try {
      return await work(services);
    } finally {
      await services.close();
    }
  } finally {
    await storage.close();
  }
}
