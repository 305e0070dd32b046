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
  /** Believe X-Forwarded-Host and X-Forwarded-Proto: only behind a proxy that sets them. */
  readonly trustProxy?: boolean;
}

export function createBase({ path, url, trustProxy = false }: BaseOptions): (request: IncomingMessage) => string {
  if (url !== undefined) return () => url;
  const ofHost = remembered((host: string) => `http://${checked(host)}${path}`);
  const direct = (request: IncomingMessage): string => ofHost(request.headers.host ?? 'localhost');
  if (!trustProxy) return direct;
  return (request) => {
    const protocol = first(request.headers['x-forwarded-proto']) === 'https' ? 'https' : 'http';
    const host = first(request.headers['x-forwarded-host']) ?? request.headers.host ?? 'localhost';
    return `${protocol}://${checked(host)}${path}`;
  };
}
