/** `anamnesis package`: FHIR packages into the database, also while a server runs on it, and what is there. */
import { Command, Option } from 'commander';
import { readConfig } from '../config.ts';
import type { Manifest } from '../packages/manifest.ts';
import { shippedPackages } from '../packages/shipped.ts';
import { wantedPackages } from '../packages/wanted.ts';
import { installOne } from './package/install-one.ts';
import { installedPackages } from './package/installed.ts';
import { packageList } from './package/list.ts';
import { withServices } from './package/open.ts';
import { surveyPackage } from './package/read-manifest.ts';
import { addSettings, flagsOf } from './setting-option.ts';
import type { Terminal } from './terminal.ts';

const explanation = `
Reads a package as registries hand it out (.tgz), a zip archive of one, or a folder with package.json. Stores its
StructureDefinitions, ValueSets, CodeSystems, Questionnaires and other conformance resources by their canonicals and
versions: those that are there already are updated where they differ and left alone where they do not. Running servers
use them at once. Every resource is reported; the exit code is 1 when one was refused.

Examples:
  anamnesis package install hl7.fhir.us.core-3.1.1.tgz
  anamnesis package install output/package
`;

type SetExit = (code: number) => void;

function installCommand(terminal: Terminal, setExit: SetExit): Command {
  const command = new Command('install')
    .description('Store the conformance resources of FHIR packages.')
    .argument('<path...>', '.tgz, .zip, or folder with package.json')
    .addOption(new Option('--search-parameters', 'take SearchParameters too, so that the server searches by them'))
    .addHelpText('after', explanation);
  return addSettings(command, ['database', 'fhir']).action(async (paths: string[], options: Record<string, unknown>) => {
    const config = readConfig(terminal.env, flagsOf(options));
    // All are looked at before the first is stored.
    const surveys: { readonly path: string; readonly manifest: Manifest }[] = [];
    for (const path of paths) surveys.push({ path, ...(await surveyPackage(path)) });
    const all = shippedPackages();
    const shipped = all.filter(wantedPackages(config.packages, all));
    const searchParameters = options['searchParameters'] === true;
    await withServices(config, async (services) => {
      for (const { path, manifest } of surveys) {
        const { counts } = await installOne({ path, manifest, services, shipped, searchParameters, terminal });
        if (counts.refused > 0) setExit(1);
      }
    });
  });
}

function listCommand({ env, out }: Terminal): Command {
  const command = new Command('list').description('List the packages that come with the server and those that were installed.');
  return addSettings(command, ['database', 'fhir']).action(async (options: Record<string, unknown>) => {
    const config = readConfig(env, flagsOf(options));
    const shipped = shippedPackages();
    const isWanted = wantedPackages(config.packages, shipped);
    const installed = await withServices(config, ({ database }) => installedPackages(database, database.schema));
    out.write(packageList({ shipped, isWanted, installed }));
  });
}

export const packageCommand = (terminal: Terminal, setExit: SetExit): Command =>
  new Command('package')
    .description('Install and list FHIR packages: profiles, value sets, questionnaires.')
    .addCommand(installCommand(terminal, setExit))
    .addCommand(listCommand(terminal));
