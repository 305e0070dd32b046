/**
 * Profiles: prepared once, with all that they need, then checked without waiting.
 * https://hl7.org/fhir/R4/profiling.html, https://hl7.org/fhir/R4/extensibility.html
 */
import type { Definitions } from '../../fhir/definitions.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { Extensions, Profiles } from '../profiles.ts';
import type { ConformanceSource } from '../validation.ts';
import { CheckRun } from './check-run.ts';
import { checkExtension } from './extension-check.ts';
import { findExtensions } from './extension-survey.ts';
import { Library } from './library.ts';

export interface ProfilesOptions {
  /** What an extension is whose definition is not known; a warning unless given. */
  readonly unknownExtension?: 'warn' | 'refuse';
}

export function createProfiles(definitions: Definitions, source: ConformanceSource, options: ProfilesOptions = {}): Profiles {
  const isRefused = options.unknownExtension === 'refuse';
  let library = new Library(definitions, source);
  let { generation } = source;
  const current = (): Library => {
    if (generation !== source.generation || library.isFull) {
      library = new Library(definitions, source);
      generation = source.generation;
    }
    return library;
  };
  return {
    prepare: (canonical) => current().load(canonical),
    extensions: (resource) => extensionsOf(resource, current(), isRefused),
  };
}

function extensionsOf(resource: Resource, library: Library, isRefused: boolean): Extensions {
  const found = findExtensions(resource);
  return {
    prepare: () => {
      const missing = new Set(found.map(({ url }) => url).filter((url) => url.includes(':') && !library.isComplete(url)));
      return missing.size === 0 ? undefined : loadAll(library, missing);
    },
    check: (at, report, surroundings) => {
      if (found.length === 0) return;
      const run = new CheckRun(report, at, resource, surroundings);
      for (const extension of found) checkExtension(library, run, extension, resource, isRefused);
    },
  };
}

/** Different urls in one resource, so that none asks for too much. */
const mostUrls = 1000;

async function loadAll(library: Library, canonicals: ReadonlySet<string>): Promise<void> {
  for (const canonical of [...canonicals].slice(0, mostUrls)) await library.load(canonical);
}
