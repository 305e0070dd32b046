/** Settings as options of a command, from the one table. */
import { type Command, Option } from 'commander';
import { type Flags, type Group, type Setting, settingsOf } from '../config.ts';

const placeholder = ({ name }: Setting<unknown>): string => name.toLowerCase().split('_').at(-1) ?? 'value';

/** `(default: 8080; environment: PORT; an integer …)`. */
function describe({ help, name, standard, kind }: Setting<unknown>): string {
  const preset = standard === undefined ? '' : `default: ${standard === '' ? 'none' : standard}; `;
  return `${help} (${preset}env: ${name}; ${kind.valid})`;
}

export function addSettings(command: Command, groups: readonly Group[]): Command {
  for (const [, setting] of settingsOf(groups))
    command.addOption(new Option(`${setting.flag} <${placeholder(setting)}>`, describe(setting)));
  return command;
}

/** commander names options in camel case, which is how the table names settings. */
export function flagsOf(options: Readonly<Record<string, unknown>>): Flags {
  const given = Object.entries(options).filter(([, value]) => typeof value === 'string');
  return Object.fromEntries(given) as Flags;
}
