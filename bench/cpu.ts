/** CPU time of this process and of the PostgreSQL that works for it, where both run on this machine. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Clock ticks of Linux are hundredths of a second. */
const tick = 10;

interface Process {
  readonly parent: number;
  readonly milliseconds: number;
  /** Of its children that have ended: connections come and go. */
  readonly ended: number;
}

function processOf(id: string): Process | undefined {
  try {
    const fields = readFileSync(`/proc/${id}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    const ticks = (first: number): number => (Number(fields[first]) + Number(fields[first + 1])) * tick;
    return { parent: Number(fields[1]), milliseconds: ticks(11), ended: ticks(13) };
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}

/** Of the embedded PostgreSQL in a data folder; undefined where there is none. */
export function postmasterOf(dataDir: string): number | undefined {
  const file = join(dataDir, 'postgresql', 'postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
}

/** Milliseconds up to now. */
export function cpuTime(postmaster: number | undefined): number {
  const { user, system } = process.cpuUsage();
  const own = (user + system) / 1000;
  if (postmaster === undefined || !existsSync('/proc/self/stat')) return own;
  const sessions = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => processOf(id) ?? []);
  const ended = processOf(String(postmaster))?.ended ?? 0;
  return own + ended + sessions.filter(({ parent }) => parent === postmaster).reduce((sum, { milliseconds }) => sum + milliseconds, 0);
}
