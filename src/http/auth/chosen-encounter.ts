/** Which encounter an authorization is about: what the EHR has open, or what the person chose among those of the patient. https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#requesting-context-with-scopes */
import type { Account } from '../../auth/account.ts';
import type { WaitingInteraction } from '../../auth/interaction.ts';
import { FhirError } from '../../fhir/outcome.ts';
import { readAs } from './chosen-patient.ts';
import type { AuthContext } from './context.ts';

/** One that the person may see, of this patient. */
export async function encounterOf(context: AuthContext, account: Account, patient: string, id: string): Promise<object | undefined> {
  try {
    const found = (await readAs(context, account, 'Encounter', id)) as { subject?: { reference?: unknown } } | undefined;
    return found?.subject?.reference === `Patient/${patient}` ? found : undefined;
  } catch (error) {
    // A policy that gives no encounters at all refuses to look for one.
    if (error instanceof FhirError && error.status < 500) return undefined;
    throw error;
  }
}

/** The id; undefined where none is asked for, or the person wants none; `choose` where they have yet to say. */
export async function chosenEncounter(
  context: AuthContext,
  { request, state }: WaitingInteraction,
  account: Account,
  patient: string | undefined,
): Promise<{ readonly choose: boolean; readonly id?: string }> {
  const launched = state.launch?.context.encounter;
  if (launched !== undefined) return { choose: false, id: launched };
  // An EHR that launches without an encounter has none open.
  if (state.launch !== undefined || patient === undefined || !request.scopes.includes('launch/encounter')) return { choose: false };
  const { encounter: chosen } = state;
  if (chosen === undefined || chosen.account !== account.id || chosen.patient !== patient) return { choose: true };
  if (chosen.id === undefined) return { choose: false };
  const stands = (await encounterOf(context, account, patient, chosen.id)) !== undefined;
  return stands ? { choose: false, id: chosen.id } : { choose: true };
}
