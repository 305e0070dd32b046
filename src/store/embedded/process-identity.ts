/** Whether a process noted in a file still lives, and is not another one that got the same number later. */
import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

/** Fields of `/proc/<pid>/stat` from the third on, behind the command name, which may itself hold spaces and brackets. */
function statOf(pid: number): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/** A dead process keeps its number until its parent asks for it, which in a container may be never. */
const isZombie = (pid: number): boolean => /^[ZX]/.test(statOf(pid)?.[0] ?? '');

/** True for a live process, also of another user. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' && !isZombie(pid);
  }
}

/** A mark of this very process: its start in clock ticks since boot, field 22; '' where the system does not tell. */
export const birthOf = (pid: number): string => statOf(pid)?.[19] ?? '';

function commandOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

/** Whether the process is a PostgreSQL at work in this folder (an absolute path without links). */
export function worksIn(pid: number, folder: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform === 'win32') return true;
  if (process.platform !== 'linux') return commandOf(pid).includes('postgres');
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    // The folder of another user's process stays hidden, and so does not count as ours.
    return false;
  }
}
