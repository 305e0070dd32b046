/** The settings of who can reach the server, and how. */
import { setting } from './setting.ts';
import { choice, networks, text } from './value.ts';

export const reachSettings = {
  plainHttp: setting({
    name: 'PLAIN_HTTP',
    group: 'http',
    kind: choice('loopback', 'anywhere'),
    standard: 'loopback',
    help: 'anywhere: a HOST that others can reach is served without TLS too; for a container whose port is published to 127.0.0.1 only.',
  }),
  tlsCertificate: setting({
    name: 'TLS_CERTIFICATE',
    group: 'http',
    kind: text,
    standard: undefined,
    help: 'File of the certificate with its chain, PEM; with TLS_KEY the server speaks https, TLS 1.2 or newer.',
  }),
  tlsKey: setting({ name: 'TLS_KEY', group: 'http', kind: text, standard: undefined, help: 'File of the key of the certificate, PEM.' }),
  trustedProxies: setting({
    name: 'TRUSTED_PROXIES',
    group: 'http',
    kind: networks,
    standard: '',
    help: 'Proxies in front whose X-Forwarded-For, -Host and -Proto are believed; nobody else’s are.',
  }),
};
