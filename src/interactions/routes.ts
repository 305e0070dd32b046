/** THE table: every interaction of the FHIR API, by method and path. https://hl7.org/fhir/R4/http.html#summary */
import { bundle } from './bundle/bundle.ts';
import { dispatcher } from './dispatch.ts';
import { bundleRows, entryDispatcher, entryRoutes } from './entry-route.ts';
import type { Route } from './route.ts';

const run = bundle(entryDispatcher);

export const routes: readonly Route[] = [...entryRoutes, ...bundleRows.map((row): Route => ({ ...row, run }))];

export const { dispatch } = dispatcher(routes);
