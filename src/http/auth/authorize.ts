/** The authorization endpoint and the pages behind it. https://www.rfc-editor.org/rfc/rfc6749#section-3.1, https://hl7.org/fhir/smart-app-launch/app-launch.html#obtain-authorization-code */
import express, { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express';
import {
  AuthorizationError,
  type AuthorizationRequest,
  type KnownScopes,
  type Parameters,
  parametersOf,
  readRequest,
  trustedTarget,
  UntrustedRequest,
} from '../../auth/authorization-request.ts';
import { type Client, findClient } from '../../auth/client.ts';
import { readIdTokenHint } from '../../auth/id-token-hint.ts';
import {
  createInteraction,
  type InteractionState,
  isCsrfToken,
  openInteraction,
  saveInteraction,
  type WaitingInteraction,
} from '../../auth/interaction.ts';
import { useLaunch } from '../../auth/launch.ts';
import { OAuthError } from '../../auth/oauth-error.ts';
import { checkScope } from '../../auth/scope-filter.ts';
import { forgetSession } from '../../auth/session.ts';
import { answerError } from './answer.ts';
import { consent, showConsent } from './consent-page.ts';
import type { AuthContext } from './context.ts';
import { chooseEncounter, showEncounters } from './encounter-page.ts';
import { denied, finish, refuse } from './finish.ts';
import type { Form } from './form.ts';
import { login, secondFactor, showLogin, showTotp, type Waiting } from './login-page.ts';
import { showError } from './message-page.ts';
import { choosePatient, showPatients } from './patient-page.ts';
import { nextStep, type Step } from './step.ts';
import { beginVisit, dropSession, sessionText, switchesLanguage, type Visit } from './visit.ts';

/** What the EHR prepared, taken for good: a launch is used once. */
async function launchOf(context: AuthContext, request: AuthorizationRequest): Promise<Pick<InteractionState, 'launch'>> {
  if (request.launch === undefined) return {};
  if (!request.scopes.includes('launch'))
    throw new AuthorizationError('invalid_scope', 'A request with the parameter launch needs the scope launch.');
  const launch = await useLaunch(context.database, request.launch, request.client);
  if (launch === undefined)
    throw new AuthorizationError('invalid_request', 'launch is unknown, was used already, has expired, or is for another client.');
  const { context: launched, account } = launch;
  return { launch: { context: launched, ...(account === undefined ? {} : { account }) } };
}

/** SHALL: a hint that this server did not give is refused — openid-connect-core-1_0.html#AuthRequestValidation */
async function subjectOf(
  { database, box }: AuthContext,
  { idTokenHint: hint }: AuthorizationRequest,
  base: string,
): Promise<Pick<InteractionState, 'subject'>> {
  if (hint === undefined) return {};
  const read = await readIdTokenHint(database, base, hint, box);
  if (read === undefined) throw new AuthorizationError('invalid_request', 'id_token_hint is no id token of this server.');
  return { subject: read.subject };
}

async function knownScopes({ services, now }: AuthContext, base: string): Promise<KnownScopes> {
  const { definitions } = await services();
  return { isType: definitions.isResourceType, check: (scope) => checkScope(scope, definitions, { now, base }) };
}

async function begin(context: AuthContext, visit: Visit, parameters: Parameters, client: Client, redirectUri: string): Promise<void> {
  const { database } = context;
  try {
    const request = readRequest(parameters, client, redirectUri, visit.base, await knownScopes(context, visit.base));
    const { idTokenHint: _, ...kept } = request;
    const state = { base: visit.base, ...(await subjectOf(context, request, visit.base)), ...(await launchOf(context, request)) };
    const id = await createInteraction(database, kept, state);
    visit.response.redirect(303, `${visit.root}/authorize/${id}`);
  } catch (error) {
    if (!(error instanceof AuthorizationError)) throw error;
    answerError(visit, { redirectUri, state: parameters.get('state') }, error);
  }
}

const searchOf = ({ originalUrl }: Request): string => (originalUrl.includes('?') ? originalUrl.slice(originalUrl.indexOf('?') + 1) : '');

/** GET and POST are the same but for where the parameters stand. https://hl7.org/fhir/smart-app-launch/conformance.html#authorization-methods */
const start =
  (context: AuthContext): RequestHandler =>
  async (request, response) => {
    const visit = beginVisit(context, request, response);
    if (switchesLanguage(visit)) return;
    const parameters = parametersOf(request.method === 'POST' ? String(request.body ?? '') : searchOf(request));
    const { client, redirectUri } = await trustedTarget(parameters, (id) => findClient(context.database, id));
    await begin(context, visit, parameters, client, redirectUri);
  };

async function show(context: AuthContext, waiting: Waiting, step: Step): Promise<boolean> {
  switch (step.kind) {
    case 'login':
      showLogin(waiting);
      return true;
    case 'totp':
      showTotp(waiting);
      return true;
    case 'patient':
      await showPatients(context, waiting, step);
      return true;
    case 'encounter':
      await showEncounters(context, waiting, step);
      return true;
    case 'consent':
      await showConsent(context, waiting, step);
      return true;
    default:
      return finish(context, waiting.visit, waiting.interaction, step, waiting.interaction.request.scopes);
  }
}

const pathOf = (visit: Visit, id: string): string => `${visit.root}/authorize/${id}`;

const idOf = ({ params }: Request): string => String(params['id'] ?? '');

async function interactionOf(context: AuthContext, visit: Visit, id: string): Promise<WaitingInteraction | undefined> {
  return /^[\w-]{43}$/.test(id) ? openInteraction(context.database, id, visit.browser) : undefined;
}

/** Runs the work on the interaction; what the client must be told is told to it. */
async function within(
  context: AuthContext,
  visit: Visit,
  interaction: WaitingInteraction,
  work: (step: Step) => Promise<boolean>,
): Promise<void> {
  let answered: boolean;
  try {
    answered = await work(await nextStep(context, interaction, await visit.session()));
  } catch (error) {
    if (!(error instanceof AuthorizationError)) throw error;
    answered = await refuse(context, visit, interaction, error);
  }
  if (!answered) showError(visit, 'interaction-unknown');
}

const page =
  (context: AuthContext): RequestHandler =>
  async (request, response) => {
    const visit = beginVisit(context, request, response);
    const path = pathOf(visit, idOf(request));
    if (switchesLanguage(visit)) return;
    const interaction = await interactionOf(context, visit, idOf(request));
    if (interaction === undefined) return showError(visit, 'interaction-unknown');
    await within(context, visit, interaction, (step) => show(context, { visit, interaction, client: step.client, path }, step));
  };

const done = async (work: Promise<void> | void): Promise<boolean> => {
  await work;
  return true;
};

/** Somebody else wants to sign in: the person who has goes, and with them what they chose. */
async function other(context: AuthContext, { visit, interaction, path }: Waiting): Promise<void> {
  await forgetSession(context.database, sessionText(visit));
  dropSession(visit);
  const { pending: _pending, patient: _patient, encounter: _encounter, ...state } = interaction.state;
  await saveInteraction(context.database, interaction, state);
  visit.response.redirect(303, path);
}

type Answer = (context: AuthContext, waiting: Waiting, step: Step, form: Form, ticked: ReadonlySet<string>) => Promise<boolean>;

/** A form that belongs to another step than the one at hand leads back to the page. */
const again = ({ visit, path }: Waiting): Promise<boolean> => done(visit.response.redirect(303, path));

/** The forms of the pages by the last segment of their path. */
const answers: Readonly<Record<string, Answer>> = {
  login: (context, waiting, step, form) =>
    step.kind === 'login' || step.kind === 'totp' ? done(login(context, waiting, form)) : again(waiting),
  totp: (context, waiting, step, form) => (step.kind === 'totp' ? done(secondFactor(context, waiting, form)) : again(waiting)),
  patient: (context, waiting, step, form) => (step.kind === 'patient' ? done(choosePatient(context, waiting, step, form)) : again(waiting)),
  encounter: (context, waiting, step, form) =>
    step.kind === 'encounter' ? done(chooseEncounter(context, waiting, step, form)) : again(waiting),
  consent: (context, waiting, step, _, ticked) => (step.kind === 'consent' ? consent(context, waiting, step, ticked) : again(waiting)),
  cancel: (context, { visit, interaction }) => refuse(context, visit, interaction, denied()),
  other: (context, waiting) => done(other(context, waiting)),
};

const answer =
  (context: AuthContext): RequestHandler =>
  async (request, response) => {
    const visit = beginVisit(context, request, response);
    const id = idOf(request);
    const name = String(request.params['answer'] ?? '');
    const run = Object.hasOwn(answers, name) ? answers[name] : undefined;
    const interaction = await interactionOf(context, visit, id);
    if (run === undefined || interaction === undefined) return showError(visit, 'interaction-unknown');
    const given = new URLSearchParams(String(request.body ?? ''));
    if (!isCsrfToken(visit.browser, id, given.get('csrf') ?? undefined)) return showError(visit, 'form-foreign', 403);
    const ticked = new Set(given.getAll('allow'));
    const form = Object.fromEntries(
      ['name', 'password', 'code', 'patient', 'encounter'].map((field) => [field, given.get(field) ?? undefined]),
    );
    await within(context, visit, interaction, (step) =>
      run(context, { visit, interaction, client: step.client, path: pathOf(visit, id) }, step, form, ticked),
    );
  };

/** For people: a page and no JSON. */
const failed =
  (context: AuthContext): ErrorRequestHandler =>
  (error, request, response, next) => {
    if (response.headersSent) return void next(error);
    const visit = beginVisit(context, request, response);
    if (error instanceof UntrustedRequest) return showError(visit, error.reason);
    const { status } = error as { status?: unknown };
    if (error instanceof OAuthError || (typeof status === 'number' && status >= 400 && status < 500))
      return showError(visit, 'not-allowed');
    next(error);
  };

/** Raw text: repeated parameters must be seen. */
const body = express.text({ type: 'application/x-www-form-urlencoded', limit: 65_536 });

export function authorize(context: AuthContext): Router {
  return Router()
    .get('/', start(context))
    .post('/', body, start(context))
    .get('/:id', page(context))
    .post('/:id/:answer', body, answer(context))
    .use(failed(context));
}
