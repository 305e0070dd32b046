/** Reads and searches with the token of the session, renewed when it is about to end. https://hl7.org/fhir/R4/http.html */
import { refresh, SmartError } from './smart.js';
import { currentSession, setSession } from './store.js';

/** There is no access any more: the person has to connect again. */
export class AccessEnded extends SmartError {}

/** Milliseconds before its end at which a token counts as ended. */
const early = 20_000;

let renewing;

/** One renewal at a time: a refresh token is good once. */
function renew(settings) {
  renewing ??= refresh(currentSession(), settings)
    .then((session) => {
      if (session === undefined) throw new AccessEnded('Your access has ended. Please connect again.');
      setSession(session);
    })
    .finally(() => {
      renewing = undefined;
    });
  return renewing;
}

const ask = (url) =>
  fetch(url, { headers: { accept: 'application/fhir+json', authorization: `Bearer ${currentSession().accessToken}` }, cache: 'no-store' });

const words = async (response) => {
  const outcome = await response.json().catch(() => undefined);
  return outcome?.issue?.[0]?.diagnostics ?? outcome?.issue?.[0]?.details?.text ?? `The server answered ${response.status}.`;
};

/** `path` is relative to the base, or a page link that the server gave. */
export async function read(settings, path) {
  const { issuer, expires, refreshToken } = currentSession();
  const url = path.startsWith(`${issuer}/`) ? path : `${issuer}/${path}`;
  if (Date.now() > expires - early && refreshToken !== undefined) await renew(settings);
  let response = await ask(url);
  if (response.status === 401) {
    await renew(settings);
    response = await ask(url);
  }
  if (response.status === 401) throw new AccessEnded('Your access has ended. Please connect again.');
  if (!response.ok) throw new SmartError(await words(response));
  return response.json();
}

/** A page of a search: resources that matched, those that came with them by reference, the address of the next page. */
export async function search(settings, path) {
  const bundle = await read(settings, path);
  const entries = bundle.entry ?? [];
  const matches = entries.filter(({ search: how }) => how?.mode === 'match').map(({ resource }) => resource);
  const included = new Map(entries.map(({ resource }) => [`${resource.resourceType}/${resource.id}`, resource]));
  return { matches, included, total: bundle.total, next: bundle.link?.find(({ relation }) => relation === 'next')?.url };
}
