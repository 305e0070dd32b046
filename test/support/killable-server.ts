/** A server of its own process, data and port, that can be killed with any signal and started again on the same data. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectFile } from '../../src/root.ts';

export interface KillableServer {
  readonly folder: string;
  /** The FHIR base. */
  readonly base: string;
  /** Resolves when it answers. */
  start(): Promise<void>;
  /** Resolves when it answers again, whoever was gone. */
  untilReady(): Promise<void>;
  stop(signal: NodeJS.Signals): Promise<void>;
  /** Ends it and gives up its data. */
  remove(): Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const listening = createServer().listen(0, '127.0.0.1', () => {
      const address = listening.address();
      listening.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const patienceMs = 110_000;

export interface KillableOptions {
  /** Settings beside those of every such server: no authorization, no sample data. */
  readonly settings?: Readonly<Record<string, string>>;
  /** What answers when it is ready; needs the database unless told otherwise. */
  readonly probe?: string;
}

export async function killableServer(
  name: string,
  { settings: further, probe = '/Patient?_summary=count' }: KillableOptions = {},
): Promise<KillableServer> {
  const folder = mkdtempSync(join(tmpdir(), `anamnesis-${name}-`));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}/fhir`;
  let server: ChildProcess | undefined;
  const settings = { PORT: String(port), DATA_DIR: folder, SAMPLE_DATA: 'false', LOG_LEVEL: 'fatal', AUTHORIZATION: 'off', ...further };
  const untilReady = async (): Promise<void> => {
    for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(50)) {
      const ready = await fetch(`${base}${probe}`).then(
        (response) => response.ok,
        () => false,
      );
      if (ready) return;
    }
    throw new Error('the server did not come up');
  };
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    const gone = new Promise((resolve) => server?.once('exit', resolve));
    server?.kill(signal);
    await gone;
  };
  return {
    ...{ folder, base, untilReady, stop },
    start: () => {
      const env = { ...process.env, ...settings };
      server = spawn(process.execPath, [projectFile('scripts', 'anamnesis.mjs'), 'serve'], { env, stdio: 'ignore' });
      return untilReady();
    },
    remove: async () => {
      await stop('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
