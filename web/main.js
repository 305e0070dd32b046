/** The page: start, launch by an EHR, answer of the sign-in, history, end. */
import { h } from './element.js';
import { showHistory, userName } from './history.js';
import { authorize, finish, logout, SmartError } from './smart.js';
import { currentSession, restoreSession, setSession } from './store.js';

const main = document.getElementById('main');
const place = document.getElementById('session');

const showStart = (settings, message) => {
  place.replaceChildren();
  const connect = h(
    'button',
    { type: 'button', class: 'main', id: 'connect', onclick: () => attempt(settings, () => authorize(settings)) },
    'Connect to my records',
  );
  main.replaceChildren(
    h(
      'div',
      { class: 'start' },
      message === undefined ? '' : h('p', { class: 'notice', role: 'alert' }, message),
      h('h1', {}, 'A health history at a glance'),
      h('p', {}, 'Conditions, medications, allergies, immunizations, visits and results with their trends, newest first.'),
      connect,
      h(
        'p',
        { class: 'soft' },
        'You sign in at the server and choose there what this application may see. It only reads, and it forgets everything when you sign out.',
      ),
      h('p', { class: 'soft' }, 'Server: ', h('code', {}, settings.issuer)),
    ),
  );
};

/** What fails leads back to the start, with the reason. */
async function attempt(settings, work) {
  try {
    await work();
  } catch (error) {
    setSession(undefined);
    showStart(settings, error instanceof SmartError ? error.message : 'The server cannot be reached. Please try again.');
    if (!(error instanceof SmartError)) console.error(error);
  }
}

const leave = (settings) => {
  const session = currentSession();
  setSession(undefined);
  main.replaceChildren(h('p', { class: 'soft waiting' }, 'Signing out …'));
  void attempt(settings, () => logout(session, settings));
};

function open(settings, session) {
  setSession(session);
  const who = h('span', { class: 'who' });
  place.replaceChildren(who, h('button', { type: 'button', id: 'logout', onclick: () => leave(settings) }, 'Sign out'));
  const onEnd = (error) => {
    setSession(undefined);
    showStart(settings, error.message);
  };
  showHistory(main, { settings, session, onEnd });
  userName(settings, session)
    .then((name) => who.replaceChildren(name ?? ''))
    .catch(() => undefined);
}

/** https://hl7.org/fhir/smart-app-launch/app-launch.html#launch-app-ehr-launch */
async function launch(settings, asked) {
  const issuer = asked.get('iss')?.replace(/\/$/, '');
  if (issuer !== settings.issuer) throw new SmartError(`This application works with ${settings.issuer} only.`);
  if (!asked.has('launch')) throw new SmartError('The launch names no context.');
  await authorize(settings, asked.get('launch'));
}

async function start() {
  const root = new URL('./', location.href);
  const asked = new URLSearchParams(location.search);
  const response = await fetch(new URL('settings.json', root));
  const settings = { ...(await response.json()), redirectUri: root.href };
  const isLaunch = asked.has('iss') && !asked.has('state');
  const isAnswer = asked.has('state');
  // Codes and launch contexts do not stay in the address or in the history of the browser.
  if (asked.size > 0) history.replaceState(null, '', root);
  const session = restoreSession();
  if (isLaunch) return attempt(settings, () => launch(settings, asked));
  if (isAnswer) return attempt(settings, async () => open(settings, await finish(settings, asked)));
  if (session !== undefined) return open(settings, session);
  showStart(settings);
}

start().catch((error) => {
  console.error(error);
  main.replaceChildren(h('p', { class: 'notice', role: 'alert' }, 'The server cannot be reached. Please try again.'));
});
