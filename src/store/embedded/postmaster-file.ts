/**
 * What PostgreSQL writes about itself into `postmaster.pid`.
 * https://www.postgresql.org/docs/18/storage-file-layout.html
 */
import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { worksIn } from './process-identity.ts';

export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  /** '' without Unix sockets. */
  readonly socketFolder: string;
  /** '' without TCP. */
  readonly address: string;
  readonly ready: boolean;
}

export function readPostmasterFile(clusterFolder: string): PostmasterFile | undefined {
  try {
    const [pid, , , port, socketFolder, address, , status] = readFileSync(join(clusterFolder, 'postmaster.pid'), 'utf8').split('\n');
    if (!(Number(pid) > 0)) return undefined;
    return {
      pid: Number(pid),
      port: Number(port),
      socketFolder: socketFolder ?? '',
      address: address ?? '',
      ready: status?.trim() === 'ready',
    };
  } catch {
    return undefined;
  }
}

/** The file of a PostgreSQL that lives and works on this cluster; a stale file is undefined. */
export function livePostmaster(clusterFolder: string): PostmasterFile | undefined {
  const file = readPostmasterFile(clusterFolder);
  return file !== undefined && worksIn(file.pid, realpathSync(clusterFolder)) ? file : undefined;
}
