/** Refusals of those who are nobody: told one by one up to a bound, then counted, so that nobody without a token can fill the disk. https://www.rfc-editor.org/rfc/rfc9110#name-401-unauthorized */
import type { SecurityEvent } from './security-event.ts';

export interface Flood {
  /** False: it was counted, and will be told together with others. */
  admits(address: string | undefined): boolean;
  /** What was counted since it was asked last; undefined: nothing. Begins anew. */
  take(now: Date): SecurityEvent | undefined;
}

/** In the time between two calls of `take`. */
export interface FloodLimits {
  readonly ofAddress: number;
  readonly all: number;
}

export const floodLimits: FloodLimits = { ofAddress: 10, all: 60 };

/** Of more addresses only the number is kept. */
const mostAddresses = 1000;
/** Named in the log, those with the most first. */
const mostNamed = 20;

export function flood({ ofAddress, all }: FloodLimits = floodLimits): Flood {
  let counts = new Map<string, number>();
  let admitted = 0;
  let left = 0;
  let since: Date | undefined;

  const named = (): string =>
    [...counts]
      .map(([address, count]) => ({ address, more: count - ofAddress }))
      .filter(({ more }) => more > 0)
      .sort((one, other) => other.more - one.more)
      .slice(0, mostNamed)
      .map(({ address, more }) => `${address}: ${more}`)
      .join(', ');

  return {
    admits: (address = 'unknown') => {
      const count = counts.get(address) ?? 0;
      if (count > 0 || counts.size < mostAddresses) counts.set(address, count + 1);
      if (count < ofAddress && admitted < all && counts.has(address)) {
        admitted++;
        return true;
      }
      left++;
      return false;
    },
    take: (now) => {
      const from = since ?? now;
      const [more, query] = [left, named()];
      counts = new Map();
      [admitted, left, since] = [0, 0, now];
      if (more === 0) return undefined;
      const detail = `${more} more requests of nobody known were refused since ${from.toISOString()}`;
      return { kind: 'audit', outcome: 'refused', detail, ...(query === '' ? {} : { query }) };
    },
  };
}
