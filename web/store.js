/**
 * What outlives a page of this tab. Tokens are kept in memory; only while the page is left, as in a reload, they wait in
 * sessionStorage, so that a duplicated tab never uses the same refresh token a second time.
 */

const take = (name) => {
  const text = sessionStorage.getItem(name);
  sessionStorage.removeItem(name);
  return text === null ? undefined : JSON.parse(text);
};

/** The question that waits for its answer: state, PKCE verifier, nonce. */
export const keepPending = (pending) => sessionStorage.setItem('pending', JSON.stringify(pending));
export const takePending = () => take('pending');
export const clearPending = () => sessionStorage.removeItem('pending');

let session;

export const currentSession = () => session;
export const setSession = (value) => {
  session = value;
};

/** Answers the session that a reload left. */
export function restoreSession() {
  session = take('session');
  return session;
}

addEventListener('pagehide', () => {
  if (session !== undefined) sessionStorage.setItem('session', JSON.stringify(session));
});
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) sessionStorage.removeItem('session');
});
