/**
 * Whether any Consent demands anything: as long as none does, no query asks. Who writes the first one tells all processes; whoever
 * did not hear of it finds out by looking.
 */
import type { Session } from '../store/database.ts';
import { anyConsentRule } from '../store/statement/consent-rule.ts';

export const newConsent = (schema: string): string => `${schema} consent`;

export interface ConsentFlag {
  isSet(): boolean;
  /** This process wrote one. */
  set(): void;
  /** Any notice of the database. */
  heard(payload: string): void;
  /** Asks the database. */
  look(): Promise<void>;
}

export function consentFlag(session: Session, schema: string): ConsentFlag {
  let known = false;
  return {
    isSet: () => known,
    set: () => {
      known = true;
    },
    heard: (payload) => {
      if (payload === newConsent(schema)) known = true;
    },
    look: async () => {
      const [row] = await session.run<{ exists: boolean }>(anyConsentRule(schema));
      // What was heard of meanwhile may not have been seen yet: it is never forgotten, at the price of queries that ask in vain.
      known ||= row?.exists === true;
    },
  };
}
