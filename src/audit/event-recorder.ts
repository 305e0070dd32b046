/** Records what does not come through the FHIR API. */
import type { EventEntry } from './entry.ts';
import type { AuditLog } from './log.ts';
import type { RecordEvent, SecurityEvent } from './security-event.ts';
import type { Line } from './sheet.ts';

function eventEntry(base: string, event: SecurityEvent): EventEntry {
  const { kind, outcome, detail, subject, query, address, requestId } = event;
  const { authorization, fhirUser, account, client, patient, purpose, reason, scopes } = event;
  const w = { id: authorization, u: fhirUser, n: account, c: client, p: patient, y: purpose, g: reason, o: scopes };
  return { v: 1, k: `!${kind}`, s: outcome, d: detail, j: subject, q: query, b: base, a: address, x: requestId, w };
}

/** `base` is that of the server. */
export const eventLine = (base: string, at: Date, event: SecurityEvent): Line => ({
  at: at.toISOString(),
  entry: JSON.stringify(eventEntry(base, event)),
});

export const eventRecorder =
  (log: Pick<AuditLog, 'append'>, base: string, now: () => Date): RecordEvent =>
  (event) =>
    log.append(eventLine(base, now(), event));
