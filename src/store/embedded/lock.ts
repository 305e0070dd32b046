/** One server per data folder: a lock file that names its holder, and is taken over when the holder is dead. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { birthOf, isAlive } from './process-identity.ts';

interface Holder {
  readonly pid: number;
  readonly birth: string;
  /** What runs there, such as `serve`. */
  readonly purpose: string;
}

/** The data is in use by another process. The message is one line for people. */
export class DataInUseError extends Error {
  readonly pid: number;

  constructor(dataDir: string, holder: Holder) {
    super(
      `The data in ${dataDir} is in use by another Anamnesis (${holder.purpose}, process ${holder.pid}). Stop it, or choose another DATA_DIR.`,
    );
    this.name = 'DataInUseError';
    this.pid = holder.pid;
  }
}

function holderOf(path: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>;
    return typeof holder.pid === 'number' ? { pid: holder.pid, birth: holder.birth ?? '', purpose: holder.purpose ?? 'server' } : undefined;
  } catch {
    return undefined;
  }
}

const holds = (holder: Holder): boolean => isAlive(holder.pid) && birthOf(holder.pid) === holder.birth;

function create(path: string, holder: Holder): boolean {
  try {
    writeFileSync(path, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead holder's file aside; of several who try, one moves the file and the others find it gone. */
function clear(path: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = holderOf(aside);
  // Someone quicker had already taken over: give the file back.
  if (moved !== undefined && holds(moved)) renameSync(aside, path);
  else rmSync(aside, { force: true });
}

/** Takes the data folder for this process; returns the release. Throws DataInUseError. */
export function lockData(dataDir: string, purpose: string): () => void {
  const path = join(dataDir, 'anamnesis.lock');
  const own: Holder = { pid: process.pid, birth: birthOf(process.pid), purpose };
  for (let attempt = 0; !create(path, own); attempt++) {
    const holder = holderOf(path);
    if (holder !== undefined && holds(holder)) throw new DataInUseError(dataDir, holder);
    if (attempt > 20) throw new Error(`The lock file ${path} cannot be taken over; delete it if no Anamnesis runs on this data.`);
    clear(path);
  }
  return () => {
    if (holderOf(path)?.pid === process.pid) rmSync(path, { force: true });
  };
}
