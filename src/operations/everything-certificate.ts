/** The certificate of a record as the last entry of its Bundle: Parameters, since it tells of many things. https://hl7.org/fhir/R4/parameters.html */
import { randomUUID } from 'node:crypto';
import type { EverythingCertificate } from '../repository/repository.ts';

/** JSON text of the entry. How to verify it is written in docs/record.md. */
export function certificateEntry({ total, counts, snapshot, digest }: EverythingCertificate): string {
  const parameter = [
    { name: 'total', valueInteger: total },
    ...counts.map(([type, count]) => ({
      name: 'count',
      part: [
        { name: 'type', valueCode: type },
        { name: 'resources', valueInteger: count },
      ],
    })),
    { name: 'snapshot', valueString: snapshot },
    { name: 'sha256', valueString: digest },
  ];
  return JSON.stringify({
    fullUrl: `urn:uuid:${randomUUID()}`,
    resource: { resourceType: 'Parameters', parameter },
    search: { mode: 'outcome' },
  });
}
