/** The choice of a patient, among those whom the person may see. https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#requesting-context-with-scopes */
import { csrfToken, saveInteraction } from '../../auth/interaction.ts';
import { FhirError } from '../../fhir/outcome.ts';
import { readAs } from './chosen-patient.ts';
import type { AuthContext } from './context.ts';
import { type Form, queryOf } from './form.ts';
import { answerSources } from './form-action.ts';
import type { Waiting } from './login-page.ts';
import type { Language } from './pages/language.ts';
import { pieces, sendPage } from './pages/render.ts';
import { aboutPatient, nameOf } from './patient-words.ts';
import { escaped, type Found, findAs, linkTo, type Pair } from './person-search.ts';
import type { SignedIn } from './step.ts';

const fields = ['name', 'birthdate', 'identifier'] as const;
type Asked = Readonly<Record<(typeof fields)[number], string>>;

const askedOf = (query: Form): Asked => {
  const [name = '', birthdate = '', identifier = ''] = fields.map((field) => (query[field] ?? '').trim().slice(0, 200));
  return { name, birthdate, identifier };
};

function pairsOf({ name, birthdate, identifier }: Asked): Pair[] {
  // Every word of the name, in whatever order.
  const words = name.split(/\s+/).filter((word) => word !== '');
  return [
    ...words.slice(0, 8).map((word) => ['name', escaped(word)] as const),
    ...(birthdate === '' ? [] : [['birthdate', escaped(birthdate)] as const]),
    // A bar parts system and value.
    ...(identifier === '' ? [] : [['identifier', escaped(identifier, /[\\,$]/g)] as const]),
    ['_sort', 'family,given'],
  ];
}

const shownOf = (language: Language, patients: readonly object[]) =>
  patients.map((patient) => ({
    id: (patient as { id?: string }).id ?? '',
    name: nameOf(language, patient),
    about: aboutPatient(language, patient),
  }));

export async function showPatients(context: AuthContext, waiting: Waiting, signedIn: SignedIn, gone = false): Promise<void> {
  const { visit, interaction, path } = waiting;
  const { request } = interaction;
  const language = visit.language(request.uiLocales);
  const query = gone ? {} : queryOf(visit.request);
  const asked = askedOf(query);
  let problem = gone ? language.text('patient-gone') : undefined;
  const search = { type: 'Patient', pairs: pairsOf(asked), cursor: query['after'], base: visit.base };
  const page = await findAs(context, signedIn.account, search).catch((error: unknown): Found => {
    if (!(error instanceof FhirError) || error.status >= 500) throw error;
    // Who may see nobody finds nobody.
    if (error.status !== 403) problem = language.text('patient-invalid');
    return { resources: [] };
  });
  const status = problem === undefined ? 200 : 400;
  const head = {
    language,
    title: language.text('patient-title'),
    problem,
    status,
    answers: answerSources(request.redirectUri, signedIn.client),
    switchTo: `${path}?`,
    wide: true,
  };
  sendPage(visit.response, 'patient', head, {
    ...{ path, csrf: csrfToken(visit.browser, interaction.id), account: signedIn.account.name, asked },
    lead: pieces(language, 'patient-lead', 'client', signedIn.client.name),
    searched: fields.some((field) => asked[field] !== ''),
    patients: shownOf(language, page.resources),
    next: page.next === undefined ? undefined : linkTo(path, asked, page.next),
    first: query['after'] === undefined ? undefined : linkTo(path, asked),
  });
}

export async function choosePatient(context: AuthContext, waiting: Waiting, signedIn: SignedIn, { patient = '' }: Form): Promise<void> {
  const { account } = signedIn;
  if ((await readAs(context, account, 'Patient', patient)) === undefined) return showPatients(context, waiting, signedIn, true);
  const { visit, interaction, path } = waiting;
  await saveInteraction(context.database, interaction, { ...interaction.state, patient: { id: patient, account: account.id } });
  visit.response.redirect(303, path);
}
