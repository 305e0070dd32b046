/**
 * Finds definitions by canonical in the sources, the first that has it first, and notices within a moment when it changed.
 * https://hl7.org/fhir/R4/references.html#canonical
 */

import { newest } from '../fhir/newest.ts';
import { isReason, type Reason, reason } from '../fhir/value-set/reason.ts';
import { BoundedCache } from './bounded-cache.ts';
import type { Content, Shelf } from './shelf.ts';
import type { Candidate, Kind, TerminologySource } from './source.ts';

/** A definition as it was when it was looked up; no key = there was none. */
export interface Found<K extends Kind> {
  readonly key: string | undefined;
  readonly value: Content[K] | Reason;
}

export interface CatalogueOptions {
  /** In the order of preference. */
  readonly sources: readonly TerminologySource[];
  readonly shelf: Shelf;
  /** Absolute bases of this server, without trailing slash. */
  readonly bases: readonly string[];
  /** Milliseconds for which a look-up is taken for true. */
  readonly trust: number;
  readonly now: () => number;
}

interface LookUp {
  readonly found: Promise<Found<Kind>>;
  readonly until: number;
}

const mostLookUps = 2000;

const literal = /^ValueSet\/([A-Za-z0-9\-.]{1,64})$/;

export class Catalogue {
  private readonly options: CatalogueOptions;
  private lookUps = new BoundedCache<LookUp>(mostLookUps);

  constructor(options: CatalogueOptions) {
    this.options = options;
  }

  /** Nothing is taken for true any more. */
  forget(): void {
    this.lookUps = new BoundedCache(mostLookUps);
  }

  /** By `url`, `url|version`, and value sets also by literal reference. */
  find<K extends Kind>(kind: K, reference: string): Promise<Found<K>> {
    const name = `${kind} ${reference}`;
    const known = this.lookUps.get(name);
    if (known && this.options.now() < known.until) return known.found as Promise<Found<K>>;
    const { lookUps } = this;
    const found = this.read(kind, reference);
    lookUps.set(name, { found, until: this.options.now() + this.options.trust }, 1);
    // A fault of a source is told and not remembered.
    found.catch(() => lookUps.delete(name));
    return found;
  }

  private async read<K extends Kind>(kind: K, reference: string): Promise<Found<K>> {
    const candidate = await this.candidate(kind, reference);
    if (isReason(candidate)) return { key: undefined, value: candidate };
    return { key: candidate.key, value: this.options.shelf.take(kind, candidate) };
  }

  /** If the reference can be treated as a literal one, it is; else it is a canonical. */
  private async candidate<K extends Kind>(kind: K, reference: string): Promise<Candidate<K> | Reason> {
    const byId = kind === 'ValueSet' ? await this.stored(reference) : undefined;
    return (byId as Candidate<K> | undefined) ?? this.canonical(kind, reference);
  }

  private async stored(reference: string): Promise<Candidate<'ValueSet'> | undefined> {
    const base = this.options.bases.find((each) => reference.startsWith(`${each}/`));
    const [, id] = literal.exec(base === undefined ? reference : reference.slice(base.length + 1)) ?? [];
    if (id === undefined) return undefined;
    for (const source of this.options.sources) {
      const found = await source.read?.(id);
      if (found) return found;
    }
    return undefined;
  }

  private async canonical<K extends Kind>(kind: K, reference: string): Promise<Candidate<K> | Reason> {
    const bar = reference.indexOf('|');
    const [url, version] = bar < 0 ? [reference] : [reference.slice(0, bar), reference.slice(bar + 1)];
    const loaded: string[] = [];
    for (const source of this.options.sources) {
      const candidates = await source.find(kind, url);
      const found = version === undefined ? newest(candidates) : candidates.find((each) => each.version === version);
      if (found) return found;
      loaded.push(...candidates.map((each) => each.version ?? 'one without version'));
    }
    const words = kind === 'ValueSet' ? 'value set' : 'code system';
    if (loaded.length === 0) return reason('not-found', `the ${words} ${url} is not loaded`);
    return reason('not-found', `version ${version} of the ${words} ${url} is not loaded: there is ${loaded.slice(0, 10).join(', ')}`);
  }
}
