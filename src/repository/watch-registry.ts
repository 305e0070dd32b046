/** Learns of changed search parameters and conformance resources: at once when another process tells, and surely by looking every few seconds. */
import type pg from 'pg';
import { listenForNotices } from '../store/notice.ts';
import type { ConformanceWatch } from './conformance/watch.ts';
import type { ConsentFlag } from './consent-flag.ts';
import type { Policies } from './policies.ts';
import { channel, newIndex } from './registration-sql.ts';
import type { SearchRegistry } from './search-registry.ts';

export interface WatchOptions {
  readonly registry: SearchRegistry;
  readonly conformance: ConformanceWatch;
  readonly consents: ConsentFlag;
  readonly policies: Policies;
  readonly connection: pg.PoolConfig;
  readonly schema: string;
  /** The parameters or their jobs may have changed. */
  readonly onChange?: () => void;
  readonly pollMs?: number;
}

export function watchRegistry({ registry, conformance, consents, policies, connection, schema, onChange, pollMs = 3000 }: WatchOptions): {
  close(): Promise<void>;
} {
  // What cannot be asked now is asked again soon; until then writes are refused by the database where it matters.
  const look = (): void => {
    registry.refresh().catch(() => undefined);
    conformance.look().catch(() => undefined);
    consents.look().catch(() => undefined);
    policies.look().catch(() => undefined);
  };
  const learn = (): void => {
    look();
    onChange?.();
  };
  const timer = setInterval(look, pollMs);
  const notices = listenForNotices({
    ...{ connection, channel },
    onConnect: () => {
      learn();
      conformance.missed();
    },
    onNotice: (payload) => {
      if (payload === newIndex(schema)) learn();
      else {
        conformance.heard(payload);
        consents.heard(payload);
        policies.heard(payload);
      }
    },
  });
  return {
    close: async () => {
      clearInterval(timer);
      await notices.close();
    },
  };
}
