/** Where an answer may be sent: to what was registered, character by character. https://www.rfc-editor.org/rfc/rfc9700#section-2.1 */
import type { Client } from './client.ts';

/** `http://127.0.0.1/callback`: a program on the person's machine, which gets a port when it starts. */
const loopback = /^http:\/\/(127\.0\.0\.1|\[::1\])(?=\/|$)/;
const withPort = /^(http:\/\/(?:127\.0\.0\.1|\[::1\])):([1-9]\d{0,4})(?=\/|$)/;

/** MUST be compared as strings, except for the port of a loopback address that was registered without one (RFC 8252, section 7.3). */
export function isRegistered({ redirectUris, kind }: Pick<Client, 'redirectUris' | 'kind'>, uri: string): boolean {
  if (redirectUris.includes(uri)) return true;
  if (kind !== 'public' || !withPort.test(uri)) return false;
  const portless = uri.replace(withPort, '$1');
  return redirectUris.some((registered) => loopback.test(registered) && registered === portless);
}

/** The address with parameters added to those that it has. */
export function withParameters(uri: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const text = new URLSearchParams(given).toString();
  if (text === '') return uri;
  return `${uri}${uri.includes('?') ? (/[?&]$/.test(uri) ? '' : '&') : '?'}${text}`;
}
