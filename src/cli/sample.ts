/** The sample patients that come with the program: loaded into an empty database, named on the start screen. */
import { readFileSync } from 'node:fs';
import { localPrincipal } from '../auth/principal.ts';
import type { Services } from '../interactions/interaction.ts';
import { projectFile } from '../root.ts';
import type { Server } from '../server.ts';
import { databaseTarget } from './load/database-target.ts';
import { load } from './load/loader.ts';
import { bundleRunner } from './load/open-target.ts';
import { type Progress, progressOn } from './load/progress.ts';
import { findSources } from './load/source.ts';
import { CommandError, type Terminal } from './terminal.ts';

export interface SamplePerson {
  readonly id: string;
  readonly name: string;
  /** Year. */
  readonly born: string;
  /** Conditions in a few words. */
  readonly history: string;
}

const folder = projectFile('src', 'cli', 'sample-data');

const samplePeople = (): readonly SamplePerson[] => JSON.parse(readFileSync(`${folder}/patients.json`, 'utf8')) as SamplePerson[];

const fileOf = ({ name }: SamplePerson): string => `${folder}/${name.toLowerCase().replace(' ', '-')}.json.gz`;

async function loadSamples({ services, audit }: Loading, progress: Progress): Promise<void> {
  const refusals: string[] = [];
  const told = async (): Promise<Services> => audit?.aside(await services(), { part: 'sample-data' }) ?? services();
  const repository = (await told()).repository(localPrincipal);
  const target = databaseTarget({ runBundle: bundleRunner(told), repository });
  const refuse = (file: string, at: string, text: string): void => void refusals.push(`${file}, ${at}: ${text}`);
  await load({ sources: await findSources(samplePeople().map(fileOf)), target, progress, refuse, parallel: 2 });
  if (refusals.length > 0) throw new CommandError(`The sample patients were not loaded whole: ${refusals[0]}`);
}

type Loading = Pick<Server, 'services' | 'audit'>;

/** Practitioner of the first sample patient. */
export const samplePractitioner = 'Practitioner/7f01c91e-c9a8-453b-aba3-7ebb55556199';

export interface Samples {
  /** Those that are there. */
  readonly people: readonly SamplePerson[];
  /** They were loaded just now. */
  readonly areNew: boolean;
}

/** Loads the samples when nothing was ever stored. */
export async function prepareSamples(server: Loading, wanted: boolean, { out }: Terminal): Promise<Samples> {
  const repository = (await server.services()).repository(localPrincipal);
  const isEmpty = async (): Promise<boolean> => (await repository.history({}, { count: 1 })).versions.length === 0;
  const areNew = wanted && (await isEmpty());
  if (areNew) {
    out.write(`Loading ${samplePeople().length} sample patients into the empty database …\n`);
    await loadSamples(server, progressOn(out));
  }
  const found = samplePeople().map(async (person) => ((await repository.read('Patient', person.id))?.body ? [person] : []));
  return { people: (await Promise.all(found)).flat(), areNew };
}
