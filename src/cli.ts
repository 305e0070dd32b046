/** The command `anamnesis`: one file per command in cli/, one line here. */
import { Command, CommanderError } from 'commander';
import { auditCommand } from './cli/audit.ts';
import { clientCommand } from './cli/client.ts';
import { loadCommand } from './cli/load.ts';
import { migrateCommand } from './cli/migrate.ts';
import { packageCommand } from './cli/package.ts';
import { policyCommand } from './cli/policy.ts';
import { serveCommand } from './cli/serve.ts';
import { faultText, type Terminal } from './cli/terminal.ts';
import { tokenCommand } from './cli/token.ts';
import { userCommand } from './cli/user.ts';
import { workerCommand } from './cli/worker.ts';
import { softwareVersion } from './software-version.ts';

const commands = [
  serveCommand,
  workerCommand,
  migrateCommand,
  loadCommand,
  packageCommand,
  auditCommand,
  userCommand,
  policyCommand,
  clientCommand,
  tokenCommand,
];

function program(terminal: Terminal, setExit: (code: number) => void): Command {
  const root = new Command('anamnesis')
    .description('A FHIR R4 server for one complete history per person.')
    .version(softwareVersion(), '-V, --version', 'Print the version.')
    .helpOption('-h, --help', 'Print this help.')
    .showHelpAfterError('(--help lists what is known)');
  for (const make of commands) root.addCommand(make(terminal, setExit));
  for (const command of below(root)) configured(command).copyInheritedSettings(root);
  for (const command of [root, ...below(root)]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => terminal.out.write(text),
      writeErr: (text) => terminal.err.write(text.replace(/^error: /, 'anamnesis: ')),
    });
  }
  return root;
}

/** The commands of a command, and theirs. */
const below = (command: Command): Command[] => command.commands.flatMap((each) => [each as Command, ...below(each as Command)]);

const configured = (command: Command): Command => command.helpOption('-h, --help', 'Print this help.').allowExcessArguments(false);

/** Runs one command to its end; answers the exit code. `args` begin with the command's name. */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  let exit = 0;
  try {
    await program(terminal, (code) => {
      exit = code;
    }).parseAsync(args as string[], { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    terminal.err.write(faultText(error, terminal.env));
    return 1;
  }
}
