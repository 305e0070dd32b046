/**
 * Proves that every limit of the access is held by a test: takes each of them away in a copy of the project, and sees the named test fail.
 *
 *   npx tsx scripts/prove-access.ts [WORD-OF-A-NAME…]
 *
 * Exit code 0 means: each change was caught.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFile } from '../src/root.ts';
import { type Mutant, mutants } from '../test/auth/support/mutants.ts';

const words = process.argv.slice(2);
const chosen = mutants.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));

const copy = join(mkdtempSync(join(tmpdir(), 'anamnesis-prove-access-')), 'copy');
const git = (...args: readonly string[]): string => execFileSync('git', args, { cwd: projectFile('.'), encoding: 'utf8' });

const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--maxWorkers=1'];

/** Whether the test that is named failed, and nothing else went wrong. */
function isCaught({ file, find, replace, test, fails }: Mutant): boolean {
  const path = join(copy, file);
  const before = readFileSync(path, 'utf8');
  if (before.split(find).length !== 2) throw new Error(`${file} has "${find}" not once`);
  writeFileSync(
    path,
    before.replace(find, () => replace),
  );
  const pattern = fails.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const { stderr } = spawnSync(process.execPath, [...jest, test, '-t', pattern], { cwd: copy, encoding: 'utf8' });
  writeFileSync(path, before);
  return stderr.split('\n').some((line) => line.includes('✕') && line.includes(fails));
}

git('worktree', 'add', '--detach', copy, 'HEAD');
try {
  symlinkSync(projectFile('node_modules'), join(copy, 'node_modules'));
  for (const mutant of chosen) {
    const caught = isCaught(mutant);
    if (!caught) process.exitCode = 1;
    console.log(`${caught ? 'caught    ' : 'NOT CAUGHT'} ${mutant.name}: ${mutant.test}, ${mutant.fails}`);
  }
} finally {
  git('worktree', 'remove', '--force', copy);
  rmSync(join(copy, '..'), { recursive: true, force: true });
}
