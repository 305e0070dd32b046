/** Runs HL7's validator cases through the server's readers and its validator, and compares with what HL7's own validator said. */
import { join } from 'node:path';
import type { Definitions } from '../../src/fhir/definitions.ts';
import type { Issue } from '../../src/fhir/outcome.ts';
import { isObject, type Resource } from '../../src/fhir/resource.ts';
import type { Survey } from '../../src/fhir/xml/read.ts';
import { expectsErrors, type Run, readRuns, recordedIssues } from './manifest.ts';
import { atSamePlace, errorsOf } from './place.ts';
import { readFile } from './read-file.ts';
import { contradictions, packages, whyNot } from './runnable.ts';
import { Worlds } from './world.ts';

export type Verdict = 'agrees' | 'false alarm' | 'miss';

export interface Judgement {
  readonly run: Run;
  readonly verdict: Verdict;
  /** Where both find errors: whether one of ours is where one of theirs is. Undefined where places are not recorded. */
  readonly samePlace: boolean | undefined;
  readonly issues: readonly Issue[];
}

export interface Judged {
  readonly judgements: readonly Judgement[];
  readonly excluded: ReadonlyMap<string, string>;
}

class Court {
  private readonly folder: string;
  private readonly definitions: Definitions;
  private readonly worlds: Worlds;

  constructor(folder: string, definitions: Definitions) {
    this.folder = folder;
    this.definitions = definitions;
    this.worlds = new Worlds(definitions);
  }

  async judge(run: Run): Promise<Judgement> {
    const issues = await this.issuesOf(run);
    const found = errorsOf(issues).length > 0;
    const expected = expectsErrors(run);
    const verdict = found === expected ? 'agrees' : found ? 'false alarm' : 'miss';
    const recorded = found && expected ? errorsOf(recordedIssues(this.folder, run)) : [];
    return { run, verdict, issues, samePlace: recorded.length > 0 ? atSamePlace(issues, recorded) : undefined };
  }

  private async issuesOf(run: Run): Promise<readonly Issue[]> {
    const { resource, faults } = this.read(run.entry.file);
    if (resource === undefined) return faults;
    const supporting = run.supporting.flatMap((file) => this.supporting(file));
    const { validator } = await this.worlds.with(
      supporting,
      run.packages.flatMap((name) => packages.get(name) ?? []),
    );
    return [...faults, ...(await validator.validate(resource, { profiles: this.profiles(run) }))];
  }

  private read(file: string): Survey {
    return readFile(join(this.folder, file), this.definitions);
  }

  /** A file with a Bundle gives the resources in it. */
  private supporting(file: string): Resource[] {
    const { resource } = this.read(file);
    if (resource === undefined) return [];
    const entries = resource.resourceType === 'Bundle' && Array.isArray(resource['entry']) ? resource['entry'] : [];
    return [resource, ...entries.flatMap((entry) => (isObject(entry) && isObject(entry.resource) ? [entry.resource as Resource] : []))];
  }

  private profiles({ profile }: Run): string[] {
    if (profile === undefined) return [];
    const known = /^https?:/.test(profile) ? profile : this.supporting(profile)[0]?.['url'];
    return typeof known === 'string' ? [known] : [];
  }
}

export async function judgeCases(folder: string, definitions: Definitions, only?: RegExp): Promise<Judged> {
  const runs = readRuns(folder).filter(({ id }) => only?.test(id) ?? true);
  const excluded = new Map<string, string>();
  for (const run of runs) {
    const why = whyNot(run, folder);
    if (why !== undefined) excluded.set(run.id, why);
  }
  const runnable = runs.filter(({ id }) => !excluded.has(id));
  for (const { id } of contradictions(runnable)) excluded.set(id, 'contradicts an earlier case about the same input');
  const court = new Court(folder, definitions);
  const judgements: Judgement[] = [];
  for (const run of runnable) if (!excluded.has(run.id)) judgements.push(await court.judge(run));
  return { judgements, excluded };
}
