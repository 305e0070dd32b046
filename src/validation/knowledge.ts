/**
 * What checks want to know and cannot wait for: profiles, members of value sets, conformance resources. What is missing is noted, fetched
 * between two checks, and kept for all until something changes.
 */
import type { Resource } from '../fhir/resource.ts';
import type { Membership } from '../fhir/value-set/membership.ts';
import { BoundedCache } from '../terminology/bounded-cache.ts';
import type { Coded, Terminology } from '../terminology/terminology.ts';
import type { PreparedProfile, Profiles } from './profiles.ts';
import type { ConformanceSource } from './validation.ts';

export type Members = (code: Coded) => Membership;

export interface KnowledgeSources {
  readonly terminology: Pick<Terminology, 'members'>;
  readonly profiles: Profiles;
  readonly source: ConformanceSource;
}

/** Null = it is not known to anybody. */
type Fact = Members | PreparedProfile | Resource | null;

/** Begins the keys of what is nobody else's. */
const ownKind = 'own ';

type Kind = 'members' | 'profile' | 'resource';

/** Facts kept for all. */
const mostKept = 500;
/** Facts that one validation may want, and how many are fetched at a time. */
const mostWanted = 3_000;
const atATime = 8;

export class Knowledge {
  private readonly sources: KnowledgeSources;
  private kept = new BoundedCache<Fact>(mostKept);
  private generation: number;

  constructor(sources: KnowledgeSources) {
    this.sources = sources;
    this.generation = sources.source.generation;
  }

  /** For one validation. */
  begin(): Asking {
    const { generation } = this.sources.source;
    if (generation !== this.generation) {
      this.generation = generation;
      this.kept = new BoundedCache(mostKept);
    }
    return new Asking(this.sources, this.kept);
  }
}

export class Asking {
  /** More was asked for than one validation may want. */
  isCut = false;
  private readonly own = new Map<string, Fact>();
  private readonly wanted = new Map<string, () => Promise<Fact | undefined>>();
  private readonly sources: KnowledgeSources;
  private readonly kept: BoundedCache<Fact>;

  constructor(sources: KnowledgeSources, kept: BoundedCache<Fact>) {
    this.sources = sources;
    this.kept = kept;
  }

  /** Undefined as long as it is not fetched. */
  members(valueSet: string): Members | undefined {
    return this.fact('members', valueSet, () => this.sources.terminology.members(valueSet)) as Members | undefined;
  }

  /** Undefined as long as it is not fetched, null when nobody knows it. */
  profile(canonical: string): PreparedProfile | null | undefined {
    return this.fact('profile', canonical, () => this.sources.profiles.prepare(canonical)) as PreparedProfile | null | undefined;
  }

  /** Undefined as long as it is not fetched, null when nobody knows it. */
  resource(type: string, canonical: string): Resource | null | undefined {
    return this.fact('resource', `${type} ${canonical}`, () => this.sources.source.find(type, canonical)) as Resource | null | undefined;
  }

  /** Waits for what only this validation needs; `load` answers undefined when nothing is left to be loaded. */
  isLoaded(name: string, load: () => Promise<void> | undefined): boolean {
    const key = `${ownKind}${name}`;
    const loading = this.own.has(key) ? undefined : load();
    if (loading === undefined) return true;
    this.wanted.set(key, () => loading.then(() => null));
    return false;
  }

  /** Nothing was asked for that could still be fetched. */
  get isSatisfied(): boolean {
    return this.wanted.size === 0;
  }

  /** Fetches what was asked for. */
  async fetch(): Promise<void> {
    const wanted = [...this.wanted];
    this.wanted.clear();
    for (let start = 0; start < wanted.length; start += atATime)
      await Promise.all(wanted.slice(start, start + atATime).map(([key, find]) => this.find(key, find)));
  }

  private async find(key: string, find: () => Promise<Fact | undefined>): Promise<void> {
    const found = (await find()) ?? null;
    this.own.set(key, found);
    if (!key.startsWith(ownKind)) this.kept.set(key, found, 1);
  }

  private fact(kind: Kind, name: string, find: () => Promise<Fact | undefined>): Fact | undefined {
    const key = `${kind} ${name}`;
    const known = this.own.get(key);
    if (known !== undefined) return known;
    const shared = this.kept.get(key);
    if (shared !== undefined) {
      this.own.set(key, shared);
      return shared;
    }
    if (this.own.size + this.wanted.size < mostWanted) this.wanted.set(key, find);
    else if (!this.wanted.has(key)) this.isCut = true;
    return undefined;
  }
}
