/** THE table: every interaction of the FHIR API, by method and path. https://hl7.org/fhir/R4/http.html#summary */
import { cancelJob, jobFile, jobList, jobStatus } from './async-job.ts';
import { bundle } from './bundle/bundle.ts';
import { dispatcher } from './dispatch.ts';
import { bundleRows, entryDispatcher, entryRoutes } from './entry-route.ts';
import { laterOrNow } from './later.ts';
import type { Route } from './route.ts';

const run = bundle(entryDispatcher);

/** Of jobs that clients asked for: no entries of a Bundle. */
const jobRoutes: readonly Route[] = [
  { method: 'GET', path: '_job', name: 'operation', run: jobList },
  { method: 'GET', path: '_job/[id]', name: 'operation', run: jobStatus },
  { method: 'DELETE', path: '_job/[id]', name: 'operation', run: cancelJob },
  { method: 'GET', path: '_job/[id]/[type]', name: 'operation', run: jobFile },
];

export const routes: readonly Route[] = [...entryRoutes, ...bundleRows.map((row): Route => ({ ...row, run })), ...jobRoutes];

const now = dispatcher(routes);

/** Whatever is preferred: what works at a job answers so. */
export const dispatchNow = now.dispatch;
export const dispatch = laterOrNow(dispatchNow, now.find);
