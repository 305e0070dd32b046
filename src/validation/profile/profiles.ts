/**
 * Profiles: prepared once, with all that they need, then checked without waiting.
 * https://hl7.org/fhir/R4/profiling.html, https://hl7.org/fhir/R4/extensibility.html
 */
import type { Definitions } from '../../fhir/definitions.ts';
import type { Environment } from '../../fhir/fhirpath/run.ts';
import { isObject, type Resource } from '../../fhir/resource.ts';
import type { ConformanceSource, Report, Surroundings } from '../validation.ts';
import { CheckRun } from './check-run.ts';
import { checkExtension } from './extension-check.ts';
import { type FoundExtension, findExtensions } from './extension-survey.ts';
import { Library } from './library.ts';
import type { Profile } from './profile.ts';

/** What a check is about besides the value. */
export interface CheckOptions {
  /** FHIRPath of the value. */
  readonly at: string;
  readonly report: Report;
  readonly surroundings: Surroundings;
  /** What FHIRPath asks: `memberOf` (undefined as long as it is not known), `now`, `limits` …; `resource` when the value is none. */
  readonly environment?: Environment;
  /** The type of the value; what it says of itself unless given. */
  readonly type?: string;
}

/** The extensions of a resource, found once. */
export interface Extensions {
  /** Loads the definitions; undefined when nothing is left to be loaded. */
  prepare(): Promise<void> | undefined;
  check(options: CheckOptions): void;
}

export interface Profiles {
  /** The profile with everything that it needs; undefined when it is not known. */
  prepare(canonical: string): Promise<Profile | undefined>;
  /** The same without waiting: a profile that is prepared already. */
  prepared(canonical: string): Profile | undefined;
  check(value: unknown, profile: Profile, options: CheckOptions): void;
  extensions(resource: Resource): Extensions;
}

export function createProfiles(definitions: Definitions, source: ConformanceSource): Profiles {
  let library = new Library(definitions, source);
  let generation = source.generation;
  const current = (): Library => {
    if (generation !== source.generation || library.isFull) {
      library = new Library(definitions, source);
      generation = source.generation;
    }
    return library;
  };
  return {
    prepare: (canonical) => current().load(canonical),
    prepared: (canonical) => {
      const own = current();
      return own.isComplete(canonical) ? own.profile(canonical) : undefined;
    },
    check: (value, profile, options) => {
      const type = options.type ?? typeOf(value) ?? profile.type;
      profile.checkValue(openRun(options, value), value, undefined, type);
    },
    extensions: (resource) => extensionsOf(resource, current()),
  };
}

const typeOf = (value: unknown): string | undefined => {
  const type = isObject(value) ? value['resourceType'] : undefined;
  return typeof type === 'string' ? type : undefined;
};

function openRun({ at, report, surroundings, environment = {} }: CheckOptions, value: unknown): CheckRun {
  const own = typeOf(value) === undefined ? environment.resource : value;
  return new CheckRun(report, at, (own ?? surroundings.root) as Resource, surroundings, environment);
}

function extensionsOf(resource: Resource, library: Library): Extensions {
  const found = findExtensions(resource);
  return {
    prepare: () => {
      const missing = new Set(found.map(({ url }) => url).filter((url) => url.includes(':') && !library.isComplete(url)));
      return missing.size === 0 ? undefined : loadAll(library, missing);
    },
    check: (options) => checkAll(library, found, resource, options),
  };
}

async function loadAll(library: Library, canonicals: Iterable<string>): Promise<void> {
  for (const canonical of canonicals) await library.load(canonical);
}

function checkAll(library: Library, found: readonly FoundExtension[], root: Resource, options: CheckOptions): void {
  if (found.length === 0) return;
  const run = openRun(options, root);
  for (const extension of found) checkExtension(library, run, extension, root);
}
