/**
 * The validator cases of HL7 as runs: one resource against R4, or against one profile, with the recorded outcome.
 * https://github.com/FHIR/fhir-test-cases (validator/manifest.json)
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Issue } from '../../src/fhir/outcome.ts';

/** An issue as HL7 records it: the text under `details`, the place in the text (`[12,3]`) under `diagnostics`. */
export interface RecordedIssue {
  readonly severity: Issue['severity'];
  readonly details?: { readonly text?: string };
  readonly diagnostics?: string;
  readonly expression?: readonly string[];
}

interface Counts {
  readonly fatal?: number;
  readonly error?: number;
}

interface ProfileEntry {
  readonly source: string;
  readonly supporting?: readonly string[];
  readonly packages?: readonly string[];
  readonly outcome?: string;
  readonly expected?: Counts;
}

export interface Entry {
  readonly id: string;
  readonly file: string;
  readonly module?: string;
  readonly version?: string;
  readonly 'use-test'?: boolean;
  readonly 'security-checks'?: boolean;
  readonly matchetype?: unknown;
  readonly logical?: unknown;
  readonly supporting?: readonly string[];
  readonly profiles?: readonly string[];
  readonly packages?: readonly string[];
  readonly outcome?: string;
  readonly expected?: Counts;
  readonly profile?: ProfileEntry;
}

/** One judgement of HL7: an entry of the manifest holds one against R4, and often a second against a profile. */
export interface Run {
  readonly id: string;
  readonly entry: Entry;
  /** A file beside the manifest or a canonical. */
  readonly profile?: string;
  /** Files beside the manifest that hold conformance resources. */
  readonly supporting: readonly string[];
  /** `name#version` of packages, or files that hold one. */
  readonly packages: readonly string[];
  readonly expected: Counts | undefined;
  readonly outcome: string | undefined;
}

function baseRun(entry: Entry): Run {
  const { id, supporting = [], profiles = [], packages = [], expected, outcome } = entry;
  return { id, entry, supporting: [...supporting, ...profiles], packages, expected, outcome };
}

const isFile = (source: string): boolean => !/^https?:/.test(source);

function profileRun(entry: Entry, profile: ProfileEntry): Run {
  const base = baseRun(entry);
  const { source, supporting = [], packages = [], expected, outcome } = profile;
  return {
    id: `${entry.id} (profile)`,
    entry,
    profile: source,
    supporting: [...base.supporting, ...supporting, ...(isFile(source) ? [source] : [])],
    packages: [...base.packages, ...packages],
    expected,
    outcome,
  };
}

const runsOf = (entry: Entry): Run[] =>
  entry.profile === undefined ? [baseRun(entry)] : [baseRun(entry), profileRun(entry, entry.profile)];

const readJson = <T>(...path: string[]): T => JSON.parse(readFileSync(join(...path), 'utf8')) as T;

export function readRuns(folder: string): Run[] {
  const manifest = readJson<{ readonly 'test-cases': readonly Entry[] }>(folder, 'manifest.json');
  return manifest['test-cases'].flatMap(runsOf);
}

/** What HL7's validator said; none of it where only the number of errors is recorded. */
export function recordedIssues(folder: string, { outcome }: Run): readonly RecordedIssue[] {
  return outcome === undefined ? [] : (readJson<{ readonly issue?: readonly RecordedIssue[] }>(folder, outcome).issue ?? []);
}

export const expectsErrors = ({ expected }: Run): boolean => (expected?.fatal ?? 0) + (expected?.error ?? 0) > 0;
