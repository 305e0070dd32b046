/** A command run in this process, and what it said. */
import { Readable, Writable } from 'node:stream';
import { runCommand } from '../../src/cli.ts';

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function sink(): { stream: Writable; text: () => string } {
  const pieces: string[] = [];
  const stream = new Writable({
    write: (chunk, _, done) => {
      pieces.push(String(chunk));
      done();
    },
  });
  return { stream, text: () => pieces.join('') };
}

export async function runSaying(args: readonly string[], env: NodeJS.ProcessEnv = {}, input?: string): Promise<Said> {
  const [out, err] = [sink(), sink()];
  const given = input === undefined ? {} : { in: Readable.from([input]) };
  const code = await runCommand(args, { env: { LOG_LEVEL: 'silent', ...env }, ...given, out: out.stream, err: err.stream });
  return { code, out: out.text(), err: err.text() };
}
