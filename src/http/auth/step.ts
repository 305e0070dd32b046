/** What a waiting request needs next: somebody who signs in, a second factor, a patient, an encounter, consent — or nothing more. */
import { type Account, findAccount } from '../../auth/account.ts';
import { AuthorizationError } from '../../auth/authorization-request.ts';
import { type Client, findClient } from '../../auth/client.ts';
import type { WaitingInteraction } from '../../auth/interaction.ts';
import type { LoginSession } from '../../auth/session.ts';
import { chosenEncounter } from './chosen-encounter.ts';
import { choose, chosenPatient } from './chosen-patient.ts';
import type { AuthContext } from './context.ts';

export interface SignedIn {
  readonly client: Client;
  readonly account: Account;
  readonly session: LoginSession;
}

export type Step =
  | { readonly kind: 'login' | 'totp'; readonly client: Client }
  | (SignedIn & { readonly kind: 'patient' })
  | (SignedIn & { readonly kind: 'encounter'; readonly patient: string })
  | (SignedIn & { readonly kind: 'consent' | 'finish'; readonly patient?: string; readonly encounter?: string });

/** Whether the person must prove anew who they are. https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest */
function isStale({ authenticated, account }: LoginSession, { request, state, created }: WaitingInteraction, now: Date): boolean {
  if (authenticated >= created) return false;
  if (state.subject !== undefined && state.subject !== account) return true;
  if (request.prompt.includes('login') || request.prompt.includes('select_account')) return true;
  return request.maxAge !== undefined && now.getTime() - authenticated.getTime() > request.maxAge * 1000;
}

async function signedIn(context: AuthContext, interaction: WaitingInteraction, session: LoginSession | undefined) {
  if (session === undefined || isStale(session, interaction, context.now())) return undefined;
  const account = await findAccount(context.database, session.account);
  return account === undefined || account.disabled ? undefined : { account, session };
}

/** What may not be asked of a person. https://openid.net/specs/openid-connect-core-1_0.html#AuthError */
function unlessSilent({ request }: WaitingInteraction, error: AuthorizationError['error'], description: string): void {
  if (request.prompt.includes('none')) throw new AuthorizationError(error, description);
}

/** Throws AuthorizationError. */
export async function nextStep(context: AuthContext, interaction: WaitingInteraction, session: LoginSession | undefined): Promise<Step> {
  const { request, state } = interaction;
  const client = await findClient(context.database, request.client);
  if (client === undefined) throw new AuthorizationError('unauthorized_client', 'The client may not act any more.');
  const person = await signedIn(context, interaction, session);
  if (person === undefined) {
    unlessSilent(interaction, 'login_required', 'The person has to sign in.');
    return { kind: state.pending === undefined ? 'login' : 'totp', client };
  }
  // "otherwise, it MUST return an error, such as login_required" — openid-connect-core-1_0.html#AuthRequest
  if (state.subject !== undefined && state.subject !== person.account.id)
    throw new AuthorizationError('login_required', 'Somebody else signed in than the one whom id_token_hint names.');
  if (state.launch?.account !== undefined && state.launch.account !== person.account.id)
    throw new AuthorizationError('access_denied', 'The launch was prepared for another person.');
  const patient = await chosenPatient(context, interaction, person.account);
  if (patient === choose) {
    unlessSilent(interaction, 'interaction_required', 'The person has to choose a patient.');
    return { kind: 'patient', client, ...person };
  }
  const encounter = await chosenEncounter(context, interaction, person.account, patient);
  if (encounter.choose && patient !== undefined) {
    unlessSilent(interaction, 'interaction_required', 'The person has to choose an encounter.');
    return { kind: 'encounter', client, ...person, patient };
  }
  const isAsked = !client.trusted || request.prompt.includes('consent');
  if (isAsked) unlessSilent(interaction, 'consent_required', 'The person has to consent.');
  return {
    ...{ kind: isAsked ? 'consent' : 'finish', client, ...person },
    ...(patient === undefined ? {} : { patient }),
    ...(encounter.id === undefined ? {} : { encounter: encounter.id }),
  };
}
