/** Tells the log of accesses whose records a window of an export holds: each of them finds that in their own. https://hl7.org/fhir/uv/bulkdata/export.html#security-considerations */
import type { Audit } from '../audit/open-audit.ts';
import type { Principal } from '../auth/principal.ts';
import type { JobRequest } from '../jobs/client-jobs.ts';
import type { Database } from '../store/database.ts';
import { patientsOfWindow } from '../store/statement/export-patient.ts';
import type { JobRow } from '../store/statement/job.ts';

/** An entry has so many of them: it is read whole for each AuditEvent that is made of it. */
const mostInEntry = 500;

type ToldJob = Pick<JobRow, 'id' | 'handle' | 'request'>;

/** Resolves when it is durable; rejects when it cannot be stored: then the files of the window are not to be given. */
export async function tellWindow(
  database: Database,
  audit: Pick<Audit, 'request'> | undefined,
  job: ToldJob,
  principal: Principal,
  n: number,
): Promise<void> {
  if (audit === undefined) return;
  for (let from = 0; ; from += mostInEntry) {
    const [row] = await database.run<{ ids: readonly string[] }>(patientsOfWindow(database.schema, job.id, n, from, mostInEntry));
    if (row === undefined || row.ids.length === 0) return;
    await tell(audit, job, principal, row.ids);
  }
}

async function tell(
  audit: Pick<Audit, 'request'>,
  { handle, request }: ToldJob,
  principal: Principal,
  patients: readonly string[],
): Promise<void> {
  const { method, url, base } = request as JobRequest;
  const target = url.startsWith(base) ? url.slice(base.length) : url;
  const facts = { method, target, base, address: undefined, requestId: `_job/${handle}`, interaction: 'operation' };
  const audited = audit.request({ ...facts, path: ['$export'], query: [], principal });
  for (const id of patients) audited.name(id);
  await audited.answered({ status: 200 });
  audited.ended();
}
