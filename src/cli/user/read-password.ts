/** A password that a command needs: typed without being shown, read from a pipe, or made up. Never an argument, which other users of the machine could read. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { newPassword } from '../../auth/password.ts';
import { CommandError, type Terminal } from '../terminal.ts';

export interface GivenPassword {
  readonly password: string;
  /** Nobody else knows it yet: it is printed, once. */
  readonly made: boolean;
}

/** Of a pipe, the first line counts. */
async function fromPipe(input: NonNullable<Terminal['in']>): Promise<string> {
  let text = '';
  for await (const chunk of input) {
    text += String(chunk);
    if (text.length > 10_000 || text.includes('\n')) break;
  }
  return text.split(/\r?\n/)[0] ?? '';
}

async function ask(terminal: Terminal, input: NonNullable<Terminal['in']>, question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: silent, terminal: true });
  try {
    terminal.err.write(question);
    return await lines.question('');
  } finally {
    lines.close();
    terminal.err.write('\n');
  }
}

async function typed(terminal: Terminal, input: NonNullable<Terminal['in']>): Promise<string> {
  const first = await ask(terminal, input, 'Password: ');
  if ((await ask(terminal, input, 'Once more: ')) !== first) throw new CommandError('The two passwords are not the same.');
  return first;
}

/** Where nothing can be typed and nothing is piped, one is made. */
export async function readPassword(terminal: Terminal, from: 'stdin' | 'new' | undefined): Promise<GivenPassword> {
  const { in: input } = terminal;
  if (from === 'stdin') {
    const password = input === undefined ? '' : await fromPipe(input);
    if (password === '') throw new CommandError('--password-stdin was given, but standard input has no password in its first line.');
    return { password, made: false };
  }
  if (from === 'new' || input?.isTTY !== true) return { password: newPassword(), made: true };
  return { password: await typed(terminal, input), made: false };
}
