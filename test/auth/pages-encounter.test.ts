/** A standalone launch that asks for an encounter: https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#requesting-context-with-scopes */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLaunch } from '../../src/auth/launch.ts';
import {
  answerOf,
  type Browsing,
  browse,
  callback,
  createPages,
  type Page,
  type PagesWorld,
  password,
  patient,
  verifier,
} from './pages-support.ts';
import { post } from './token-support.ts';

let world: PagesWorld;

const encounter = (id: string, of: string, more: object = {}) => ({
  ...{ resourceType: 'Encounter', id, status: 'finished', subject: { reference: `Patient/${of}` } },
  ...{ class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' } },
  ...more,
});

beforeAll(async () => {
  world = await createPages();
  await world.client({ scopes: ['patient/*.rs', 'user/*.rs', 'launch', 'launch/patient', 'launch/encounter', 'openid'] });
  await world.client({ id: 'house', trusted: true, scopes: ['patient/*.rs', 'launch/patient', 'launch/encounter', 'openid'] });
  await world.put(
    { resourceType: 'Practitioner', id: 'dr' },
    patient('ann', 'Amsel', { generalPractitioner: [{ reference: 'Practitioner/dr' }] }),
    patient('bob', 'Bergmann'),
    patient('eve', 'Ek'),
  );
  await world.put(
    ...Array.from({ length: 10 }, (_, i) =>
      encounter(`v${i}`, 'ann', { period: { start: `20${10 + i}-03-04`, end: `20${10 + i}-03-04` } }),
    ),
    encounter('stay', 'ann', {
      status: 'in-progress',
      class: { code: 'IMP' },
      type: [{ text: '<b>Hip</b> replacement' }],
      serviceProvider: { display: 'Clinic North' },
      period: { start: '2023-01-02', end: '2023-01-09' },
    }),
    encounter('wrong', 'ann', { status: 'entered-in-error', period: { start: '2024-01-01' } }),
    encounter('hers', 'bob', { period: { start: '2022-01-01' } }),
  );
  await world.account({ name: 'all' });
  await world.account({ name: 'own', policy: 'own-patients', fhirUser: 'Practitioner/dr' });
  await world.account({ name: 'self', role: 'patient', policy: undefined, fhirUser: 'Patient/ann' });
  await world.account({ name: 'eve', role: 'patient', policy: undefined, fhirUser: 'Patient/eve' });
});
afterAll(() => world.close());

const scope = 'launch/patient launch/encounter patient/Encounter.rs openid';

const shown = ({ text }: Page): string[] => [...text.matchAll(/name="encounter" value="([\w-]+)"><strong>/g)].map(([, id = '']) => id);
const unescaped = (text: string): string => text.replaceAll('&amp;', '&');
const linkOf = ({ text }: Page, words: string): string => unescaped(new RegExp(`href="([^"]+)">${words}<`).exec(text)?.[1] ?? '');

interface Opened {
  readonly browser: Browsing;
  readonly page: Page;
}

/** At the picker of encounters. */
async function opened(name: string, id: string, changed: Record<string, string> = {}): Promise<Opened> {
  const { browser, page } = await world.signedIn(name, { scope, ...changed });
  return { browser, page: page.text.includes('id="birthdate"') ? await browser.post(page, 'patient', { patient: id }) : page };
}

/** What the application is told in the end. */
async function tokens({ browser, page }: Opened, client = 'app'): Promise<Record<string, unknown>> {
  const boxes = [...page.text.matchAll(/name="allow" value="([^"]+)" checked/g)].map(([, value = '']) => value);
  const answer = page.location === undefined ? await browser.post(page, 'consent', { allow: boxes }) : page;
  const { code = '' } = answerOf(answer);
  const { json } = await post(world.origin, 'token', {
    ...{ grant_type: 'authorization_code', code, client_id: client, redirect_uri: callback, code_verifier: verifier },
  });
  return json;
}

const choose = async ({ browser, page }: Opened, id: string): Promise<Opened> => ({
  browser,
  page: await browser.post(page, 'encounter', { encounter: id }),
});

describe('A person', () => {
  test('chooses among the encounters of the patient, the newest first, and the application is told', async () => {
    const at = await opened('all', 'ann');
    expect(at.page.text).toContain('Choose a visit');
    expect(at.page.text).toContain('Record of Maria Amsel');
    expect(shown(at.page)).toEqual(['stay', 'v9', 'v8', 'v7', 'v6', 'v5', 'v4', 'v3']);
    const next = await choose(at, 'v8');
    expect(next.page.text).toContain('For the visit: <strong>March 4, 2018</strong>');
    expect(await tokens(next)).toMatchObject({ patient: 'ann', encounter: 'v8', scope });
  });

  test('turns the page to earlier ones, and back', async () => {
    const { browser, page } = await opened('all', 'ann');
    const more = await browser.get(linkOf(page, 'Earlier visits'));
    expect(shown(more)).toEqual(['v2', 'v1', 'v0']);
    expect(more.text).not.toContain('Earlier visits');
    expect(shown(await browser.get(linkOf(more, 'Back to the first page')))).toEqual(shown(page));
  });

  test('finds one by its date, and is told what a date is', async () => {
    const { browser, page } = await opened('all', 'ann');
    expect(shown(await browser.get(`${page.url}?date=2015`))).toEqual(['v5']);
    expect(shown(await browser.get(`${page.url}?date=2023-01-05`))).toEqual(['stay']);
    const none = await browser.get(`${page.url}?date=1999`);
    expect([none.status, shown(none), none.text.includes('There is no visit')]).toEqual([200, [], true]);
    for (const date of ['yesterday', '2015,2016', "'; drop table res", '\0']) {
      const refused = await browser.get(`${page.url}?${new URLSearchParams({ date })}`);
      expect([date, refused.status, shown(refused)]).toEqual([date, 400, []]);
    }
  });

  test('sees what it was about, as text', async () => {
    const { page } = await opened('all', 'ann');
    expect(page.text).toContain('<strong>January 2, 2023 – January 9, 2023</strong>');
    expect(page.text).toContain('<span>&lt;b&gt;Hip&lt;/b&gt; replacement · hospital stay · Clinic North · under way</span>');
  });

  test('may go on without one: it is neither told nor granted', async () => {
    const told = await tokens(await choose(await opened('all', 'ann'), '-'));
    expect(told).toMatchObject({ patient: 'ann', scope: 'launch/patient patient/Encounter.rs openid' });
    expect(told).not.toHaveProperty('encounter');
  });

  test('whose record has none is told so, and goes on without one or not at all', async () => {
    const at = await opened('eve', 'eve');
    expect(at.page.text).toContain('There is no visit of this patient that you may see');
    expect(answerOf(await at.browser.post(at.page, 'cancel'))).toMatchObject({ error: 'access_denied' });
    const told = await tokens(await choose(await opened('eve', 'eve'), '-'));
    expect(told).toMatchObject({ patient: 'eve' });
    expect(told).not.toHaveProperty('encounter');
  });

  test('who is a patient chooses among their own, without choosing a patient', async () => {
    const { page } = await world.signedIn('self', { scope });
    expect(page.text).toContain('Choose a visit');
    expect(shown(page)[0]).toBe('stay');
  });

  test('is asked for the patient first when the application asks for the encounter alone', async () => {
    const { page } = await world.signedIn('all', { scope: 'launch/encounter openid' });
    expect(page.text).toContain('Choose a patient');
    expect(await tokens(await choose(await opened('all', 'bob', { scope: 'launch/encounter openid' }), 'hers'))).toMatchObject({
      patient: 'bob',
      encounter: 'hers',
      scope: 'launch/encounter openid',
    });
  });

  test('of an application of the house chooses too, and is asked nothing more', async () => {
    const at = await choose(await opened('all', 'ann', { client_id: 'house' }), 'stay');
    expect(answerOf(at.page)['code']).toBeDefined();
    expect(await tokens(at, 'house')).toMatchObject({ patient: 'ann', encounter: 'stay' });
  });
});

describe('Nothing else can be chosen', () => {
  test.each([
    ['of another patient', 'hers'],
    ['that is not there', 'nothing'],
    ['that is no id', '../Patient/ann'],
    ['without an id', ''],
    ['with a very long one', 'x'.repeat(1000)],
    ['with NUL', '\0'],
  ])('an encounter %s', async (_, id) => {
    const at = await choose(await opened('all', 'ann'), id);
    expect([at.page.status, at.page.location, at.page.text.includes('cannot be chosen')]).toEqual([400, undefined, true]);
    expect(shown(at.page)[0]).toBe('stay');
  });

  test('by a form of another site (CSRF), or at another step', async () => {
    const { browser, page } = await opened('all', 'ann');
    expect((await browser.send(`${page.url}/encounter`, 'encounter=v8')).status).toBe(403);
    expect((await browser.send(`${page.url}/encounter`, `encounter=v8&csrf=${'x'.repeat(43)}`)).status).toBe(403);
    const skipped = await browser.post(page, 'consent', { allow: ['s2-view'] });
    expect([skipped.location, skipped.text.includes('Choose a visit')]).toEqual([undefined, true]);
    const early = await world.signedIn('all', { scope });
    const answer = await early.browser.post(early.page, 'encounter', { encounter: 'v8' });
    expect(answer.text).toContain('Choose a patient');
  });

  test('for another person: who signs in after somebody chose has to choose anew', async () => {
    const { browser, page } = await choose(await opened('all', 'ann'), 'v8');
    const login = await browser.post(page, 'other');
    const next = await browser.post(login, 'login', { name: 'self', password });
    expect(next.text).toContain('Choose a visit');
  });

  test('one that the person may not see any more has to be chosen anew', async () => {
    const at = await choose(await opened('own', 'ann'), 'v1');
    await world.put(encounter('v1', 'bob', { period: { start: '2011-03-04' } }));
    expect((await at.browser.get(at.page.url)).text).toContain('Choose a visit');
    await world.put(encounter('v1', 'ann', { period: { start: '2011-03-04' } }));
  });
});

describe('Nobody is asked', () => {
  test('where the EHR launches, with an encounter or without one', async () => {
    const asked = 'launch launch/encounter patient/Encounter.rs';
    for (const context of [{ patient: 'ann', encounter: 'v3' }, { patient: 'ann' }]) {
      const launch = await createLaunch(world.database, { context }, 'app');
      const { browser, page } = await world.signedIn('all', { scope: asked, launch });
      expect(page.text).toContain('Allow access?');
      expect(page.text.includes('For the visit')).toBe('encounter' in context);
      const told = await tokens({ browser, page });
      expect([told['patient'], told['encounter']]).toEqual(['ann', context.encounter]);
      expect(String(told['scope']).includes('launch/encounter')).toBe('encounter' in context);
    }
  });

  test('with prompt=none: the client is told that somebody has to be', async () => {
    const { browser } = await world.signedIn('self', { scope: 'openid' });
    const page = await browser.get(world.request({ scope, prompt: 'none', client_id: 'house' }));
    expect(answerOf(page)).toMatchObject({ error: 'interaction_required', state: 'st&te=1' });
  });
});

test('The discovery says so', async () => {
  const found = (await (await fetch(`${world.base}/.well-known/smart-configuration`)).json()) as { capabilities: string[] };
  expect(found.capabilities).toContain('context-standalone-encounter');
});

test('The page is in four languages', async () => {
  for (const [locale, title] of [
    ['es', 'Elija una visita'],
    ['de', 'Besuch wählen'],
    ['fr', 'Choisir une consultation'],
  ] as const) {
    const browser = browse(world.origin, locale);
    const page = await browser.post(await browser.get(world.request({ scope })), 'login', { name: 'self', password });
    expect(page.text).toContain(title);
    expect(page.text).toContain(`<html lang="${locale}">`);
  }
});
