/** One package: read, stored, reported line by line, and remembered. */
import { localPrincipal } from '../../auth/principal.ts';
import type { Services } from '../../interactions/interaction.ts';
import { type Manifest, packageName } from '../../packages/manifest.ts';
import { storedByUrl } from '../../repository/stored-definitions.ts';
import type { OpenServices } from '../../services.ts';
import { databaseTarget } from '../load/database-target.ts';
import { bundleRunner } from '../load/open-target.ts';
import { commandPrincipal } from '../record-command.ts';
import type { Terminal } from '../terminal.ts';
import { missingDependencies } from './dependency.ts';
import { type InstallResult, install, type Outcome } from './install.ts';
import { installedPackages, remember } from './installed.ts';
import { olderMeaning } from './older-meaning.ts';

export interface OnePackage {
  readonly path: string;
  readonly manifest: Manifest;
  readonly services: OpenServices;
  /** Packages that come with the server. */
  readonly shipped: readonly Manifest[];
  readonly searchParameters: boolean;
  readonly terminal: Terminal;
}

export async function installOne({ path, manifest, services, shipped, searchParameters, terminal }: OnePackage): Promise<InstallResult> {
  const { out, err } = terminal;
  const { database, audit } = services;
  const told = async (): Promise<Services> => {
    const plain = await services.services();
    return audit?.aside(plain, { part: 'package-install', who: commandPrincipal() }) ?? plain;
  };
  const { definitions, repository: toldRepository } = await told();
  // Looked through for what is there already: conformance resources, which tell of nobody.
  const repository = (await services.services()).repository(localPrincipal);
  out.write(`${packageName(manifest)}\n`);
  const report = (outcome: Outcome, name: string, reason?: string): void => {
    if (outcome === 'refused') err.write(`refused: ${name}: ${reason?.replace(/\s*\n\s*/g, ' ')}\n`);
    else out.write(`  ${outcome.padEnd(9)} ${name}\n`);
  };
  const target = databaseTarget({ runBundle: bundleRunner(told), repository: toldRepository(localPrincipal) });
  const result = await install({ path, target, repository, find: storedByUrl(repository, definitions), searchParameters, report });
  const { created, updated, unchanged } = result.counts;
  const installed = { ...manifest, installed: new Date().toISOString(), resources: created + updated + unchanged };
  await remember(database, database.schema, installed);
  const stored = await installedPackages(database, database.schema);
  out.write(summary(manifest, result, missingDependencies(manifest, [...shipped, ...stored])));
  out.write(olderMeaning(manifest, shipped, stored));
  return result;
}

const counted = (count: number, word: string): string => `${count.toLocaleString('en')} ${word}`;

export function summary(manifest: Manifest, { counts, left }: InstallResult, missing: readonly string[]): string {
  const { created, updated, unchanged, refused } = counts;
  const refusals = refused === 0 ? 'none refused' : `${counted(refused, 'refused')} (listed above)`;
  const done = [counted(created, 'created'), counted(updated, 'updated'), counted(unchanged, 'unchanged'), refusals].join(', ');
  const others = [...left].map(([type, count]) => counted(count, type === '' ? 'no resources' : type)).join(', ');
  const parameters = left.has('SearchParameter') ? '; --search-parameters takes the SearchParameters too' : '';
  return [
    `${packageName(manifest)}: ${done}.`,
    ...(others === '' ? [] : [`Left aside: ${others}${parameters}.`]),
    ...(missing.length === 0
      ? []
      : [`It builds on packages that are not here: ${missing.join(', ')}. What it names of them is not known.`]),
  ]
    .map((line) => `${line}\n`)
    .join('');
}
