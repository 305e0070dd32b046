/**
 * Refuses requests to a loopback server under a foreign host name: a web page could otherwise point its own name at 127.0.0.1 and read
 * the answers as its own (DNS rebinding). https://www.rfc-editor.org/rfc/rfc9110#name-421-misdirected-request
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { outcomeOf } from '../fhir/outcome.ts';
import { remembered } from './remembered.ts';

/** True when the request names this machine, or the public base where one is set. */
export type HostGuard = (request: IncomingMessage) => boolean;

/** `[::1]:8080` → `::1`, `localhost:8080` → `localhost`. */
const nameOf = (host: string): string =>
  host
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1');

const isLocal = (name: string): boolean => name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));

/** Only a server that listens on loopback knows under which names it can be meant. */
export function createHostGuard(listensOn: string, baseUrl: string | undefined): HostGuard {
  if (!isLocal(nameOf(listensOn))) return () => true;
  const known = baseUrl === undefined ? undefined : nameOf(new URL(baseUrl).host);
  const isKnown = remembered((host: string) => isLocal(nameOf(host)) || nameOf(host) === known);
  return ({ headers: { host } }) => host === undefined || isKnown(host);
}

const refused = JSON.stringify(
  outcomeOf([
    {
      severity: 'error',
      code: 'forbidden',
      diagnostics:
        'The Host header names another server: ask for 127.0.0.1 or localhost, or set BASE_URL to the address that a proxy passes on.',
    },
  ]),
);

export function refuseHost(response: ServerResponse): void {
  const headers = [
    'Content-Type',
    'application/fhir+json; charset=utf-8',
    'Content-Length',
    String(Buffer.byteLength(refused)),
    'Connection',
    'close',
  ];
  response.writeHead(421, headers).end(refused);
}
