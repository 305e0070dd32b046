/** The end of an interaction: an authorization and its code, once, or a refusal. */

import { createAuthorization } from '../../auth/authorization.ts';
import { createCode } from '../../auth/authorization-code.ts';
import { AuthorizationError } from '../../auth/authorization-request.ts';
import { closeInteraction, type WaitingInteraction } from '../../auth/interaction.ts';
import type { LaunchContext } from '../../auth/launch-context.ts';
import { purposeFor } from '../../auth/purpose.ts';
import { stillCounts } from '../../auth/session.ts';
import { inOneTransaction } from '../../auth/tables.ts';
import { answerCode, answerError } from './answer.ts';
import type { AuthContext } from './context.ts';
import type { Step } from './step.ts';
import { tell } from './told.ts';
import type { Visit } from './visit.ts';

/** What the EHR gave, and the patient and the encounter that the person chose. */
function contextOf({ state }: WaitingInteraction, { patient, encounter }: Pick<Consented, 'patient' | 'encounter'>): LaunchContext {
  const launched = state.launch?.context ?? {};
  return { ...launched, ...(patient === undefined ? {} : { patient }), ...(encounter === undefined ? {} : { encounter }) };
}

/** Context that nobody gave is not granted. https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#scopes-for-requesting-context-data */
function isGiven(scope: string, { state }: WaitingInteraction, context: LaunchContext): boolean {
  if (scope === 'launch') return state.launch !== undefined;
  if (scope === 'launch/patient') return context.patient !== undefined;
  if (scope === 'launch/encounter') return context.encounter !== undefined;
  return !scope.startsWith('launch/');
}

type Consented = Extract<Step, { kind: 'consent' | 'finish' }>;

/** `scopes` are those that the person allowed. Answers false when it was answered before. */
export async function finish(
  context: AuthContext,
  visit: Visit,
  interaction: WaitingInteraction,
  consented: Consented,
  scopes: readonly string[],
): Promise<boolean> {
  const { request } = interaction;
  const { account, client, session } = consented;
  const launch = contextOf(interaction, consented);
  const granted = scopes.filter((scope) => isGiven(scope, interaction, launch));
  const made = await inOneTransaction(context.database, async (tables) => {
    if (!(await stillCounts(tables, session))) return 'ended' as const;
    if (!(await closeInteraction(tables, interaction))) return undefined;
    const purpose = purposeFor(client.purposes ?? [], request.purpose);
    const authorization = await createAuthorization(tables, {
      ...{ client: client.id, account: account.id, session: session.hash, scopes: granted, context: launch, purpose },
    });
    const { redirectUri, challenge, nonce } = request;
    const { authenticated } = session;
    return { authorization, code: await createCode(tables, { authorization, redirectUri, challenge, nonce, authenticated }) };
  });
  if (made === undefined) return false;
  if (made === 'ended') {
    // Signed out, or shut out, since the page was asked for: whoever it is signs in anew.
    visit.response.redirect(303, `${visit.root}/authorize/${interaction.id}`);
    return true;
  }
  await tell(context, visit.request, {
    ...{ kind: 'authorize', outcome: 'success', account: account.name, fhirUser: account.fhirUser, client: client.id },
    ...{ authorization: made.authorization, scopes: granted, patient: launch.patient },
  });
  answerCode(visit, request, made.code);
  return true;
}

/** Ends it with an error for the client. */
export async function refuse(
  context: AuthContext,
  visit: Visit,
  interaction: WaitingInteraction,
  error: AuthorizationError,
): Promise<boolean> {
  if (!(await closeInteraction(context.database, interaction))) return false;
  const { client } = interaction.request;
  await tell(context, visit.request, { kind: 'authorize', outcome: 'refused', detail: error.error, client });
  answerError(visit, interaction.request, error);
  return true;
}

export const denied = (): AuthorizationError => new AuthorizationError('access_denied', 'The person did not allow the access.');
