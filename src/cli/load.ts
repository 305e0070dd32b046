/** `anamnesis load`: bundles, resources and NDJSON into the database, also while a server runs on it. */
import { Command, Option } from 'commander';
import { webUrl } from '../config/value.ts';
import { type Config, readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { httpTarget } from './load/http-target.ts';
import { type LoadResult, load } from './load/loader.ts';
import { openTarget } from './load/open-target.ts';
import { progressOn } from './load/progress.ts';
import { findSources, type Sources } from './load/source.ts';
import type { Target } from './load/target.ts';
import { addSettings, flagsOf } from './setting-option.ts';
import { openStorage } from './storage.ts';
import { CommandError, type Terminal } from './terminal.ts';

const explanation = `
Reads transaction and batch bundles (run as they would be over HTTP), collection and searchset bundles, single
resources and NDJSON (stored under their own ids, whether or not what they refer to is there yet), each also as .gz,
in zip archives and in folders with all below them. Synthea's hospital and practitioner files are loaded first.
With --url the rules of that server hold for every entry.
Every refused entry is reported, the rest is loaded, and the exit code is then 1.

Examples:
  anamnesis load patients/                 a folder
  anamnesis load export.zip Patient.ndjson.gz
  anamnesis load --url http://127.0.0.1:8080/fhir bundle.json
`;

const counted = (count: number, word: string): string => `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;

export function resultText({ resources, files, refused, seconds }: LoadResult): string {
  const rate = Math.round(resources / Math.max(seconds, 0.001)).toLocaleString('en');
  const refusals = refused === 0 ? 'none refused' : `${counted(refused, 'refusal')} (listed above)`;
  return `Loaded ${counted(resources, 'resource')} from ${counted(files, 'file')} in ${seconds.toFixed(1)} s (${rate}/s), ${refusals}.\n`;
}

async function run(sources: Sources, target: Target, { out, err }: Terminal): Promise<LoadResult> {
  const progress = progressOn(out);
  const refuse = (file: string, at: string, text: string): void => {
    if (out.isTTY === true) progress.say(`refused: ${[file, at].filter(Boolean).join(', ')}: ${text}`);
    else err.write(`refused: ${[file, at].filter(Boolean).join(', ')}: ${text}\n`);
  };
  return load({ sources, target, progress, refuse });
}

async function intoDatabase(sources: Sources, config: Config, terminal: Terminal): Promise<LoadResult> {
  const log = createLog(config.logLevel);
  const storage = await openStorage({ config, log, purpose: 'load' });
  try {
    const { target, close } = await openTarget(storage.connection, config, log);
    try {
      return await run(sources, target, terminal);
    } finally {
      await close();
    }
  } finally {
    await storage.close();
  }
}

function baseOf(url: string): string {
  const base = webUrl.read(url);
  if (base === undefined) throw new CommandError(`--url is "${url}", but must be ${webUrl.valid}.`);
  return base;
}

export function loadCommand(terminal: Terminal, setExit: (code: number) => void): Command {
  const command = new Command('load')
    .description('Load bundles, resources and NDJSON from files, folders and zip archives.')
    .argument('<path...>', 'file, folder, zip or NDJSON; .gz too')
    .addOption(new Option('--url <base>', 'send to the FHIR server at this base instead of writing to the database'))
    .addHelpText('after', explanation);
  return addSettings(command, ['database', 'fhir']).action(async (paths: string[], options: Record<string, unknown>) => {
    const config = readConfig(terminal.env, flagsOf(options));
    const base = typeof options.url === 'string' ? baseOf(options.url) : undefined;
    const sources = await findSources(paths);
    if (sources.list.length === 0 && sources.unreadable.length === 0)
      throw new CommandError(`Nothing to load in ${paths.join(', ')}: no .json, .ndjson or .zip file.`);
    const result = base === undefined ? await intoDatabase(sources, config, terminal) : await run(sources, httpTarget(base), terminal);
    terminal.out.write(resultText(result));
    setExit(result.refused === 0 ? 0 : 1);
  });
}
