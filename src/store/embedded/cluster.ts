/**
 * The folder of the embedded PostgreSQL's data: made once, aside, and moved into place when whole.
 * https://www.postgresql.org/docs/18/app-initdb.html
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Account } from './account.ts';
import type { Binaries } from './binary.ts';

export const roleName = 'anamnesis';
export const databaseName = 'anamnesis';
const majorVersion = '18';

export interface Cluster {
  readonly folder: string;
  readonly account: Account | undefined;
  readonly binaries: Binaries;
  /** False: no safety against power loss (tests). */
  readonly lasting: boolean;
}

export const clusterFolder = (dataDir: string): string => join(dataDir, 'postgresql');
const passwordFile = (dataDir: string): string => join(dataDir, 'postgresql.password');

export function readPassword(dataDir: string): string | undefined {
  try {
    return readFileSync(passwordFile(dataDir), 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}

/**
 * How PostgreSQL names its folder. Root starts it inside the folder and lets it go by its working folder: an unprivileged
 * account could not walk a path such as /root/checkout/data, and needs no more than the folder itself.
 */
export const folderName = (cluster: Pick<Cluster, 'account' | 'folder'>): string =>
  cluster.account !== undefined && process.platform === 'linux' ? '/proc/self/cwd' : cluster.folder;

/** The environment without PostgreSQL's own variables, which could point elsewhere. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG') && !name.startsWith('LC_') && name !== 'LANG');
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

function run(cluster: Cluster, program: string, args: readonly string[], input = ''): Promise<void> {
  const options = { cwd: cluster.folder, env: cleanEnvironment(), maxBuffer: 1 << 24, ...cluster.account };
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      const trouble = error ?? (/\b(ERROR|FATAL|PANIC): /.test(stderr) ? new Error(stderr) : undefined);
      if (trouble === undefined || trouble === null) resolve();
      else
        reject(new Error(`PostgreSQL could not prepare its data in ${cluster.folder}: ${lastLines(stderr || stdout || trouble.message)}`));
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

const lastLines = (text: string): string => text.trim().split('\n').slice(-3).join(' ').replace(/\s+/g, ' ');

/** SQL in single-user mode, where the superuser needs no password: nobody can log in as the superuser otherwise. */
const runSingle = (cluster: Cluster, database: string, statements: readonly string[]): Promise<void> =>
  run(
    cluster,
    cluster.binaries.postgres,
    ['--single', '-j', '-D', folderName(cluster), '-c', 'log_min_error_statement=panic', database],
    statements.map((statement) => `${statement};\n\n`).join(''),
  );

const access = `# Only the server's own role may connect, with its password.
local all ${roleName} scram-sha-256
host all ${roleName} 127.0.0.1/32 scram-sha-256
`;

// Characters are classed by a UTF-8 locale (trigrams of letters beyond ASCII need it); order stays plain byte order everywhere.
const characterLocale = { linux: 'C.UTF-8', darwin: 'en_US.UTF-8' }[process.platform as string] ?? 'C';
const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', `--lc-ctype=${characterLocale}`];
const initdbOptions = ['-U', 'postgres', '-E', 'UTF8', ...locale, '--data-checksums', '--no-instructions', '--auth=reject'];

async function initialise(cluster: Cluster, password: string): Promise<void> {
  const args = ['-D', folderName(cluster), ...initdbOptions];
  await run(cluster, cluster.binaries.initdb, cluster.lasting ? args : [...args, '--no-sync']);
  writeFileSync(join(cluster.folder, 'pg_hba.conf'), access);
  await runSingle(cluster, 'postgres', [
    `create role ${roleName} login createdb password '${password}'`,
    `grant pg_monitor, pg_checkpoint, pg_signal_backend to ${roleName}`,
    `create database ${databaseName} owner ${roleName}`,
  ]);
}

function makeFolder(folder: string, account: Account | undefined): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
}

function writePassword(dataDir: string): string {
  const password = randomBytes(24).toString('base64url');
  const path = passwordFile(dataDir);
  writeFileSync(path, `${password}\n`, { mode: 0o600 });
  chmodSync(path, 0o600);
  return password;
}

/** A folder copied by root belongs to root: hands it to the account again. */
function handOver(folder: string, account: Account): void {
  lchownSync(folder, account.uid, account.gid);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
    lchownSync(join(entry.parentPath, entry.name), account.uid, account.gid);
}

function checkFolder(cluster: Cluster): void {
  const version = readFileSync(join(cluster.folder, 'PG_VERSION'), 'utf8').trim();
  if (version !== majorVersion)
    throw new Error(
      `${cluster.folder} holds data of PostgreSQL ${version}, but PostgreSQL ${majorVersion} is built in: keep that data and choose another DATA_DIR.`,
    );
  const { uid, mode } = statSync(cluster.folder);
  if (cluster.account !== undefined && uid === 0) handOver(cluster.folder, cluster.account);
  if (cluster.account === undefined && process.getuid !== undefined && uid !== process.getuid()) {
    throw new Error(`${cluster.folder} belongs to another user (${uid}): run as that user, or choose another DATA_DIR.`);
  }
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) chmodSync(cluster.folder, 0o700);
}

/** Makes the data folder at the first start and checks it at every other; returns the password of the server's role. */
export async function prepareCluster(dataDir: string, cluster: Cluster): Promise<string> {
  const known = readPassword(dataDir);
  if (existsSync(cluster.folder)) {
    checkFolder(cluster);
    if (known !== undefined) return known;
    const renewed = writePassword(dataDir);
    await runSingle(cluster, 'postgres', [`alter role ${roleName} password '${renewed}'`]);
    return renewed;
  }
  const password = writePassword(dataDir);
  const beginning = { ...cluster, folder: `${cluster.folder}.new` };
  makeFolder(beginning.folder, cluster.account);
  await initialise(beginning, password);
  renameSync(beginning.folder, cluster.folder);
  return password;
}
