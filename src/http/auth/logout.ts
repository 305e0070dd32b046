/** Signing out, at the wish of an application or of the person. https://openid.net/specs/openid-connect-rpinitiated-1_0.html */
import { type ErrorRequestHandler, type RequestHandler, Router } from 'express';
import { findAccount } from '../../auth/account.ts';
import { type Client, findClient } from '../../auth/client.ts';
import { type IdTokenHint, readIdTokenHint } from '../../auth/id-token-hint.ts';
import { csrfToken, isCsrfToken } from '../../auth/interaction.ts';
import { OAuthError } from '../../auth/oauth-error.ts';
import { withParameters } from '../../auth/redirect-uri.ts';
import { endSession, type LoginSession } from '../../auth/session.ts';
import type { AuthContext } from './context.ts';
import { type Form, form, formOf, queryOf } from './form.ts';
import { answerSources } from './form-action.ts';
import { showError, showMessage } from './message-page.ts';
import { sendPage } from './pages/render.ts';
import { tell } from './told.ts';
import { beginVisit, dropSession, switchesLanguage, switchOf, type Visit } from './visit.ts';

interface Asked {
  readonly hint?: IdTokenHint | undefined;
  readonly client?: Client | undefined;
  /** Registered by the client. */
  readonly target?: string | undefined;
  /** As they came. */
  readonly parameters: Form;
}

/** Undefined when it is not to be trusted. */
async function read(context: AuthContext, visit: Visit, parameters: Form): Promise<Asked | undefined> {
  const { id_token_hint: text, client_id: id, post_logout_redirect_uri: target } = parameters;
  const hint = text === undefined ? undefined : await readIdTokenHint(context.database, visit.base, text, context.box);
  // SHALL: the hint was issued to the client that is named — openid-connect-rpinitiated-1_0.html#RPLogout
  if ((text !== undefined && hint === undefined) || (hint !== undefined && id !== undefined && hint.client !== id)) return undefined;
  const client = await findClient(context.database, hint?.client ?? id ?? '');
  if (target !== undefined && client?.postLogoutRedirectUris.includes(target) !== true) return undefined;
  return { hint, client, target, parameters };
}

async function leave(context: AuthContext, visit: Visit, session: LoginSession, client: Client | undefined): Promise<void> {
  const account = await findAccount(context.database, session.account);
  await endSession(context.database, session);
  dropSession(visit);
  await tell(context, visit.request, {
    ...{ kind: 'logout', outcome: 'success', account: account?.name, fhirUser: account?.fhirUser, client: client?.id },
  });
}

function goOn(visit: Visit, { target, client, parameters }: Asked, wasSignedIn: boolean): void {
  if (target !== undefined) return visit.response.redirect(303, withParameters(target, { state: parameters['state'] }));
  const language = visit.language(parameters['ui_locales']);
  const lines = [language.text(wasSignedIn ? 'signed-out-lead' : 'not-signed-in')];
  const home = client?.details['client_uri'];
  const isLink = client !== undefined && typeof home === 'string' && /^https?:\/\//.test(home);
  const link = isLink ? { url: home, label: language.text('back', { client: client.name }) } : undefined;
  showMessage(visit, { title: 'signed-out-title', lines, link });
}

const passedOn = ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state', 'ui_locales'];

async function confirm(context: AuthContext, visit: Visit, session: LoginSession, { client, target, parameters }: Asked): Promise<void> {
  const language = visit.language(parameters['ui_locales']);
  const name = (await findAccount(context.database, session.account))?.name ?? '';
  const asked = client === undefined ? [] : [language.text('logout-asked', { client: client.name })];
  const hidden = [...passedOn.map((each) => [each, parameters[each]]).filter(([, value]) => value !== undefined)];
  const head = { language, title: language.text('logout-title'), switchTo: switchOf(visit), answers: answerSources(target, client) };
  sendPage(visit.response, 'logout', head, {
    path: `${visit.root}/logout`,
    lines: [...asked, language.text('logout-lead', { name })],
    hidden: [['csrf', csrfToken(visit.browser, 'logout')], ...hidden],
  });
}

/** An application that has the person's id token may sign them out; anybody else has to let the person decide. */
async function begin(context: AuthContext, visit: Visit, asked: Asked): Promise<void> {
  const session = await visit.session();
  if (session === undefined) return goOn(visit, asked, false);
  if (asked.hint?.subject !== session.account) return confirm(context, visit, session, asked);
  await leave(context, visit, session, asked.client);
  goOn(visit, asked, true);
}

async function decide(context: AuthContext, visit: Visit, asked: Asked): Promise<void> {
  const { csrf, answer } = asked.parameters;
  if (!isCsrfToken(visit.browser, 'logout', csrf)) return showError(visit, 'form-foreign', 403);
  if (answer !== 'leave') return showMessage(visit, { title: 'stayed', lines: [] });
  const session = await visit.session();
  if (session !== undefined) await leave(context, visit, session, asked.client);
  goOn(visit, asked, session !== undefined);
}

const handle =
  (context: AuthContext, parametersOf: (request: Parameters<RequestHandler>[0]) => Form): RequestHandler =>
  async (request, response) => {
    const visit = beginVisit(context, request, response);
    if (switchesLanguage(visit)) return;
    const parameters = parametersOf(request);
    const asked = await read(context, visit, parameters);
    if (asked === undefined) return showError(visit, 'redirect-unknown');
    await (parameters['answer'] === undefined ? begin(context, visit, asked) : decide(context, visit, asked));
  };

const failed =
  (context: AuthContext): ErrorRequestHandler =>
  (error, request, response, next) => {
    const { status } = error as { status?: unknown };
    if (!(error instanceof OAuthError) && !(typeof status === 'number' && status < 500)) return next(error);
    showError(beginVisit(context, request, response), 'not-allowed');
  };

export const logout = (context: AuthContext): Router =>
  Router()
    .get('/', handle(context, queryOf))
    .post('/', ...form, handle(context, formOf))
    .use(failed(context));
