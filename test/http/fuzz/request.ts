/** Requests of every interaction with odd paths, queries and headers. */
import http from 'node:http';
import fc from 'fast-check';

export interface Sent {
  readonly method: string;
  /** Below `/fhir`, as it goes over the wire. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface Received {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });

/** Rejects when the connection ends without an answer. */
export function send(port: number, { method, path, headers, body }: Sent): Promise<Received> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const request = http.request({ port, host: '127.0.0.1', method, path, agent, headers: { ...headers, ...length } }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece)).on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(pieces).toString('utf8') }),
      );
    });
    request.on('error', reject).end(body);
  });
}

export const closeConnections = (): void => agent.destroy();

const types = [
  'Patient',
  'Observation',
  'Encounter',
  'Binary',
  'Bundle',
  'ValueSet',
  'GenomicStudy',
  'Resource',
  'constructor',
  '__proto__',
  'patient',
];
/** Resources that some cases make, so that others meet them. */
export const ids = ['a', 'b', 'c', '1', '.', '..', '...', 'none', 'x'.repeat(64), 'x'.repeat(65), '%00', '%', 'ä', '_', '$x', 'metadata'];

const names = [
  ...[
    '_id',
    '_lastUpdated',
    '_tag',
    '_profile',
    'identifier',
    'name',
    'family',
    'birthdate',
    'gender',
    'code',
    'date',
    'subject',
    'patient',
  ],
  ...[
    'value-quantity',
    'url',
    'name:exact',
    'name:contains',
    'name:missing',
    'identifier:of-type',
    'code:not',
    'subject:Patient',
    'subject.name',
  ],
  ...[
    '_count',
    '_sort',
    '_summary',
    '_elements',
    '_total',
    '_cursor',
    '_format',
    '_pretty',
    '_since',
    '_at',
    '_type',
    'start',
    'end',
    '_list',
  ],
  ...['_include', '_has:Observation:patient:code', '_filter', 'constructor', '__proto__', '', 'mode'],
];
const values = [
  ...[
    '',
    '0',
    '1',
    '-1',
    '5',
    'abc',
    '1e9',
    '1e999',
    'NaN',
    '5.4||mg',
    '1|2|3',
    '|',
    '||',
    ',',
    '\\',
    '$',
    '%25',
    '%',
    '%00',
    '%01%02',
    '%ff',
    '*',
  ],
  ...[
    'true',
    'false',
    'json',
    'xml',
    'ttl',
    'text',
    'data',
    'count',
    'name',
    '-name',
    '_lastUpdated',
    '-_id',
    'id,meta',
    'accurate',
    'Patient',
  ],
  ...['0000', '0001', '9999', '10000', '2020', 'gt2020', 'ap0001', '0001-01-01T00:00:00%2B14:00', '9999-12-31T23:59:59-14:00', '2020-13'],
  ...[
    'a',
    'Patient/a',
    'Patient/../a',
    'http://x/Patient/a',
    'urn:s|v',
    'a_b%25',
    'x'.repeat(300),
    'YX5hfmE',
    'MjAyNi0xMy0wMVQwMDowMDowMC4wMDBafjF-MQ',
  ],
];
const query = fc
  .array(fc.tuple(fc.constantFrom(...names), fc.oneof(fc.constantFrom(...values), fc.string({ maxLength: 4 }).map(encodeURIComponent))), {
    maxLength: 3,
  })
  .map((pairs) => (pairs.length === 0 ? '' : `?${pairs.map(([name, value]) => `${name}=${value}`).join('&')}`));

const type = fc.constantFrom(...types);
const id = fc.constantFrom(...ids);
const segments = fc.oneof(
  type.map((one) => `/${one}`),
  fc.tuple(type, id).map(([one, two]) => `/${one}/${two}`),
  fc.tuple(type, id, fc.constantFrom('_history', '$everything', '$x', 'Observation')).map((parts) => `/${parts.join('/')}`),
  fc
    .tuple(type, id, fc.constantFrom('0', '1', '2', '-1', '1.0', '99999999999', 'x', '%00'))
    .map(([one, two, three]) => `/${one}/${two}/_history/${three}`),
  fc.tuple(type, fc.constantFrom('_history', '_search', '$everything')).map((parts) => `/${parts.join('/')}`),
  fc.constantFrom('', '/', '//', '/_history', '/_search', '/metadata', '/$everything', '/.', '/..', '/%2e%2e', '/_history/1'),
);

/** Path and query of any interaction, and of none. */
export const path = fc.tuple(segments, query).map(([one, two]) => `/fhir${one}${two}`);

export const criteria = fc.tuple(fc.constantFrom('Patient', 'Observation', 'Encounter'), query).map(([one, two]) => `/fhir/${one}${two}`);

const header = fc.oneof(
  fc.tuple(
    fc.constantFrom('If-Match', 'If-None-Match'),
    fc.constantFrom('*', 'W/"1"', '"1"', 'W/"2"', 'W/"', '', '1', 'W/"a", W/"1"', '\x80'),
  ),
  fc.tuple(
    fc.constant('If-Modified-Since'),
    fc.constantFrom('Thu, 01 Jan 1970 00:00:00 GMT', 'Fri, 31 Dec 9999 23:59:59 GMT', '', 'x', '0'),
  ),
  fc.tuple(
    fc.constant('If-None-Exist'),
    fc.constantFrom('identifier=a|b', '_id=a', '?_id=b', '', 'x=1', '_count=1', 'family=%00', 'name=%', 'a'),
  ),
  fc.tuple(
    fc.constant('Prefer'),
    fc.constantFrom(
      'return=minimal',
      'return=representation',
      'return=OperationOutcome',
      'handling=lenient',
      'handling=strict',
      'x',
      'return=',
      ';;,',
    ),
  ),
  fc.tuple(
    fc.constant('Accept'),
    fc.constantFrom('*/*', 'application/fhir+xml', 'application/fhir+json', 'text/html', 'x', '*/*;q=0', ';q=', 'application/json;q=x', ''),
  ),
  fc.tuple(fc.constant('Accept-Encoding'), fc.constantFrom('gzip', 'br;q=1, *;q=0', 'identity;q=0', 'x', ';')),
  fc.tuple(fc.constant('Range'), fc.constantFrom('bytes=0-0', 'bytes=-1', 'bytes=9-1', 'bytes=--', 'x', 'bytes=99999999999999999999-')),
  fc.tuple(fc.constant('X-Security-Context'), fc.constantFrom('Patient/a', 'x', '')),
  fc.tuple(
    fc.constantFrom('X-Request-Id', 'X-Correlation-Id', 'Origin', 'Content-Language'),
    fc.constantFrom('', 'x', 'a'.repeat(300), '\xff'),
  ),
  fc.tuple(fc.constant('Content-Encoding'), fc.constantFrom('gzip', 'deflate', 'br', 'identity', 'x')),
);

/** Some headers; mostly few. */
export const headers = fc.array(header, { maxLength: 3 }).map((pairs): Record<string, string> => Object.fromEntries(pairs));

export const contentType = fc.oneof(
  { weight: 6, arbitrary: fc.constant('application/fhir+json') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...['application/fhir+xml', 'application/json', 'text/xml', 'application/json-patch+json', 'application/x-www-form-urlencoded'],
      ...[
        'text/plain',
        'image/png',
        'application/fhir+json; charset=utf-16',
        'application/fhir+json;fhirVersion=5.0',
        'x',
        '',
        ';',
        'a/b;c="',
      ],
    ),
  },
);

export const method = fc.constantFrom('GET', 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND');
