/** Compiles the sources when the compiled program is missing or older than they are. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'dist', '.built');
const main = join(root, 'dist', 'src', 'main.js');

/** Milliseconds of the newest change below a path. Data that is read as it is needs no build. */
function newest(path) {
  const state = statSync(path, { throwIfNoEntry: false });
  if (state === undefined) return 0;
  if (state.isDirectory()) return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
  return /\.ts$|tsconfig.*\.json$/.test(path) ? state.mtimeMs : 0;
}

const sources = ['src', 'migrations', 'tsconfig.json', 'tsconfig.build.json'].map((name) => join(root, name));

function isFresh() {
  if (!existsSync(main)) return false;
  const built = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Math.max(...sources.map(newest)) <= built;
}

/** The compiler is a development dependency: an installation without it runs what is compiled. */
function compiler() {
  try {
    const manifest = createRequire(import.meta.url).resolve('typescript/package.json');
    return join(dirname(manifest), 'bin', 'tsc');
  } catch {
    return undefined;
  }
}

function compile(tsc) {
  const started = Date.now();
  process.stderr.write('Building … ');
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) {
    process.stderr.write(`failed\n${error?.message ?? ''}${stdout ?? ''}${stderr ?? ''}`);
    process.exit(1);
  }
  writeFileSync(stamp, '');
  // What changed while the compiler ran counts as newer.
  utimesSync(stamp, started / 1000, started / 1000);
  process.stderr.write(`done in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

/** Path of the compiled program, up to date. */
export function built() {
  if (isFresh()) return main;
  const tsc = compiler();
  if (tsc !== undefined) compile(tsc);
  else if (!existsSync(main)) {
    process.stderr.write('anamnesis: There is no compiled program and no compiler: run npm ci with development dependencies.\n');
    process.exit(1);
  }
  return main;
}
