/** Takes a renewed certificate while the server runs: connections that stand go on, new ones get the new one. https://letsencrypt.org/docs/integration-guide/#renewal */
import { unwatchFile, watchFile } from 'node:fs';
import { Server } from 'node:https';
import type { Log } from '../log.ts';
import type { Tls } from './front.ts';

export interface TlsRenewal {
  readonly files: readonly string[];
  /** Throws where the files do not fit together: certificate and key are not written at the same moment. */
  readonly read: () => Tls;
}

/** Milliseconds: files are looked at, since renewal mostly replaces what a link leads to. */
const interval = 5000;

/** Answers what ends it. Certificate and key may come one after the other: until both fit, the old ones stay. */
export function renewTls(server: unknown, { files, read }: TlsRenewal, log: Log, every = interval): () => void {
  if (!(server instanceof Server)) return () => undefined;
  const renew = (): void => {
    try {
      server.setSecureContext({ ...read(), minVersion: 'TLSv1.2' });
      log.info({ files }, 'certificate renewed');
    } catch (err) {
      log.warn({ err, files }, 'the new certificate and key do not fit together: the old ones stay');
    }
  };
  for (const file of files) watchFile(file, { persistent: false, interval: every }, renew);
  process.on('SIGHUP', renew);
  return () => {
    process.off('SIGHUP', renew);
    for (const file of files) unwatchFile(file, renew);
  };
}
