/** Principals of access tokens that were looked up lately: bounded in number and in time, and forgotten as soon as access is withdrawn. */
import type { Principal } from './principal.ts';

/** What is known of a token. */
export interface Known {
  /** The same object as long as it is remembered: what is compiled from it is kept with it. */
  readonly principal: Principal;
  /** Milliseconds for which it holds at most. */
  readonly remaining: number;
}

export interface TokenCache {
  /** Undefined = it must be looked up. */
  get(key: string): Principal | undefined;
  /** What may be remembered now; a withdrawal in between makes it void. */
  readonly generation: number;
  set(key: string, known: Known, generation: number): void;
  /** Forgets what the predicate holds of. */
  forget(isGone: (principal: Principal) => boolean): void;
}

export interface TokenCacheOptions {
  readonly most: number;
  /** Milliseconds that any token is remembered at most. */
  readonly lifetime: () => number;
  /** Milliseconds from any fixed time. */
  readonly clock: () => number;
}

interface Entry {
  readonly principal: Principal;
  readonly until: number;
}

export function tokenCache({ most, lifetime, clock }: TokenCacheOptions): TokenCache {
  const entries = new Map<string, Entry>();
  let generation = 0;
  return {
    get: (key) => {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      if (clock() < entry.until) return entry.principal;
      entries.delete(key);
      return undefined;
    },
    get generation() {
      return generation;
    },
    set: (key, { principal, remaining }, since) => {
      const life = Math.min(remaining, lifetime());
      if (since !== generation || life <= 0) return;
      entries.delete(key);
      for (const oldest of entries.keys()) {
        if (entries.size < most) break;
        entries.delete(oldest);
      }
      entries.set(key, { principal, until: clock() + life });
    },
    forget: (isGone) => {
      generation++;
      for (const [key, { principal }] of entries) if (isGone(principal)) entries.delete(key);
    },
  };
}
