/** The process: runs the command that was asked for. The only file with side effects on import. */
import { runCommand } from './cli.ts';

const terminal = { env: process.env, in: process.stdin, out: process.stdout, err: process.stderr };

process.exitCode = await runCommand(process.argv.slice(2), terminal);
