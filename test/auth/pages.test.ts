/** The pages from the request of a client to its answer: https://hl7.org/fhir/smart-app-launch/app-launch.html */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { answerOf, browse, callback, createPages, type PagesWorld, password, patient } from './pages-support.ts';

let world: PagesWorld;

beforeAll(async () => {
  world = await createPages();
  await world.client();
  await world.account();
  await world.put(patient('one', 'Amsel'), patient('two', 'Bergmann'));
});
afterAll(() => world.close());

describe('A standalone launch', () => {
  test('leads from the login over the choice of a patient and the consent to a code', async () => {
    const browser = browse(world.origin);
    const login = await browser.get(world.request());
    expect(login.text).toContain('Sign in');
    const picker = await browser.post(login, 'login', { name: 'Anna', password });
    expect(picker.text).toContain('Maria Amsel');
    const consent = await browser.post(picker, 'patient', { patient: 'two' });
    expect(consent.text).toContain('Record of Maria Bergmann');
    const allowed = [...consent.text.matchAll(/name="allow" value="([^"]+)" checked/g)].map(([, value = '']) => value);
    const answer = await browser.post(consent, 'consent', { allow: allowed });
    expect(answer.location?.split('?')[0]).toBe(callback);
    expect(answerOf(answer)).toEqual({ code: expect.stringMatching(/^[\w-]{43}$/), state: 'st&te=1', iss: world.base });
  });
});
