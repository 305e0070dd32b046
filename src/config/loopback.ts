/** Where the server may listen: beyond this machine only with authorization, under a fixed name, and not in plain text. */
import { isIP } from 'node:net';

export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  if (isIP(name) === 4) return name.startsWith('127.');
  return name === 'localhost' || name === '::1' || name.startsWith('::ffff:127.');
}

export interface Reach {
  readonly host: string;
  readonly authorization: boolean;
  readonly baseUrl?: string | undefined;
  readonly tlsCertificate?: string | undefined;
  readonly tlsKey?: string | undefined;
  readonly trustedProxies: readonly string[];
  readonly plainHttp: 'loopback' | 'anywhere';
}

/** The one line that refuses to listen; undefined when nothing speaks against it. */
export function hostRefusal(reach: Reach): string | undefined {
  const { host, authorization, baseUrl, tlsCertificate, tlsKey, trustedProxies, plainHttp } = reach;
  if ((tlsCertificate === undefined) !== (tlsKey === undefined)) return 'TLS_CERTIFICATE and TLS_KEY are set together or not at all.';
  if (isLoopback(host)) return undefined;
  const others = `HOST ${host} is not a loopback address`;
  if (!authorization) return `${others}, and authorization is off: use 127.0.0.1, ::1 or localhost, or leave AUTHORIZATION on.`;
  // Tokens, and what is made out to this server, are bound to its name: whoever asks must not choose it.
  if (baseUrl === undefined) return `${others}: set BASE_URL to the FHIR base as clients see it, such as https://fhir.example.org/fhir.`;
  if (tlsCertificate !== undefined || trustedProxies.length > 0 || plainHttp === 'anywhere') return undefined;
  return `${others}, and plain http can be read on the way: set TLS_CERTIFICATE and TLS_KEY, or TRUSTED_PROXIES to the proxy that does TLS (PLAIN_HTTP=anywhere does without, such as in a container whose port is published to 127.0.0.1).`;
}
