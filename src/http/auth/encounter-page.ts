/** The choice of an encounter of the patient, newest first, among those that the person may see. https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#requesting-context-with-scopes */
import { csrfToken, saveInteraction } from '../../auth/interaction.ts';
import { FhirError } from '../../fhir/outcome.ts';
import { encounterOf } from './chosen-encounter.ts';
import { readAs } from './chosen-patient.ts';
import type { AuthContext } from './context.ts';
import { aboutEncounter, whenOf } from './encounter-words.ts';
import { type Form, queryOf } from './form.ts';
import { answerSources } from './form-action.ts';
import type { Waiting } from './login-page.ts';
import type { Language } from './pages/language.ts';
import { pieces, sendPage } from './pages/render.ts';
import { nameOf } from './patient-words.ts';
import { escaped, type Found, findAs, linkTo, type Pair } from './person-search.ts';
import type { SignedIn } from './step.ts';

export interface OfPatient extends SignedIn {
  /** Id. */
  readonly patient: string;
}

/** What the button sends with which a person goes on without one: no id. */
const none = '-';

/** One that lasted over the day as well as one of that day. */
const during = (date: string): Pair[] => (date === '' ? [] : ['ge', 'le'].map((prefix) => ['date', `${prefix}${escaped(date)}`]));

const pairsOf = (patient: string, date: string): Pair[] => [
  ['patient', patient],
  ['status:not', 'entered-in-error'],
  ...during(date),
  ['_sort', '-date'],
];

const shownOf = (language: Language, encounters: readonly object[]) =>
  encounters.map((encounter) => ({
    id: (encounter as { id?: string }).id ?? '',
    when: whenOf(language, encounter),
    about: aboutEncounter(language, encounter),
  }));

/** What could not be searched, in words; undefined = who may see none finds none. */
function problemOf(language: Language, error: unknown): string | undefined {
  if (!(error instanceof FhirError) || error.status >= 500) throw error;
  return error.status === 403 ? undefined : language.text('patient-invalid');
}

export async function showEncounters(context: AuthContext, waiting: Waiting, step: OfPatient, gone = false): Promise<void> {
  const { visit, interaction, path } = waiting;
  const { request } = interaction;
  const language = visit.language(request.uiLocales);
  const query = gone ? {} : queryOf(visit.request);
  const asked = { date: (query['date'] ?? '').trim().slice(0, 30) };
  let problem = gone ? language.text('encounter-gone') : undefined;
  const search = { type: 'Encounter', pairs: pairsOf(step.patient, asked.date), cursor: query['after'], base: visit.base };
  const page = await findAs(context, step.account, search).catch((error: unknown): Found => {
    problem = problemOf(language, error);
    return { resources: [] };
  });
  const patient = (await readAs(context, step.account, 'Patient', step.patient)) ?? {};
  const head = {
    ...{ language, title: language.text('encounter-title'), problem, status: problem === undefined ? 200 : 400, wide: true },
    ...{ answers: answerSources(request.redirectUri, step.client), switchTo: `${path}?` },
  };
  sendPage(visit.response, 'encounter', head, {
    ...{ path, csrf: csrfToken(visit.browser, interaction.id), account: step.account.name, asked, none },
    lead: pieces(language, 'encounter-lead', 'client', step.client.name),
    whose: language.text('consent-patient', { patient: nameOf(language, patient) }),
    encounters: shownOf(language, page.resources),
    next: page.next === undefined ? undefined : linkTo(path, asked, page.next),
    first: query['after'] === undefined ? undefined : linkTo(path, asked),
  });
}

export async function chooseEncounter(context: AuthContext, waiting: Waiting, step: OfPatient, { encounter = '' }: Form): Promise<void> {
  const { account, patient } = step;
  const isNone = encounter === none;
  if (!isNone && (await encounterOf(context, account, patient, encounter)) === undefined)
    return showEncounters(context, waiting, step, true);
  const { visit, interaction, path } = waiting;
  const chosen = { ...(isNone ? {} : { id: encounter }), patient, account: account.id };
  await saveInteraction(context.database, interaction, { ...interaction.state, encounter: chosen });
  visit.response.redirect(303, path);
}
