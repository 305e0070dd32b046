/** Writes of conformance resources are told to all processes on the database, in the transaction that makes them. */
import { randomUUID } from 'node:crypto';
import { setConformance } from '../../store/statement/conformance.ts';
import { notify } from '../../store/statement/search-parameter.ts';
import type { Statement } from '../../store/statement.ts';
import { channel } from '../registration-sql.ts';

const payloadOf = (schema: string): string => `${schema} conformance `;

/** Each write leaves a mark of its own, so that a process knows its own writes from those of others. */
export interface Announcements {
  statements(): readonly Statement[];
  /** Whether this process made the mark. */
  isOwn(mark: string): boolean;
  /** The mark that a notice tells; undefined = it tells of something else. */
  markOf(payload: string): string | undefined;
}

/** Marks that are remembered. */
const mostMarks = 1000;

export function announcements(schema: string): Announcements {
  const own = new Set<string>();
  return {
    statements: () => {
      const mark = randomUUID();
      own.add(mark);
      for (const oldest of own) {
        if (own.size <= mostMarks) break;
        own.delete(oldest);
      }
      return [setConformance(schema, mark), notify(channel, payloadOf(schema) + mark)];
    },
    isOwn: (mark) => own.has(mark),
    markOf: (payload) => (payload.startsWith(payloadOf(schema)) ? payload.slice(payloadOf(schema).length) : undefined),
  };
}
