/** What a call was refused with. */
import { FhirError } from '../../src/fhir/outcome.ts';

/** The FhirError that `run` throws; fails when it throws another error or none. */
export function refusalOf(run: () => unknown): FhirError {
  try {
    run();
  } catch (error) {
    if (error instanceof FhirError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
