/** Puts the conformance resources of a package into the store, in bounded memory; what is there already is left as it is. */
import { parseJson } from '../../fhir/json.ts';
import { FhirError } from '../../fhir/outcome.ts';
import { isObject, type Resource } from '../../fhir/resource.ts';
import { isConformanceType } from '../../validation/conformance/type.ts';
import type { Target } from '../load/target.ts';
import { type Limits, limits, type PackageFile, packageFiles } from './package-file.ts';
import { type Planned, type PlanOptions, planned } from './planned.ts';

export type Outcome = Planned['outcome'];

export interface InstallOptions extends PlanOptions {
  readonly path: string;
  readonly target: Pick<Target, 'members'>;
  /** SearchParameters change how the server searches: only where that is asked for. */
  readonly searchParameters: boolean;
  /** Told of every resource: its canonical, or its file where it has none. */
  readonly report: (outcome: Outcome, name: string, reason?: string) => void;
  readonly limits?: Limits;
}

export interface InstallResult {
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Numbers of files that are nothing to install, by type; '' for what is no resource. */
  readonly left: ReadonlyMap<string, number>;
}

const batchResources = 100;
const batchLength = 4 << 20;

interface Read {
  readonly file: string;
  readonly name: string;
  readonly resource: Resource;
}

const nameOf = ({ resourceType, url, version }: Resource): string =>
  `${resourceType} ${String(url)}${typeof version === 'string' ? `|${version}` : ''}`;

/** Definitions lie at the top of a package, examples and pages in folders below. */
const isDefinition = ({ path }: PackageFile): boolean => /^[^/.][^/]*\.json$/i.test(path) && path !== 'package.json';

/** Throws CommandError for a package that cannot be read, and whatever the database throws. */
export async function install(options: InstallOptions): Promise<InstallResult> {
  const installation = new Installation(options);
  for await (const file of packageFiles(options.path, options.limits ?? limits)) {
    if (isDefinition(file)) await installation.take(file.path, (await file.content()).toString('utf8'));
  }
  await installation.flush();
  return installation;
}

class Installation implements InstallResult {
  readonly counts = { created: 0, updated: 0, unchanged: 0, refused: 0 };
  readonly left = new Map<string, number>();
  readonly #options: InstallOptions;
  #batch: Read[] = [];
  #names = new Set<string>();
  #length = 0;

  constructor(options: InstallOptions) {
    this.#options = options;
  }

  async take(file: string, text: string): Promise<void> {
    const resource = this.#read(file, text);
    if (resource === undefined) return;
    const names = [nameOf(resource), `${resource.resourceType}/${resource.id}`];
    // One that calls itself as another does is a later version of it, or needs an id of its own.
    const full = this.#batch.length >= batchResources || this.#length >= batchLength;
    if (full || names.some((name) => this.#names.has(name))) await this.flush();
    this.#batch.push({ file, name: nameOf(resource), resource });
    this.#length += text.length;
    for (const name of names) this.#names.add(name);
  }

  #read(file: string, text: string): Resource | undefined {
    try {
      const json = parseJson(text);
      if (!isObject(json) || typeof json['resourceType'] !== 'string') return this.#leave('');
      const { resourceType, url } = json;
      if (!isConformanceType(resourceType) || (resourceType === 'SearchParameter' && !this.#options.searchParameters))
        return this.#leave(resourceType);
      if (typeof url === 'string') return json as Resource;
      this.#tell('refused', file, 'it has no url, by which it could be named');
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      this.#tell('refused', file, error.message);
    }
    return undefined;
  }

  #leave(type: string): undefined {
    this.left.set(type, (this.left.get(type) ?? 0) + 1);
  }

  #tell(outcome: Outcome, name: string, reason?: string): void {
    this.counts[outcome]++;
    this.#options.report(outcome, name, reason);
  }

  async flush(): Promise<void> {
    const batch = this.#batch;
    [this.#batch, this.#length] = [[], 0];
    this.#names.clear();
    const plans = await Promise.all(batch.map(async (read) => ({ read, plan: await planned(this.#options, read.resource) })));
    const members = plans.flatMap(({ read, plan }) => ('resource' in plan ? [{ at: read.file, resource: plan.resource }] : []));
    const { refused } = members.length === 0 ? { refused: [] } : await this.#options.target.members(members);
    const reasons = new Map(refused.map(({ at, text }) => [at, text]));
    for (const { read, plan } of plans) {
      const reason = plan.outcome === 'refused' ? plan.reason : reasons.get(read.file);
      this.#tell(reason === undefined ? plan.outcome : 'refused', read.name, reason);
    }
  }
}
