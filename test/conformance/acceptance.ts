/** Public resources that a validator is to accept: specification and guide examples, generated patients, test data of other servers. */
import type { Definitions } from '../../src/fhir/definitions.ts';
import type { Issue } from '../../src/fhir/outcome.ts';
import { sharedData } from '../support/shared-data.ts';
import { type Example, inFolder, inZip, official, officialNames } from '../validation/example.ts';
import { errorsOf } from './place.ts';
import type { AcceptanceScore } from './score.ts';
import { Worlds } from './world.ts';

export interface AcceptanceSuite {
  readonly name: string;
  /** Below the shared data; absent = part of the project. */
  readonly path?: string;
  readonly packages: readonly string[];
  /** Every n-th resource. */
  examples(path: string, every: number): Iterable<Example> | Promise<Iterable<Example>>;
}

const folder = (name: string, path: string, packages: readonly string[] = []): AcceptanceSuite => ({
  name,
  path,
  packages,
  examples: inFolder,
});

const zip = (name: string, path: string, under: RegExp, packages: readonly string[] = []): AcceptanceSuite => ({
  name,
  path,
  packages,
  examples: (found, every) => inZip(found, under, every),
});

const guide = (name: string, version: string): AcceptanceSuite =>
  zip(`${name} ${version} examples`, `ig-packages/${name}-${version}.zip`, /^package\/example\/.*\.json$/, [`${name}#${version}`]);

export const acceptanceSuites: readonly AcceptanceSuite[] = [
  { name: 'official R4 examples', packages: [], examples: (_path, every) => officialNames(every).map(official) },
  folder('Synthea 2020', 'synthea/2020-v2.5.0'),
  folder('Synthea 2019', 'synthea/2019-v2.4.0-chronic'),
  folder('Synthea, conditional references', 'synthea/conditional-references'),
  folder('Synthea, bulk export', 'bulk-ndjson-10-patients'),
  guide('hl7.fhir.us.core', '3.1.1'),
  guide('hl7.fhir.us.core', '6.1.0'),
  guide('hl7.fhir.us.core', '7.0.0'),
  guide('hl7.fhir.uv.ips', '1.1.0'),
  guide('hl7.fhir.uv.ipa', '1.0.0'),
  folder('CGM examples', 'cgm/hl7-cgm-examples', ['hl7.fhir.uv.cgm#1.0.0']),
  folder('genomics examples', 'genomics/genomics-reporting-examples', ['hl7.fhir.uv.genomics-reporting#3.0.0']),
  folder('IPS 2 examples (draft)', 'ips/hl7-ips-2-examples'),
  folder('Inferno US Core patients', 'us-core-inferno-patients'),
  zip('Microsoft test files', 'microsoft-r4-testfiles.zip', /\.json$/),
];

export interface Refusal {
  readonly suite: string;
  readonly name: string;
  /** As a write; else only $validate tells errors. */
  readonly isRefused: boolean;
  readonly why: readonly string[];
}

export interface Accepted {
  readonly scores: Readonly<Record<string, AcceptanceScore>>;
  readonly refusals: readonly Refusal[];
}

const told = (issues: readonly Issue[]): string[] =>
  errorsOf(issues).map(({ expression, diagnostics }) => `${expression?.join() ?? ''}: ${diagnostics}`);

/** Every n-th resource of every suite; suites whose data is absent are left out. */
export async function accept(definitions: Definitions, every: number, only?: RegExp): Promise<Accepted> {
  const worlds = new Worlds(definitions);
  const scores: Record<string, AcceptanceScore> = {};
  const refusals: Refusal[] = [];
  for (const { name: suite, path, packages, examples } of acceptanceSuites) {
    const found = path === undefined ? '' : sharedData(...path.split('/'));
    if (found === undefined || only?.test(suite) === false) continue;
    const world = await worlds.with([], packages);
    let resources = 0;
    let faulty = 0;
    const refused: string[] = [];
    for (const { name, resource } of await examples(found, every)) {
      resources++;
      const why = told(await world.refusals(resource));
      const more = told(await world.validator.validate(resource));
      if (more.length > 0) faulty++;
      if (why.length > 0) refused.push(name);
      if (more.length + why.length > 0) refusals.push({ suite, name, isRefused: why.length > 0, why: [...new Set([...why, ...more])] });
    }
    scores[suite] = { resources, refused: refused.sort(), faulty };
  }
  return { scores, refusals };
}
