/** The absolute FHIR base of a request, as links and Location headers name it. https://hl7.org/fhir/R4/http.html#general */
import type { IncomingMessage } from 'node:http';
import { refusal } from '../fhir/outcome.ts';
import { remembered } from './remembered.ts';

const hostPattern = /^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;

const first = (value: string | string[] | undefined): string | undefined =>
  (Array.isArray(value) ? value[0] : value)?.split(',')[0]?.trim();

function checked(host: string): string {
  if (!hostPattern.test(host)) throw refusal('value', 'The Host header is not a host name with an optional port.');
  return host;
}

export interface BaseOptions {
  /** Path of the FHIR base, such as `/fhir`. */
  readonly path: string;
  /** Fixed public address of the FHIR base without trailing slash; otherwise the Host header tells. */
  readonly url?: string;
  /** This server speaks TLS itself. */
  readonly tls?: boolean;
  /** Whose X-Forwarded-Host and X-Forwarded-Proto are believed. */
  readonly isTrusted?: (address: string) => boolean;
}

export function createBase({ path, url, tls = false, isTrusted }: BaseOptions): (request: IncomingMessage) => string {
  if (url !== undefined) return () => url;
  const ofHost = remembered((host: string) => `${tls ? 'https' : 'http'}://${checked(host)}${path}`);
  const direct = (request: IncomingMessage): string => ofHost(request.headers.host ?? 'localhost');
  if (isTrusted === undefined) return direct;
  return (request) => {
    if (!isTrusted(request.socket.remoteAddress ?? '')) return direct(request);
    const protocol = first(request.headers['x-forwarded-proto']) === 'https' ? 'https' : 'http';
    const host = first(request.headers['x-forwarded-host']) ?? request.headers.host ?? 'localhost';
    return `${protocol}://${checked(host)}${path}`;
  };
}
