/** THE table: every interaction of the FHIR API, by method and path. https://hl7.org/fhir/R4/http.html#summary */
import { refusal } from '../fhir/outcome.ts';
import { dispatcher } from './dispatch.ts';
import { bundleRows, entryRoutes } from './entry-route.ts';
import type { Interaction } from './interaction.ts';
import type { Route } from './route.ts';

const bundle: Interaction = async () => {
  throw refusal('not-supported', 'Bundles are not processed yet.');
};

export const routes: readonly Route[] = [...entryRoutes, ...bundleRows.map((row): Route => ({ ...row, run: bundle }))];

export const { dispatch } = dispatcher(routes);
