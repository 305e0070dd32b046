/** A browser at one of the pages: which one it is, what it speaks, and where the pages are. */
import type { Request, Response } from 'express';
import { originOf } from '../../auth/origin.ts';
import { newSecret } from '../../auth/secret.ts';
import { findSession, type LoginSession } from '../../auth/session.ts';
import type { AuthContext } from './context.ts';
import { clearCookie, readCookie, setCookie } from './cookie.ts';
import { type Language, languageByCode, languageFor } from './pages/language.ts';

export interface Visit {
  readonly request: Request;
  readonly response: Response;
  /** FHIR base: the issuer. */
  readonly base: string;
  /** Path of the endpoints: `/oauth`, below the path of a proxy where there is one. */
  readonly root: string;
  /** Over TLS. */
  readonly secure: boolean;
  /** What only this browser holds. */
  readonly browser: string;
  language(uiLocales?: string): Language;
  session(): Promise<LoginSession | undefined>;
}

const begun = new WeakMap<Response, Visit>();

/** The same for a whole request. */
export function beginVisit(context: AuthContext, request: Request, response: Response): Visit {
  const visit = begun.get(response) ?? newVisit(context, request, response);
  begun.set(response, visit);
  return visit;
}

function newVisit(context: AuthContext, request: Request, response: Response): Visit {
  const base = context.baseOf(request);
  const secure = base.startsWith('https:');
  const known = readCookie(request, 'browser', secure);
  const browser = known ?? newSecret().text;
  if (known === undefined) setCookie(response, 'browser', browser, secure);
  return {
    ...{ request, response, base, secure, browser },
    root: `${new URL(originOf(base)).pathname.replace(/\/$/, '')}/oauth`,
    language: (uiLocales) =>
      languageFor({
        chosen: readCookie(request, 'language', secure),
        uiLocales,
        acceptLanguage: request.headers['accept-language'],
      }),
    session: () => findSession(context.database, readCookie(request, 'session', secure)),
  };
}

/** The address of the page without the parameter of the switch. */
function plainUrl({ originalUrl }: Request): string {
  const [path = '', query = ''] = originalUrl.split('?', 2);
  const kept = query.split('&').filter((pair) => pair !== '' && !/^lang(=|$)/.test(pair));
  return kept.length === 0 ? path : `${path}?${kept.join('&')}`;
}

/** For the links of the switch; undefined for what was sent as a form: it cannot be asked for again. */
export function switchOf({ request, root }: Visit): string | undefined {
  if (request.method !== 'GET') return undefined;
  const url = plainUrl(request);
  return `${root.slice(0, -'/oauth'.length)}${url}${url.includes('?') ? '&' : '?'}`;
}

/** The switch at the foot of every page: true when it was used, and the page is asked for again. */
export function switchesLanguage({ request, response, secure, root }: Visit): boolean {
  const { lang } = request.query;
  if (lang === undefined) return false;
  const chosen = typeof lang === 'string' ? languageByCode(lang) : undefined;
  if (chosen !== undefined) setCookie(response, 'language', chosen.code, secure);
  response.redirect(303, `${root.slice(0, -'/oauth'.length)}${plainUrl(request)}`);
  return true;
}

export const keepSession = ({ response, secure }: Visit, text: string): void => setCookie(response, 'session', text, secure);

/** That of the person, unless they have chosen another one in this browser. */
export function keepLanguage({ request, response, secure }: Visit, code: string | undefined): void {
  const known = languageByCode(code);
  if (known !== undefined && readCookie(request, 'language', secure) === undefined) setCookie(response, 'language', known.code, secure);
}

export const dropSession = ({ response, secure }: Visit): void => clearCookie(response, 'session', secure);

export const sessionText = ({ request, secure }: Visit): string | undefined => readCookie(request, 'session', secure);
