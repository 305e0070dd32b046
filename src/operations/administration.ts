/** Operations that work on the server as a whole, or tell of all that is stored. */
import { refusal } from '../fhir/outcome.ts';
import type { Services } from '../interactions/interaction.ts';
import type { OperationCall } from './operation.ts';

/** Throws 403 before anything is looked up. */
export function assertAdministers({ request }: OperationCall, services: Services): void {
  if (services.access(request.principal).mayAdminister) return;
  const text =
    'This operation works on the server as a whole: it needs system/*.cruds, or user/*.cruds of somebody whose policy lets them administer.';
  throw refusal('forbidden', text);
}
