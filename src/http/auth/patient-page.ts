/** The choice of a patient, among those whom the person may see. https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#requesting-context-with-scopes */
import { personOf } from '../../auth/account.ts';
import { csrfToken, saveInteraction } from '../../auth/interaction.ts';
import { FhirError } from '../../fhir/outcome.ts';
import type { FhirRequest, FhirResponse } from '../../interactions/interaction.ts';
import { searchType } from '../../interactions/search-type.ts';
import { readAs } from './chosen-patient.ts';
import type { AuthContext } from './context.ts';
import { type Form, queryOf } from './form.ts';
import type { Waiting } from './login-page.ts';
import type { Language } from './pages/language.ts';
import { pieces, sendPage } from './pages/render.ts';
import { aboutPatient, nameOf } from './patient-words.ts';
import type { SignedIn } from './step.ts';

const perPage = 8;

const fields = ['name', 'birthdate', 'identifier'] as const;
type Asked = Readonly<Record<(typeof fields)[number], string>>;

const askedOf = (query: Form): Asked => {
  const [name = '', birthdate = '', identifier = ''] = fields.map((field) => (query[field] ?? '').trim().slice(0, 200));
  return { name, birthdate, identifier };
};

/** A comma, a dollar or a bar is what a person typed, not an operator; a bar parts system and value of an identifier. */
const escaped = (text: string, characters: RegExp): string => text.replace(characters, (character) => `\\${character}`);

function pairsOf({ name, birthdate, identifier }: Asked, cursor: string | undefined): (readonly [string, string])[] {
  // Every word of the name, in whatever order.
  const words = name.split(/\s+/).filter((word) => word !== '');
  return [
    ...words.slice(0, 8).map((word) => ['name', escaped(word, /[\\,$|]/g)] as const),
    ...(birthdate === '' ? [] : [['birthdate', escaped(birthdate, /[\\,$|]/g)] as const]),
    ...(identifier === '' ? [] : [['identifier', escaped(identifier, /[\\,$]/g)] as const]),
    ...[['_sort', 'family,given'] as const, ['_count', String(perPage)] as const],
    ...(cursor === undefined ? [] : [['_cursor', cursor] as const]),
  ];
}

interface Found {
  readonly patients: readonly object[];
  readonly next?: string | undefined;
}

interface SearchSet {
  readonly entry?: readonly { readonly resource: object }[];
  readonly link?: readonly { readonly relation: string; readonly url: string }[];
}

async function textOf(body: FhirResponse['body']): Promise<string> {
  if (typeof body === 'string' || body === undefined) return body ?? '{}';
  if (!(Symbol.asyncIterator in body)) return JSON.stringify(body);
  let text = '';
  for await (const piece of body) text += piece;
  return text;
}

/** The search of the API, in the person's own name: it finds what they may see, and nothing else. */
async function find(context: AuthContext, { account }: SignedIn, query: FhirRequest['query'], base: string): Promise<Found> {
  const request: FhirRequest = {
    ...{ method: 'GET', path: ['Patient'], query, headers: {}, base, principal: personOf(account) },
    body: { contentType: '', bytes: Buffer.alloc(0), resource: nothing, json: nothing },
  };
  const { entry = [], link = [] } = JSON.parse(await textOf((await searchType(request, await context.services())).body)) as SearchSet;
  const next = link.find(({ relation }) => relation === 'next')?.url;
  return {
    patients: entry.map(({ resource }) => resource),
    ...(next === undefined ? {} : { next: new URL(next).searchParams.get('_cursor') ?? undefined }),
  };
}

const nothing = (): never => {
  throw new Error('a search by GET has no body');
};

const linkTo = (path: string, asked: Asked, cursor?: string): string =>
  `${path}?${new URLSearchParams([...fields.map((field): [string, string] => [field, asked[field]]).filter(([, value]) => value !== ''), ...(cursor === undefined ? [] : [['after', cursor] as [string, string]])])}`;

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
  const page = await find(context, signedIn, pairsOf(asked, query['after']), visit.base).catch((error: unknown): Found => {
    if (!(error instanceof FhirError) || error.status >= 500) throw error;
    // Who may see nobody finds nobody.
    if (error.status !== 403) problem = language.text('patient-invalid');
    return { patients: [] };
  });
  const status = problem === undefined ? 200 : 400;
  const head = {
    language,
    title: language.text('patient-title'),
    problem,
    status,
    redirectUri: request.redirectUri,
    switchTo: `${path}?`,
    wide: true,
  };
  sendPage(visit.response, 'patient', head, {
    ...{ path, csrf: csrfToken(visit.browser, interaction.id), account: signedIn.account.name, asked },
    lead: pieces(language, 'patient-lead', 'client', signedIn.client.name),
    searched: fields.some((field) => asked[field] !== ''),
    patients: shownOf(language, page.patients),
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
