/** Room for request bodies in memory: many large ones at once must not bring the process down. */
import { refusal } from '../fhir/outcome.ts';

export interface Room {
  /** Throws 429 when there is no room for so many bytes more. */
  take(bytes: number): void;
  give(bytes: number): void;
  /** Runs `work` when no other large body is being worked on; small ones never wait. A parsed body takes many times its bytes. */
  inTurn<T>(bytes: number, work: () => Promise<T>): Promise<T>;
}

/** Bytes from which on a body waits for its turn. */
const large = 8 * 1_048_576;

export function createRoom(most: number): Room {
  let taken = 0;
  let turn: Promise<unknown> = Promise.resolve();
  return {
    take: (bytes) => {
      if (taken + bytes > most) {
        throw refusal('throttled', 'The server is busy with other large bodies; nothing was changed. Try again.', {
          headers: { 'retry-after': '2', connection: 'close' },
        });
      }
      taken += bytes;
    },
    give: (bytes) => {
      taken -= bytes;
    },
    inTurn: (bytes, work) => {
      if (bytes < large) return work();
      const mine = turn.then(work);
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}
