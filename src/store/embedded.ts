/**
 * PostgreSQL 18 inside the server's own folder: started, watched, restarted when it dies, stopped with the server.
 * https://www.postgresql.org/docs/18/runtime.html
 */
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { postgresAccount } from './embedded/account.ts';
import { findBinaries } from './embedded/binary.ts';
import type { Cluster } from './embedded/cluster.ts';
import { clusterFolder, databaseName, prepareCluster, readPassword, roleName } from './embedded/cluster.ts';
import { lockData } from './embedded/lock.ts';
import type { Place } from './embedded/postmaster.ts';
import { askToStop, startPostmaster, stopOrphan, stopPostmaster } from './embedded/postmaster.ts';
import { livePostmaster, readPostmasterFile } from './embedded/postmaster-file.ts';
import { makeSocketFolder, removeSocketFolder, socketPort } from './embedded/socket.ts';

export { DataInUseError } from './embedded/lock.ts';

/** A pino logger is one. */
export interface EmbeddedLog {
  info(message: string): void;
  warn(message: string): void;
}

export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly log: EmbeddedLog;
  /** What the process does, for the message to a second one: `serve`, `load`. */
  readonly purpose?: string;
  /** Data of a test run: no safety against power loss, for speed. */
  readonly throwaway?: boolean;
}

export interface EmbeddedPostgres {
  readonly connection: pg.PoolConfig;
  /** Of the process that runs now; another one after a restart. */
  readonly postmasterPid: number;
  stop(): Promise<void>;
}

const onWindows = process.platform === 'win32';

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

interface Listening extends Place {
  readonly connection: pg.PoolConfig;
  readonly socketFolder: string | undefined;
}

const login = (password: string): pg.PoolConfig => ({ user: roleName, database: databaseName, password });

/** Unix sockets and no TCP where the system has them. */
async function listeningPlace(dataDir: string, cluster: Cluster, password: string): Promise<Listening> {
  const logFile = join(dataDir, 'postgresql.log');
  if (onWindows) {
    const port = await freePort();
    const listen = { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '' };
    return { listen, logFile, socketFolder: undefined, connection: { ...login(password), host: '127.0.0.1', port } };
  }
  const socketFolder = makeSocketFolder(cluster.account);
  const listen = { listen_addresses: '', port: String(socketPort), unix_socket_directories: socketFolder, unix_socket_permissions: '0700' };
  return { listen, logFile, socketFolder, connection: { ...login(password), host: socketFolder, port: socketPort } };
}

/** Starts again whenever PostgreSQL ends unasked; clients reconnect to the same place. */
class Watched {
  #child: ChildProcess;
  #stopping = false;
  readonly #cluster: Cluster;
  readonly #place: Place;
  readonly #log: EmbeddedLog;
  #restart: Promise<void> = Promise.resolve();
  readonly #onExit = (): void => askToStop(this.pid, this.#cluster);

  constructor(child: ChildProcess, cluster: Cluster, place: Place, log: EmbeddedLog) {
    this.#cluster = cluster;
    this.#place = place;
    this.#log = log;
    this.#child = child;
    this.#watch(child);
    process.on('exit', this.#onExit);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  #watch(child: ChildProcess): void {
    this.#child = child;
    // The server, not its PostgreSQL, keeps the process alive.
    child.unref();
    child.once('exit', (code, signal) => {
      if (this.#stopping) return;
      this.#log.warn(`PostgreSQL ended unexpectedly (${signal ?? `code ${code}`}); starting it again`);
      this.#restart = this.#again();
    });
  }

  async #again(): Promise<void> {
    for (let pause = 100; !this.#stopping; pause = Math.min(pause * 2, 5000)) {
      try {
        this.#watch(await startPostmaster(this.#cluster, this.#place));
        this.#log.info('PostgreSQL runs again');
        return;
      } catch (error) {
        this.#log.warn((error as Error).message);
        await sleep(pause);
      }
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#restart;
    process.off('exit', this.#onExit);
    await stopPostmaster(this.pid, this.#cluster);
  }
}

async function clusterOf(dataDir: string, throwaway: boolean): Promise<Cluster> {
  const folder = clusterFolder(dataDir);
  const account = postgresAccount(folder);
  return { folder, account, binaries: await findBinaries(dataDir, account), lasting: !throwaway };
}

async function clearRemains(cluster: Cluster, log: EmbeddedLog): Promise<void> {
  const stale = readPostmasterFile(cluster.folder);
  if (stale === undefined) return;
  const orphan = await stopOrphan(cluster);
  if (orphan !== undefined) log.warn(`Stopped the PostgreSQL (process ${orphan}) of a server that was killed`);
  else if (isRecycled(stale.pid, cluster)) rmSync(join(cluster.folder, 'postmaster.pid'), { force: true });
  if (stale.socketFolder !== '') removeSocketFolder(stale.socketFolder);
}

/** PostgreSQL itself would take any live process of its account with the noted number for its forerunner. */
function isRecycled(pid: number, cluster: Cluster): boolean {
  return existsSync(`/proc/${pid}`) && livePostmaster(cluster.folder) === undefined;
}

/** Starts PostgreSQL on `<dataDir>/postgresql`, made at the first start. Throws DataInUseError, or an Error with one line for people. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const dataDir = realpathSync(resolve(options.dataDir));
  const unlock = lockData(dataDir, options.purpose ?? 'serve');
  let place: Listening | undefined;
  try {
    const cluster = await clusterOf(dataDir, options.throwaway === true);
    await clearRemains(cluster, options.log);
    const password = await prepareCluster(dataDir, cluster);
    place = await listeningPlace(dataDir, cluster, password);
    const watched = new Watched(await startPostmaster(cluster, place), cluster, place, options.log);
    return running(watched, place, unlock);
  } catch (error) {
    if (place?.socketFolder !== undefined) removeSocketFolder(place.socketFolder);
    unlock();
    throw error;
  }
}

function running(watched: Watched, place: Listening, unlock: () => void): EmbeddedPostgres {
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await watched.stop();
    if (place.socketFolder !== undefined) removeSocketFolder(place.socketFolder);
    unlock();
  };
  return {
    connection: place.connection,
    get postmasterPid() {
      return watched.pid;
    },
    stop: () => (stopped ??= stop()),
  };
}

/** The connection to the PostgreSQL that another process runs on this data; undefined when none does. */
export function findRunning(dataDir: string): pg.PoolConfig | undefined {
  const folder = clusterFolder(resolve(dataDir));
  if (!existsSync(folder)) return undefined;
  const file = livePostmaster(folder);
  const password = readPassword(dataDir);
  if (file === undefined || !file.ready || password === undefined) return undefined;
  return { ...login(password), host: file.socketFolder || file.address, port: file.port };
}
