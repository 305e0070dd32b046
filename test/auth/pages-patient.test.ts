/** Whose record an application gets: https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#scopes-for-requesting-context-data */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { answerOf, type Browsing, createPages, type Page, type PagesWorld, password, patient } from './pages-support.ts';

let world: PagesWorld;

beforeAll(async () => {
  world = await createPages();
  await world.client();
  await world.client({ id: 'house', trusted: true, scopes: ['launch/patient', 'launch', 'patient/*.rs', 'openid', 'user/*.rs'] });
  await world.put(
    { resourceType: 'Practitioner', id: 'dr' },
    patient('mine', 'Amsel', {
      generalPractitioner: [{ reference: 'Practitioner/dr' }],
      identifier: [{ system: 'http://example.org/mrn', value: 'A-1' }],
    }),
    patient('hers', 'Bergmann', { birthDate: '1955' }),
    patient('wild', '<img src=x onerror=alert(1)>', {
      generalPractitioner: [{ reference: 'Practitioner/dr' }],
      address: [{ city: '"><script>' }],
    }),
    { resourceType: 'RelatedPerson', id: 'father', patient: { reference: 'Patient/hers' } },
    { resourceType: 'RelatedPerson', id: 'former', patient: { reference: 'Patient/hers' }, active: false },
  );
  await world.account({ name: 'all', policy: 'all-patients' });
  await world.account({ name: 'own', policy: 'own-patients', fhirUser: 'Practitioner/dr' });
  await world.account({ name: 'self', role: 'patient', policy: undefined, fhirUser: 'Patient/hers' });
  await world.account({ name: 'father', role: 'related-person', policy: undefined, fhirUser: 'RelatedPerson/father' });
  await world.account({ name: 'former', role: 'related-person', policy: undefined, fhirUser: 'RelatedPerson/former' });
  await world.account({ name: 'admin', role: 'administrator', policy: undefined });
});
afterAll(() => world.close());

const contextOf = async (): Promise<unknown> => {
  const [row] = await world.database.run<{ context: unknown }>({
    text: 'select context from anamnesis.authorization order by created desc limit 1',
    values: [],
  });
  return row?.context;
};

const house = { client_id: 'house', scope: 'launch/patient patient/*.rs' };

const names = ({ text }: Page): string[] => [...text.matchAll(/<strong>([^<]*)<\/strong><span>/g)].map(([, name = '']) => name);

describe('A practitioner', () => {
  test('finds people by name, date of birth and identifier', async () => {
    const { browser, page } = await world.signedIn('all', house);
    const found = async (query: string): Promise<string[]> => names(await browser.get(`${page.url}?${query}`));
    expect(await found('name=berg')).toEqual(['Maria Bergmann']);
    expect(await found('name=amsel+maria')).toEqual(['Maria Amsel']);
    expect(await found('birthdate=1955')).toEqual(['Maria Bergmann']);
    expect(await found('identifier=A-1')).toEqual(['Maria Amsel']);
    expect(await found('name=nobody')).toEqual([]);
    expect(await found('name=a,b|c$d\\e')).toEqual([]);
  });

  test('is told of a search that makes no sense', async () => {
    const { browser, page } = await world.signedIn('all', house);
    const answer = await browser.get(`${page.url}?birthdate=yesterday`);
    expect([answer.status, answer.text.includes('cannot be understood')]).toEqual([400, true]);
    expect((await browser.get(`${page.url}?after=nonsense`)).status).toBe(400);
  });

  test('sees names as text and never as markup', async () => {
    const { page } = await world.signedIn('own', house);
    expect(page.text).toContain('&lt;img src=x');
    expect(page.text).not.toMatch(/<img|<script/);
  });

  test('who gives way to somebody else takes the choice along', async () => {
    const { browser, page } = await world.signedIn('all', { scope: 'launch/patient patient/*.rs' });
    const consent = await browser.post(page, 'patient', { patient: 'hers' });
    const login = await browser.post(consent, 'other');
    expect(login.text).toContain('Sign in');
    expect((await browser.post(login, 'login', { name: 'own', password })).text).toContain('Choose a patient');
  });

  test('of whom nothing of a patient is asked need not choose', async () => {
    const { page } = await world.signedIn('all', { client_id: 'house', scope: 'openid user/*.rs' });
    expect(answerOf(page)['code']).toBeDefined();
    expect(await contextOf()).toEqual({});
  });

  test('gets many patients page by page', async () => {
    await world.put(...Array.from({ length: 20 }, (_, i) => patient(`many${i}`, `Viele${String(i).padStart(2, '0')}`)));
    const { browser, page } = await world.signedIn('all', house);
    let at = await browser.get(`${page.url}?name=viele`);
    const seen = names(at);
    while (/<a href="([^"]+)">More patients/.test(at.text)) {
      const [, link = ''] = /<a href="([^"]+)">More patients/.exec(at.text) ?? [];
      at = await browser.get(link.replaceAll('&amp;', '&'));
      seen.push(...names(at));
    }
    expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => `Maria Viele${String(i).padStart(2, '0')}`));
  });
});

