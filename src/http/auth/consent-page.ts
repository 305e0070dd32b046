/** Consent: what the application asks for in plain words, each piece of which can be left out. */

import type { Right } from '../../auth/access.ts';
import { allTicked, choicesOf, grantedScopes, type ResourceChoice } from '../../auth/choice.ts';
import type { ChoicePart } from '../../auth/choice-part.ts';
import { csrfToken } from '../../auth/interaction.ts';
import { purposeFor, treatment } from '../../auth/purpose.ts';
import { encounterOf } from './chosen-encounter.ts';
import { readAs } from './chosen-patient.ts';
import type { AuthContext } from './context.ts';
import { whenOf } from './encounter-words.ts';
import { finish } from './finish.ts';
import { answerSources } from './form-action.ts';
import type { Waiting } from './login-page.ts';
import type { Language } from './pages/language.ts';
import { type Piece, pieces, sendPage } from './pages/render.ts';
import { nameOf } from './patient-words.ts';
import type { Step } from './step.ts';

type Asking = Extract<Step, { kind: 'consent' | 'finish' }>;

const doing = { c: 'add', u: 'change', d: 'delete' } as const;

const capital = (text: string, code: string): string => text.charAt(0).toLocaleUpperCase(code) + text.slice(1);

const changeWords = (language: Language, rights: readonly Right[]): string =>
  capital(
    language.list(rights.flatMap((right) => (right === 'c' || right === 'u' || right === 'd' ? [language.text(doing[right])] : []))),
    language.code,
  );

/** `category=http://…|laboratory` → Laboratory. */
const filterWords = (language: Language, pairs: ResourceChoice['scope']['pairs']): string =>
  language.list(pairs.map(([name, value]) => (name === 'category' ? language.part(value.split('|').at(-1) ?? '') : `${name} ${value}`)));

interface Box {
  readonly value: string;
  readonly label: string;
  readonly ticked: boolean;
}

function kindOf(language: Language, choice: ResourceChoice, ticked: ReadonlySet<string>) {
  const { name, scope, view, change, parts } = choice;
  const box = (suffix: string, label: string): Box => ({ value: `${name}-${suffix}`, label, ticked: ticked.has(`${name}-${suffix}`) });
  const shown = parts.map(({ code }: ChoicePart) => box(code, language.part(code)));
  return {
    what: language.kind(scope.type),
    boxes: [
      ...(view.length > 0 ? [box('view', language.text('consent-view'))] : []),
      ...(change.length > 0 ? [box('change', changeWords(language, change))] : []),
    ],
    only: scope.pairs.length === 0 ? '' : language.text('consent-only', { filter: filterWords(language, scope.pairs) }),
    parts: shown,
    open: shown.some((part) => !part.ticked),
  };
}

const isLink = (value: unknown): value is string => typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value);

function linksOf(language: Language, details: Readonly<Record<string, unknown>>) {
  const { policy_uri: policy, tos_uri: terms } = details;
  return [
    ...(isLink(policy) ? [{ url: policy, label: language.text('consent-policy') }] : []),
    ...(isLink(terms) ? [{ url: terms, label: language.text('consent-terms') }] : []),
  ];
}

const hostOf = (uri: string): string => new URL(uri).host || new URL(uri).protocol;

/** The encounter that the application will know of. */
async function visitOf(context: AuthContext, language: Language, { account, patient, encounter }: Asking): Promise<readonly Piece[]> {
  if (patient === undefined || encounter === undefined) return [];
  const found = await encounterOf(context, account, patient, encounter);
  return found === undefined ? [] : pieces(language, 'consent-visit', 'visit', whenOf(language, found));
}

/** `ticked`: the boxes that stay ticked when the page is shown again. */
export async function showConsent(context: AuthContext, waiting: Waiting, step: Asking, ticked?: ReadonlySet<string>): Promise<void> {
  const { visit, interaction, path } = waiting;
  const { request } = interaction;
  const language = visit.language(request.uiLocales);
  const choices = choicesOf(request.scopes);
  const boxes = ticked ?? allTicked(choices);
  const patient = step.patient === undefined ? undefined : await readAs(context, step.account, 'Patient', step.patient);
  const purpose = purposeFor(step.client.purposes ?? [], request.purpose) ?? treatment;
  const whose = patient === undefined ? '' : nameOf(language, patient);
  const sections = [
    {
      title: language.text('consent-patient', { patient: whose }),
      kinds: choices.patient.map((choice) => kindOf(language, choice, boxes)),
    },
    { title: language.text('consent-user'), kinds: choices.user.map((choice) => kindOf(language, choice, boxes)) },
  ].filter(({ kinds }) => kinds.length > 0);
  const problem = ticked === undefined ? undefined : language.text('consent-nothing');
  const status = problem === undefined ? 200 : 400;
  const head = {
    language,
    title: language.text('consent-title'),
    problem,
    status,
    answers: answerSources(request.redirectUri, step.client),
    switchTo: `${path}?`,
    wide: true,
  };
  sendPage(visit.response, 'consent', head, {
    ...{ path, csrf: csrfToken(visit.browser, interaction.id), account: step.account.name, sections, ticked: boxes },
    ...{ identity: choices.identity, offline: choices.offline, online: choices.online },
    lead: pieces(language, 'consent-lead', 'client', step.client.name),
    purpose: pieces(language, 'consent-purpose', 'purpose', language.purpose(purpose)),
    visit: await visitOf(context, language, step),
    lifetime: language.time(context.settings.accessTokenLifetime / 1000),
    host: hostOf(request.redirectUri),
    links: linksOf(language, step.client.details),
  });
}

/** Answers false when it was answered before. */
export async function consent(context: AuthContext, waiting: Waiting, step: Asking, ticked: ReadonlySet<string>): Promise<boolean> {
  const { visit, interaction } = waiting;
  const scopes = grantedScopes(interaction.request.scopes, ticked);
  if (scopes.length > 0) return finish(context, visit, interaction, step, scopes);
  await showConsent(context, waiting, step, ticked);
  return true;
}
