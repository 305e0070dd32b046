/** Which patient an authorization is about: patients and those who care for them have no choice, practitioners choose among whom they may see. */
import type { Account } from '../../auth/account.ts';
import { findAccount, personOf } from '../../auth/account.ts';
import { AuthorizationError } from '../../auth/authorization-request.ts';
import type { WaitingInteraction } from '../../auth/interaction.ts';
import { localPrincipal } from '../../auth/principal.ts';
import { FhirError } from '../../fhir/outcome.ts';
import type { AuthContext } from './context.ts';

/** What no id can be. */
export const choose = '?';

const isId = (id: string): boolean => /^[A-Za-z0-9.-]{1,64}$/.test(id);

/** The text of a resource that the person may read. */
export async function readAs(context: AuthContext, account: Account, type: string, id: string): Promise<object | undefined> {
  if (!isId(id)) return undefined;
  const found = await (await context.services()).repository(personOf(account)).read(type, id);
  return found?.body == null ? undefined : (JSON.parse(found.body) as object);
}

async function relatedTo(context: AuthContext, fhirUser: string): Promise<string | undefined> {
  const [type = '', id = ''] = fhirUser.split('/');
  // The person need not be able to read their own entry for it to say whom they belong to.
  const found = await (await context.services()).repository(localPrincipal).read(type, id);
  if (found?.body == null) return undefined;
  const { patient, active } = JSON.parse(found.body) as { patient?: { reference?: string }; active?: boolean };
  return active === false ? undefined : /^Patient\/([A-Za-z0-9.-]{1,64})$/.exec(patient?.reference ?? '')?.[1];
}

const free = '*';

/** The only patient of an account that has one; `free` = the account may choose; undefined = it has none. */
async function boundPatient(context: AuthContext, { role, fhirUser = '' }: Account): Promise<string | undefined> {
  if (role === 'patient') return /^Patient\/(.+)$/.exec(fhirUser)?.[1];
  return role === 'related-person' ? relatedTo(context, fhirUser) : free;
}

/** Whether an account may still see the patient whom an application was given: who cares for whom changes while tokens lie about. */
export async function mayStillSee(context: AuthContext, id: string, patient: string): Promise<boolean> {
  const account = await findAccount(context.database, id);
  if (account === undefined || account.disabled) return false;
  const bound = await boundPatient(context, account);
  if (bound !== free && bound !== patient) return false;
  try {
    return (await readAs(context, account, 'Patient', patient)) !== undefined;
  } catch (error) {
    // A policy that gives no record of a patient at all refuses to look for one.
    if (error instanceof FhirError && error.status < 500) return false;
    throw error;
  }
}

/** An encounter that a person is to choose is one of a patient. */
const asksForPatient = ({ request: { scopes }, state }: WaitingInteraction): boolean =>
  scopes.some(
    (scope) => scope.startsWith('patient/') || scope === 'launch/patient' || (scope === 'launch/encounter' && state.launch === undefined),
  );

const refuse = (description: string): never => {
  throw new AuthorizationError('access_denied', description);
};

/** Undefined where none is asked for; `?` where a person has yet to. Throws AuthorizationError. */
export async function chosenPatient(context: AuthContext, interaction: WaitingInteraction, account: Account): Promise<string | undefined> {
  const { state } = interaction;
  const launched = state.launch?.context.patient;
  if (launched === undefined && !asksForPatient(interaction)) return undefined;
  const bound = await boundPatient(context, account);
  if (bound !== free) {
    if (bound === undefined) return refuse('The account is not linked to a patient.');
    if (launched !== undefined && launched !== bound) return refuse('The launch is about another patient than the person who signed in.');
  }
  const chosen = bound === free ? (launched ?? (state.patient?.account === account.id ? state.patient.id : undefined)) : bound;
  if (chosen === undefined) return choose;
  if ((await readAs(context, account, 'Patient', chosen)) !== undefined) return chosen;
  return bound === free && launched === undefined ? choose : refuse('The person who signed in may not see the patient.');
}