describe('A patient, or who cares for one,', () => {
  test.each(['self', 'father'])('has no choice: %s', async (name) => {
    const { page } = await world.signedIn(name, house);
    expect(answerOf(page)['code']).toBeDefined();
    expect(await contextOf()).toEqual({ patient: 'hers' });
  });

  test('can choose nobody else by sending an id', async () => {
    const { browser, page } = await world.signedIn('self', { scope: 'launch/patient patient/*.rs' });
    expect(page.text).toContain('Record of Maria Bergmann');
    expect((await browser.post(page, 'patient', { patient: 'mine' })).text).toContain('Record of Maria Bergmann');
  });

  test('whose link has ended gets nothing', async () => {
    const { page } = await world.signedIn('former', house);
    expect(answerOf(page)).toMatchObject({ error: 'access_denied', state: 'st&te=1', iss: world.base });
  });
});

describe('What is granted', () => {
  const consent = async (scope: string): Promise<{ browser: Browsing; page: Page }> => {
    const { browser, page } = await world.signedIn('self', { scope });
    return { browser, page };
  };
  const scopesOf = async (): Promise<string> => {
    const [row] = await world.database.run<{ scopes: string }>({
      text: 'select scopes from anamnesis.authorization order by created desc limit 1',
      values: [],
    });
    return row?.scopes ?? '';
  };

  test('is what was asked, is known and is allowed to the client', async () => {
    const { browser, page } = await consent(
      'launch/patient patient/Encounter.rs openid nonsense patient/Patient.cruds system/*.rs launch/list?role=x',
    );
    await browser.post(page, 'consent', { allow: ['s1-view', 's3-view', 'identity'] });
    expect(await scopesOf()).toBe('launch/patient patient/Encounter.rs openid patient/Patient.rs');
  });

  test('is nothing when nothing is left, which the page says', async () => {
    const { browser, page } = await consent('launch/patient patient/Condition.rs');
    const again = await browser.post(page, 'consent', {});
    expect([again.status, again.location]).toEqual([400, undefined]);
    expect(again.text).toContain('Nothing is ticked');
  });

  test('is nothing when the person does not allow it: access_denied', async () => {
    const { browser, page } = await consent('launch/patient patient/Condition.rs');
    expect(answerOf(await browser.post(page, 'cancel'))).toEqual({
      error: 'access_denied',
      error_description: expect.any(String),
      state: 'st&te=1',
      iss: world.base,
    });
  });

  test('is asked for with the purpose for which it is used, in the words of the person', async () => {
    await world.client({ id: 'study', purposes: ['HRESCH', 'TREAT'] });
    const shown = async (changed: Record<string, string>): Promise<string> => {
      const { page } = await world.signedIn('self', { scope: 'launch/patient patient/Condition.rs', ...changed });
      return /<p class="facts">(.*?)<\/p>/.exec(page.text)?.[1] ?? '';
    };
    expect(await shown({})).toBe('What for: <strong>treatment</strong>');
    expect(await shown({ client_id: 'study' })).toBe('What for: <strong>research</strong>');
    expect(await shown({ client_id: 'study', purpose_of_use: 'TREAT' })).toBe('What for: <strong>treatment</strong>');
    expect(await shown({ client_id: 'study', ui_locales: 'de' })).toBe('Wozu: <strong>Forschung</strong>');
    expect(await shown({ client_id: 'study', ui_locales: 'es' })).toBe('Para qué: <strong>investigación</strong>');
    expect(await shown({ client_id: 'study', ui_locales: 'fr' })).toBe('Pour quoi : <strong>recherche</strong>');
  });

  test('is asked for in plain words', async () => {
    const { page } = await consent(
      'launch/patient patient/Condition.rs patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory offline_access',
    );
    for (const words of [
      'Conditions and diagnoses',
      'only: Laboratory',
      'Keep this access when you are not there',
      'app.example.org',
      'Signed in as self',
    ])
      expect(page.text).toContain(words);
  });

  test('is asked for again the next time: consent is not remembered', async () => {
    const { browser, page } = await consent('launch/patient patient/Condition.rs');
    await browser.post(page, 'consent', { allow: ['s1-view'] });
    expect((await browser.get(world.request({ scope: 'launch/patient patient/Condition.rs' }))).text).toContain('Allow access?');
  });

  test('is nothing any more when the client was disabled meanwhile', async () => {
    await world.client({ id: 'soon' });
    const { browser, page } = await world.signedIn('self', { client_id: 'soon', scope: 'openid' });
    await world.sql(`update anamnesis.client set disabled = true where id = 'soon'`);
    expect(answerOf(await browser.post(page, 'consent', { allow: 'identity' }))).toMatchObject({ error: 'unauthorized_client' });
  });
});
