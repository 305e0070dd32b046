/** Signing in: name and password, then a second factor where the account has one. */
import { type Account, accountName, findAccount, findAccountByName, passwordMark } from '../../auth/account.ts';
import type { Client } from '../../auth/client.ts';
import { csrfToken, saveInteraction, type WaitingInteraction } from '../../auth/interaction.ts';
import { verifyPassword } from '../../auth/password.ts';
import { createSession, forgetSession } from '../../auth/session.ts';
import { beginGuess } from '../../auth/throttle.ts';
import { useTotp } from '../../auth/totp.ts';
import type { AuthContext } from './context.ts';
import type { Form } from './form.ts';
import { answerSources } from './form-action.ts';
import { pieces, sendPage } from './pages/render.ts';
import { tell } from './told.ts';
import { keepLanguage, keepSession, sessionText, type Visit } from './visit.ts';

/** A page of an interaction: the browser that looks at it, what waits, and where its forms go. */
export interface Waiting {
  readonly visit: Visit;
  readonly interaction: WaitingInteraction;
  readonly client: Client;
  readonly path: string;
}

interface Shown {
  readonly problem?: string | undefined;
  readonly status?: number;
  readonly name?: string;
}

export function showLogin({ visit, interaction, client, path }: Waiting, { problem, status = 200, name }: Shown = {}): void {
  const { request } = interaction;
  const language = visit.language(request.uiLocales);
  const head = {
    language,
    title: language.text('login-title'),
    problem,
    status,
    answers: answerSources(request.redirectUri, client),
    switchTo: `${path}?`,
  };
  sendPage(visit.response, 'login', head, {
    ...{ path, csrf: csrfToken(visit.browser, interaction.id), name: name ?? request.loginHint ?? '' },
    lead: pieces(language, 'login-lead', 'client', client.name),
  });
}

export function showTotp({ visit, interaction, client, path }: Waiting, { problem, status = 200 }: Shown = {}): void {
  const { request } = interaction;
  const language = visit.language(request.uiLocales);
  const head = {
    language,
    title: language.text('totp-title'),
    problem,
    status,
    answers: answerSources(request.redirectUri, client),
    switchTo: `${path}?`,
  };
  sendPage(visit.response, 'second-factor', head, { path, csrf: csrfToken(visit.browser, interaction.id) });
}

/** SHALL: a new session id at every login, the one that the browser brought is worth nothing — owasp Session_Management_Cheat_Sheet.html#renew-the-session-id-after-any-privilege-level-change */
async function enter(context: AuthContext, waiting: Waiting, account: Account): Promise<void> {
  const { database } = context;
  const { visit, interaction, path } = waiting;
  const text = await createSession(database, account);
  if (text === undefined) {
    await refusedLogin(context, waiting, account.name, 'changed meanwhile');
    return begunAnew(context, waiting);
  }
  await forgetSession(database, sessionText(visit));
  const { pending: _, ...state } = interaction.state;
  await saveInteraction(database, interaction, state);
  await tell(context, visit.request, {
    ...{ kind: 'login', outcome: 'success', account: account.name, fhirUser: account.fhirUser, client: interaction.request.client },
  });
  keepSession(visit, text);
  keepLanguage(visit, account.language);
  visit.response.redirect(303, path);
}

const refusedLogin = (context: AuthContext, { visit, interaction }: Waiting, account: string, detail: string): Promise<void> =>
  tell(context, visit.request, { kind: 'login', outcome: 'refused', detail, account, client: interaction.request.client });

const lockout = (context: AuthContext, { visit }: Waiting, account: string, detail: string): Promise<void> =>
  tell(context, visit.request, { kind: 'lockout', outcome: 'refused', detail, account });

const addressOf = ({ request }: Visit): string => request.ip ?? '';

/** The same answer, after the same work, whether the name or the password is wrong or the account is disabled. */
export async function login(context: AuthContext, waiting: Waiting, form: Form): Promise<void> {
  const { visit, interaction, path } = waiting;
  const language = visit.language(interaction.request.uiLocales);
  const { name = '', password = '' } = form;
  if (name === '' || password === '') return showLogin(waiting, { problem: language.text('login-missing'), status: 400, name });
  const known = accountName(name).slice(0, 100);
  const guess = await beginGuess(context.database, 'password', known, addressOf(visit));
  if (guess.wait !== undefined) {
    visit.response.set('Retry-After', String(guess.wait));
    await refusedLogin(context, waiting, known, 'throttled');
    return showLogin(waiting, { problem: language.text('login-wait', { time: language.time(guess.wait) }), status: 429, name });
  }
  const account = await findAccountByName(context.database, name);
  const isRight = await verifyPassword(account?.password, password);
  if (account === undefined || !isRight || account.disabled) {
    await refusedLogin(context, waiting, known, isRight ? 'disabled' : 'wrong password');
    if (guess.locked) await lockout(context, waiting, known, 'password');
    return showLogin(waiting, { problem: language.text('login-wrong'), status: 401, name });
  }
  await guess.succeeded();
  if (account.totp === undefined) return enter(context, waiting, account);
  await saveInteraction(context.database, interaction, {
    ...interaction.state,
    pending: { account: account.id, mark: passwordMark(account) },
  });
  visit.response.redirect(303, path);
}

/** The account is not what it was when its password was right: it has to be given again. */
async function begunAnew({ database }: AuthContext, { visit, interaction, path }: Waiting): Promise<void> {
  const { pending: _, ...state } = interaction.state;
  await saveInteraction(database, interaction, state);
  visit.response.redirect(303, path);
}

export async function secondFactor(context: AuthContext, waiting: Waiting, { code = '' }: Form): Promise<void> {
  const { visit, interaction } = waiting;
  const { pending } = interaction.state;
  const account = pending === undefined ? undefined : await findAccount(context.database, pending.account);
  if (account === undefined || account.disabled || pending?.mark !== passwordMark(account)) return begunAnew(context, waiting);
  const language = visit.language(interaction.request.uiLocales);
  const guess = await beginGuess(context.database, 'totp', account.id, addressOf(visit));
  if (guess.wait !== undefined) {
    visit.response.set('Retry-After', String(guess.wait));
    return showTotp(waiting, { problem: language.text('login-wait', { time: language.time(guess.wait) }), status: 429 });
  }
  // An account that has lost its second factor meanwhile has to begin again.
  if (await useTotp(context.database, account, code, context.now(), context.box)) {
    await guess.succeeded();
    return enter(context, waiting, account);
  }
  await refusedLogin(context, waiting, account.name, 'wrong code');
  if (guess.locked) await lockout(context, waiting, account.name, 'second factor');
  return showTotp(waiting, { problem: language.text('totp-wrong'), status: 401 });
}
