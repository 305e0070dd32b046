/** Tells the log of accesses whose records a window of an export holds: each of them finds that in their own. https://hl7.org/fhir/uv/bulkdata/export.html#security-considerations */
import type { Audit } from '../audit/open-audit.ts';
import { addPatients } from '../audit/patients.ts';
import type { Principal } from '../auth/principal.ts';
import type { JobRequest } from '../jobs/client-jobs.ts';
import type { JobRow } from '../store/statement/job.ts';
import type { Witness } from './export-window.ts';

export interface Told {
  readonly witness: Witness | undefined;
  /** Resolves when it is durable; rejects when it cannot be stored: then the files are not to be given. */
  store(): Promise<void>;
}

const nothing: Told = { witness: undefined, store: async () => undefined };

/** Of one window. */
export function toldOf(audit: Pick<Audit, 'request'> | undefined, job: Pick<JobRow, 'handle' | 'request'>, principal: Principal): Told {
  if (audit === undefined) return nothing;
  const { method, url, base } = job.request as JobRequest;
  const patients = new Set<string>();
  return {
    witness: (type, line) => {
      // Ids and references are ASCII; a line begins behind `"id":"`.
      const text = line.toString('latin1');
      if (type === 'Patient') patients.add(text.slice(0, text.indexOf('"')));
      addPatients(text, base, patients);
    },
    store: async () => {
      const target = url.startsWith(base) ? url.slice(base.length) : url;
      const facts = { method, target, base, address: undefined, requestId: `_job/${job.handle}`, interaction: 'operation' };
      const audited = audit.request({ ...facts, path: ['$export'], query: [], principal });
      for (const id of patients) audited.name(id);
      await audited.answered({ status: 200 });
      audited.ended();
    },
  };
}
