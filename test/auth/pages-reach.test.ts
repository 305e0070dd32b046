/** Whose record an application gets: https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#scopes-for-requesting-context-data */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { answerOf, createPages, type Page, type PagesWorld, patient } from './pages-support.ts';

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
  await world.account({ name: 'unlinked', policy: 'own-patients' });
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
  test('chooses among those whom their policy reaches, and nobody else is shown', async () => {
    expect(names((await world.signedIn('own', house)).page).sort()).toEqual(['Maria &lt;img src=x onerror=alert(1)&gt;', 'Maria Amsel']);
    expect(names((await world.signedIn('all', house)).page)).toHaveLength(3);
  });

  test('cannot choose anybody else by sending an id', async () => {
    const { browser, page } = await world.signedIn('own', house);
    const answer = await browser.post(page, 'patient', { patient: 'hers' });
    expect(answer.text).toContain('cannot be chosen');
    const unknown = await browser.post(page, 'patient', { patient: 'nobody' });
    expect(unknown.status).toBe(answer.status);
    for (const id of ['../Practitioner/dr', '', '\0', 'x'.repeat(1000)])
      expect((await browser.post(page, 'patient', { patient: id })).status).toBe(400);
    expect(answerOf(await browser.post(page, 'patient', { patient: 'mine' }))['code']).toBeDefined();
    expect(await contextOf()).toEqual({ patient: 'mine' });
  });
});

test.each(['admin', 'unlinked'])('%s, whose policy gives the records of nobody, is told that there is nobody', async (name) => {
  const { page } = await world.signedIn(name, house);
  expect([page.status, names(page)]).toEqual([200, []]);
  expect(page.text).toContain('No patient whom you may see fits this search.');
  expect(page.text).not.toContain('role="alert"');
});
