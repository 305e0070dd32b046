/** Verifies like the command: opened beside the server, for as long as it takes. */
import type { Verification } from '../../src/audit/verify.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { openServices } from '../../src/services.ts';
import type { AuditedServer } from './server.ts';

export interface Asked {
  readonly known?: { readonly seq: number; readonly hash: string };
  readonly key?: string;
}

export async function verifiedOf({ database }: Pick<AuditedServer, 'database'>, { known, key }: Asked = {}): Promise<Verification> {
  const config = readConfig({ AUDIT: 'on', AUTHORIZATION: 'off', ...(key === undefined ? {} : { AUDIT_KEY: key }) });
  const services = await openServices({ config, connection: database.connection, log: createLog('silent'), version: '1' });
  try {
    const found = await services.audit?.verify({ known: known === undefined ? [] : [known] });
    if (found === undefined) throw new Error('nothing was verified');
    return found;
  } finally {
    await services.close();
  }
}
