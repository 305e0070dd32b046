/** Notices that another process wrote conformance resources: by its notice, and surely by looking. */
import type { Session } from '../../store/database.ts';
import { readConformance } from '../../store/statement/conformance.ts';
import type { Announcements } from './announcement.ts';

export interface ConformanceWatch {
  /** Looks whether there was a write by others. */
  look(): Promise<void>;
  /** Any notice of the database. */
  heard(payload: string): void;
  /** Notices may have been lost. */
  missed(): void;
}

export interface ConformanceWatchOptions {
  readonly session: Session;
  readonly schema: string;
  readonly announcements: Announcements;
  readonly onChange: () => void;
}

export function conformanceWatch({ session, schema, announcements, onChange }: ConformanceWatchOptions): ConformanceWatch {
  let last: string | undefined;
  const see = (mark: string): void => {
    if (mark === last) return;
    last = mark;
    if (!announcements.isOwn(mark)) onChange();
  };
  return {
    look: async () => {
      const [row] = await session.run<{ value: string }>(readConformance(schema));
      if (row) see(row.value);
    },
    heard: (payload) => {
      const mark = announcements.markOf(payload);
      if (mark !== undefined) see(mark);
    },
    missed: onChange,
  };
}
