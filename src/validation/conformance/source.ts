/**
 * Conformance resources by canonical: what clients stored first, then what comes with the server.
 * https://hl7.org/fhir/R4/references.html#canonical
 */
import { newest } from '../../fhir/newest.ts';
import type { Resource } from '../../fhir/resource.ts';
import { BoundedCache } from '../../terminology/bounded-cache.ts';
import type { ConformanceSource } from '../validation.ts';
import { isConformanceType } from './type.ts';

/** One version of a resource, not read yet. */
export interface Version {
  readonly version: string | undefined;
  /** Characters or bytes of its text. */
  readonly size: number;
  read(): Resource | Promise<Resource>;
}

/** All versions under a canonical without version. */
export type FindVersions = (type: string, url: string) => readonly Version[] | Promise<readonly Version[]>;

export interface ConformanceSourceOptions {
  /** In the order of preference. */
  readonly sources: readonly FindVersions[];
}

export interface Conformance extends ConformanceSource {
  /** A conformance resource was written. */
  changed(): void;
}

/** Text of the resources that are kept, and what remembering one costs beside it. */
const mostText = 32 << 20;
const ownSize = 200;

/** What is no address is that of nothing: canonicals come from whatever a client sends. */
const canonicalUrl = /^[!-\uffff]{1,2000}$/u;

interface Answer {
  readonly resource: Resource | undefined;
}

/** What was found since the last change. */
class Answers {
  readonly known = new BoundedCache<Answer>(mostText);
  readonly underway = new Map<string, Promise<Resource | undefined>>();
}

export function conformanceSource({ sources }: ConformanceSourceOptions): Conformance {
  let generation = 0;
  let answers = new Answers();

  const look = async (type: string, canonical: string): Promise<Version | undefined> => {
    const bar = canonical.indexOf('|');
    const [url, version] = bar < 0 ? [canonical, ''] : [canonical.slice(0, bar), canonical.slice(bar + 1)];
    if (!canonicalUrl.test(url)) return undefined;
    for (const find of sources) {
      const versions = await find(type, url);
      const found = version === '' ? newest(versions) : versions.find((each) => each.version === version);
      if (found) return found;
    }
    return undefined;
  };

  const answer = async (name: string, type: string, canonical: string): Promise<Resource | undefined> => {
    // What is found while something is written belongs to the time before.
    const { known, underway } = answers;
    try {
      const found = await look(type, canonical);
      const resource = await found?.read();
      known.set(name, { resource }, ownSize + name.length + (found?.size ?? 0));
      return resource;
    } finally {
      underway.delete(name);
    }
  };

  return {
    find: async (type, canonical) => {
      if (!isConformanceType(type)) return undefined;
      const name = `${type} ${canonical}`;
      const known = answers.known.get(name);
      if (known) return known.resource;
      const started = answers.underway.get(name) ?? answer(name, type, canonical);
      answers.underway.set(name, started);
      return started;
    },
    get generation() {
      return generation;
    },
    changed: () => {
      generation++;
      answers = new Answers();
    },
  };
}
