/** `anamnesis audit`: proves that the log of accesses is whole, writes it out, and gives up what need not be kept any longer. */
import { userInfo } from 'node:os';
import { Command, Option } from 'commander';
import type { Audit } from '../audit/open-audit.ts';
import type { Verification } from '../audit/verify.ts';
import { type Config, readConfig } from '../config.ts';
import { withServices } from './package/open.ts';
import { addSettings, flagsOf } from './setting-option.ts';
import { CommandError, type Terminal } from './terminal.ts';

const explanation = `
The log of accesses is a chain: the hash of each entry covers the one before. "verify" walks it from its beginning, compares every
AuditEvent with its entry and names the first place that is broken; the exit code is then 1. It ends with the number and the hash of
the last entry: kept elsewhere and given to --known, they show later whether the end was cut off. With AUDIT_KEY set, nobody who can
only write to the database can make the chain anew.

Examples:
  anamnesis audit verify
  anamnesis audit verify --known 1200:9f86d081884c7d65…
  anamnesis audit list --after 1200 > log.ndjson
  anamnesis audit prune --before 2020-01-01
`;

type SetExit = (code: number) => void;

/** Nothing is made or adopted by a command: it works with what is there. */
const withAudit = <T>(config: Config, work: (audit: Audit) => Promise<T>): Promise<T> =>
  withServices({ ...config, audit: 'on' }, async ({ audit }) => {
    if (audit === undefined) throw new Error('The log of accesses was not opened');
    return work(audit);
  });

const counted = (count: number, one: string, many: string): string => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

function verificationText({ entries, events, open, keyedFrom, head, fault }: Verification): string {
  const what = `${counted(entries, 'entry', 'entries')}, ${counted(events, 'AuditEvent', 'AuditEvents')} as they should be, ${open.toLocaleString('en')} still to be made`;
  const keyed = keyedFrom === undefined ? 'without a key' : `with a key from entry ${keyedFrom} on`;
  const end = `last entry ${head.seq}:${head.hash}`;
  return fault === undefined
    ? `The log is whole: ${what}; ${keyed}; ${end}\n`
    : `The log is broken. ${fault}\nUp to there: ${what}; ${keyed}; ${end}\n`;
}

function knownOf(text: unknown): { seq: number; hash: string } | undefined {
  if (typeof text !== 'string') return undefined;
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq === undefined || hash === undefined)
    throw new CommandError('--known is the number and the hash that verify ended with, such as 1200:9f86… (64 digits).');
  return { seq: Number(seq), hash };
}

function verifyCommand({ env, out, err }: Terminal, setExit: SetExit): Command {
  const command = new Command('verify')
    .description('Prove that the log of accesses is whole.')
    .addOption(new Option('--known <number:hash>', 'an entry that was written down before'));
  return addSettings(command, ['database']).action(async (options: Record<string, unknown>) => {
    const known = knownOf(options['known']);
    const config = readConfig(env, flagsOf(options));
    const progress = err.isTTY === true ? (done: number, all: number) => err.write(`\r${done} of ${all} entries `) : undefined;
    const found = await withAudit(config, (audit) => audit.verify({ known: known === undefined ? [] : [known], progress }));
    if (progress !== undefined) err.write('\n');
    out.write(verificationText(found));
    if (found.fault !== undefined) setExit(1);
  });
}

function listCommand({ env, out }: Terminal): Command {
  const command = new Command('list')
    .description('Write the entries as lines of JSON: number, time, entry, hash.')
    .addOption(new Option('--after <number>', 'entries after this one').default('0'));
  return addSettings(command, ['database']).action(async (options: Record<string, unknown>) => {
    const after = String(options['after']);
    if (!/^\d{1,15}$/.test(after)) throw new CommandError(`--after is the number of an entry, not "${after.slice(0, 40)}".`);
    const config = readConfig(env, flagsOf(options));
    await withAudit(config, async (audit) => {
      for await (const { seq, at, entry, hash } of audit.list(Number(after)))
        out.write(`{"seq":${seq},"at":"${at}","entry":${entry},"hash":"${hash}"}\n`);
    });
  });
}

const day = /^\d{4}-\d{2}-\d{2}$/;

function pruneCommand({ env, out }: Terminal): Command {
  const command = new Command('prune')
    .description('Give up entries, with their AuditEvents, that are older than a day; write them out with list before.')
    .requiredOption('--before <date>', 'the first day that is kept, such as 2020-01-01');
  return addSettings(command, ['database']).action(async (options: Record<string, unknown>) => {
    const before = String(options['before']);
    if (!day.test(before) || Number.isNaN(Date.parse(before)))
      throw new CommandError(`--before is a day, such as 2020-01-01, not "${before.slice(0, 40)}".`);
    if (Date.parse(before) > Date.now()) throw new CommandError(`--before is ${before}, but must not lie in the future.`);
    const config = readConfig(env, flagsOf(options));
    const count = await withAudit(config, (audit) => audit.giveUp(new Date(before), userInfo().username));
    out.write(`Gave up ${counted(count, 'entry', 'entries')} from before ${before}; an entry of the log tells of it.\n`);
  });
}

export const auditCommand = (terminal: Terminal, setExit: SetExit): Command =>
  new Command('audit')
    .description('Verify, write out and shorten the log of accesses.')
    .addHelpText('after', explanation)
    .addCommand(verifyCommand(terminal, setExit))
    .addCommand(listCommand(terminal))
    .addCommand(pruneCommand(terminal));
