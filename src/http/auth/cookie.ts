/** Cookies of the pages: for this host alone, out of reach of scripts, and not sent along by forms of other sites. https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#name-the-__host-prefix */
import type { Request, Response } from 'express';

/** `browser` binds pages to the browser that opened them, `session` is the person who signed in, `language` is no secret. */
export type CookieName = 'browser' | 'session' | 'language';

/** Only over TLS may the name promise that nobody else has set it. */
const fullName = (name: CookieName, secure: boolean): string => `${secure ? '__Host-' : ''}anamnesis-${name}`;

const value = /^[A-Za-z0-9_-]{1,64}$/;

export function readCookie(request: Request, name: CookieName, secure: boolean): string | undefined {
  const wanted = `${fullName(name, secure)}=`;
  const found = (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(wanted))
    .map((pair) => pair.slice(wanted.length));
  // Two of a name come from somebody who plants one beside ours.
  return found.length === 1 && value.test(found[0] as string) ? found[0] : undefined;
}

/** Ends with the browser. */
export function setCookie(response: Response, name: CookieName, text: string, secure: boolean): void {
  response.append('Set-Cookie', `${fullName(name, secure)}=${text}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`);
}

export function clearCookie(response: Response, name: CookieName, secure: boolean): void {
  response.append('Set-Cookie', `${fullName(name, secure)}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`);
}
