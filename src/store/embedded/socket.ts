/** The private folder of the Unix socket: short (the system allows 107 bytes), open to one account, gone after use. */
import { chmodSync, chownSync, mkdtempSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Account } from './account.ts';

/** Only names the socket file in a private folder; nothing listens on TCP. */
export const socketPort = 5432;
const prefix = 'anamnesis-';
const longestSocket = 107;

const isOpenToAll = (path: string): boolean =>
  (statSync(path).mode & 0o001) !== 0 && (dirname(path) === path || isOpenToAll(dirname(path)));

function suits(folder: string, account: Account | undefined): boolean {
  const socket = join(folder, `${prefix}XXXXXX`, `.s.PGSQL.${socketPort}.lock`);
  return Buffer.byteLength(socket) <= longestSocket && !folder.includes(',') && (account === undefined || isOpenToAll(folder));
}

export function makeSocketFolder(account: Account | undefined): string {
  const place = [tmpdir(), '/tmp', '/var/tmp', '/run'].find((folder) => suits(folder, account)) ?? '/tmp';
  const folder = mkdtempSync(join(place, prefix));
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
  chmodSync(folder, 0o700);
  return folder;
}

/** Removes a folder that `makeSocketFolder` made, and nothing else. */
export function removeSocketFolder(folder: string): void {
  if (!basename(folder).startsWith(prefix)) return;
  for (const name of [`.s.PGSQL.${socketPort}`, `.s.PGSQL.${socketPort}.lock`]) rmSync(join(folder, name), { force: true });
  try {
    rmdirSync(folder);
  } catch {
    // Not empty or already gone: not ours to force.
  }
}
