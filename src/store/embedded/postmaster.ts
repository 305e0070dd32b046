/**
 * One PostgreSQL process: started, awaited, stopped.
 * https://www.postgresql.org/docs/18/server-shutdown.html
 */

import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import { cleanEnvironment, folderName } from './cluster.ts';
import { livePostmaster, readPostmasterFile } from './postmaster-file.ts';
import { isAlive } from './process-identity.ts';
import { settingArguments } from './setting.ts';

export interface Place {
  /** Settings that say where to listen. */
  readonly listen: Readonly<Record<string, string>>;
  readonly logFile: string;
}

const readyWithinMs = 120_000;
const stopWithinMs = 60_000;
const partingMs = 250;
const largestLog = 8 << 20;

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** Its own process group: a Ctrl-C in the terminal reaches the server alone, which then stops PostgreSQL last. */
function launch(cluster: Cluster, place: Place): ChildProcess {
  const log = openSync(place.logFile, sizeOf(place.logFile) > largestLog ? 'w' : 'a', 0o600);
  try {
    const args = ['-D', folderName(cluster), ...settingArguments(cluster.lasting, place.listen)];
    const options = {
      cwd: cluster.folder,
      env: cleanEnvironment(),
      detached: process.platform !== 'win32',
      windowsHide: true,
      ...cluster.account,
    };
    return spawn(cluster.binaries.postgres, args, { ...options, stdio: ['ignore', log, log] });
  } finally {
    closeSync(log);
  }
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

async function awaitReady(child: ChildProcess, cluster: Cluster): Promise<boolean> {
  let failed = child.pid === undefined;
  child.once('error', () => {
    failed = true;
  });
  for (const deadline = Date.now() + readyWithinMs; Date.now() < deadline; await sleep(10)) {
    if (failed || hasEnded(child)) return false;
    const file = readPostmasterFile(cluster.folder);
    if (file?.pid === child.pid && file?.ready === true) return true;
  }
  return false;
}

const readFrom = (path: string, start: number): string => readFileSync(path).subarray(start).toString('utf8');

/** Processes of a PostgreSQL that was killed may outlive it for a moment and still hold its memory. */
const isHeldByOrphans = (log: string): boolean => /pre-existing shared memory block/.test(log);

/** Resolves when PostgreSQL accepts connections; rejects with the last lines of its log. */
export async function startPostmaster(cluster: Cluster, place: Place): Promise<ChildProcess> {
  const log = sizeOf(place.logFile) > largestLog ? 0 : sizeOf(place.logFile);
  for (const deadline = Date.now() + 20_000; ; await sleep(200)) {
    const child = launch(cluster, place);
    if (await awaitReady(child, cluster)) return child;
    if (!hasEnded(child)) child.kill('SIGKILL');
    const said = readFrom(place.logFile, log).trim().split('\n').slice(-4).join(' ');
    if (!isHeldByOrphans(said) || Date.now() > deadline)
      throw new Error(`PostgreSQL did not start on ${cluster.folder}: ${said || 'it said nothing'}`);
  }
}

const shutdownMode = { SIGTERM: 'smart', SIGINT: 'fast', SIGQUIT: 'immediate' } as const;

function signal(pid: number, cluster: Cluster, name: 'SIGTERM' | 'SIGINT' | 'SIGQUIT'): void {
  if (process.platform === 'win32') {
    execFile(cluster.binaries.pgCtl, ['stop', '-D', cluster.folder, '-m', shutdownMode[name], '-W'], () => undefined);
    return;
  }
  try {
    process.kill(pid, name);
  } catch {
    // Already gone.
  }
}

/** Asks for a fast shutdown: sessions are cut, everything committed is written. */
export const askToStop = (pid: number, cluster: Cluster): void => signal(pid, cluster, 'SIGINT');

async function endsWithin(pid: number, milliseconds: number): Promise<boolean> {
  for (const deadline = Date.now() + milliseconds; isAlive(pid); await sleep(10)) {
    if (Date.now() > deadline) return false;
  }
  return true;
}

/** Sessions that are just ending may end by themselves, the others are cut; past a minute it stops at once and recovers at the next start. */
export async function stopPostmaster(pid: number, cluster: Cluster): Promise<void> {
  signal(pid, cluster, 'SIGTERM');
  if (await endsWithin(pid, partingMs)) return;
  askToStop(pid, cluster);
  if (await endsWithin(pid, stopWithinMs)) return;
  signal(pid, cluster, 'SIGQUIT');
  await endsWithin(pid, stopWithinMs);
}

/** A PostgreSQL whose server was killed still runs: its half-done work is rolled back and it ends before the next one starts. */
export async function stopOrphan(cluster: Cluster): Promise<number | undefined> {
  const orphan = livePostmaster(cluster.folder);
  if (orphan === undefined) return undefined;
  await stopPostmaster(orphan.pid, cluster);
  return orphan.pid;
}
